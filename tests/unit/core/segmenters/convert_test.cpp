#include "core/segmenters/convert.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/segmenters/sam_network.h"
#include "tests/support/tensors.h"

namespace maskwright::segmenters {
namespace {

using test::fs::path;

const path kFixtures = test::reference() / "sam";

void replaceIn(const path& file, const std::string& from, const std::string& to) {
    std::string text = test::readText(file);
    ASSERT_NE(text.find(from), std::string::npos) << from;
    test::writeText(file, text.replace(text.find(from), from.size(), to));
}

// What no file says, and is another here than in the published ones.
void setHeads(const path& folder) {
    replaceIn(folder / "config.json", "\"num_attention_heads\": 8", "\"num_attention_heads\": 4");
}

TEST(ConvertSam, TheReleasesNamesBecomeTransformers) {
    const test::TemporaryFolder place;
    const std::string file = (kFixtures / "vit.pth").string(), folder = (place.path() / "sam").string();
    EXPECT_TRUE(test::valueOf(holdsSam(file)));
    const Converted made = test::valueOf(convertSam(file, folder));
    EXPECT_EQ(made.inputSize, 64);
    const auto open = [](const path& in) {
        return nn::readTensors(test::valueOf(weights::SafetensorsFile::open((in / "model.safetensors").string())));
    };
    const nn::TensorMap wanted = open(kFixtures / "vit"), found = open(folder);
    ASSERT_EQ(found.size(), wanted.size());
    for (const auto& [name, tensor] : wanted) {
        ASSERT_TRUE(found.contains(name)) << name;
        EXPECT_TRUE(at::equal(found.at(name), tensor)) << name;
    }
    setHeads(folder);
    const SamConfig config = test::valueOf(readSamConfig(folder)),
                    same = test::valueOf(readSamConfig((kFixtures / "vit").string()));
    const auto &a = std::get<vision::SamVit>(config.encoder), &b = std::get<vision::SamVit>(same.encoder);
    EXPECT_EQ(a.heads, b.heads);
    EXPECT_EQ(a.window, b.window);
    EXPECT_EQ(a.global, b.global);
    EXPECT_EQ(a.mlp, b.mlp);
    EXPECT_EQ(config.decoder.iouWidth, same.decoder.iouWidth);
    EXPECT_EQ(config.decoder.downsample, same.decoder.downsample);
    const auto again = convertSam(file, folder);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().kind, ErrorKind::output);
}

TEST(ConvertSam, MobileSamSeesAsItsPaperSays) {
    const test::TemporaryFolder place;
    const std::string file = (kFixtures / "mobile.pt").string(), folder = (place.path() / "mobile").string();
    EXPECT_TRUE(test::valueOf(holdsSam(file)));
    const Converted made = test::valueOf(convertSam(file, folder));
    EXPECT_EQ(made.network, "TinyViT");
    EXPECT_EQ(made.inputSize, 1024);
    setHeads(folder);
    replaceIn(path(folder) / "config.json", "\"image_size\": 1024,\n    \"layer", "\"image_size\": 112,\n    \"layer");
    test::fs::remove(path(folder) / "preprocessor_config.json");
    const auto sam = test::valueOf(SamNetwork::load(folder, at::kCPU, at::kFloat));
    const test::Expected expected(kFixtures / "mobile.safetensors");
    const at::Tensor found = sam->embed(test::tensor(expected, "pixels"), {});
    EXPECT_LT(test::relativeDifference(found, test::tensor(expected, "embeddings")), test::kParity);
}

TEST(ConvertSam, WhatIsNoSegmentAnythingIsNone) {
    const test::TemporaryFolder place;
    EXPECT_FALSE(test::valueOf(holdsSam((test::reference() / "global_local" / "vit.pt").string())));
    const std::string target = (place.path() / "x").string();
    const auto made = convertSam((test::reference() / "pickle" / "zip.pt").string(), target);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, ErrorKind::weights);
    EXPECT_FALSE(test::fs::exists(target));
}

}  // namespace
}  // namespace maskwright::segmenters
