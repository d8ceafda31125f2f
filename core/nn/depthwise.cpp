#include "core/nn/depthwise.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define MASKWRIGHT_X86 1
#else
#define MASKWRIGHT_X86 0
#endif

namespace maskwright::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kChunk = 64;  // channels a pass keeps in registers

struct DepthwiseShape {
    std::int64_t batch, height, width, channels;  // of the input
    std::int64_t kernel, stride, dilation;        // TensorFlow's "same" padding
    [[nodiscard]] std::int64_t outHeight() const { return (height + stride - 1) / stride; }
    [[nodiscard]] std::int64_t outWidth() const { return (width + stride - 1) / stride; }
};

struct Geometry {
    DepthwiseShape s;
    std::int64_t top, left;  // padding

    explicit Geometry(const DepthwiseShape& shape) : s(shape) {
        const auto before = [&](std::int64_t side, std::int64_t out) {
            return std::max<std::int64_t>((out - 1) * s.stride + s.dilation * (s.kernel - 1) + 1 - side, 0) / 2;
        };
        top = before(s.height, s.outHeight());
        left = before(s.width, s.outWidth());
    }
};

// out[b, y, x, c] = clamp(bias + sum of in * w); w: [k * k, C].
template <std::int64_t kCount>
inline __attribute__((always_inline)) void forwardChunk(const Geometry& g, const float* in, const float* w,
                                                        const float* bias, float* out, std::int64_t c0,
                                                        std::int64_t count) {
    const DepthwiseShape& s = g.s;
    const std::int64_t n = kCount > 0 ? kCount : count, oh = s.outHeight(), ow = s.outWidth();
    for (std::int64_t b = 0; b < s.batch; ++b) {
        for (std::int64_t y = 0; y < oh; ++y) {
            for (std::int64_t x = 0; x < ow; ++x) {
                float acc[kChunk];
                for (std::int64_t c = 0; c < n; ++c) {
                    acc[c] = bias[c0 + c];
                }
                for (std::int64_t ky = 0; ky < s.kernel; ++ky) {
                    const std::int64_t iy = y * s.stride - g.top + ky * s.dilation;
                    if (iy < 0 || iy >= s.height) {
                        continue;
                    }
                    for (std::int64_t kx = 0; kx < s.kernel; ++kx) {
                        const std::int64_t ix = x * s.stride - g.left + kx * s.dilation;
                        if (ix < 0 || ix >= s.width) {
                            continue;
                        }
                        const float* p = in + ((b * s.height + iy) * s.width + ix) * s.channels + c0;
                        const float* q = w + (ky * s.kernel + kx) * s.channels + c0;
                        for (std::int64_t c = 0; c < n; ++c) {
                            acc[c] += p[c] * q[c];
                        }
                    }
                }
                float* o = out + ((b * oh + y) * ow + x) * s.channels + c0;
                for (std::int64_t c = 0; c < n; ++c) {
                    o[c] = std::min(std::max(acc[c], 0.0f), 6.0f);
                }
            }
        }
    }
}

