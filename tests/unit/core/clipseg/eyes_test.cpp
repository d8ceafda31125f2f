// The decoder on a trunk that detects.
#include <gtest/gtest.h>

#include "core/clipseg/marked.h"
#include "core/clipseg/spoken.h"
#include "tests/support/eyes_fixture.h"

namespace maskwright::clipseg {
namespace {

class Eyes : public testing::Test {
  protected:
    Eyes() {
        at::manual_seed(3);
        tensors_ = freshDecoder(config_);
        tensors_["decoder.pyramid.out.weight"] = at::randn({1, 4, 1, 1});  // begins at 0, and would hide the pyramid
        tensors_["decoder.presence.1.weight"] = at::randn({1, 8});
        answer_ = test::trunkAnswer(config_, 2, 64, 96);
    }
    [[nodiscard]] nn::Params p() const { return nn::Params(tensors_)["decoder"]; }
    [[nodiscard]] Features features(vision::Output answer) const { return featuresOf(p(), config_, std::move(answer)); }
    [[nodiscard]] static at::Tensor of(std::vector<std::int64_t> pictures) { return at::tensor(pictures, at::kLong); }
    // The trunk's answer for one of the pictures.
    [[nodiscard]] vision::Output only(std::int64_t picture) const {
        vision::Output one = answer_;
        for (auto* maps : {&one.taps, &one.pyramid}) {
            for (at::Tensor& map : *maps) {
                map = map.slice(0, picture, picture + 1);
            }
        }
        for (at::Tensor* said : {&one.spoken.evidence, &one.spoken.classes, &one.spoken.whole}) {
            *said = said->slice(0, picture, picture + 1);
        }
        return one;
    }
    // An is-a head that takes every condition for name 0.
    void meanNameZero() {
        tensors_["decoder.is_a.fc2.weight"].zero_();
        tensors_["decoder.is_a.fc2.bias"] = at::tensor({30.0f, -30.0f, -30.0f, -30.0f, -30.0f, -30.0f, -30.0f});
    }

