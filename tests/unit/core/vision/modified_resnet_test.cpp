#include "core/vision/modified_resnet.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/vision/modified_resnet_import.h"
#include "core/vision/regions.h"
#include "core/vision/trunk.h"
#include "core/weights/openai_clip.h"
#include "tests/support/fresh_tensors.h"
#include "tests/support/tensors.h"

namespace maskwright::vision {
namespace {

ModifiedResNet small() {
    ModifiedResNet resnet;
    resnet.width = 4;
    resnet.heads = 2;
    resnet.imageSize = 64;
    resnet.layers = {1, 2, 1, 1};
    resnet.hiddenSize = 128;
    return resnet;
}

using test::freshTensors;

TEST(ModifiedResNet, DeclaresWhatItReads) {
    const Trunk trunk = small();
    const nn::TensorMap tensors = freshTensors(trunk);
    Request request;
    request.taps = {4, 1};
    request.pyramid = {0};
    request.pooled = request.dense = true;
    const at::Tensor pixels = at::randn({2, 3, 96, 64});
    const Output out = trunk.forward(nn::Params(tensors), pixels, request);
    EXPECT_EQ(out.taps[0].sizes(), at::IntArrayRef({2, 3 * 2, 128}));
    EXPECT_EQ(out.taps[1].sizes(), at::IntArrayRef({2, 12 * 8, 32}));
    EXPECT_EQ(out.pyramid[0].sizes(), at::IntArrayRef({2, 16, 24, 16}));
    EXPECT_EQ(out.pooled.sizes(), at::IntArrayRef({2, 128}));
    EXPECT_EQ(out.dense.sizes(), at::IntArrayRef({2, 6, 128}));
    EXPECT_EQ(out.gridHeight, 3);
    EXPECT_EQ(out.gridWidth, 2);
    for (std::int64_t block = 0; block < trunk.blocks(); ++block) {
        Request one;
        one.pyramid = {block};
        const at::Tensor map = trunk.forward(nn::Params(tensors), pixels, one).pyramid[0];
        EXPECT_EQ(map.size(1), trunk.channelsAfter(block));
        EXPECT_EQ(map.size(3), 64 / trunk.strideAfter(block));
    }
    for (const auto& [name, tensor] : tensors) {
        if (!name.ends_with("bias")) {  // layers do without one
            nn::TensorMap without = tensors;
            without.erase(name);
            EXPECT_THROW((void)trunk.forward(nn::Params(without), pixels, request), std::out_of_range) << name;
        }
    }
}

TEST(ModifiedResNet, IsReadAndWritten) {
    const Json json = small().toJson();
    JsonReader reader(json, "config.json", ErrorKind::weights);
    const auto read = Trunk::read(reader, "config.json: vision_config");
    ASSERT_TRUE(read.ok()) << read.error().line();
    EXPECT_EQ(read->toJson(), json);
    EXPECT_EQ(read->name(), "clip_modified_resnet");
    EXPECT_EQ(read->hiddenSize(), 128);
    EXPECT_TRUE(read->projectsWithBias());
    for (const char* wrong : {R"({"layers": [3, 4, 6]})", R"({"width": 7})", R"({"num_attention_heads": 3})"}) {
        Json other = json;
        other.update(Json::parse(wrong));
        JsonReader again(other, "config.json", ErrorKind::weights);
        EXPECT_FALSE(Trunk::read(again, "config.json").ok()) << wrong;
    }
}

// The folded tower against batch norm done as it is trained.
TEST(ModifiedResNet, ImportFoldsBatchNorm) {
    const ModifiedResNet config = small();
    at::manual_seed(5);
    nn::TensorMap published;
    for (const auto& [full, shape] : weights::openAiResNetShapes({config.width, config.layers, 2}, 10)) {
        const std::string name = full.substr(7);  // without "visual."
        const bool kernel = shape.size() == 4;
        published[name] = at::randn(shape) * (kernel ? 0.3 : 0.1);
        if (name.ends_with("running_var") || (shape.size() == 1 && name.ends_with("weight"))) {
            published[name] = published[name].abs() + 0.5;
        }
    }
    const ImportedResNet imported = importResNet(published, config);
    const nn::TensorMap declared = freshTensors(config);
    ASSERT_EQ(imported.trunk.size(), declared.size());
    for (const auto& [name, tensor] : declared) {
        ASSERT_TRUE(imported.trunk.contains(name)) << name;
        EXPECT_EQ(imported.trunk.at(name).sizes(), tensor.sizes()) << name;
    }
    EXPECT_EQ(imported.projectionWeight.sizes(), at::IntArrayRef({10, 128}));
    const at::Tensor x = at::randn({1, 3, 32, 32});
    const auto bn = [&](const std::string& name) { return published.at("bn1." + name); };
    const at::Tensor wanted = at::batch_norm(at::conv2d(x, published.at("conv1.weight"), {}, 2, 1), bn("weight"),
                                             bn("bias"), bn("running_mean"), bn("running_var"), false, 0, 1e-5, false);
    const at::Tensor found = at::conv2d(x, imported.trunk.at("conv1.weight"), imported.trunk.at("conv1.bias"), 2, 1);
    EXPECT_LT(test::relativeDifference(found, wanted), test::kRounding);
}

TEST(Regions, AWholePictureIsNoRegion) {
    Vit vit;
    vit.hiddenSize = 24;
    vit.heads = 4;
    vit.mlp = 40;
    vit.layers = 3;
    vit.patch = 8;
    vit.imageSize = 32;
    at::manual_seed(1);
    for (const Trunk& trunk : {Trunk(vit), Trunk(small())}) {
        const nn::TensorMap tensors = freshTensors(trunk);
        const nn::Params p(tensors);
        const at::Tensor pixels = at::randn({1, 3, 64, 64});
        const Passage seen = passage(trunk, p, pixels);
        GridRegions all{at::ones({2, seen.gridHeight, seen.gridWidth}), at::ones({2, seen.gridHeight, seen.gridWidth})};
        Request request;
        request.pooled = true;
        if (trunk.hidesTokens()) {
            // Nothing is silenced, so that every way gives what the tower gives.
            const at::Tensor wanted = trunk.forward(p, pixels, request).pooled.expand({2, -1});
            for (const Silencing how : {Silencing::tokens, Silencing::oneBlock, Silencing::attention}) {
                for (const std::int64_t k : {1, 3}) {
                    const at::Tensor found = pooledUnder(trunk, p, seen, all, how, k);
                    EXPECT_LT(test::relativeDifference(found, wanted), test::kRounding) << int(how) << " " << k;
                }
            }
            // Half of it: the ways differ.
            all.soft.slice(2, 0, 4).zero_();
            all.corners.slice(2, 0, 4).zero_();
            std::vector<at::Tensor> found;
            for (const Silencing how :
                 {Silencing::tokens, Silencing::oneBlock, Silencing::attention, Silencing::regionToken}) {
                found.push_back(pooledUnder(trunk, p, seen, all, how, 2));
                for (std::size_t other = 0; other + 1 < found.size(); ++other) {
                    EXPECT_GT(test::relativeDifference(found.back(), found[other]), 1e-3) << int(how) << " " << other;
                }
            }
        } else {
            EXPECT_THROW((void)pooledUnder(trunk, p, seen, all, Silencing::attention, 1), std::invalid_argument);
            EXPECT_EQ(pooledUnder(trunk, p, seen, all, Silencing::tokens, 1).sizes(), at::IntArrayRef({2, 128}));
        }
        std::stop_source stop;
        stop.request_stop();
        EXPECT_THROW((void)passage(trunk, p, pixels, stop.get_token()), Stopped);
    }
    EXPECT_FALSE(takesRegions(Trunk(EfficientNet())));
    EXPECT_THROW((void)passage(Trunk(EfficientNet()), nn::Params(nn::TensorMap()), at::ones({1, 3, 32, 32})),
                 std::invalid_argument);
}

}  // namespace
}  // namespace maskwright::vision
