#include "ui/model/automatic_thresholds.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class AutomaticThresholdsTest : public testing::Test {
  protected:
    void SetUp() override {
        OpenPicture picture;
        picture.key = "a";
        picture.image = std::make_shared<const Image>(40, 30);
        document_.setPicture(picture);
        document_.setPhrase("cat");
    }
    void setAutomatic(bool on) {
        document_.edit("automatic", {}, [on](Search& s) { s.automatic = on; });
    }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    RowFindings rows_{document_, preview_, jobs_};
    AutomaticThresholds thresholds_{document_, preview_, rows_};
};

TEST_F(AutomaticThresholdsTest, IsReadOffWhatWasFoundAndAsksNothing) {
    setAutomatic(true);
    EXPECT_EQ(document_.threshold(), document_.modelThreshold()) << "nothing is found yet";
    engine_.answer(0.8f);
    const std::size_t asked = engine_.requests.size();
    const Heatmap& map = *preview_.finding()->maps.front()->full;
    EXPECT_DOUBLE_EQ(document_.threshold(), automaticThreshold(histogram(map), 0.4));
    EXPECT_NE(document_.threshold(), 0.4);
    setAutomatic(false);
    EXPECT_EQ(document_.threshold(), 0.4);
    document_.undo();
    EXPECT_TRUE(document_.search().automatic);
    EXPECT_EQ(engine_.requests.size(), asked);
}

TEST_F(AutomaticThresholdsTest, AnotherFindingMovesIt) {
    setAutomatic(true);
    engine_.answer(0.8f);
    const double before = document_.threshold();
    QSignalSpy moved(&document_, &Document::thresholdChanged);
    document_.setPhrase("cats");
    engine_.answer(0.5f);
    EXPECT_LT(document_.threshold(), before);
    EXPECT_GE(moved.count(), 1);
}

TEST_F(AutomaticThresholdsTest, ARowKeepsItsOwn) {
    setAutomatic(true);
    engine_.answer(0.8f);
    const double found = document_.threshold();
    document_.keepRow(document_.nextColour(0));
    const Row row = document_.rows().front();
    EXPECT_TRUE(row.search.automatic);
    EXPECT_DOUBLE_EQ(document_.thresholdOf(row), found);
    EXPECT_FALSE(document_.search().automatic) << "what comes next begins with the model's own";
}

// The project keeps the kind, and how edges are made.
TEST_F(AutomaticThresholdsTest, IsInTheProject) {
    document_.edit("threshold", {}, [](Search& s) { s.threshold = 0.7; });
    setAutomatic(true);
    document_.edit("edges", {}, [](Search& s) { s.refineRadius = 3; });
    document_.keepRow(document_.nextColour(0));
    ASSERT_EQ(document_.project().pictures.size(), 1u);
    const project::Row& row = *document_.project().pictures[0]->rows.at(0);
    EXPECT_EQ(row.threshold.kind, project::Threshold::Kind::automatic);
    EXPECT_DOUBLE_EQ(row.refineRadius, 3);
    const project::Project before = document_.project();
    document_.setProject(before, true);
    ASSERT_EQ(document_.rows().size(), 1u);
    EXPECT_TRUE(document_.rows()[0].search.automatic);
    EXPECT_DOUBLE_EQ(document_.rows()[0].search.refineRadius, 3);
    document_.editRow(document_.rows()[0].id, "edges", {}, [](Row& r) { r.search.refine = false; });
    EXPECT_FALSE(document_.project().pictures[0]->rows[0]->refine);
    document_.undo();
    EXPECT_EQ(document_.project(), before);
}

}  // namespace
}  // namespace maskwright::ui
