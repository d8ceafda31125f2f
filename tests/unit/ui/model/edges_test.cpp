#include "ui/model/edges.h"

#include <gtest/gtest.h>

#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"
#include "ui/model/row_findings.h"

namespace maskwright::ui {
namespace {

class EdgesTest : public testing::Test {
  protected:
    // An edge a little left of the mask's, which is in the middle.
    void SetUp() override {
        auto image = std::make_shared<Image>(400, 300);
        for (int y = 0; y < image->height; ++y) {
            for (int x = 0; x < image->width; ++x) {
                std::fill_n(image->at(x, y), 3, std::uint8_t(x < 193 ? 220 : 30));
            }
        }
        OpenPicture picture;
        picture.key = "a";
        picture.image = image;
        document_.setPicture(picture);
        document_.setPhrase("cat");
        engine_.answer(0.8f);
        asked_ = engine_.requests.size();
    }
    void setEdges(bool refine, double radius) {
        document_.edit("edges", "edges", [&](Search& s) {
            s.refine = refine;
            s.refineRadius = radius;
        });
    }
    [[nodiscard]] Heatmap wanted(bool refine, double radius) const {
        return toPictureSize(*preview_.finding()->answer.coarse.front(), *document_.picture().image, refine, radius);
    }
    bool shows(const Heatmap& map) {
        return waitFor([&] { return *preview_.finding()->maps.front()->full == map; });
    }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    RowFindings rows_{document_, preview_, jobs_};
    std::size_t asked_ = 0;
};

TEST_F(EdgesTest, AnotherRadiusIsAnotherMaskWithoutAsking) {
    ASSERT_NE(wanted(true, 2), wanted(true, 8));
    setEdges(true, 2);
    EXPECT_TRUE(shows(wanted(true, 2)));
    EXPECT_EQ(*preview_.finding()->answer.maps.front(), *preview_.finding()->maps.front()->full) << "what is saved";
    document_.endMerge();
    setEdges(false, 2);
    EXPECT_TRUE(shows(wanted(false, 2)));
    document_.undo();
    EXPECT_TRUE(shows(wanted(true, 2)));
    EXPECT_EQ(engine_.requests.size(), asked_);
}

TEST_F(EdgesTest, TheLastOfManyIsShown) {
    for (double radius = 1; radius <= 20; ++radius) {
        setEdges(true, radius);
    }
    EXPECT_TRUE(shows(wanted(true, 20)));
}

TEST_F(EdgesTest, ANewQuestionIsAskedWithItsEdges) {
    setEdges(true, 3);
    document_.setPhrase("dog");
    EXPECT_TRUE(engine_.requests.back().refine);
    EXPECT_DOUBLE_EQ(engine_.requests.back().refineRadius, 3);
}

TEST_F(EdgesTest, ARowThatIsNotWorkedOnFollowsToo) {
    const Heatmap plain = wanted(false, 8);
    document_.keepRow(document_.nextColour(0));
    const QString id = document_.rows().front().id;
    document_.editRow(id, "edges", {}, [](Row& row) { row.search.refine = false; });
    EXPECT_TRUE(waitFor([&] { return *rows_.of(id)->map->full == plain; }));
}

}  // namespace
}  // namespace maskwright::ui
