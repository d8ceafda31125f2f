#include "core/clipseg/features.h"

#include <ATen/ATen.h>

#include <set>

namespace maskwright::clipseg {

namespace {

// use(tensor) for every one that is there.
template <class F, class Use>
void forEachTensor(F& features, const Use& use) {
    const auto one = [&](auto& tensor) {
        if (tensor.defined()) {
            use(tensor);
        }
    };
    const auto all = [&](auto&... tensors) { (one(tensors), ...); };
    const auto each = [&](auto& tensors) {
        for (auto& tensor : tensors) {
            one(tensor);
        }
    };
    each(features.taps);
    each(features.pyramid);
    all(features.pooled, features.dense, features.spoken.evidence, features.spoken.classes, features.spoken.whole,
        features.joint.coarse, features.joint.fine);
    if (features.share) {
        auto& presence = features.share->presence;
        each(features.share->reduced);
        each(features.share->laterals);
        all(features.share->names, presence.whole, presence.anywhere, presence.surest, presence.area, presence.joint,
            presence.names);
    }
}

}  // namespace

Features movedTo(const Features& features, at::Device device) {
    Features moved = features;
    forEachTensor(moved, [&](at::Tensor& tensor) {
        tensor = device.is_cpu() ? tensor.to(device, at::kFloat) : tensor.to(device);
    });
    return moved;
}

std::int64_t bytesOf(const Features& features) {
    std::set<const void*> seen;
    std::int64_t bytes = 0;
    forEachTensor(features, [&](const at::Tensor& tensor) {
        if (seen.insert(tensor.storage().unsafeGetStorageImpl()).second) {
            bytes += static_cast<std::int64_t>(tensor.storage().nbytes());
        }
    });
    return bytes;
}

}  // namespace maskwright::clipseg
