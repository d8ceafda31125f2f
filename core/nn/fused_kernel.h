// What fused_attention.cpp asks of the kernel of an instruction set (fused_avx2.cpp, fused_avx512.cpp, fused_bf16.cpp).
#pragma once

#include <cstdint>

namespace maskwright::nn::fused {

constexpr int kMostWidth = 128;  // of a head: what a kernel keeps of its queries lies on the stack

// One head of one picture. Numbers are float, or bfloat16 as std::uint16_t; strides in numbers, from token to token.
struct Head {
    const void *q = nullptr, *k = nullptr, *v = nullptr;
    void* out = nullptr;
    std::int64_t qStride = 0, kStride = 0, vStride = 0, outStride = 0;
    int keys = 0;
    int width = 0;    // d, a multiple of 16, at most kMostWidth
    float scale = 0;  // of the scores, times log2(e): the softmax is computed with powers of two
};

// Memory is aligned to 64 bytes.
struct Kernel {
    int rows;     // queries that are taken together
    int columns;  // keys that are multiplied together; packed keys and rows of scores are padded to a multiple
    int deep;     // numbers that lie in four bytes
    // keys: padded * width numbers; values: ceil(keys / deep) * deep * width numbers.
    void (*pack)(const Head& head, void* keys, void* values);
    // The queries from `first` to `end`. scores: rows * padded floats to work with.
    void (*attend)(const Head& head, const void* keys, const void* values, int first, int end, float* scores);
};

extern const Kernel kAvx2, kAvx512, kBf16;

}  // namespace maskwright::nn::fused