// The gradient of the input: gathers from the outputs a pixel went into.
template <std::int64_t kCount>
inline __attribute__((always_inline)) void inputChunk(const Geometry& g, const float* grad, const float* w, float* out,
                                                      std::int64_t c0, std::int64_t count) {
    const DepthwiseShape& s = g.s;
    const std::int64_t n = kCount > 0 ? kCount : count, oh = s.outHeight(), ow = s.outWidth();
    for (std::int64_t b = 0; b < s.batch; ++b) {
        for (std::int64_t iy = 0; iy < s.height; ++iy) {
            for (std::int64_t ix = 0; ix < s.width; ++ix) {
                float acc[kChunk];
                for (std::int64_t c = 0; c < n; ++c) {
                    acc[c] = 0;
                }
                for (std::int64_t ky = 0; ky < s.kernel; ++ky) {
                    const std::int64_t ty = iy + g.top - ky * s.dilation;
                    if (ty < 0 || ty % s.stride != 0 || ty / s.stride >= oh) {
                        continue;
                    }
                    for (std::int64_t kx = 0; kx < s.kernel; ++kx) {
                        const std::int64_t tx = ix + g.left - kx * s.dilation;
                        if (tx < 0 || tx % s.stride != 0 || tx / s.stride >= ow) {
                            continue;
                        }
                        const float* p = grad + ((b * oh + ty / s.stride) * ow + tx / s.stride) * s.channels + c0;
                        const float* q = w + (ky * s.kernel + kx) * s.channels + c0;
                        for (std::int64_t c = 0; c < n; ++c) {
                            acc[c] += p[c] * q[c];
                        }
                    }
                }
                std::memcpy(out + ((b * s.height + iy) * s.width + ix) * s.channels + c0, acc,
                            static_cast<std::size_t>(n) * sizeof(float));
            }
        }
    }
}

// The gradient of the weight: [k * k, C].
template <std::int64_t kCount>
inline __attribute__((always_inline)) void weightChunk(const Geometry& g, const float* grad, const float* in,
                                                       float* out, std::int64_t c0, std::int64_t count) {
    const DepthwiseShape& s = g.s;
    const std::int64_t n = kCount > 0 ? kCount : count, oh = s.outHeight(), ow = s.outWidth();
    for (std::int64_t ky = 0; ky < s.kernel; ++ky) {
        for (std::int64_t kx = 0; kx < s.kernel; ++kx) {
            float acc[kChunk];
            for (std::int64_t c = 0; c < n; ++c) {
                acc[c] = 0;
            }
            for (std::int64_t b = 0; b < s.batch; ++b) {
                for (std::int64_t y = 0; y < oh; ++y) {
                    const std::int64_t iy = y * s.stride - g.top + ky * s.dilation;
                    if (iy < 0 || iy >= s.height) {
                        continue;
                    }
                    for (std::int64_t x = 0; x < ow; ++x) {
                        const std::int64_t ix = x * s.stride - g.left + kx * s.dilation;
                        if (ix < 0 || ix >= s.width) {
                            continue;
                        }
                        const float* p = grad + ((b * oh + y) * ow + x) * s.channels + c0;
                        const float* q = in + ((b * s.height + iy) * s.width + ix) * s.channels + c0;
                        for (std::int64_t c = 0; c < n; ++c) {
                            acc[c] += p[c] * q[c];
                        }
                    }
                }
            }
            std::memcpy(out + (ky * s.kernel + kx) * s.channels + c0, acc, static_cast<std::size_t>(n) * sizeof(float));
        }
    }
}

enum class Pass { forward, input, weight };

inline __attribute__((always_inline)) void runPass(Pass pass, const Geometry& g, const float* a, const float* b,
                                                   const float* bias, float* out) {
    for (std::int64_t c0 = 0; c0 < g.s.channels; c0 += kChunk) {
        const std::int64_t n = std::min(kChunk, g.s.channels - c0);
        if (n == kChunk) {
            pass == Pass::forward ? forwardChunk<kChunk>(g, a, b, bias, out, c0, n)
            : pass == Pass::input ? inputChunk<kChunk>(g, a, b, out, c0, n)
                                  : weightChunk<kChunk>(g, a, b, out, c0, n);
        } else {
            pass == Pass::forward ? forwardChunk<0>(g, a, b, bias, out, c0, n)
            : pass == Pass::input ? inputChunk<0>(g, a, b, out, c0, n)
                                  : weightChunk<0>(g, a, b, out, c0, n);
        }
    }
}

