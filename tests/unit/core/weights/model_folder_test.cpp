#include "core/weights/model_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

void fill(const Scratch& scratch, const std::vector<std::string>& names) {
    for (const auto& name : names) {
        scratch.put("m/" + name, "x");
    }
}

std::string problem(const std::string& folder) {
    const auto files = locateModel(folder);
    if (files) {
        return "";
    }
    EXPECT_EQ(files.error().kind, ErrorKind::weights);
    return files.error().what.text();
}

TEST(LocateModel, FindsTheFiles) {
    const Scratch scratch;
    fill(scratch, {"config.json", "model.safetensors", "vocab.json", "merges.txt"});
    auto files = locateModel(scratch.path("m"));
    ASSERT_TRUE(files) << files.error().line();
    EXPECT_EQ(files->config, scratch.path("m/config.json"));
    EXPECT_EQ(files->weights, scratch.path("m/model.safetensors"));
    EXPECT_EQ(files->preprocessor, "");
    EXPECT_EQ(files->vocabulary, Vocabulary::bpeFiles);
    fill(scratch, {"tokenizer.json", "preprocessor_config.json"});
    files = locateModel(scratch.path("m"));
    EXPECT_EQ(files->vocabulary, Vocabulary::bpeFiles);
    EXPECT_EQ(files->preprocessor, scratch.path("m/preprocessor_config.json"));
}

TEST(LocateModel, AListOfPartsServesWhereThereIsNoSingleFile) {
    const Scratch scratch;
    fill(scratch, {"config.json", "model.safetensors.index.json", "vocab.json", "merges.txt", "processor_config.json"});
    EXPECT_EQ(locateModel(scratch.path("m"))->weights, scratch.path("m/model.safetensors.index.json"));
    EXPECT_EQ(locateModel(scratch.path("m"))->processor, scratch.path("m/processor_config.json"));
    fill(scratch, {"model.safetensors"});
    EXPECT_EQ(locateModel(scratch.path("m"))->weights, scratch.path("m/model.safetensors"));
}

TEST(LocateModel, KnowsEveryVocabulary) {
    const Scratch scratch;
    fill(scratch, {"config.json", "model.safetensors", "tokenizer.model"});
    EXPECT_EQ(locateModel(scratch.path("m"))->vocabulary, Vocabulary::sentencePiece);
    fill(scratch, {"tokenizer.json"});
    EXPECT_EQ(locateModel(scratch.path("m"))->vocabulary, Vocabulary::tokenizerJson);
}

// A safetensors file of one tensor of one number.
std::string oneNumber(const std::string& name, float value) {
    const Scratch scratch;
    const std::string path = scratch.path("one.safetensors");
    const TensorToWrite tensor{name, DType::f32, {1}, std::as_bytes(std::span(&value, 1))};
    EXPECT_TRUE(writeSafetensors(path, std::span(&tensor, 1)));
    return *readFile(path, 4096);
}

TEST(OpenWeights, ReadsAFrozenTrunkFromItsOwnFile) {
    const Scratch scratch;
    fill(scratch, {"config.json", "tokenizer.json"});
    scratch.put("m/model.safetensors", oneNumber("decoder", 2));
    EXPECT_EQ(openWeights(*locateModel(scratch.path("m")))->tensors().size(), 1u);
    const std::string trunk = scratch.put("m/trunk.safetensors", oneNumber("trunk", 3));
    const auto files = locateModel(scratch.path("m"));
    EXPECT_EQ(files->trunk, trunk);
    const auto both = openWeights(*files);
    ASSERT_TRUE(both) << both.error().line();
    EXPECT_EQ(both->tensors().size(), 2u);
    EXPECT_EQ(*both->readFloats("decoder"), std::vector<float>{2});
    EXPECT_EQ(*both->readFloats("trunk"), std::vector<float>{3});
    scratch.put("m/trunk.safetensors", oneNumber("decoder", 4));
    const auto twice = openWeights(*files);
    ASSERT_FALSE(twice);
    EXPECT_THAT(twice.error().what.text(), AllOf(HasSubstr("trunk.safetensors: tensor"), HasSubstr("as well")));
    scratch.put("m/trunk.safetensors", "damaged");
    EXPECT_FALSE(openWeights(*files));
}

