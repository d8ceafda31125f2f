#include "ui/model/preferences.h"

#include <gtest/gtest.h>

#include <QSettings>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

class PreferencesTest : public testing::Test {
  protected:
    void SetUp() override { QSettings().clear(); }
    void TearDown() override { QSettings().clear(); }
};

TEST_F(PreferencesTest, AreKept) {
    EXPECT_EQ(loadPreferences(), Preferences{});
    Preferences own;
    own.device = "cuda:1";
    own.dtype = "bfloat16";
    own.threads = 3;
    own.memory = std::int64_t(3) << 29;
    own.megapixels = 200;
    savePreferences(own);
    EXPECT_EQ(loadPreferences(), own);
    EXPECT_EQ(pictureLimit().maxPixels, 200'000'000);
    savePreferences({});
    EXPECT_TRUE(QSettings().allKeys().isEmpty()) << "what is usual is not written down";
}

TEST_F(PreferencesTest, NonsenseInTheFileIsTheDefault) {
    QSettings settings;
    settings.setValue(settings::kDevice, "cuda:x");
    settings.setValue(settings::kNumberType, "float12");
    settings.setValue(settings::kThreads, -4);
    settings.setValue(settings::kMemory, "much");
    settings.setValue(settings::kMegapixels, 1e9);
    EXPECT_EQ(loadPreferences(), Preferences{});
    EXPECT_EQ(pictureLimit().maxPixels, 100'000'000);
}

TEST_F(PreferencesTest, WhatCannotBeRightIsRefused) {
    Preferences wanted;
    EXPECT_TRUE(check(wanted).ok());
    for (const char* device : {"cuda", "cuda:0", "cuda:12", "cpu"}) {
        wanted.device = device;
        EXPECT_TRUE(check(wanted).ok()) << device;
    }
    wanted.dtype = "float16";
    EXPECT_FALSE(check(wanted).ok()) << "on a processor";
    wanted.device = "auto";
    EXPECT_TRUE(check(wanted).ok());
    for (const char* device : {"", "gpu", "cuda:", "cuda:-1", "cuda:1x"}) {
        wanted.device = device;
        EXPECT_FALSE(check(wanted).ok()) << device;
    }
}

TEST_F(PreferencesTest, AnAmountOfMemoryReadsAsItIsWritten) {
    for (const char* text : {"", "0", "500M", "2G", "64K", "1000001"}) {
        const auto memory = memoryFromText(text);
        ASSERT_TRUE(memory.ok()) << text;
        EXPECT_EQ(memoryText(*memory), text);
    }
    EXPECT_EQ(*memoryFromText("1.5g"), std::int64_t(3) << 29);
    EXPECT_EQ(*memoryFromText("  "), session::kOwnMemory);
    EXPECT_FALSE(memoryFromText("2 GB").ok());
}

TEST_F(PreferencesTest, OnlyWhatIsChangedChangesTheEngine) {
    session::EngineOptions running;
    running.model = "mini";
    running.threads = 8;  // the command line's
    Preferences before, now;
    now.device = "cpu";
    const auto options = changed(running, before, now);
    EXPECT_EQ(options.device, "cpu");
    EXPECT_EQ(options.threads, 8);
    EXPECT_EQ(options.model, "mini");
}

}  // namespace
}  // namespace maskwright::ui
