#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/eval/evaluate.h"
#include "tests/support/model_fixture.h"

namespace maskwright::eval {
namespace {

namespace fs = std::filesystem;

double thresholdIn(const fs::path& folder) {
    return Json::parse(test::readText(folder / "config.json")).value("default_threshold", -1.0);
}

TEST(RecordThreshold, KeepsWhatElseTheConfigurationSays) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    const Json before = Json::parse(test::readText(folder + "/config.json"));
    ASSERT_TRUE(recordThreshold(folder, 0.375).ok());
    Json after = Json::parse(test::readText(folder + "/config.json"));
    EXPECT_EQ(after["default_threshold"], 0.375);
    after.erase("default_threshold");
    EXPECT_EQ(after, before);
}

// In the hub's cache revisions share their files: the link becomes a file of its own, and the shared one stays.
TEST(RecordThreshold, LeavesTheHubsCacheAsItIs) {
    const test::TemporaryFolder place;
    const fs::path model = place.path() / "models--a--b";
    fs::create_directories(model / "blobs");
    test::writeText(model / "blobs" / "0f", R"({"default_threshold": 0.5})");
    for (const char* revision : {"1", "2"}) {
        fs::create_directories(model / "snapshots" / revision);
        fs::create_symlink("../../blobs/0f", model / "snapshots" / revision / "config.json");
    }
    fs::create_directory_symlink(model / "snapshots" / "1", place.path() / "mine");
    ASSERT_TRUE(recordThreshold((place.path() / "mine").string(), 0.25).ok());
    EXPECT_EQ(thresholdIn(model / "snapshots" / "1"), 0.25);
    EXPECT_EQ(thresholdIn(model / "snapshots" / "2"), 0.5);
    EXPECT_EQ(test::readText(model / "blobs" / "0f"), R"({"default_threshold": 0.5})");
}

}  // namespace
}  // namespace maskwright::eval
