#include "core/nn/onednn.h"

#ifdef MASKWRIGHT_ONEDNN

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <bit>

#include "core/nn/onednn_internal.h"

namespace maskwright::nn::onednn {

namespace {

// The same numbers with strides that oneDNN's fast kernels take: one of the last two sides without gaps, none repeated.
at::Tensor plain(const at::Tensor& x) {
    const std::int64_t n = x.dim();
    const bool rows = x.stride(n - 1) == 1 && x.stride(n - 2) >= x.size(n - 1);
    const bool columns = x.stride(n - 2) == 1 && x.stride(n - 1) >= x.size(n - 2);
    bool repeated = false;
    for (std::int64_t i = 0; i < n; ++i) {
        repeated = repeated || (x.stride(i) == 0 && x.size(i) > 1);
    }
    return (rows || columns) && !repeated ? x : x.contiguous();
}

// Strides of sides of one number mean nothing to LibTorch, and something to oneDNN.
Dims stridesOf(const at::Tensor& x) {
    Dims strides(x.strides().begin(), x.strides().end());
    for (std::int64_t i = x.dim() - 1; i >= 0; --i) {
        const auto at = static_cast<std::size_t>(i);
        if (x.size(i) == 1) {
            strides[at] = i + 1 < x.dim() ? x.size(i + 1) * strides[at + 1] : 1;
        }
    }
    return strides;
}

Desc descOf(const at::Tensor& x, const Dims& strides) {
    return {Dims(x.sizes().begin(), x.sizes().end()), typeFor(x.scalar_type()), strides};
}

// With leading sides of 1 until there are `sides`.
at::Tensor withSides(at::Tensor x, std::int64_t sides) {
    while (x.dim() < sides) {
        x = x.unsqueeze(0);
    }
    return x;
}

void append(Shelf::Key& key, at::ScalarType type, at::IntArrayRef sizes, const Dims& strides) {
    key.push_back(static_cast<std::int64_t>(type));
    key.insert(key.end(), sizes.begin(), sizes.end());
    key.insert(key.end(), strides.begin(), strides.end());
}

}  // namespace

bool available() { return true; }

std::string instructions() {
    switch (dnnl::get_effective_cpu_isa()) {
        case dnnl::cpu_isa::sse41:
            return "sse41";
        case dnnl::cpu_isa::avx:
            return "avx";
        case dnnl::cpu_isa::avx2:
            return "avx2";
        case dnnl::cpu_isa::avx2_vnni:
            return "avx2_vnni";
        case dnnl::cpu_isa::avx512_core:
            return "avx512_core";
        case dnnl::cpu_isa::avx512_core_vnni:
            return "avx512_core_vnni";
        case dnnl::cpu_isa::avx512_core_bf16:
            return "avx512_core_bf16";
        case dnnl::cpu_isa::avx512_core_amx:
            return "avx512_core_amx";
        default:
            return "other";
    }
}

bool multipliesBfloat16() {
    const auto isa = dnnl::get_effective_cpu_isa();
    return isa == dnnl::cpu_isa::avx512_core_bf16 || isa == dnnl::cpu_isa::avx512_core_amx;
}

bool computes(const at::Tensor& x) {
    return x.is_cpu() && !at::GradMode::is_enabled() &&
           (x.scalar_type() == at::kFloat || (x.scalar_type() == at::kBFloat16 && multipliesBfloat16()));
}

void product(const at::Tensor& a, const at::Tensor& b, double scale, const at::Tensor& out) {
    if (out.numel() == 0) {
        return;
    }
    const std::int64_t sides = std::max({a.dim(), b.dim(), out.dim()});
    const at::Tensor x = plain(withSides(a, sides)), y = plain(withSides(b, sides)), z = withSides(out, sides);
    const Dims xs = stridesOf(x), ys = stridesOf(y), zs = stridesOf(z);
    Shelf::Key key = {static_cast<std::int64_t>(Op::product), sides, std::bit_cast<std::int64_t>(scale)};
    append(key, x.scalar_type(), x.sizes(), xs);
    append(key, y.scalar_type(), y.sizes(), ys);
    append(key, z.scalar_type(), z.sizes(), zs);
    const Desc xd = descOf(x, xs), yd = descOf(y, ys), zd = descOf(z, zs);
    const auto prepared = shelf().get(key, [&]() -> Prepared {
        const dnnl::matmul::primitive_desc d({xd, yd, zd}, attributes(scale), engine());
        return {dnnl::matmul(d), d.scratchpad_desc(), yd, xd, zd};
    });
    execute(*prepared,
            {{DNNL_ARG_SRC, memoryOf(xd, x)}, {DNNL_ARG_WEIGHTS, memoryOf(yd, y)}, {DNNL_ARG_DST, memoryOf(zd, z)}});
}

void softmax(const at::Tensor& scores, const at::Tensor& out) {
    if (scores.numel() == 0) {
        return;
    }
    const std::int64_t columns = scores.size(-1), rows = scores.numel() / columns;
    const Desc in({rows, columns}, typeFor(scores.scalar_type()), Format::ab),
        to({rows, columns}, typeFor(out.scalar_type()), Format::ab);
    const Shelf::Key key = {static_cast<std::int64_t>(Op::softmax), rows, columns,
                            static_cast<std::int64_t>(out.scalar_type())};
    const auto prepared = shelf().get(key, [&]() -> Prepared {
        const dnnl::softmax_v2_forward::primitive_desc d(
            {dnnl::prop_kind::forward_inference, dnnl::algorithm::softmax_accurate, in, to, 1}, attributes(), engine());
        return {dnnl::softmax_v2_forward(d), d.scratchpad_desc(), {}, in, to};
    });
    execute(*prepared, {{DNNL_ARG_SRC, memoryOf(in, scores)}, {DNNL_ARG_DST, memoryOf(to, out)}});
}

}  // namespace maskwright::nn::onednn

#else

#include <c10/util/Exception.h>

namespace maskwright::nn::onednn {

class Weight {};

bool available() { return false; }
std::string instructions() { return "none"; }
bool multipliesBfloat16() { return false; }
bool computes(const at::Tensor&) { return false; }

// Nobody comes here: computes() says no, and nothing is packed.
void product(const at::Tensor&, const at::Tensor&, double, const at::Tensor&) { TORCH_CHECK(false, "no oneDNN"); }
void softmax(const at::Tensor&, const at::Tensor&) { TORCH_CHECK(false, "no oneDNN"); }
WeightPtr packMatrix(const at::Tensor&, const at::Tensor&, at::ScalarType, std::int64_t) { return nullptr; }
WeightPtr packConvolution(const at::Tensor&, const at::Tensor&, at::ScalarType, std::int64_t) { return nullptr; }
at::Tensor linear(const Weight&, const at::Tensor&, const After&) { TORCH_CHECK(false, "no oneDNN"); }
at::Tensor conv2d(const Weight&, const at::Tensor&, const Window&, const After&) { TORCH_CHECK(false, "no oneDNN"); }
std::int64_t kernelOf(const Weight&) { return 1; }

}  // namespace maskwright::nn::onednn

#endif
