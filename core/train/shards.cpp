#include "core/train/shards.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/on_threads.h"
#include "core/nn/device.h"

namespace maskwright::train {

Shards::Shards(const nn::TensorMap& model, std::size_t count) : parts_(std::max<std::size_t>(count, 1)) {
    for (nn::TensorMap& part : parts_) {
        for (const auto& [name, tensor] : model) {
            at::Tensor alias = tensor.detach();
            alias.set_requires_grad(tensor.requires_grad());
            part.emplace(name, alias);
        }
    }
}

void Shards::run(const std::function<void(std::size_t, const nn::TensorMap&)>& work) const {
    if (parts_.size() == 1) {
        work(0, parts_[0]);
        return;
    }
    const nn::OneBlasThread alone;
    onThreads(parts_.size(), [&](std::size_t i) {
        at::set_num_threads(1);
        at::globalContext().setFlushDenormal(true);  // per thread
        work(i, parts_[i]);
    });
}

void Shards::gather(nn::TensorMap& model) {
    for (auto& [name, tensor] : model) {
        at::Tensor sum;
        for (nn::TensorMap& part : parts_) {
            at::Tensor& alias = part.find(name)->second;
            if (alias.grad().defined()) {
                sum = sum.defined() ? sum.add_(alias.grad()) : alias.grad();
                alias.mutable_grad() = at::Tensor();
            }
        }
        if (sum.defined()) {
            tensor.mutable_grad() = sum;
        }
    }
}

}  // namespace maskwright::train
