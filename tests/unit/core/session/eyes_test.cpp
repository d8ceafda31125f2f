// A model on a trunk that detects, with weights nobody trained, from its folder to masks.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/clipseg/config.h"
#include "core/session/proposal_sources.h"
#include "tests/support/clipseg_fixture.h"
#include "tests/support/eyes_fixture.h"

namespace maskwright::session {
namespace {

class EyesModel : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        place_ = new test::TemporaryFolder;
        const clipseg::Config config = test::eyesConfig();
        const std::string folder = EyesModel::folder();
        test::fs::create_directories(folder);
        test::writeText(folder + "/config.json", test::eyesJson().dump());
        test::writeText(folder + "/preprocessor_config.json",
                        R"({"size": 64, "image_mean": [0, 0, 0], "image_std": [1, 1, 1]})");
        for (const char* file : {"vocab.json", "merges.txt"}) {
            test::fs::copy_file(test::reference() / "bpe" / file, test::fs::path(folder) / file);
        }
        at::manual_seed(4);
        nn::TensorMap tensors;
        for (const auto& [name, parameter] : clipseg::parameters(config)) {
            tensors[name] = nn::fresh(parameter);
        }
        tensors["clip.vision_model.detector.anchors"] = at::full({3, 3, 2}, 20.0);
        tensors["decoder.pyramid.out.weight"] = at::randn({1, 4, 1, 1});
        test::valueOf(nn::writeTensors(folder + "/model.safetensors", tensors, weights::DType::f16));
        model_ = new test::OpenClipSeg(folder);
    }
    static void TearDownTestSuite() {
        delete model_;
        delete place_;
    }
    static test::OpenClipSeg& model() { return *model_; }
    static std::string folder() { return (place_->path() / "eyes").string(); }
    // A copy whose trunk lies in a file of its own, as the built-in model's does; `bad` is put into a tensor of it.
    static std::string copyWithTrunk(const test::TemporaryFolder& place, double bad) {
        const std::string copy = (place.path() / "copy").string();
        test::fs::copy(folder(), copy);
        const auto file = test::valueOf(weights::SafetensorsFile::open(folder() + "/model.safetensors"));
        const auto ofTrunk = [](const std::string& name) { return name.starts_with("clip.vision_model."); };
        const nn::TensorMap rest = nn::readTensors(file, std::not_fn(ofTrunk));
        nn::TensorMap trunk = nn::readTensors(file, ofTrunk);
        trunk.begin()->second.view(-1)[0] = bad;
        test::valueOf(nn::writeTensors(copy + "/model.safetensors", rest, weights::DType::f16));
        test::valueOf(nn::writeTensors(copy + "/trunk.safetensors", trunk, weights::DType::f16));
        return copy;
    }
    static std::string problemOf(const std::string& copy) {
        const auto opened = Engine::open({copy, "cpu", "float32", 1});
        return opened.ok() ? std::string() : opened.error().line();
    }

    // A picture of noise, and a box of it marked.
    static std::shared_ptr<Image> picture() {
        auto image = std::make_shared<Image>(120, 80);
        std::uint32_t state = 1;
        for (std::uint8_t& value : image->pixels) {
            state = state * 1664525u + 1013904223u;
            value = static_cast<std::uint8_t>(state >> 24);
        }
        return image;
    }
    static std::shared_ptr<Mask> marked(Box box) {
        auto mask = std::make_shared<Mask>(120, 80);
        for (int y = box.y; y < box.y + box.height; ++y) {
            std::fill_n(&mask->at(box.x, y), box.width, std::uint8_t(255));
        }
        return mask;
    }
    static Result<Condition> conditionOf(const std::shared_ptr<Image>& image, const std::shared_ptr<Mask>& region) {
        Prompt prompt;
        prompt.regions.push_back({image, region, {}, 1});
        return model()->condition(prompt);
    }

  private:
    static inline test::TemporaryFolder* place_ = nullptr;
    static inline test::OpenClipSeg* model_ = nullptr;
};

TEST_F(EyesModel, AMissingOrDamagedFileIsNamed) {
    const test::TemporaryFolder whole, damaged;
    const std::string copy = copyWithTrunk(whole, 0.5);
    EXPECT_EQ(problemOf(copy), "");
    test::fs::remove(copy + "/preprocessor_config.json");
    EXPECT_NE(problemOf(copy).find("preprocessor_config.json is missing"), std::string::npos) << problemOf(copy);
    const std::string problem = problemOf(copyWithTrunk(damaged, NAN));
    EXPECT_NE(problem.find("trunk.safetensors: tensor"), std::string::npos) << problem;
    EXPECT_NE(problem.find("not finite"), std::string::npos) << problem;
}

