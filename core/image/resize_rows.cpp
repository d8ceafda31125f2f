#include "core/image/resize_rows.h"

#include <algorithm>
#include <array>
#include <opencv2/core/utility.hpp>

#if defined(__x86_64__) && defined(__GNUC__)
#define MASKWRIGHT_X86 1
#else
#define MASKWRIGHT_X86 0
#endif

namespace maskwright {

namespace {

constexpr int kPixels = 8;           // of a row that are multiplied together
constexpr int kLanes = 3 * kPixels;  // their numbers
constexpr int kRows = 4;             // of the picture that share a reading of the weights
constexpr std::int32_t kHalf = 1 << (kPrecisionBits - 1);

std::uint8_t toByte(std::int32_t sum) { return static_cast<std::uint8_t>(std::clamp(sum >> kPrecisionBits, 0, 255)); }

// The taps of a row, each weight once for every colour of its pixel, in whole steps of kPixels.
struct RowTaps {
    explicit RowTaps(const ResizeTaps& taps) : first(taps.first) {
        steps = (*std::max_element(taps.count.begin(), taps.count.end()) + kPixels - 1) / kPixels;
        weights.resize(first.size() * std::size_t(steps) * kLanes);
        auto to = weights.begin();
        for (std::size_t i = 0; i < first.size(); ++i) {
            for (int k = 0; k < steps * kPixels; ++k, to += 3) {
                std::fill_n(to, 3, k < taps.count[i] ? taps.weights[i * std::size_t(taps.stride) + std::size_t(k)] : 0);
            }
        }
    }
    std::vector<int> first;
    int steps = 0;
    std::vector<std::int32_t> weights;
};

// rows: kRows of them, with steps * kLanes readable bytes from every first pixel on; out: of as many rows.
using Rows = std::array<const std::uint8_t*, kRows>;
using Outs = std::array<std::uint8_t*, kRows>;
inline __attribute__((always_inline)) void acrossBody(const RowTaps& taps, const Rows& rows, const Outs& out) {
    const std::int32_t* weights = taps.weights.data();
    for (std::size_t i = 0; i < taps.first.size(); ++i) {
        std::int32_t sums[kRows][kLanes] = {};
        const std::size_t begin = std::size_t(taps.first[i]) * 3;
        for (int step = 0; step < taps.steps; ++step, weights += kLanes) {
            for (std::size_t r = 0; r < kRows; ++r) {
                const std::uint8_t* pixels = rows[r] + begin + std::size_t(step) * kLanes;
                for (int lane = 0; lane < kLanes; ++lane) {
                    sums[r][lane] += pixels[lane] * weights[lane];
                }
            }
        }
        for (std::size_t r = 0; r < kRows; ++r) {
            for (std::size_t c = 0; c < 3; ++c) {
                std::int32_t sum = kHalf;
                for (std::size_t lane = c; lane < kLanes; lane += 3) {
                    sum += sums[r][lane];
                }
                out[r][3 * i + c] = toByte(sum);
            }
        }
    }
}

inline __attribute__((always_inline)) void downBody(const Image& image, const ResizeTaps& taps, std::size_t i,
                                                    std::int32_t* sums, std::uint8_t* out) {
    const std::size_t count = std::size_t(image.width) * 3;
    std::fill_n(sums, count, kHalf);
    for (int k = 0; k < taps.count[i]; ++k) {
        const std::int32_t weight = taps.weights[i * std::size_t(taps.stride) + std::size_t(k)];
        const std::uint8_t* row = image.at(0, taps.first[i] + k);
        for (std::size_t x = 0; x < count; ++x) {
            sums[x] += row[x] * weight;
        }
    }
    for (std::size_t x = 0; x < count; ++x) {
        out[x] = toByte(sums[x]);
    }
}

void acrossPlain(const RowTaps& taps, const Rows& rows, const Outs& out) { acrossBody(taps, rows, out); }
void downPlain(const Image& image, const ResizeTaps& taps, std::size_t i, std::int32_t* sums, std::uint8_t* out) {
    downBody(image, taps, i, sums, out);
}
#if MASKWRIGHT_X86
// SSE2 has no product of 32-bit numbers.
__attribute__((target("avx2"))) void acrossAvx2(const RowTaps& taps, const Rows& rows, const Outs& out) {
    acrossBody(taps, rows, out);
}
__attribute__((target("avx2"))) void downAvx2(const Image& image, const ResizeTaps& taps, std::size_t i,
                                              std::int32_t* sums, std::uint8_t* out) {
    downBody(image, taps, i, sums, out);
}
#endif

struct Kernels {
    decltype(&acrossPlain) across = acrossPlain;
    decltype(&downPlain) down = downPlain;
};
Kernels kernels() {
#if MASKWRIGHT_X86
    if (__builtin_cpu_supports("avx2")) {
        return {acrossAvx2, downAvx2};
    }
#endif
    return {};
}

}  // namespace

Image resizeAcross(const Image& image, const ResizeTaps& taps) {
    Image out(static_cast<int>(taps.first.size()), image.height);
    const RowTaps rowTaps(taps);
    const Kernels kernel = kernels();
    const std::size_t bytes = std::size_t(image.width) * 3;
    const int groups = (image.height + kRows - 1) / kRows;
    cv::parallel_for_(cv::Range(0, groups), [&](const cv::Range& some) {
        // Copies, since a step may look past a row's end.
        std::vector<std::uint8_t> padded(kRows * (bytes + std::size_t(rowTaps.steps) * kLanes));
        for (int group = some.start; group < some.end; ++group) {
            Rows rows{};
            Outs outs{};
            for (int r = 0; r < kRows; ++r) {
                const int y = std::min(group * kRows + r, image.height - 1);  // the last ones again and again
                std::uint8_t* row = padded.data() + std::size_t(r) * (padded.size() / kRows);
                std::copy_n(image.at(0, y), bytes, row);
                rows[std::size_t(r)] = row;
                outs[std::size_t(r)] = out.at(0, y);
            }
            kernel.across(rowTaps, rows, outs);
        }
    });
    return out;
}

Image resizeDown(const Image& image, const ResizeTaps& taps) {
    Image out(image.width, static_cast<int>(taps.first.size()));
    const Kernels kernel = kernels();
    cv::parallel_for_(cv::Range(0, out.height), [&](const cv::Range& some) {
        std::vector<std::int32_t> sums(std::size_t(image.width) * 3);
        for (int y = some.start; y < some.end; ++y) {
            kernel.down(image, taps, std::size_t(y), sums.data(), out.at(0, y));
        }
    });
    return out;
}

}  // namespace maskwright
