#include "core/nn/params.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tests/support/tensors.h"

namespace maskwright::nn {
namespace {

TEST(Params, ReadLikeTheCheckpoint) {
    const TensorMap tensors{{"a.layers.3.mlp.weight", at::ones({2})}};
    const Params p(tensors);
    EXPECT_EQ(p["a"]["layers"][3]["mlp"].tensor("weight").size(0), 2);
    EXPECT_FALSE(p["a"].optional("bias").defined());
    try {
        (void)p["a"]["layers"][4].tensor("weight");
        FAIL() << "found";
    } catch (const std::out_of_range& error) {
        EXPECT_NE(std::string(error.what()).find("a.layers.4.weight"), std::string::npos);
    }
}

TEST(Params, WriteAndReadAgain) {
    const test::TemporaryFolder folder;
    const std::string path = (folder.path() / "t.safetensors").string();
    const TensorMap tensors{{"x", at::randn({3, 4})}, {"n", at::arange(5, at::kLong)}, {"s", at::full({}, 2.5)}};
    ASSERT_TRUE(writeTensors(path, tensors, weights::DType::f32).ok());
    const auto file = weights::SafetensorsFile::open(path);
    ASSERT_TRUE(file.ok());
    const TensorMap again = readTensors(*file);
    EXPECT_TRUE(at::equal(again.at("x"), tensors.at("x")));
    EXPECT_TRUE(at::equal(again.at("n"), tensors.at("n")));
    EXPECT_EQ(again.at("s").dim(), 0);
    EXPECT_EQ(readTensors(*file, [](const std::string& name) { return name == "x"; }).size(), 1u);
}

TEST(Params, HalvesComeBackAsFloats) {
    const test::TemporaryFolder folder;
    const std::string path = (folder.path() / "t.safetensors").string();
    const at::Tensor x = at::randn({64});
    for (const auto& [type, scalar] :
         {std::pair{weights::DType::f16, at::kHalf}, {weights::DType::bf16, at::kBFloat16}}) {
        ASSERT_TRUE(writeTensors(path, {{"x", x}}, type).ok());
        const at::Tensor again = readTensors(*weights::SafetensorsFile::open(path)).at("x");
        EXPECT_EQ(again.scalar_type(), at::kFloat);
        EXPECT_TRUE(at::equal(again, x.to(scalar).to(at::kFloat)));
    }
}

}  // namespace
}  // namespace maskwright::nn
