#include "core/nn/fused_attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "core/nn/fused_kernel.h"
#include "core/nn/onednn.h"

// The kernels are written in GCC's and Clang's vectors.
#if defined(__x86_64__) && defined(__GNUC__)
#define MASKWRIGHT_FUSED 1
#else
#define MASKWRIGHT_FUSED 0
#endif

namespace maskwright::nn {

namespace {

constexpr std::int64_t kFewestKeys = 16;    // fewer are not worth the packing
constexpr std::int64_t kMostKeys = 16384;   // the scores of a few queries by more leave the second-level cache
constexpr std::int64_t kQueriesATask = 96;  // so that cores without a head of their own help

// null: none for this type on this processor
const fused::Kernel* kernelFor(at::ScalarType type) {
#if MASKWRIGHT_FUSED
    static const std::string instructions = onednn::instructions();
    if (type == at::kFloat) {
        return instructions.starts_with("avx512") ? &fused::kAvx512
               : instructions.starts_with("avx2") ? &fused::kAvx2
                                                  : nullptr;
    }
    return type == at::kBFloat16 && instructions == "avx512_core_bf16" ? &fused::kBf16 : nullptr;
#else
    return nullptr;
#endif
}

void* headOf(const at::Tensor& x, std::int64_t picture, std::int64_t head) {
    const std::int64_t offset = (x.size(0) == 1 ? 0 : picture) * x.stride(0) + head * x.stride(1);
    return static_cast<char*>(x.data_ptr()) + offset * x.element_size();
}

// Items of four bytes are read from rows of it.
bool lies(const at::Tensor& x) {
    const std::int64_t deep = 4 / x.element_size();
    return x.stride(3) == 1 && x.stride(2) % deep == 0 && x.stride(1) % deep == 0 && x.stride(0) % deep == 0;
}

std::int64_t roundedUp(std::int64_t x, std::int64_t step) { return (x + step - 1) / step * step; }

}  // namespace

bool fuses(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
    const std::int64_t width = q.size(3), keys = k.size(2);
    const auto beside = [&](const at::Tensor& x) {
        return x.scalar_type() == q.scalar_type() && (x.size(0) == 1 || x.size(0) == q.size(0)) &&
               x.size(1) == q.size(1) && x.size(2) == keys && x.size(3) == width && lies(x);
    };
    return onednn::computes(q) && q.numel() > 0 && width % 16 == 0 && width <= fused::kMostWidth &&
           keys >= kFewestKeys && keys <= kMostKeys && lies(q) && beside(k) && beside(v) &&
           kernelFor(q.scalar_type()) != nullptr;
}

void fusedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& out) {
    const fused::Kernel& kernel = *kernelFor(q.scalar_type());
    const std::int64_t batch = q.size(0), heads = q.size(1), queries = q.size(2), keys = k.size(2), width = q.size(3);
    const std::int64_t padded = roundedUp(keys, kernel.columns), given = std::max(k.size(0), v.size(0));
    const at::Tensor packedKeys = at::empty({given * heads, padded * width}, k.options());
    const at::Tensor packedValues = at::empty({given * heads, roundedUp(keys, kernel.deep) * width}, v.options());
    const auto headAt = [&](std::int64_t picture, std::int64_t head) {
        fused::Head one;
        one.q = headOf(q, picture, head);
        one.k = headOf(k, picture, head);
        one.v = headOf(v, picture, head);
        one.out = headOf(out, picture, head);
        one.qStride = q.stride(2);
        one.kStride = k.stride(2);
        one.vStride = v.stride(2);
        one.outStride = out.stride(2);
        one.keys = static_cast<int>(keys);
        one.width = static_cast<int>(width);
        one.scale = static_cast<float>(std::numbers::log2e / std::sqrt(static_cast<double>(width)));
        return one;
    };
    const auto packed = [](const at::Tensor& all, std::int64_t i) {
        return static_cast<char*>(all.data_ptr()) + i * all.stride(0) * all.element_size();
    };
    at::parallel_for(0, given * heads, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            kernel.pack(headAt(i / heads, i % heads), packed(packedKeys, i), packed(packedValues, i));
        }
    });
    const std::int64_t tasks = (queries + kQueriesATask - 1) / kQueriesATask;  // of a head
    at::parallel_for(0, batch * heads * tasks, 1, [&](std::int64_t begin, std::int64_t end) {
        const at::Tensor scores = at::empty({kernel.rows * padded}, at::kFloat);
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t picture = i / (heads * tasks), head = i / tasks % heads,
                               first = i % tasks * kQueriesATask;
            const std::int64_t from = (given == 1 ? 0 : picture) * heads + head;
            kernel.attend(headAt(picture, head), packed(packedKeys, from), packed(packedValues, from),
                          static_cast<int>(first), static_cast<int>(std::min(first + kQueriesATask, queries)),
                          scores.data_ptr<float>());
        }
    });
}

}  // namespace maskwright::nn
