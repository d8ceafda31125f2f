#include "core/nn/fused_attention.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/nn/attention.h"
#include "tests/support/tensors.h"

namespace maskwright::nn {
namespace {

struct Shape {
    std::int64_t batch, heads, queries, keys, width;
};

class Fused : public testing::TestWithParam<Shape> {
  protected:
    // Views of a product that holds queries, keys and values side by side. [B, h, T, d]
    static at::Tensor heads(const at::Tensor& joint, std::int64_t third, const Shape& s, std::int64_t tokens) {
        return joint.slice(2, third * s.heads * s.width, (third + 1) * s.heads * s.width)
            .view({joint.size(0), joint.size(1), s.heads, s.width})
            .transpose(1, 2)
            .slice(2, 0, tokens);
    }
    static double difference(const Shape& s, at::ScalarType type, bool sharedKeys) {
        const at::NoGradGuard guard;
        at::manual_seed(s.queries);
        const at::Tensor joint =
            (at::randn({s.batch, std::max(s.queries, s.keys), 3 * s.heads * s.width}) * 2).to(type);
        const at::Tensor q = heads(joint, 0, s, s.queries);
        at::Tensor k = heads(joint, 1, s, s.keys), v = heads(joint, 2, s, s.keys);
        if (sharedKeys) {
            k = k.slice(0, 0, 1);
            v = v.slice(0, 0, 1);
        }
        if (!fuses(q, k, v)) {
            return -1;
        }
        const at::Tensor out = at::full({s.batch, s.queries, s.heads, s.width}, 7.0, q.options()).transpose(1, 2);
        fusedAttention(q, k, v, out);
        const at::Tensor wanted = plainAttention(q.to(at::kDouble), k.to(at::kDouble), v.to(at::kDouble), {}, false);
        return test::relativeDifference(out.to(at::kDouble), wanted);
    }
};

TEST_P(Fused, EqualsTheDefinition) {
    for (const bool shared : {false, true}) {
        const double floats = difference(GetParam(), at::kFloat, shared);
        if (floats < 0) {
            GTEST_SKIP() << "no kernel for this processor";
        }
        EXPECT_LT(floats, test::kRounding);
        // What is left of bfloat16's 8 bits after two products and a softmax.
        EXPECT_LT(difference(GetParam(), at::kBFloat16, shared), 0.02);
    }
}

// Every width that has a path of its own; keys and queries that leave rests, a single query among them.
INSTANTIATE_TEST_SUITE_P(Shapes, Fused,
                         testing::Values(Shape{1, 12, 485, 485, 64}, Shape{3, 4, 197, 197, 16}, Shape{2, 2, 1, 33, 32},
                                         Shape{1, 3, 25, 16, 48}, Shape{2, 1, 97, 31, 80}, Shape{1, 2, 13, 64, 128}));

TEST(FusedAttention, ScoresOfAnySizeKeepTheirOrder) {
    const at::NoGradGuard guard;
    // The first key is far above the others: all of its value, none of theirs.
    const at::Tensor q = at::full({1, 1, 5, 16}, 30.0), k = at::full({1, 1, 40, 16}, -30.0),
                     v = at::arange(40, at::kFloat).view({1, 1, 40, 1}).expand({1, 1, 40, 16}).contiguous() + 1;
    k.select(2, 0).fill_(30.0);
    if (!fuses(q, k, v)) {
        GTEST_SKIP() << "no kernel for this processor";
    }
    const at::Tensor out = at::empty({1, 1, 5, 16});
    fusedAttention(q, k, v, out);
    EXPECT_LT(test::largestDifference(out, at::ones_like(out)), test::kRounding);
}

TEST(FusedAttention, TakesNothingElse) {
    const at::NoGradGuard guard;
    const at::Tensor x = at::zeros({1, 2, 32, 16});
    EXPECT_FALSE(fuses(x, x, x.to(at::kBFloat16)));
    EXPECT_FALSE(fuses(x.slice(3, 0, 12), x.slice(3, 0, 12), x.slice(3, 0, 12))) << "no multiple of 16";
    EXPECT_FALSE(fuses(x, x.slice(2, 0, 8), x.slice(2, 0, 8))) << "few keys";
    EXPECT_FALSE(fuses(x.transpose(2, 3), x.transpose(2, 3), x.transpose(2, 3))) << "numbers apart";
    const at::AutoGradMode recorded(true);
    EXPECT_FALSE(fuses(x, x, x));
}

}  // namespace
}  // namespace maskwright::nn