TEST_F(EyesModel, ProposesWhatItsDetectorSees) {
    const Image image = *picture();
    const auto seen = model()->sightings(image, 20);
    ASSERT_TRUE(seen.ok()) << seen.error().line();
    ASSERT_FALSE(seen->empty());
    EXPECT_LE(seen->size(), 20u);
    for (std::size_t i = 0; i < seen->size(); ++i) {
        const Sighting& one = (*seen)[i];
        EXPECT_LE(one.score, i == 0 ? 1 : (*seen)[i - 1].score);
        EXPECT_LE(0, one.left);
        EXPECT_LE(one.left, one.right);
        EXPECT_LE(one.right, 1);
        EXPECT_EQ(one.mask.width, 16);  // 64 x 32 pixels are seen
        EXPECT_EQ(one.mask.height, 8);
    }
    const auto source = detectorSource(*model(), {0.7, 10});
    const auto found = source->propose(image);
    ASSERT_TRUE(found.ok()) << found.error().line();
    EXPECT_LE(found->proposals.size(), 10u);
    EXPECT_LE(found->proposals.size(), found->before);
    for (std::size_t i = 0; i < found->proposals.size(); ++i) {
        const proposals::Proposal& one = found->proposals[i];
        EXPECT_EQ(one.runs.width, 120);
        EXPECT_EQ(one.runs.height, 80);
        EXPECT_GT(one.area, 0);
        EXPECT_LE(one.objectness, i == 0 ? 1 : found->proposals[i - 1].objectness);
        for (std::size_t k = 0; k < i; ++k) {
            EXPECT_LE(proposals::iou(one.runs, found->proposals[k].runs), 0.7);
        }
    }
    EXPECT_EQ(source->propose(Image()).error().kind, ErrorKind::input);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(source->propose(image, stop.get_token()).error().kind, ErrorKind::cancelled);
}

TEST_F(EyesModel, SeesAPictureInItsOwnShape) {
    const auto encoded = model()->encode(*picture());
    ASSERT_TRUE(encoded.ok()) << encoded.error().line();
    EXPECT_EQ(encoded->inputWidth, 64);
    EXPECT_EQ(encoded->inputHeight, 32);  // 42.7, to the nearest 32
    std::vector<Prompt> prompts(2);
    prompts[0].phrase = "cat";
    prompts[1].phrase = "dog";
    const auto both = model()->predict(*encoded, prompts);
    ASSERT_TRUE(both.ok()) << both.error().line();
    EXPECT_EQ(both->maps[0].width, 16);
    EXPECT_EQ(both->maps[0].height, 8);
    const auto alone = model()->predict(*encoded, std::span(prompts).last(1));
    ASSERT_TRUE(alone.ok());
    EXPECT_LT(test::largestDifference(both->maps[1].pixels, alone->maps[0].pixels), test::kProbabilityRounding);
    EXPECT_GT(test::largestDifference(both->maps[0].pixels, both->maps[1].pixels), 1e-4);
}

TEST_F(EyesModel, AMarkedObjectHasAConditionOfItsOwn) {
    const auto image = picture();
    const auto left = conditionOf(image, marked({10, 10, 30, 40})),
               right = conditionOf(image, marked({80, 30, 30, 40}));
    ASSERT_TRUE(left.ok()) << left.error().line();
    ASSERT_TRUE(right.ok());
    ASSERT_EQ(left->values.size(), 20u);
    EXPECT_GT(test::relativeDifference(left->values, right->values), 1e-4);
    // A pixel in the corner has surroundings too.
    EXPECT_TRUE(conditionOf(image, marked({119, 79, 1, 1})).ok());
}

TEST_F(EyesModel, AnEmptyRegionAndOneOfAnotherSizeAreErrors) {
    EXPECT_EQ(conditionOf(picture(), marked({0, 0, 0, 0})).error().kind, ErrorKind::input);
    EXPECT_EQ(conditionOf(picture(), std::make_shared<Mask>(7, 7, 255)).error().kind, ErrorKind::input);
}

}  // namespace
}  // namespace maskwright::session
