#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/weights/safetensors.h"
#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kIndex = "model.safetensors.index.json";
constexpr const char* kFirst = "model-00001-of-00002.safetensors";
constexpr const char* kSecond = "model-00002-of-00002.safetensors";

// Two parts with a list: "a" and "b" in the first, "c" in the second.
class SafetensorsIndex : public testing::Test {
  protected:
    void SetUp() override {
        part(kFirst, {"a", "b"}, 1);
        part(kSecond, {"c"}, 7);
        index({{"a", kFirst}, {"b", kFirst}, {"c", kSecond}});
    }
    // Tensor i of the part holds `first` + i.
    void part(const std::string& file, const std::vector<std::string>& names, float first) const {
        std::vector<float> values(names.size());
        std::vector<TensorToWrite> tensors;
        for (std::size_t i = 0; i < names.size(); ++i) {
            values[i] = first + static_cast<float>(i);
            tensors.push_back({names[i], DType::f32, {1}, std::as_bytes(std::span(values).subspan(i, 1))});
        }
        ASSERT_TRUE(writeSafetensors(scratch_.path(file), tensors, {{"format", "pt"}}));
    }
    void index(const Json& map) const {
        scratch_.put(kIndex, Json{{"metadata", {{"total_size", -1}}}, {"weight_map", map}}.dump());
    }
    [[nodiscard]] std::string problem() const {
        const auto file = SafetensorsFile::open(scratch_.path(kIndex));
        if (file) {
            return "";
        }
        EXPECT_EQ(file.error().kind, ErrorKind::weights);
        EXPECT_FALSE(file.error().advice.empty());
        return file.error().what.text();
    }
    Scratch scratch_;
};

TEST_F(SafetensorsIndex, ReadsEveryPart) {
    const auto file = SafetensorsFile::open(scratch_.path(kIndex));
    ASSERT_TRUE(file) << file.error().line();
    EXPECT_EQ(file->name(), scratch_.path(kIndex));
    EXPECT_EQ(file->tensors().size(), 3u);
    EXPECT_EQ(file->metadata().at("format"), "pt");
    EXPECT_EQ(file->readFloats("a")->front(), 1.0f);
    EXPECT_EQ(file->readFloats("b")->front(), 2.0f);
    EXPECT_EQ(file->readFloats("c")->front(), 7.0f);
}

// What a part has beside the list belongs to the model, as in transformers; whoever does not expect it says so.
TEST_F(SafetensorsIndex, TensorsThatTheListLeavesOutAreThere) {
    index({{"a", kFirst}, {"c", kSecond}});
    const auto file = SafetensorsFile::open(scratch_.path(kIndex));
    ASSERT_TRUE(file) << file.error().line();
    EXPECT_EQ(file->readFloats("b")->front(), 2.0f);
}

TEST_F(SafetensorsIndex, NamesWhatIsWrong) {
    index({{"a", kFirst}, {"d", kSecond}});
    EXPECT_THAT(problem(),
                AllOf(HasSubstr(kIndex), HasSubstr("tensor \"d\" is not in its file " + std::string(kSecond))));
    index({{"a", kSecond}, {"b", kFirst}});
    EXPECT_THAT(problem(), HasSubstr("tensor \"a\" is not in its file"));
    index({{"a", kFirst}, {"c", "model-00003-of-00002.safetensors"}});
    EXPECT_THAT(problem(), HasSubstr("its file \"model-00003-of-00002.safetensors\" is missing"));
    index({{"a", kFirst}, {"c", kSecond}});
    part(kSecond, {"b", "c"}, 7);
    EXPECT_THAT(problem(),
                AllOf(HasSubstr("tensor \"b\" is in two of its files"), HasSubstr(kFirst), HasSubstr(kSecond)));
    scratch_.put(kSecond, "short");
    EXPECT_THAT(problem(), AllOf(HasSubstr(kSecond), HasSubstr("too short for a safetensors file")));
}

// The list is a stranger's: it names files beside it and nothing else.
TEST_F(SafetensorsIndex, FilesElsewhereAreRefused) {
    part("other.safetensors", {"x"}, 1);
    std::filesystem::create_directories(scratch_.path("sub"));
    std::filesystem::copy_file(scratch_.path(kSecond), scratch_.path(std::string("sub/") + kSecond));
    for (const Json& file : {Json(std::string("sub/") + kSecond), Json(scratch_.path(kSecond)), Json(".."), Json(""),
                             Json(std::string("../") + kSecond), Json(1), Json(nullptr), Json(std::string("a\0b", 3)),
                             Json("sub\\x.safetensors")}) {
        index({{"a", kFirst}, {"c", file}});
        EXPECT_THAT(problem(), AllOf(HasSubstr("the file of tensor \"c\" is"), HasSubstr("not the name of a file")))
            << file;
    }
}

TEST_F(SafetensorsIndex, ListsThatAreNone) {
    for (const char* text : {"{}", "[]", R"({"weight_map": ["a"]})"}) {
        scratch_.put(kIndex, text);
        EXPECT_THAT(problem(), HasSubstr("no weight_map")) << text;
    }
    scratch_.put(kIndex, "{");
    EXPECT_THAT(problem(), HasSubstr("not valid JSON"));
    Json many = Json::object();
    for (std::size_t i = 0; i <= kMaxParts; ++i) {
        const std::string name = "p" + std::to_string(i);
        part(name, {name}, 0);
        many[name] = name;
    }
    index(many);
    EXPECT_THAT(problem(), HasSubstr("more than 128 files"));
}

}  // namespace
}  // namespace maskwright::weights
