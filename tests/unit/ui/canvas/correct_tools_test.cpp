#include "ui/canvas/correct_tools.h"

#include <gtest/gtest.h>

#include "core/image/run_ops.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 300, kHeight = 200;

class CorrectToolsTest : public testing::Test {
  protected:
    void SetUp() override {
        tools_.setPicture(kWidth, kHeight);
        tools_.setReady(true);
        QObject::connect(&tools_, &CorrectTools::stroking, [this](const Runs& stroke, BrushUse, const QRect& changed) {
            const Runs more = without(stroke, soFar_);
            const Mask mask = toMask(more);
            for (int y = 0; y < kHeight; ++y) {
                for (int x = 0; x < kWidth; ++x) {
                    EXPECT_TRUE(mask.at(x, y) == 0 || changed.contains(x, y)) << x << " " << y;
                }
            }
            soFar_ = stroke;
        });
        QObject::connect(&tools_, &CorrectTools::stroked,
                         [this](const Runs& stroke, BrushUse use) { done_.emplace_back(stroke, use); });
    }
    void draw(const std::vector<QPointF>& points, Qt::KeyboardModifiers keys = {}) {
        soFar_ = noPixel(kWidth, kHeight);
        CanvasTool& brush = *tools_.brushTool();
        brush.press(points.front(), keys);
        for (const QPointF& point : points) {
            brush.drag(point, keys);
        }
        brush.release(points.back(), keys);
    }
    [[nodiscard]] Runs whole(const std::vector<QPointF>& points, BrushUse use, const Evidence& evidence = {}) const {
        std::vector<BrushPoint> way;
        for (const QPointF& point : points) {
            way.push_back({point.x(), point.y()});
        }
        return strokeRuns(way, tools_.brush(), use, kWidth, kHeight, evidence);
    }
    CorrectTools tools_;
    Runs soFar_;
    std::vector<std::pair<Runs, BrushUse>> done_;
    const std::vector<QPointF> way_{{40, 40}, {90, 60}, {90, 150}, {20, 60}, {-30, 400}, {280, 190}};
};

TEST_F(CorrectToolsTest, AStrokeInPiecesIsTheStroke) {
    tools_.setRadius(9);
    draw(way_);
    ASSERT_EQ(done_.size(), 1u);
    EXPECT_EQ(done_[0].first, whole(way_, BrushUse::paint));
    EXPECT_EQ(done_[0].second, BrushUse::paint);
    draw(way_, Qt::AltModifier);
    EXPECT_EQ(done_[1].second, BrushUse::erase);
    tools_.setUse(BrushUse::erase);
    draw(way_, Qt::AltModifier);
    EXPECT_EQ(done_[2].second, BrushUse::paint);
}

TEST_F(CorrectToolsTest, ASoftBrushLooksAtWhatWasFound) {
    auto map = std::make_shared<Heatmap>(kWidth, kHeight, 0.1f);
    for (int y = 0; y < kHeight; ++y) {
        std::fill_n(&map->at(0, y), 80, 0.9f);
    }
    const auto found = makePyramid(map);
    tools_.setFound(found, 0.4);
    tools_.setRadius(20);
    draw(way_);
    EXPECT_EQ(done_[0].first, whole(way_, BrushUse::paint)) << "a hard one does not";
    tools_.setHardness(0.3);
    draw(way_);
    EXPECT_EQ(done_[1].first, whole(way_, BrushUse::paint, {found->full.get(), 0.4}));
    EXPECT_NE(done_[1].first, whole(way_, BrushUse::paint));
}

TEST_F(CorrectToolsTest, WithoutAMaskThereIsNoStroke) {
    tools_.setReady(false);
    int told = 0;
    QObject::connect(&tools_, &CorrectTools::nothingToCorrect, [&] { ++told; });
    draw(way_);
    EXPECT_TRUE(done_.empty());
    EXPECT_EQ(told, 1);
}

TEST_F(CorrectToolsTest, WhatIsGivenUpIsNoStroke) {
    int given = 0;
    QObject::connect(&tools_, &CorrectTools::gaveUp, [&] { ++given; });
    CanvasTool& brush = *tools_.brushTool();
    soFar_ = noPixel(kWidth, kHeight);
    EXPECT_FALSE(brush.key(Qt::Key_Escape)) << "there is nothing to give up: the key is another's";
    brush.press({50, 50}, {});
    EXPECT_TRUE(brush.key(Qt::Key_Escape));
    brush.drag({90, 90}, {});
    brush.release({90, 90}, {});
    EXPECT_EQ(given, 1);
    EXPECT_TRUE(done_.empty());
    brush.press({50, 50}, {});
    tools_.setPicture(20, 20);
    EXPECT_EQ(given, 2);
}

TEST_F(CorrectToolsTest, TheBrushStaysInItsLimits) {
    tools_.setRadius(1e9);
    EXPECT_EQ(tools_.brush().radius, tools_.largestRadius());
    tools_.setRadius(0);
    EXPECT_EQ(tools_.brush().radius, 0.5);
    tools_.setHardness(7);
    EXPECT_EQ(tools_.brush().hardness, 1);
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(tools_.brushTool()->key(Qt::Key_BraceLeft));
    }
    EXPECT_EQ(tools_.brush().hardness, 0);
    EXPECT_TRUE(tools_.brushTool()->paints());
    EXPECT_FALSE(tools_.objectTool()->paints());
}

}  // namespace
}  // namespace maskwright::ui