void runPlain(Pass pass, const Geometry& g, const float* a, const float* b, const float* bias, float* out) {
    runPass(pass, g, a, b, bias, out);
}
#if MASKWRIGHT_X86
__attribute__((target("avx2,fma"))) void runAvx2(Pass pass, const Geometry& g, const float* a, const float* b,
                                                 const float* bias, float* out) {
    runPass(pass, g, a, b, bias, out);
}
__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma,prefer-vector-width=512"))) void runAvx512(
    Pass pass, const Geometry& g, const float* a, const float* b, const float* bias, float* out) {
    runPass(pass, g, a, b, bias, out);
}
#endif

void run(Pass pass, const Geometry& g, const float* a, const float* b, const float* bias, float* out) {
#if MASKWRIGHT_X86
    static const int level = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                                     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
                                 ? 2
                             : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 1
                                                                                               : 0;
    if (level == 2) {
        return runAvx512(pass, g, a, b, bias, out);
    }
    if (level == 1) {
        return runAvx2(pass, g, a, b, bias, out);
    }
#endif
    runPlain(pass, g, a, b, bias, out);
}

at::Tensor tapsFirst(const at::Tensor& weight) {
    return weight.flatten(1).t().contiguous();
}  // [C, 1, k, k] -> [k * k, C]

DepthwiseShape shapeOf(const at::Tensor& x, const at::Tensor& weight, std::int64_t stride, std::int64_t dilation) {
    return {x.size(0), x.size(1), x.size(2), x.size(3), weight.size(2), stride, dilation};
}

class Depthwise : public torch::autograd::Function<Depthwise> {
  public:
    static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x, const at::Tensor& weight,
                              const at::Tensor& bias, std::int64_t stride, std::int64_t dilation) {
        TORCH_CHECK(x.dim() == 4 && x.is_contiguous() && x.scalar_type() == at::kFloat && x.size(3) == weight.size(0),
                    "depthwise: wrong input");
        const Geometry g(shapeOf(x, weight, stride, dilation));
        at::Tensor y = at::empty({g.s.batch, g.s.outHeight(), g.s.outWidth(), g.s.channels}, x.options());
        const at::Tensor taps = tapsFirst(weight);
        run(Pass::forward, g, x.data_ptr<float>(), taps.data_ptr<float>(), bias.contiguous().data_ptr<float>(),
            y.data_ptr<float>());
        ctx->save_for_backward({x, weight, y});
        ctx->saved_data["stride"] = stride;
        ctx->saved_data["dilation"] = dilation;
        ctx->saved_data["input"] = x.requires_grad();
        ctx->saved_data["weight"] = weight.requires_grad();
        return y;
    }
    static variable_list backward(AutogradContext* ctx, variable_list gradients) {
        const auto saved = ctx->get_saved_variables();
        const at::Tensor &x = saved[0], &weight = saved[1];
        const Geometry g(shapeOf(x, weight, ctx->saved_data["stride"].toInt(), ctx->saved_data["dilation"].toInt()));
        const at::Tensor own = at::hardtanh_backward(gradients[0].contiguous(), saved[2], 0, 6).contiguous();
        at::Tensor gx, gw, gb;
        if (ctx->saved_data["input"].toBool()) {
            gx = at::empty_like(x);
            const at::Tensor taps = tapsFirst(weight);
            run(Pass::input, g, own.data_ptr<float>(), taps.data_ptr<float>(), nullptr, gx.data_ptr<float>());
        }
        if (ctx->saved_data["weight"].toBool()) {
            const at::Tensor taps = at::empty({weight.size(2) * weight.size(3), weight.size(0)}, x.options());
            run(Pass::weight, g, own.data_ptr<float>(), x.data_ptr<float>(), nullptr, taps.data_ptr<float>());
            gw = taps.t().reshape(weight.sizes());
            gb = own.flatten(0, 2).sum(0);
        }
        return {gx, gw, gb, at::Tensor(), at::Tensor()};
    }
};

}  // namespace

at::Tensor depthwiseRelu6(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                          std::int64_t dilation) {
    return Depthwise::apply(x, weight, bias, stride, dilation);
}

}  // namespace maskwright::nn
