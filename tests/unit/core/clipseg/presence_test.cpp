// Whether a condition is in a picture at all, told before the first block.
#include "core/clipseg/presence.h"

#include <gtest/gtest.h>

#include "core/clipseg/decoder.h"
#include "core/clipseg/spoken.h"
#include "tests/support/eyes_fixture.h"

namespace maskwright::clipseg {
namespace {

class Presence : public testing::Test {
  protected:
    Presence() {
        config_.eyes.presenceMlp = 6;
        at::manual_seed(5);
        tensors_ = freshDecoder(config_);
        tensors_["decoder.pyramid.out.weight"] = at::randn({1, 4, 1, 1});
        tensors_["decoder.named_presence.condition"] = at::randn({6, 20});
        // Every condition means a name of the trunk's, so that this head alone judges.
        tensors_["decoder.is_a.fc2.bias"].fill_(40);
        features_ = featuresOf(p(), config_, test::trunkAnswer(config_, 2, 64, 96));
    }
    [[nodiscard]] nn::Params p() const { return nn::Params(tensors_)["decoder"]; }
    [[nodiscard]] PresenceInput input(const vision::Spoken& spoken) const {
        return presenceInput(spoken, features_.joint, nameCosines(p(), features_.joint.coarse, 3), 4);
    }
    // Everything is as surely there as `logit` says.
    void say(double logit) {
        tensors_["decoder.named_presence.out.weight"].zero_();
        tensors_["decoder.named_presence.out.bias"].fill_(logit);
    }

