#include "core/train/adamw.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <cmath>
#include <numbers>

// sqrt need not set errno; without this it is a call for every weight.
#pragma GCC push_options
#pragma GCC optimize("no-math-errno", "no-trapping-math")

namespace maskwright::train {
namespace {

struct Span {
    float *w, *m, *v, *average;
    const float* g;
    std::int64_t count;
};
struct Numbers {
    float b1, b2, eps, scale, rate, root, shrink, keep;
};

inline __attribute__((always_inline)) void updateBody(const Span& span, const Numbers& n) {
    float* __restrict w = span.w;
    float* __restrict m = span.m;
    float* __restrict v = span.v;
    const float* __restrict g = span.g;
    for (std::int64_t i = 0; i < span.count; ++i) {
        const float x = g[i] * n.scale;
        m[i] = n.b1 * m[i] + (1 - n.b1) * x;
        v[i] = n.b2 * v[i] + (1 - n.b2) * x * x;
        w[i] = w[i] * n.shrink - n.rate * m[i] / (std::sqrt(v[i]) * n.root + n.eps);
    }
    if (float* __restrict a = span.average) {
        for (std::int64_t i = 0; i < span.count; ++i) {
            a[i] = n.keep * a[i] + (1 - n.keep) * w[i];
        }
    }
}

void updatePlain(const Span& span, const Numbers& n) { updateBody(span, n); }
#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void updateAvx2(const Span& span, const Numbers& n) { updateBody(span, n); }
#endif

void update(const Span& span, const Numbers& n) {
#if defined(__x86_64__)
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) {
        return updateAvx2(span, n);
    }
#endif
    updatePlain(span, n);
}

// What is not updated in place, on a GPU say: all tensors together, or every one would wait for a dozen kernels to
// start.
struct Group {
    std::vector<at::Tensor> weight, gradient, first, second, average;
    std::vector<at::Scalar> shrink, root, rate;  // of each

    void update(const AdamW::Options& options, double scale, double keep) {
        const std::vector<at::Tensor> x = at::_foreach_mul(gradient, scale);
        at::_foreach_mul_(first, options.beta1);
        at::_foreach_add_(first, x, 1 - options.beta1);
        at::_foreach_mul_(second, options.beta2);
        at::_foreach_addcmul_(second, x, x, 1 - options.beta2);
        at::_foreach_mul_(weight, shrink);
        std::vector<at::Tensor> deviation = at::_foreach_sqrt(second);
        at::_foreach_div_(deviation, root);
        at::_foreach_add_(deviation, options.eps);
        at::_foreach_addcdiv_(weight, first, deviation, rate);
        if (!average.empty()) {
            at::_foreach_mul_(average, keep);
            at::_foreach_add_(average, weight, 1 - keep);
        }
    }
};

// The sum of all gradients' squares; read from the device once.
double squaresOf(const nn::TensorMap& model) {
    std::vector<at::Tensor> gradients;
    for (const auto& [name, tensor] : model) {
        if (tensor.grad().defined()) {
            gradients.push_back(tensor.grad());
        }
    }
    if (gradients.empty()) {
        return 0;
    }
    const at::Tensor norms = at::stack(at::_foreach_norm(gradients)).to(at::kCPU, at::kDouble);
    double squares = 0;
    for (std::int64_t i = 0; i < norms.size(0); ++i) {
        const double norm = norms.data_ptr<double>()[i];
        squares += norm * norm;
    }
    return squares;
}

}  // namespace

double warmupCosine(std::int64_t step, std::int64_t warmup, std::int64_t total, double floor) {
    if (step < warmup) {
        return static_cast<double>(step + 1) / static_cast<double>(warmup + 1);
    }
    const double part =
        static_cast<double>(step - warmup) / static_cast<double>(std::max<std::int64_t>(total - warmup, 1));
    return floor + (1.0 - floor) * 0.5 * (1.0 + std::cos(std::numbers::pi * std::min(part, 1.0)));
}

double cosineByTime(std::int64_t step, std::int64_t warmup, double over, double floor) {
    const double rise = static_cast<double>(step + 1) / static_cast<double>(warmup + 1);
    return std::min(rise,
                    floor + (1.0 - floor) * 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(over, 0.0, 1.0))));
}