    Config config_ = test::eyesConfig();
    nn::TensorMap tensors_;
    vision::Output answer_;
    at::Tensor conditions_ = at::randn({3, 20});
};

TEST_F(Eyes, LogitsComeAtAQuarterOfThePicture) {
    const Decoded all = decodeAll(p(), config_, features(answer_), conditions_, of({1, 0, 1}));
    EXPECT_EQ(all.logits.sizes(), at::IntArrayRef({3, 16, 24}));
    EXPECT_EQ(all.presence.sizes(), at::IntArrayRef({3}));
    EXPECT_EQ(all.isA.sizes(), at::IntArrayRef({3, 7}));
}

TEST_F(Eyes, ManyConditionsOverPicturesAreEachAlone) {
    const at::Tensor both = decodeAll(p(), config_, features(answer_), conditions_, of({1, 0, 1})).logits;
    const std::int64_t pictures[] = {1, 0, 1};
    for (std::int64_t i = 0; i < 3; ++i) {
        const Features one = features(only(pictures[i]));
        const at::Tensor alone = decodeAll(p(), config_, one, conditions_.slice(0, i, i + 1), of({0})).logits[0];
        EXPECT_LT(test::relativeDifference(both[i], alone), test::kLogitRounding) << i;
        const at::Tensor together = decodeAll(p(), config_, one, conditions_, of({0, 0, 0})).logits[i];
        EXPECT_LT(test::relativeDifference(both[i], together), test::kLogitRounding) << i;
    }
}

// To a device that holds no numbers, which refuses to compute with what was left behind.
TEST_F(Eyes, FeaturesMoveWhole) {
    Features here = features(answer_);
    here.share = pictureShare(p(), config_, here);
    const auto tensorsOf = [](const Features& of) {
        std::vector<at::Tensor> all = of.taps;
        all.insert(all.end(), of.pyramid.begin(), of.pyramid.end());
        all.insert(all.end(), of.share->reduced.begin(), of.share->reduced.end());
        all.insert(all.end(), of.share->laterals.begin(), of.share->laterals.end());
        const PresenceInput& presence = of.share->presence;
        for (const at::Tensor& one :
             {of.pooled, of.dense, of.spoken.evidence, of.spoken.classes, of.spoken.whole, of.joint.coarse,
              of.joint.fine, of.share->names, presence.whole, presence.anywhere, presence.surest, presence.area,
              presence.joint, presence.names}) {
            all.push_back(one);
        }
        return all;
    };
    const std::vector<at::Tensor> before = tensorsOf(here), after = tensorsOf(movedTo(here, at::kMeta));
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        ASSERT_EQ(before[i].defined(), after[i].defined()) << i;
        if (before[i].defined()) {
            EXPECT_TRUE(after[i].is_meta()) << i;
            EXPECT_EQ(after[i].sizes(), before[i].sizes()) << i;
        }
    }
    // Half numbers of a GPU go on in float32.
    here.share->laterals.front() = here.share->laterals.front().to(at::kHalf);
    EXPECT_EQ(movedTo(here, at::kCPU).share->laterals.front().scalar_type(), at::kFloat);
}

TEST_F(Eyes, TheLengthOfAConditionSaysNothing) {
    const Features pictures = features(answer_);
    const Decoded once = decodeAll(p(), config_, pictures, conditions_, of({1, 0, 1}));
    const Decoded thrice = decodeAll(p(), config_, pictures, 3 * conditions_, of({1, 0, 1}));
    EXPECT_LT(test::relativeDifference(thrice.logits, once.logits), test::kLogitRounding);
}

TEST_F(Eyes, FreshItSaysWhatTheDetectorFound) {
    tensors_ = freshDecoder(config_);
    meanNameZero();
    const at::Tensor with = decodeAll(p(), config_, features(answer_), conditions_, of({1, 0, 1})).logits;
    vision::Output mute = answer_;
    mute.spoken.evidence = at::Tensor();
    const at::Tensor without = decodeAll(p(), config_, features(mute), conditions_, of({1, 0, 1})).logits;
    const at::Tensor found = answer_.spoken.evidence.select(1, 0), other = answer_.spoken.evidence.slice(1, 1).amax(1);
    EXPECT_LT(test::largestDifference(with - without, (3 * found - 2 * other).index_select(0, of({1, 0, 1}))), 1e-4);
}

TEST_F(Eyes, TheClassifierIsAskedOnlyForWhatTheDetectorHasNoNameFor) {
    const auto mapsOf = [&](const vision::Output& answer, const std::vector<float>& a) {
        const Features pictures = features(answer);
        return spokenMaps(p(), pictures.spoken, pictures.joint, conditions_.slice(0, 0, 1), at::tensor(a).unsqueeze(0),
                          of({0}), pictureShare(p(), config_, pictures).names)
            .tokens.select(1, 3)[0];
    };
    const at::Tensor here = answer_.spoken.classes[0][2], whole = answer_.spoken.whole[0][2];
    const at::Tensor word = 0.7 * (((here + 0.001) / 0.02).log() + ((whole + 0.001) / 0.02).log());
    EXPECT_LT(test::relativeDifference(mapsOf(only(0), {0, 0, 0, 0, 0, 1, 0}), word), test::kRounding);
    EXPECT_LT(test::relativeDifference(mapsOf(only(0), {0, 0.75f, 0, 0, 0, 1, 0}), word / 4), test::kRounding);
    EXPECT_EQ(mapsOf(only(0), {0, 1, 0, 0, 0, 1, 0}).abs().max().item<float>(), 0);
    vision::Output mute = only(0);
    mute.spoken.classes = mute.spoken.whole = at::Tensor();
    EXPECT_EQ(mapsOf(mute, {0, 0, 0, 0, 0, 1, 0}).abs().max().item<float>(), 0);
}

TEST_F(Eyes, EveryTensorOfTheDecoderLearns) {
    for (auto& [name, tensor] : tensors_) {
        tensor = tensor.detach().requires_grad_(true);
    }
    const Features pictures = features(answer_);
    const Decoded all = decodeAll(p(), config_, pictures, conditions_, of({1, 0, 1}));
    (all.logits * at::randn_like(all.logits)).sum().backward();
    for (const auto& [name, tensor] : tensors_) {
        if (nn::Role::bias == decoderParameters(config_).at(name).role) {
            continue;  // keys' biases cancel in the softmax
        }
        ASSERT_TRUE(tensor.grad().defined()) << name;
        EXPECT_GT(tensor.grad().abs().max().item<float>(), 0) << name;
    }
}

TEST_F(Eyes, AMarkedObjectIsAskedForByTheNamesUnderIt) {
    vision::Output answer = only(0);
    // Name 1 fills the marked left half; name 2 the whole picture.
    answer.spoken.evidence = at::zeros({1, 3, 16, 24});
    answer.spoken.evidence[0][1].slice(1, 0, 12).fill_(0.8);
    answer.spoken.evidence[0][2].fill_(0.8);
    at::Tensor region = at::zeros({1, 64, 96});
    region.slice(2, 0, 48).fill_(1);
    const at::Tensor fit = namesUnder(answer.spoken.evidence, region, of({0}));
    const at::Tensor expected = at::tensor({0.0f, 0.8f, 0.8f * std::sqrt(0.5f)}).unsqueeze(0);
    EXPECT_LT(test::relativeDifference(fit, expected), test::kRounding);
    // Shares by the squares: two to one.
    const at::Tensor& names = tensors_.at("decoder.names");
    const auto unit = [](const at::Tensor& x) { return x / x.norm(2, -1, true); };
    const at::Tensor mixed = unit(2 * unit(names[1]) + unit(names[2]));
    const at::Tensor found = markedConditions(p(), config_, features(answer), region, of({0}))[0];
    EXPECT_LT(test::relativeDifference(unit(found), mixed), test::kRounding);
    EXPECT_NEAR(found.norm().item<float>(), names.norm(2, -1).mean().item<float>(), 1e-4);
}

TEST_F(Eyes, WhereTheDetectorSeesNothingTheJointFeatureNamesIt) {
    vision::Output answer = answer_;
    answer.spoken.evidence.zero_();
    Features pictures = features(answer);
    // Of picture 1 the upper half lies where name 4 does, which the detector does not know.
    const at::Tensor names = at::eye(20).slice(0, 0, 5).contiguous();
    tensors_["decoder.names"] = names;
    pictures.joint.fine = at::randn({2, 20, 8, 12});
    pictures.joint.fine[1].slice(1, 0, 4).copy_((10 * names[4]).view({20, 1, 1}).expand({20, 4, 12}));
    at::Tensor region = at::zeros({1, 32, 48});
    region.slice(1, 0, 16).fill_(1);
    const at::Tensor found = markedConditions(p(), config_, pictures, region, of({1}))[0];
    EXPECT_LT(test::largestDifference(found, names[4]), 1e-3);
}

TEST_F(Eyes, TheMapsReachEachLevelOfThePyramidByASwitch) {
    const at::Tensor with = decodeAll(p(), config_, features(answer_), conditions_, of({1, 0, 1})).logits;
    config_.eyes.pyramidMaps = false;
    EXPECT_FALSE(decoderParameters(config_).contains("decoder.pyramid.0.maps.weight"));
    const at::Tensor without = decodeAll(p(), config_, features(answer_), conditions_, of({1, 0, 1})).logits;
    EXPECT_GT(test::relativeDifference(with, without), 1e-2);
    // They are all that the switch adds.
    for (const char* level : {"0", "1"}) {
        for (const char* part : {"weight", "bias"}) {
            tensors_["decoder.pyramid." + std::string(level) + ".maps." + part].zero_();
        }
    }
    config_.eyes.pyramidMaps = true;
    const at::Tensor nothing = decodeAll(p(), config_, features(answer_), conditions_, of({1, 0, 1})).logits;
    EXPECT_LT(test::relativeDifference(nothing, without), test::kLogitRounding);
}

TEST_F(Eyes, TheConfigurationIsReadAndWritten) {
    const Config again = test::valueOf(readConfig(toJson(config_), "config.json"));
    EXPECT_EQ(toJson(again), toJson(config_));
    EXPECT_TRUE(again.keepAspect);
    Config off = config_;
    off.eyes.pyramidMaps = false;
    EXPECT_FALSE(test::valueOf(readConfig(toJson(off), "config.json")).eyes.pyramidMaps);
    Json mute = test::eyesJson();
    mute["spoken_maps"] = false;
    EXPECT_TRUE(readConfig(mute, "config.json").ok());
    mute["pyramid_maps"] = true;
    EXPECT_FALSE(readConfig(mute, "config.json").ok());
    EXPECT_EQ(pyramidLevels(again), (std::vector<std::vector<std::size_t>>{{0, 1}, {2}}));
    const std::pair<const char*, Json> mistakes[] = {{"names", 2},
                                                     {"joint_layers", Json::array()},
                                                     {"is_a_mlp", 0},
                                                     {"joint_fine_layers", {37}},
                                                     {"pyramid_layers", {105, 24, 75}}};
    for (const auto& [key, value] : mistakes) {
        Json json = test::eyesJson();
        json[key] = value;
        const auto read = readConfig(json, "config.json");
        ASSERT_FALSE(read.ok()) << key;
        EXPECT_NE(read.error().line().find(key), std::string::npos) << read.error().line();
    }
}

}  // namespace
}  // namespace maskwright::clipseg
