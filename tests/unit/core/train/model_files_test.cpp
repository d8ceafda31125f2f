#include "core/train/model_files.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/clipseg/model.h"
#include "core/train/options.h"
#include "core/weights/model_folder.h"
#include "tests/support/eyes_fixture.h"

namespace maskwright::train {
namespace {

// The tensors of every kind that the configuration names, all of them one number.
nn::TensorMap allTensors(const clipseg::Config& config, double value) {
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : clipseg::parameters(config)) {
        tensors[name] = at::full(parameter.shape, value);
    }
    return tensors;
}

Context contextOf(const Options& options, clipseg::Config config) {
    return {options, std::move(config), false, at::kCPU, {}, {}, {}};
}

class ModelFiles : public testing::Test {
  protected:
    ModelFiles() {
        options_.output = (place_.path() / "model").string();
        options_.work = (place_.path() / "work").string();
        test::fs::create_directories(options_.work);
        test::fs::create_directories(options_.output);
        test::writeText(test::fs::path(options_.work) / "tokenizer.json", "{}");
    }
    [[nodiscard]] weights::ModelFiles located() const { return test::valueOf(weights::locateModel(options_.output)); }

    test::TemporaryFolder place_;
    Options options_;
};

TEST_F(ModelFiles, ATrunkThatDetectsLiesInAFileOfItsOwnAndIsReadBackFromIt) {
    const Context context = contextOf(options_, test::eyesConfig());
    writeModelFolder(context, allTensors(context.config, 0.5), 0.4);
    const auto trunk = test::valueOf(weights::SafetensorsFile::open(located().trunk)),
               rest = test::valueOf(weights::SafetensorsFile::open(located().weights));
    for (const auto& [name, info] : trunk.tensors()) {
        EXPECT_TRUE(name.starts_with("clip.vision_model.")) << name;
    }
    for (const auto& [name, info] : rest.tensors()) {
        EXPECT_FALSE(name.starts_with("clip.vision_model.")) << name;
    }
    Options next = options_;
    next.start = options_.output;
    const Context from = contextOf(next, clipseg::readModelConfig(options_.output));
    const nn::TensorMap read = startingModel(from);
    EXPECT_EQ(read.size(), trunk.tensors().size() + rest.tensors().size());
    EXPECT_EQ(read.at("clip.vision_model.detector.layers.0.weight").max().item<float>(), 0.5f);
    EXPECT_EQ(read.at("decoder.film_mul.weight").max().item<float>(), 0.5f);
}

TEST_F(ModelFiles, AnotherModelsTrunkDoesNotStay) {
    clipseg::Config lite = test::valueOf(clipseg::readConfig(
        Json::parse(test::readText(test::reference() / "clipseg" / "lite" / "config.json")), "config.json"));
    const Context context = contextOf(options_, lite);
    test::writeText(test::fs::path(options_.output) / "trunk.safetensors", "of another model");
    writeModelFolder(context, allTensors(lite, 0.5), 0.4);
    EXPECT_EQ(located().trunk, "");
    EXPECT_EQ(test::valueOf(weights::SafetensorsFile::open(located().weights)).tensors().size(),
              clipseg::parameters(lite).size());
}

}  // namespace
}  // namespace maskwright::train
