#include "ui/model/row_findings.h"

#include <gtest/gtest.h>

#include "core/image/refine.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class RowFindingsTest : public testing::Test {
  protected:
    void open(int width) {
        OpenPicture picture;
        picture.key = QString::number(width);
        picture.image = std::make_shared<const Image>(width, 6);
        document_.setPicture(picture);
    }
    void keep(const char* phrase) {
        document_.setPhrase(phrase);
        document_.keepRow(document_.nextColour(0));
    }
    [[nodiscard]] QString id(std::size_t row) const { return document_.rows().at(row).id; }
    [[nodiscard]] ShownMask shown(std::size_t row) const { return findings_.shownOf(document_.rows().at(row)); }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    RowFindings findings_{document_, preview_, jobs_};
};

TEST_F(RowFindingsTest, WhatThePreviewFoundIsTakenOver) {
    open(8);
    document_.setPhrase("cat");
    engine_.answer(0.8f);
    const auto map = preview_.finding()->maps.front();
    const std::size_t asked = engine_.requests.size();
    document_.keepRow(document_.nextColour(0));
    ASSERT_NE(findings_.of(id(0)), nullptr);
    EXPECT_EQ(findings_.of(id(0))->map, map);
    EXPECT_FLOAT_EQ(float(findings_.of(id(0))->presence), 0.8f);
    QCoreApplication::processEvents();
    EXPECT_EQ(engine_.requests.size(), asked) << "nobody is asked again";
}

TEST_F(RowFindingsTest, AllRowsOfANewPictureAreOneJob) {
    open(6);
    keep("cat");
    keep("dog");
    open(8);
    engine_.answer();  // the picture, encoded ahead
    ASSERT_TRUE(waitFor([&] { return engine_.requests.back().ticket.lane == session::Lane::jobs; }));
    const session::Request job = engine_.requests.back();
    ASSERT_EQ(job.prompts.size(), 2u);
    EXPECT_EQ(job.prompts[1].phrase, "dog");
    engine_.answer(job, 0.7f);
    ASSERT_NE(findings_.of(id(1)), nullptr);
    EXPECT_EQ(findings_.of(id(1))->map->full->width, 8);
    open(10);
    EXPECT_EQ(findings_.of(id(0)), nullptr) << "of another picture nothing is known";
}

TEST_F(RowFindingsTest, CompetingRowsTakePixelsAndWhatIsTypedIsTheLast) {
    open(8);
    for (const float sure : {0.8f, 0.9f}) {
        document_.setPhrase(sure < 0.85f ? "cat" : "dog");
        engine_.answer(sure);
        document_.keepRow(document_.nextColour(0));
    }
    const auto area = [&](std::size_t row) { return maskwright::area(toMask(shown(row).runs(0.4))); };
    EXPECT_EQ(area(0), 24);
    EXPECT_EQ(area(1), 24);
    const auto bare = shown(0);
    document_.setRowsCompete(true);
    EXPECT_EQ(document_.undoName(), "pixels of competing rows");
    EXPECT_EQ(area(0), 0);
    EXPECT_EQ(area(1), 24);
    document_.editRow(id(1), "hide", {}, [](Row& row) { row.visible = false; });
    EXPECT_EQ(area(0), 24) << "hidden rows take nothing";
    document_.setPhrase("horse");
    engine_.answer(0.95f);
    EXPECT_EQ(area(0), 0) << "what is typed is seen as it will be kept";
    EXPECT_EQ(maskwright::area(toMask(findings_.shownNow().runs(0.4))), 24);
    document_.undo();
    document_.undo();
    document_.undo();
    EXPECT_EQ(document_.project().settings.compete, false);
    EXPECT_EQ(shown(0), bare);
    document_.redo();
    EXPECT_TRUE(document_.rowsCompete());
}

TEST_F(RowFindingsTest, HiddenRowsAreNotAskedForAndChangedOnesAreAgain) {
    open(8);
    engine_.answer();
    keep("cat");
    keep("dog");
    document_.editRow(id(0), "hide", {}, [](Row& row) { row.visible = false; });
    engine_.answer(engine_.requests.back(), 0.9f);  // the preview's, for what is typed no more
    ASSERT_TRUE(waitFor([&] { return engine_.requests.back().ticket.lane == session::Lane::jobs; }));
    ASSERT_EQ(engine_.requests.back().prompts.size(), 1u);
    engine_.answer(engine_.requests.back(), 0.9f);
    document_.editRow(id(1), "change", {}, [](Row& row) { row.search.phrase = "dogs"; });
    ASSERT_TRUE(waitFor([&] { return engine_.requests.back().prompts.at(0).phrase == "dogs"; }));
    EXPECT_NE(findings_.of(id(1)), nullptr) << "the old mask stays until the new one is there";
    engine_.fail({ErrorKind::resource, "no memory", ""});
    EXPECT_TRUE(findings_.of(id(1))->error.has_value());
}

}  // namespace
}  // namespace maskwright::ui
