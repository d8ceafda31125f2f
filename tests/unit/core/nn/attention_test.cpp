#include "core/nn/attention.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/tensors.h"

namespace maskwright::nn {
namespace {

// Written out, one query at a time.
at::Tensor byHand(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask, bool causal) {
    at::Tensor out = at::empty_like(q);
    for (std::int64_t b = 0; b < q.size(0); ++b) {
        for (std::int64_t h = 0; h < q.size(1); ++h) {
            for (std::int64_t i = 0; i < q.size(2); ++i) {
                at::Tensor scores = k[b][h].matmul(q[b][h][i]) / std::sqrt(double(q.size(3)));  // [T]
                if (mask.defined()) {
                    scores = scores + mask.expand({q.size(0), q.size(1), q.size(2), k.size(2)})[b][h][i];
                }
                if (causal) {
                    scores.slice(0, i + 1).fill_(-std::numeric_limits<float>::infinity());
                }
                out[b][h][i] = at::softmax(scores, 0).matmul(v[b][h]);
            }
        }
    }
    return out;
}

struct Inputs {
    at::Tensor q = at::randn({2, 3, 7, 4}), k = at::randn({2, 3, 7, 4}), v = at::randn({2, 3, 7, 4});
};

TEST(Attention, EqualsTheDefinition) {
    const Inputs in;
    EXPECT_LT(test::relativeDifference(attention(in.q, in.k, in.v, {}, false), byHand(in.q, in.k, in.v, {}, false)),
              test::kRounding);
}

TEST(Attention, CausalSeesNothingLater) {
    const Inputs in;
    EXPECT_LT(test::relativeDifference(attention(in.q, in.k, in.v, {}, true), byHand(in.q, in.k, in.v, {}, true)),
              test::kRounding);
}

TEST(Attention, AddsTheMask) {
    const Inputs in;
    const at::Tensor mask = at::randn({2, 1, 7, 7});
    EXPECT_LT(test::relativeDifference(attention(in.q, in.k, in.v, mask, false), byHand(in.q, in.k, in.v, mask, false)),
              test::kRounding);
}

TEST(Attention, SlicesGiveTheWhole) {
    const Inputs in;
    const at::Tensor full = at::randn({2, 1, 7, 7}), row = at::randn({2, 1, 1, 7});
    for (const at::Tensor& mask : {at::Tensor(), full, row}) {
        for (const bool causal : {false, true}) {
            const at::Tensor whole = byHand(in.q, in.k, in.v, mask, causal);
            for (const std::int64_t rows : {0, 1, 3, 7, 100}) {
                EXPECT_LT(test::relativeDifference(plainAttention(in.q, in.k, in.v, mask, causal, rows), whole),
                          test::kRounding)
                    << rows << " rows, causal " << causal;
            }
        }
    }
}

}  // namespace
}  // namespace maskwright::nn