    Config config_ = test::eyesConfig();
    nn::TensorMap tensors_;
    Features features_;
    at::Tensor conditions_ = at::randn({3, 20});
    at::Tensor pictureOf_ = at::tensor({1, 0, 1}, at::kLong);
};

TEST_F(Presence, NoPixelIsSurerThanThePresence) {
    const at::Tensor maps = at::randn({3, 4, 5}) * 4, presence = at::tensor({-3.0f, 0.5f, 40.0f});
    const at::Tensor both = bothOf(maps, presence);
    EXPECT_TRUE(at::equal(both[2], maps[2])) << "where it is surely there the map is as it was";
    EXPECT_LE(both[0].max().item<float>(), -3);
    EXPECT_LE(both[1].max().item<float>(), 0.5f);
    EXPECT_TRUE((both <= maps).all().item<bool>());
}

TEST_F(Presence, SurelyAbsentIsFlatAndFarBelowAnyThreshold) {
    say(-5);
    const at::Tensor absent = decode(p(), config_, features_, conditions_, pictureOf_);
    EXPECT_EQ(absent.sizes(), at::IntArrayRef({3, 16, 24}));
    EXPECT_EQ(absent.max().item<float>(), absent.min().item<float>());
    EXPECT_LT(at::sigmoid(absent).max().item<double>(), kSurelyAbsent / 10);
    say(5);
    const at::Tensor there = decode(p(), config_, features_, conditions_, pictureOf_);
    EXPECT_GT((there.amax({1, 2}) - there.amin({1, 2})).min().item<double>(), 0.01);
}

TEST_F(Presence, ATemperatureMakesItLessSure) {
    say(-5);
    config_.eyes.presenceTemperature = 2;
    const at::Tensor cooler = decode(p(), config_, features_, conditions_, pictureOf_);
    EXPECT_GT((cooler.amax({1, 2}) - cooler.amin({1, 2})).min().item<double>(), 0.01) << "-2.5 is not surely absent";
    EXPECT_LE(cooler.max().item<float>(), -2.5f);
}

// What others are asked beside it, and whether they are decoded, is nothing to a condition.
TEST_F(Presence, AConditionIsDecodedAsIfAlone) {
    // Presence by the first number of the condition: one surely absent, two there.
    conditions_ = at::randn({3, 20});
    for (const auto& [name, tensor] : tensors_) {
        if (name.starts_with("decoder.named_presence.")) {
            tensor.zero_();
        }
    }
    tensors_["decoder.named_presence.condition"][0][0] = 1;
    tensors_["decoder.named_presence.inner.weight"][0][0] = 1;
    tensors_["decoder.named_presence.out.weight"][0][0] = 8;
    tensors_["decoder.named_presence.out.bias"].fill_(-6);
    conditions_.select(1, 0).copy_(at::tensor({20.0f, -20.0f, 20.0f}));
    const at::Tensor all = decode(p(), config_, features_, conditions_, pictureOf_);
    const at::Tensor whole = decodeAll(p(), config_, features_, conditions_, pictureOf_).logits;
    EXPECT_LT(test::relativeDifference(all[0], whole[0]), test::kLogitRounding);
    EXPECT_LT(test::relativeDifference(all[2], whole[2]), test::kLogitRounding);
    EXPECT_EQ(all[1].max().item<float>(), all[1].min().item<float>());
    EXPECT_NEAR(decodeAll(p(), config_, features_, conditions_, pictureOf_).presence[1].item<double>(), -6, 1e-3);
}

TEST_F(Presence, WhatHasNoNameIsTheOtherHeadsToJudge) {
    const at::Tensor named = at::tensor({-6.0f, -6.0f}), general = at::tensor({2.0f, 9.0f});
    const at::Tensor a = at::tensor({1.0f, 0.2f, 0.0f, 0.0f}).view({2, 2});
    const at::Tensor both = blended(named, general, a), most = mostOf(named, a);
    EXPECT_FLOAT_EQ(both[0].item<float>(), -6);
    EXPECT_LT(both[1].item<float>(), 9) << "no head is that sure";
    EXPECT_GT(both[1].item<float>(), 2);
    EXPECT_TRUE((both <= most).all().item<bool>());
}

TEST_F(Presence, FactsFollowWhatIsSpokenOfTheirOwnPicture) {
    const at::Tensor means = at::zeros({3, 7});
    means[0][1] = 1;  // the detector's second name
    means[1][1] = 1;
    means[2][5] = 1;  // the classifier's third class
    const auto facts = [&](const vision::Spoken& spoken) {
        return presenceFacts(input(spoken), asked(config_, conditions_), means, pictureOf_);
    };
    const at::Tensor before = facts(features_.spoken);
    EXPECT_EQ(before.sizes(), at::IntArrayRef({3, kPresenceFacts}));
    vision::Spoken more = features_.spoken;
    more.evidence = more.evidence.clone();
    more.evidence.select(0, 1).select(0, 1).fill_(1);  // of picture 1
    const at::Tensor after = facts(more);
    EXPECT_GT((after[0] - before[0]).abs().max().item<double>(), 0.01);  // asked of picture 1
    EXPECT_TRUE(at::equal(after[1], before[1]));                         // asked of picture 0
    vision::Spoken mute;
    EXPECT_TRUE(at::isfinite(facts(mute)).all().item<bool>());
}

TEST_F(Presence, ItLearnsThroughTheFacts) {
    const at::Tensor facts = presenceFacts(input(features_.spoken), asked(config_, conditions_),
                                           at::sigmoid(isA(p()["is_a"], asked(config_, conditions_))), pictureOf_);
    for (auto& [name, tensor] : tensors_) {
        tensor.set_requires_grad(name.starts_with("decoder.named_presence."));
    }
    namedPresence(p()["named_presence"], facts, asked(config_, conditions_)).sum().backward();
    EXPECT_GT(tensors_["decoder.named_presence.facts.weight"].grad().abs().max().item<double>(), 0);
    EXPECT_GT(tensors_["decoder.named_presence.condition"].grad().abs().max().item<double>(), 0);
}

TEST(PresenceConfig, IsWrittenAndReadAndRefusedWithoutTheOtherHead) {
    Config config = test::eyesConfig();
    config.eyes.presenceMlp = 6;
    config.eyes.presenceTemperature = 1.5;
    const auto again = readConfig(toJson(config), "config.json");
    ASSERT_TRUE(again) << again.error().line();
    EXPECT_EQ(again->eyes.presenceMlp, 6);
    EXPECT_EQ(again->eyes.presenceTemperature, 1.5);
    config.presenceHead = false;
    EXPECT_FALSE(readConfig(toJson(config), "config.json"));
}

}  // namespace
}  // namespace maskwright::clipseg
