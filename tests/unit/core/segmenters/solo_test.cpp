#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/image/refine.h"
#include "core/segmenters/convert.h"
#include "core/segmenters/segmenter.h"
#include "core/segmenters/solo_masks.h"
#include "core/vision/output.h"
#include "tests/support/tensors.h"

namespace maskwright::segmenters {
namespace {

const test::fs::path kFixtures = test::reference() / "solo";

// The checkpoint as a folder, whose pictures are as small as the fixture's.
class Solo : public testing::Test {
  protected:
    void SetUp() override {
        folder = (place.path() / "solo").string();
        made = test::valueOf(convertSolo((kFixtures / "solo.pth").string(), folder));
        edit("\"short_side\": 800", "\"short_side\": 96");
        edit("\"long_side\": 1333", "\"long_side\": 160");
    }
    void edit(const std::string& from, const std::string& to) const {
        const test::fs::path config = test::fs::path(folder) / "config.json";
        std::string text = test::readText(config);
        ASSERT_NE(text.find(from), std::string::npos) << from;
        test::writeText(config, text.replace(text.find(from), from.size(), to));
    }

    test::TemporaryFolder place;
    std::string folder;
    Converted made;
    const test::Expected expected{kFixtures / "solo.safetensors"};
};

TEST_F(Solo, AnswersAsItsPaperSays) {
    const auto network = test::valueOf(SoloNetwork::load(folder, at::kCPU, at::kFloat));
    EXPECT_EQ(network->parameterCount(), made.parameters);
    const SoloAnswer answer = network->ask(test::tensor(expected, "pixels"), {});
    EXPECT_LT(test::relativeDifference(answer.scores, test::tensor(expected, "scores")), test::kParity);
    EXPECT_LT(test::relativeDifference(answer.kernels.slice(0, 0, answer.kernels.size(0), 16),
                                       test::tensor(expected, "kernels")),
              test::kParity);
    const at::Tensor some = answer.features.slice(1, 0, answer.features.size(1), 2).slice(2, 0, 1000, 2);
    EXPECT_LT(test::relativeDifference(some, test::tensor(expected, "features")), test::kParity);
}

TEST_F(Solo, FindsWhatItsPaperFinds) {
    const auto solo = test::valueOf(openSolo(folder, at::kCPU, at::kFloat));
    const Image picture = expected.picture("picture");
    const Candidates found = solo->find(picture, {});
    const std::vector<float> scores = expected.floats("found");
    ASSERT_EQ(found.all.size(), scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        EXPECT_NEAR(found.all[i].score, scores[i], 1e-3 * scores[i]) << i;
    }
    const std::vector<std::uint8_t> masks = expected.bytes("masks");
    const std::size_t size = std::size_t(picture.width) * std::size_t(picture.height);
    for (std::size_t i = 0; i < masks.size() / size; ++i) {
        const Mask mask = toMask(found.all[i].runs);
        int differing = 0;
        for (std::size_t at = 0; at < size; ++at) {
            differing += (mask.pixels[at] != 0) != (masks[i * size + at] != 0) ? 1 : 0;
        }
        EXPECT_LE(differing, 3) << i << ": pixels at an edge may round the other way";
    }
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW((void)solo->find(picture, stop.get_token()), vision::Stopped);
}

TEST_F(Solo, AnyShapeOfPictureIsLookedAt) {
    const auto solo = test::valueOf(openSolo(folder, at::kCPU, at::kFloat));
    for (const auto& [width, height] : {std::pair{1, 1}, std::pair{300, 2}, std::pair{3, 200}}) {
        for (const Candidate& one : solo->find(Image(width, height), {}).all) {
            EXPECT_EQ(one.runs.width, width);
            EXPECT_EQ(one.runs.height, height);
            EXPECT_GT(one.runs.area(), 0);
        }
    }
}

TEST_F(Solo, ABrokenFolderIsNamed) {
    edit("\"classes\": 2", "\"classes\": 3");
    const auto wrong = SoloNetwork::load(folder, at::kCPU, at::kFloat);
    ASSERT_FALSE(wrong.ok());
    EXPECT_NE(wrong.error().line().find("cate_pred"), std::string::npos) << wrong.error().line();
    edit("\"solov2\"", "\"solo\"");
    const auto other = SoloNetwork::load(folder, at::kCPU, at::kFloat);
    ASSERT_FALSE(other.ok());
    EXPECT_NE(other.error().line().find("model_type"), std::string::npos);
    const auto none = convertSolo((test::reference() / "sam" / "vit.pth").string(), folder + "-none");
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().kind, ErrorKind::weights);
    EXPECT_FALSE(test::fs::exists(folder + "-none"));
    EXPECT_FALSE(test::valueOf(holdsSolo((test::reference() / "sam" / "vit.pth").string())));
    EXPECT_FALSE(test::valueOf(holdsSam((kFixtures / "solo.pth").string())));
}

TEST(SoloMasks, WhatASurerOneCoversLosesItsScore) {
    // Two alike, one apart, and the first's copy under another label.
    const at::Tensor masks =
        at::tensor({1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0}, at::kFloat).view({4, 5});
    const at::Tensor scores = at::tensor({0.9F, 0.8F, 0.7F, 0.6F});
    const at::Tensor updated = matrixNms(masks, at::tensor({0, 0, 0, 1}, at::kLong), scores, 2);
    const double overlap = 2.0 / 3;
    EXPECT_NEAR(updated[0].item<double>(), 0.9, 1e-6);
    EXPECT_NEAR(updated[1].item<double>(), 0.8 * std::exp(-2 * overlap * overlap), 1e-6);
    EXPECT_NEAR(updated[2].item<double>(), 0.7, 1e-6);
    EXPECT_NEAR(updated[3].item<double>(), 0.6, 1e-6);
}

}  // namespace
}  // namespace maskwright::segmenters
