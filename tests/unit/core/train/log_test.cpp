#include "core/train/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/base/file.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

class Log : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("maskwright-log-" + std::to_string(getpid()));
        fs::create_directories(folder_);
        file_ = (folder_ / "log.csv").string();
    }
    void TearDown() override { fs::remove_all(folder_); }

    static LogLine line(std::int64_t step) {
        LogLine l;
        l.stage = "segment";
        l.step = step;
        l.steps = 10;
        l.loss = 1.25;
        l.perSecond = 8;
        l.etaSeconds = 65;
        l.rate = 0.001;
        return l;
    }
    void write(std::initializer_list<std::int64_t> steps, bool append) const {
        auto log = LogFile::open(file_, append);
        ASSERT_TRUE(log.ok()) << log.error().line();
        for (const std::int64_t step : steps) {
            ASSERT_TRUE(log->write(line(step)).ok());
        }
    }
    void cut(std::uint64_t bytes) const { fs::resize_file(file_, fs::file_size(file_) - bytes); }

    fs::path folder_;
    std::string file_;
};

TEST_F(Log, WhatIsWrittenIsReadAgain) {
    LogLine full = line(5);
    full.dense = 2;
    full.iou = 0.5;
    full.phantom = 0;
    full.valThreshold = 0.32;
    {
        auto log = LogFile::open(file_, false);
        ASSERT_TRUE(log.ok());
        ASSERT_TRUE(log->write(line(1)).ok());
        ASSERT_TRUE(log->write(full).ok());
    }
    const auto lines = readLog(file_);
    ASSERT_TRUE(lines.ok()) << lines.error().line();
    ASSERT_EQ(lines->size(), 2u);
    EXPECT_EQ((*lines)[0].stage, "segment");
    EXPECT_EQ((*lines)[0].step, 1);
    EXPECT_DOUBLE_EQ((*lines)[0].loss, 1.25);
    EXPECT_DOUBLE_EQ((*lines)[0].iou, -1) << "not measured";
    EXPECT_DOUBLE_EQ((*lines)[1].phantom, 0);
    EXPECT_DOUBLE_EQ((*lines)[1].valThreshold, 0.32);
    EXPECT_DOUBLE_EQ((*lines)[1].valIou, -1);
}

TEST_F(Log, ALineThatWasCutOffIsNoLine) {
    write({1, 2}, false);
    // Its last cells, its last figure's digits, only its end: none of them is made up.
    for (const std::uint64_t bytes : {1u, 5u, 20u}) {
        cut(bytes);
        const auto lines = readLog(file_);
        ASSERT_FALSE(lines.ok()) << bytes;
        EXPECT_NE(lines.error().line().find("line 3"), std::string::npos) << lines.error().line();
    }
    // A line with too few cells is not padded.
    std::ofstream(file_, std::ios::app) << "\nsegment,3,10,1.5\n";
    EXPECT_FALSE(readLog(file_).ok());
}

TEST_F(Log, ResumingGoesOnAfterTheLastWholeLine) {
    write({1, 2}, false);
    cut(7);
    write({3}, true);
    auto lines = readLog(file_);
    ASSERT_TRUE(lines.ok()) << lines.error().line();
    ASSERT_EQ(lines->size(), 2u);
    EXPECT_EQ((*lines)[1].step, 3);
    // Not even the first line was finished.
    std::ofstream(file_, std::ios::trunc) << "stage,step";
    write({4}, true);
    lines = readLog(file_);
    ASSERT_TRUE(lines.ok()) << lines.error().line();
    EXPECT_EQ(lines->size(), 1u);
}

TEST_F(Log, AFailureToWriteIsTold) {
    const auto nowhere = LogFile::open((folder_ / "none/log.csv").string(), false);
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.error().kind, ErrorKind::output);
    if (!fs::exists("/dev/full")) {
        GTEST_SKIP() << "no /dev/full here";
    }
    EXPECT_FALSE(LogFile::open("/dev/full", false).ok());
    auto log = LogFile::open("/dev/full", true);
    EXPECT_FALSE(log.ok() && log->write(line(1)).ok());
}

TEST_F(Log, AnythingElseIsNoLog) {
    std::ofstream(file_) << "a,b\n1,2\n";
    ASSERT_FALSE(readLog(file_).ok());
    EXPECT_NE(readLog(file_).error().line().find("no training log"), std::string::npos);
    std::ofstream(file_, std::ios::trunc) << "";
    EXPECT_FALSE(readLog(file_).ok());
}

TEST(Progress, ALineTellsWhatMatters) {
    LogLine line;
    line.stage = "segment";
    line.step = 5;
    line.steps = 10;
    line.loss = 1.25;
    line.iou = 0.5;
    line.phantom = 0.125;
    line.perSecond = 8;
    line.etaSeconds = 65;
    const std::string text = progressText(line);
    for (const char* part : {"5/10", "1.2500", "0.500", "0.125", "8.0 pictures/s", "1:05"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    }
}

// Somebody's own table of that name is not written over; what a killed run has left of a log may be.
TEST_F(Log, OnlyATrainingLogIsGoneOnWith) {
    EXPECT_TRUE(LogFile::check(file_).ok()) << "nothing is there";
    write({1, 2}, false);
    EXPECT_TRUE(LogFile::check(file_).ok());
    for (const char* begun : {"", "stage,st"}) {
        std::ofstream(file_) << begun;
        EXPECT_TRUE(LogFile::check(file_).ok()) << begun;
    }
    for (const char* other : {"date,price\n1,2\n", "stage,st\n", "no table"}) {
        std::ofstream(file_) << other;
        EXPECT_FALSE(LogFile::check(file_).ok()) << other;
    }
}

// A figure of nothing is not shown.
TEST(ProgressText, FiguresThatWereNotMeasuredAreLeftOut) {
    LogLine line;
    line.stage = "segment";
    line.dense = 0.5;
    line.phantom = 0.25;
    EXPECT_EQ(progressText(line).find("iou"), std::string::npos);
    EXPECT_NE(progressText(line).find("phantom 0.250"), std::string::npos);
    line.valIou = 0.5;
    line.valThreshold = 0.3;
    EXPECT_NE(progressText(line).find("val: iou 0.500 at 0.30"), std::string::npos) << progressText(line);
}

}  // namespace
}  // namespace maskwright::train
