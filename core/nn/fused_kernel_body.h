// The kernel itself, compiled once for every instruction set. The file that includes it defines
//   FUSED_TARGET    the attribute its functions carry, so that the rest of the program keeps to every processor's
//                   instructions
//   FUSED_LANES     floats of a vector
//   FUSED_ROWS      queries taken together: with two vectors of keys each, their sums fill the registers
//   FUSED_BFLOAT16  1: numbers are bfloat16 and are multiplied in pairs
// and includes the headers below before.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "core/nn/fused_kernel.h"

namespace maskwright::nn::fused {
namespace {

constexpr int kLanes = FUSED_LANES, kRows = FUSED_ROWS, kColumns = 2 * kLanes;

using Floats = float __attribute__((vector_size(4 * kLanes)));
using Integers = std::int32_t __attribute__((vector_size(4 * kLanes)));

// An item is what a product takes at once from one token: a float, or two numbers of bfloat16.
#if FUSED_BFLOAT16
using Number = std::uint16_t;
using Item = std::uint32_t;
using Items = std::uint32_t __attribute__((vector_size(4 * kLanes)));
constexpr int kDeep = 2;
FUSED_TARGET inline Floats plusProduct(Floats sum, Items many, Item one) {
    const __m512i all = _mm512_set1_epi32(static_cast<int>(one));
    return Floats(_mm512_dpbf16_ps(__m512(sum), __m512bh(many), __m512bh(all)));
}
FUSED_TARGET inline void store(Floats x, Number* to) {
    const __m256bh narrow = _mm512_cvtneps_pbh(__m512(x));
    std::memcpy(to, &narrow, sizeof narrow);
}
#else
using Number = float;
using Item = float;
using Items = Floats;
constexpr int kDeep = 1;
FUSED_TARGET inline Floats plusProduct(Floats sum, Items many, Item one) { return sum + many * one; }
FUSED_TARGET inline void store(Floats x, Number* to) { std::memcpy(to, &x, sizeof x); }
#endif

FUSED_TARGET inline Floats load(const float* from) { return *reinterpret_cast<const Floats*>(from); }
FUSED_TARGET inline Items loadItems(const Item* from) { return *reinterpret_cast<const Items*>(from); }
FUSED_TARGET inline Item itemOf(const Number* token, int i) {
    Item item;
    std::memcpy(&item, token + std::ptrdiff_t{i} * kDeep, sizeof item);
    return item;
}

// Keys: blocks of kColumns tokens, in each item by item the tokens' side by side. Values: as they are, or the tokens of
// a pair interleaved.
FUSED_TARGET void pack(const Head& head, void* keys, void* values) {
    const int items = head.width / kDeep;
    for (int first = 0; first < head.keys; first += kColumns) {
        Item* to = static_cast<Item*>(keys) + std::ptrdiff_t{first} * items;
        const int count = std::min(kColumns, head.keys - first);
        if (count < kColumns) {
            std::fill_n(to, std::ptrdiff_t{kColumns} * items, Item{});
        }
        for (int s = 0; s < count; ++s) {
            const Number* token = static_cast<const Number*>(head.k) + (first + s) * head.kStride;
            for (int i = 0; i < items; ++i) {
                to[i * kColumns + s] = itemOf(token, i);
            }
        }
    }
    auto* to = static_cast<Number*>(values);
    for (int s = 0; s < head.keys; s += kDeep, to += std::ptrdiff_t{head.width} * kDeep) {
        const Number* token = static_cast<const Number*>(head.v) + s * head.vStride;
#if FUSED_BFLOAT16
        const bool alone = s + 1 == head.keys;
        for (int c = 0; c < head.width; ++c) {
            to[2 * c] = token[c];
            to[2 * c + 1] = alone ? Number{0} : token[head.vStride + c];
        }
#else
        std::copy_n(token, head.width, to);
#endif
    }
}

// query: [items][kRows] -> scores: [kRows][padded]
FUSED_TARGET void multiplyKeys(const Item* query, const Item* keys, int items, int padded, float* scores) {
    for (int first = 0; first < padded; first += kColumns, keys += std::ptrdiff_t{kColumns} * items) {
        Floats sums[kRows][2] = {};
        for (int i = 0; i < items; ++i) {
            const Items a = loadItems(keys + i * kColumns), b = loadItems(keys + i * kColumns + kLanes);
#pragma GCC unroll 16
            for (int r = 0; r < kRows; ++r) {
                const Item one = query[i * kRows + r];
                sums[r][0] = plusProduct(sums[r][0], a, one);
                sums[r][1] = plusProduct(sums[r][1], b, one);
            }
        }
#pragma GCC unroll 16
        for (int r = 0; r < kRows; ++r) {
            float* to = scores + std::ptrdiff_t{r} * padded + first;
            std::memcpy(to, sums[r], sizeof sums[r]);
        }
    }
}

// 2 to the power of x, x at most 0; what is below the least normal float is that. Of the whole part the exponent is
// made, of the rest, at most half, the Taylor series to its seventh power (the next is 5e-9): ln(2)^k / k!.
FUSED_TARGET inline Floats powerOfTwo(Floats x) {
    const Floats least = Floats{} - 126.0F;
    x = x < least ? least : x;
    const Floats rounding = Floats{} + 12582912.0F;  // 1.5 * 2^23: after it there are no places behind the point
    const Floats shifted = x + rounding;
    const Floats rest = x - (shifted - rounding);
    Floats sum = rest * 1.52527338e-5F + 1.54035304e-4F;
    sum = sum * rest + 1.33335581e-3F;
    sum = sum * rest + 9.61812911e-3F;
    sum = sum * rest + 5.55041087e-2F;
    sum = sum * rest + 0.240226507F;
    sum = sum * rest + 0.693147181F;
    sum = sum * rest + 1.0F;
    return Floats(Integers(sum) + (Integers(shifted) << 23));
}

// Makes numbers of `scores` that lie where they were, not yet divided by their sum, which is returned.
FUSED_TARGET float softmaxRow(float* scores, int keys, int padded, float scale) {
    std::fill(scores + keys, scores + padded, -INFINITY);
    Floats most = load(scores);
    for (int i = kLanes; i < padded; i += kLanes) {
        const Floats x = load(scores + i);
        most = x > most ? x : most;
    }
    float greatest = most[0];
    for (int i = 1; i < kLanes; ++i) {
        greatest = std::max(greatest, most[i]);
    }
    Floats sum = {};
    auto* to = reinterpret_cast<Number*>(scores);
    for (int i = 0; i < padded; i += kLanes) {
        const Floats share = powerOfTwo((load(scores + i) - greatest) * scale);
        sum += share;
        store(share, to + i);
    }
    float whole = 0;
    for (int i = 0; i < kLanes; ++i) {
        whole += sum[i];
    }
    return whole;
}

// `Rows` queries by `Vectors` vectors of the values' columns. shares: rows of `padded` items.
template <int Rows, int Vectors>
FUSED_TARGET void multiplyValues(const Item* shares, int padded, const Item* values, int width, int items,
                                 const float* wholes, Number* const* out, int rows) {
    Floats sums[Rows][Vectors] = {};
    for (int i = 0; i < items; ++i) {
        Items many[Vectors];
#pragma GCC unroll 4
        for (int n = 0; n < Vectors; ++n) {
            many[n] = loadItems(values + std::ptrdiff_t{i} * width + n * kLanes);
        }
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            const Item one = shares[std::ptrdiff_t{r} * padded + i];
#pragma GCC unroll 4
            for (int n = 0; n < Vectors; ++n) {
                sums[r][n] = plusProduct(sums[r][n], many[n], one);
            }
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
        if (r < rows) {
#pragma GCC unroll 4
            for (int n = 0; n < Vectors; ++n) {
                store(sums[r][n] / wholes[r], out[r] + n * kLanes);
            }
        }
    }
}

// All columns of the values, a template's share at a time.
template <int Rows, int Vectors>
FUSED_TARGET void multiplyAllValues(const Head& head, const Item* shares, int padded, const Item* values,
                                    const float* wholes, Number* const* out, int rows) {
    const int items = (head.keys + kDeep - 1) / kDeep;
    for (int r = 0; r < rows; r += Rows) {
        for (int c = 0; c < head.width; c += Vectors * kLanes) {
            Number* to[Rows];
            for (int i = 0; i < Rows; ++i) {
                to[i] = out[r + i] + c;
            }
            multiplyValues<Rows, Vectors>(shares + std::ptrdiff_t{r} * padded, padded, values + c, head.width, items,
                                          wholes + r, to, rows - r);
        }
    }
}

FUSED_TARGET void attend(const Head& head, const void* keys, const void* values, int first, int end, float* scores) {
    const int items = head.width / kDeep, padded = (head.keys + kColumns - 1) / kColumns * kColumns;
    alignas(64) Item query[kRows * kMostWidth];
    for (; first < end; first += kRows) {
        const int rows = std::min(kRows, end - first);
        Number* out[kRows];
        float wholes[kRows];
        for (int r = 0; r < kRows; ++r) {
            const int token = first + std::min(r, rows - 1);  // the last one fills up what is missing
            const Number* from = static_cast<const Number*>(head.q) + token * head.qStride;
            for (int i = 0; i < items; ++i) {
                query[i * kRows + r] = itemOf(from, i);
            }
            out[r] = static_cast<Number*>(head.out) + token * head.outStride;
        }
        multiplyKeys(query, static_cast<const Item*>(keys), items, padded, scores);
        for (int r = 0; r < kRows; ++r) {
            wholes[r] = softmaxRow(scores + std::ptrdiff_t{r} * padded, head.keys, padded, head.scale);
        }
        const Item* shares = reinterpret_cast<const Item*>(scores);
        const auto* all = static_cast<const Item*>(values);
        if (head.width % (4 * kLanes) == 0) {
            multiplyAllValues<kRows / 2, 4>(head, shares, padded, all, wholes, out, rows);
        } else if (head.width % (2 * kLanes) == 0) {
            multiplyAllValues<kRows, 2>(head, shares, padded, all, wholes, out, rows);
        } else {
            multiplyAllValues<kRows, 1>(head, shares, padded, all, wholes, out, rows);
        }
    }
}

}  // namespace
}  // namespace maskwright::nn::fused