TEST(LocateModel, SaysWhatIsMissing) {
    const Scratch scratch;
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("there is no model folder"));
    EXPECT_THAT(problem(scratch.put("file", "x")), HasSubstr("is not a folder"));
    EXPECT_THAT(problem(scratch.path("file") + "/m"), HasSubstr("there is no model folder"));
    fill(scratch, {"other"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds no config.json"));
    fill(scratch, {"config.json"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds no model.safetensors"));
    fill(scratch, {"model-00002-of-00002.safetensors"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("but not the list of them, model.safetensors.index.json"));
    std::filesystem::remove(scratch.path("m/model-00002-of-00002.safetensors"));
    fill(scratch, {"pytorch_model.bin"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds pytorch_model.bin but no model.safetensors"));
    std::filesystem::rename(scratch.path("m/pytorch_model.bin"), scratch.path("m/pytorch_model.bin.index.json"));
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds pytorch_model.bin.index.json but no model.safetensors"));
    fill(scratch, {"model.fp16-00001-of-00002.safetensors", "model.safetensors.index.fp16.json"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds model.safetensors.index.fp16.json but no model.saf"));
    EXPECT_THAT(locateModel(scratch.path("m")).error().advice.text(), HasSubstr("to model.safetensors.index.json"));
    std::filesystem::remove(scratch.path("m/model.safetensors.index.fp16.json"));
    fill(scratch, {"model.fp16.safetensors"});
    EXPECT_THAT(locateModel(scratch.path("m")).error().advice.text(), HasSubstr("to model.safetensors to use"));
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds model.fp16.safetensors but no model.safetensors"));
    fill(scratch, {"model.safetensors"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds no vocabulary"));
    fill(scratch, {"vocab.json"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("vocab.json but no merges.txt"));
}

TEST(LocateModel, AFolderIsNoFile) {
    const Scratch scratch;
    fill(scratch, {"config.json/x", "model.safetensors", "tokenizer.model"});
    EXPECT_THAT(problem(scratch.path("m")), HasSubstr("holds no config.json"));
}

class CheckTensors : public testing::Test {
  protected:
    void SetUp() override {
        const std::vector<float> values(24);
        const std::vector<std::int64_t> ids(3);
        const auto bytes = std::as_bytes(std::span(values));
        const std::vector<TensorToWrite> tensors = {
            {"a", DType::f32, {2, 3}, bytes.first(24)},
            {"b", DType::f16, {4}, bytes.first(8)},
            {"c", DType::i64, {3}, std::as_bytes(std::span(ids))},
            {"text.embeddings.position_ids", DType::i64, {1, 3}, std::as_bytes(std::span(ids))},
        };
        ASSERT_TRUE(writeSafetensors(scratch_.path("x"), tensors));
    }
    std::string problem(const ExpectedTensors& expected,
                        const std::function<bool(std::string_view)>& ignorable = isPositionIds) const {
        const auto file = SafetensorsFile::open(scratch_.path("x"));
        const auto result = checkTensors(*file, expected, ignorable);
        if (result) {
            return "";
        }
        EXPECT_EQ(result.error().kind, ErrorKind::weights);
        EXPECT_EQ(result.error().what.text().find('\n'), std::string::npos);
        return result.error().what.text();
    }
    Scratch scratch_;
};

bool anything(std::string_view) { return true; }

TEST_F(CheckTensors, AcceptsWhatFits) {
    EXPECT_EQ(problem({{"a", {2, 3}}, {"b", {4}}}, [](auto name) { return name != "a" && name != "b"; }), "");
}

TEST_F(CheckTensors, NamesMissing) {
    EXPECT_THAT(problem({{"z", {64, 512}}}, anything), HasSubstr("missing: \"z\" [64, 512]"));
}

TEST_F(CheckTensors, NamesMisshapenWithBothShapes) {
    EXPECT_THAT(problem({{"a", {3, 2}}}, anything), HasSubstr("of another shape: \"a\" is [2, 3], expected [3, 2]"));
    EXPECT_THAT(problem({{"a", {6}}}, anything), HasSubstr("\"a\" is [2, 3], expected [6]"));
}

TEST_F(CheckTensors, NamesWrongType) {
    EXPECT_THAT(problem({{"c", {3}}}, anything), HasSubstr("not floating-point: \"c\" is I64"));
}

TEST_F(CheckTensors, NamesExtraButNotPositionIds) {
    EXPECT_THAT(problem({{"a", {2, 3}}, {"b", {4}}}),
                AllOf(HasSubstr("not expected: \"c\" [3]"), Not(HasSubstr("position_ids"))));
    EXPECT_THAT(problem({{"a", {2, 3}}, {"b", {4}}}, nullptr), HasSubstr("position_ids"));
}

TEST_F(CheckTensors, NamesAFewAndCountsTheRest) {
    ExpectedTensors expected;
    for (int i = 0; i < 10; ++i) {
        expected["m" + std::to_string(i)] = {i};
    }
    const std::string text = problem(expected);
    EXPECT_THAT(
        text,
        HasSubstr("missing: \"m0\" [0], \"m1\" [1], \"m2\" [2], \"m3\" [3] and 6 more; not expected: \"a\" [2, 3], "));
}

TEST(IsPositionIds, MatchesTheBufferOnly) {
    EXPECT_TRUE(isPositionIds("position_ids"));
    EXPECT_TRUE(isPositionIds("clip.text_model.embeddings.position_ids"));
    EXPECT_FALSE(isPositionIds("clip.my_position_ids"));
    EXPECT_FALSE(isPositionIds("position_ids.weight"));
}

}  // namespace
}  // namespace maskwright::weights