double AdamW::step(nn::TensorMap& model, const std::function<double(const std::string&)>& rate,
                   const std::function<double(const std::string&)>& decay) {
    at::NoGradGuard noGrad;
    // Second moments of near-zero gradients would be denormal numbers, a hundred times as slow.
    at::globalContext().setFlushDenormal(true);
    const double squares = squaresOf(model);
    const double norm = std::sqrt(squares);
    if (!std::isfinite(norm)) {
        return norm;
    }
    const double scale = options_.gradientNorm > 0 && norm > options_.gradientNorm ? options_.gradientNorm / norm : 1.0;
    ++steps_;
    // The average forgets its start sooner than its decay says: (1 + n) / (10 + n), as is usual.
    const double keep =
        std::min(options_.emaDecay, (1.0 + static_cast<double>(steps_)) / (10.0 + static_cast<double>(steps_)));
    Group group;
    for (auto& [name, tensor] : model) {
        if (!tensor.grad().defined()) {
            continue;
        }
        const at::Tensor gradient = tensor.grad();
        const auto kept = [&name = name](nn::TensorMap& map, const auto& fresh) -> at::Tensor& {
            const auto found = map.find(name);
            return found != map.end() ? found->second : map.emplace(name, fresh()).first->second;
        };
        at::Tensor& m = kept(first_, [&tensor = tensor] { return at::zeros_like(tensor); });
        at::Tensor& v = kept(second_, [&tensor = tensor] { return at::zeros_like(tensor); });
        const auto count = static_cast<double>(++counts_[name]);
        const double lr = rate(name), wd = decay(name);
        const double c1 = 1.0 - std::pow(options_.beta1, count), c2 = 1.0 - std::pow(options_.beta2, count);
        at::Tensor average;
        if (options_.emaDecay > 0) {
            average = kept(average_, [&tensor = tensor] { return tensor.detach().clone(); });
        }
        const bool plain = tensor.is_cpu() && tensor.scalar_type() == at::kFloat &&
                           gradient.scalar_type() == at::kFloat && tensor.is_contiguous() && m.is_contiguous() &&
                           v.is_contiguous() && (!average.defined() || average.is_contiguous());
        if (plain) {
            const at::Tensor flat = gradient.contiguous();
            auto* w = tensor.data_ptr<float>();
            auto* pm = m.data_ptr<float>();
            auto* pv = v.data_ptr<float>();
            const auto* g = flat.data_ptr<float>();
            float* pa = average.defined() ? average.data_ptr<float>() : nullptr;
            const auto b1 = static_cast<float>(options_.beta1), b2 = static_cast<float>(options_.beta2);
            const auto eps = static_cast<float>(options_.eps), s = static_cast<float>(scale);
            const auto rateNow = static_cast<float>(lr / c1), root = static_cast<float>(1.0 / std::sqrt(c2));
            const auto shrink = static_cast<float>(1.0 - lr * wd), k = static_cast<float>(keep);
            at::parallel_for(0, tensor.numel(), 1 << 15, [&](std::int64_t begin, std::int64_t end) {
                const Span span{w + begin, pm + begin, pv + begin, pa != nullptr ? pa + begin : nullptr,
                                g + begin, end - begin};
                update(span, {b1, b2, eps, s, rateNow, root, shrink, k});
            });
        } else {
            group.weight.push_back(tensor);
            group.gradient.push_back(gradient);
            group.first.push_back(m);
            group.second.push_back(v);
            group.shrink.emplace_back(1.0 - lr * wd);
            group.root.emplace_back(std::sqrt(c2));
            group.rate.emplace_back(-lr / c1);
            if (average.defined()) {
                group.average.push_back(average);
            }
        }
        tensor.mutable_grad() = at::Tensor();
    }
    if (!group.weight.empty()) {
        group.update(options_, scale, keep);
    }
    return norm;
}

nn::TensorMap AdamW::averaged(const nn::TensorMap& model) const {
    nn::TensorMap result;
    for (const auto& [name, tensor] : model) {
        const auto found = average_.find(name);
        result.emplace(name, found == average_.end() ? tensor.detach() : found->second);
    }
    return result;
}

nn::TensorMap AdamW::state() const {
    nn::TensorMap state;
    for (const auto& [prefix, map] : {std::pair{"m.", &first_}, {"v.", &second_}, {"ema.", &average_}}) {
        for (const auto& [name, tensor] : *map) {
            state.emplace(prefix + name, tensor);
        }
    }
    for (const auto& [name, count] : counts_) {
        state.emplace("n." + name, at::full({1}, count, at::kLong));
    }
    return state;
}

void AdamW::restore(const nn::TensorMap& state, std::int64_t steps, at::Device device) {
    steps_ = steps;
    for (const auto& [name, tensor] : state) {
        if (name.rfind("m.", 0) == 0) {
            first_[name.substr(2)] = tensor.to(device);
        } else if (name.rfind("v.", 0) == 0) {
            second_[name.substr(2)] = tensor.to(device);
        } else if (name.rfind("ema.", 0) == 0) {
            average_[name.substr(4)] = tensor.to(device);
        } else if (name.rfind("n.", 0) == 0) {
            counts_[name.substr(2)] = tensor.item<std::int64_t>();
        }
    }
}

}  // namespace maskwright::train
#pragma GCC pop_options
