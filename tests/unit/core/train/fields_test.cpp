#include "core/train/fields.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "core/base/file.h"
#include "tests/support/paths.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

TEST(Fields, TheReadmeHasTheTable) {
    const auto page = readFile(test::sourcePath("core/train/README.md"), 1 << 20);
    ASSERT_TRUE(page.ok()) << page.error().line();
    const std::size_t begin = page->find("| setting |");
    ASSERT_NE(begin, std::string::npos);
    const std::size_t end = page->find("\n\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(page->substr(begin, end + 1 - begin), settingsTable()) << "put this table into core/train/README.md";
}

TEST(Fields, DefaultsLieInTheirRanges) {
    const auto check = []<class S>(const S& defaults) {
        for (const Field<S>& field : fieldsOf<S>()) {
            double value = field.low;
            if (auto* whole = std::get_if<std::int64_t S::*>(&field.member)) {
                value = static_cast<double>(defaults.**whole);
            } else if (auto* number = std::get_if<double S::*>(&field.member)) {
                value = defaults.**number;
            } else {
                continue;
            }
            EXPECT_GE(value, field.low) << field.name;
            EXPECT_LE(value, field.high) << field.name;
        }
    };
    check(Options());
    const Options defaults;
    forEachSection([&](const char*, auto section) { check(defaults.*section); });
}

TEST(Nearest, FindsSlipsAndLeavesTheRestAlone) {
    constexpr std::array<std::string_view, 4> kNames = {"steps", "batch", "gradient_norm", "ema"};
    EXPECT_EQ(nearest("stpes", kNames), "steps");
    EXPECT_EQ(nearest("step", kNames), "steps");
    EXPECT_EQ(nearest("gradientnorm", kNames), "gradient_norm");
    EXPECT_EQ(nearest("emma", kNames), "ema");
    EXPECT_EQ(nearest("colour", kNames), "");
    EXPECT_EQ(nearest("", kNames), "");
}

class Settings : public testing::Test {
  protected:
    void SetUp() override {
        file_ = (fs::temp_directory_path() / ("maskwright-settings-" + std::to_string(getpid()) + ".json")).string();
    }
    void TearDown() override { fs::remove(file_); }
    [[nodiscard]] Result<Options> read(const char* more) const {
        Json json =
            Json::parse(R"({"output": "out", "photos": "/data/photos", "base": "model", "stages": ["segment"]})");
        json.update(Json::parse(more));
        std::ofstream(file_) << json;
        return readOptions(file_);
    }
    [[nodiscard]] std::string errorOf(const char* more) const {
        const auto options = read(more);
        return options ? std::string() : options.error().line();
    }
    std::string file_;
};

TEST_F(Settings, EveryKindOfValueIsRead) {
    const auto options = read(R"({"seed": 7, "device": "cpu", "checkpoint_seconds": 2.5,
        "segment": {"steps": 3, "rate": 0.25, "bfloat16": true, "first_trained_block": 0}, "joint": {"ridge": 1}})");
    ASSERT_TRUE(options.ok()) << options.error().line();
    EXPECT_EQ(options->seed, 7);
    EXPECT_EQ(options->device, "cpu");
    EXPECT_DOUBLE_EQ(options->checkpointSeconds, 2.5);
    EXPECT_EQ(options->segment.steps, 3);
    EXPECT_DOUBLE_EQ(options->segment.rate, 0.25);
    EXPECT_TRUE(options->segment.bfloat16);
    EXPECT_EQ(options->segment.firstTrained, 0);
    EXPECT_EQ(options->segment.batch, SegmentStage().batch) << "not given: as it was";
    EXPECT_DOUBLE_EQ(options->joint.ridge, 1);
    EXPECT_EQ(options->photos, "/data/photos");
    const std::string folder = fs::path(file_).parent_path().string();
    EXPECT_EQ(options->base, (fs::path(folder) / "model").string()) << "relative to the file";
    EXPECT_EQ(options->work, options->output) << "by default";
}

TEST_F(Settings, AnUnknownNameIsNamedWithTheNearest) {
    std::string error = errorOf(R"({"segment": {"stpes": 3}})");
    EXPECT_NE(error.find("segment"), std::string::npos) << error;
    EXPECT_NE(error.find("\"stpes\" is no setting"), std::string::npos) << error;
    EXPECT_NE(error.find("\"steps\""), std::string::npos) << error;
    error = errorOf(R"({"suport": {}})");
    EXPECT_NE(error.find("\"suport\""), std::string::npos) << error;
    EXPECT_NE(error.find("\"support\""), std::string::npos) << error;
    error = errorOf(R"({"quality": 9})");
    EXPECT_NE(error.find("\"quality\" is no setting"), std::string::npos) << error;
    EXPECT_EQ(error.find("nearest"), std::string::npos) << error;
}

TEST_F(Settings, ValuesOutsideTheRangeAreNamed) {
    EXPECT_NE(errorOf(R"({"segment": {"size": 31}})").find("segment.size"), std::string::npos);
    EXPECT_NE(errorOf(R"({"support": {"closed": 1.5}})").find("support.closed"), std::string::npos);
    EXPECT_NE(errorOf(R"({"threads": 2000})").find("threads"), std::string::npos);
    EXPECT_NE(errorOf(R"({"segment": {"bfloat16": "yes"}})").find("segment.bfloat16"), std::string::npos);
    EXPECT_NE(errorOf(R"({"joint": {"ridge": 0}})").find("joint.ridge"), std::string::npos);
    EXPECT_EQ(errorOf(R"({"segment": {"size": 32, "present": 1}, "threads": 1024})"), "");
}

}  // namespace
}  // namespace maskwright::train
