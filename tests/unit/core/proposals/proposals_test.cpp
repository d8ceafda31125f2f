#include "core/proposals/proposals.h"

#include <gtest/gtest.h>

#include "core/image/refine.h"
#include "core/image/resize.h"
#include "core/proposals/classical.h"
#include "core/proposals/components.h"
#include "core/proposals/export.h"
#include "core/proposals/soft_mask.h"

namespace maskwright::proposals {
namespace {

Mask rectangle(int width, int height, const Box& box) {
    Mask mask(width, height);
    for (int y = box.y; y < box.y + box.height; ++y) {
        for (int x = box.x; x < box.x + box.width; ++x) {
            mask.at(x, y) = 255;
        }
    }
    return mask;
}

Proposal ofBox(const Box& box, float objectness) {
    return proposalOf(runsFromMask(rectangle(40, 30, box)), objectness);
}

TEST(Proposals, KnowTheirBoxAndArea) {
    for (const Box& box : {Box{3, 4, 5, 6}, Box{0, 0, 40, 30}, Box{39, 29, 1, 1}, Box{7, 0, 1, 30}, Box{0, 5, 40, 1}}) {
        const Proposal made = ofBox(box, 1);
        EXPECT_EQ(made.box, box);
        EXPECT_EQ(made.area, std::int64_t(box.width) * box.height);
    }
    Mask two = rectangle(40, 30, {2, 20, 3, 4});
    two.at(30, 1) = 255;
    EXPECT_EQ(proposalOf(runsFromMask(two), 1).box, boundingBox(two));
    EXPECT_EQ(proposalOf(runsFromMask(Mask(40, 30)), 1).area, 0);
}

TEST(Proposals, OverlapAsTheirMasksDo) {
    const Mask a = rectangle(40, 30, {5, 5, 10, 10}), b = rectangle(40, 30, {10, 8, 20, 9}), none(40, 30);
    EXPECT_DOUBLE_EQ(iou(runsFromMask(a), runsFromMask(b)), maskwright::iou(a, b));
    EXPECT_DOUBLE_EQ(iou(runsFromMask(a), runsFromMask(a)), 1);
    EXPECT_DOUBLE_EQ(iou(runsFromMask(none), runsFromMask(none)), 0);
    EXPECT_DOUBLE_EQ(iou(runsFromMask(a), runsFromMask(none)), 0);
}

TEST(Proposals, AreRankedWithoutWhatASurerOneSays) {
    const Proposal sure = ofBox({5, 5, 10, 10}, 0.9f), alike = ofBox({5, 5, 10, 9}, 0.8f),
                   apart = ofBox({25, 5, 10, 10}, 0.5f), none = ofBox({0, 0, 0, 0}, 1);
    const auto kept = ranked({apart, alike, none, sure}, {0.8, 100});
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_EQ(kept[0], sure);
    EXPECT_EQ(kept[1], apart);
    EXPECT_EQ(ranked({apart, alike, sure}, {1, 0}).size(), 3u);
    EXPECT_EQ(ranked({apart, alike, sure}, {1, 2}).size(), 2u);
    EXPECT_EQ(ranked({sure, sure}, {1, 0}).size(), 2u) << "1 keeps all";
    // What is equally sure keeps its order.
    const auto equal = ranked({ofBox({1, 1, 2, 2}, 1), ofBox({9, 9, 2, 2}, 1), ofBox({4, 4, 2, 2}, 1)}, {1, 0});
    EXPECT_EQ(equal[0].box.x, 1);
    EXPECT_EQ(equal[1].box.x, 9);
    EXPECT_EQ(equal[2].box.x, 4);
}

TEST(Proposals, OfASoftMaskAreWhereTheStretchedMapIsAbove) {
    Heatmap map(7, 5);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        map.pixels[i] = float((i * 37) % 11) / 10;
    }
    const Heatmap large = resizeBilinear(map, 53, 41);
    for (const Box& window : {Box{0, 0, 53, 41}, Box{10, 5, 20, 30}, Box{-5, -5, 20, 90}, Box{60, 0, 5, 5}}) {
        const Mask made = toMask(runsAbove(map, 0.45f, 53, 41, window));
        ASSERT_EQ(made.width, 53);
        int differing = 0;
        for (int y = 0; y < 41; ++y) {
            for (int x = 0; x < 53; ++x) {
                const bool in = x >= window.x && x < window.x + window.width && y >= window.y &&
                                y < window.y + window.height && large.at(x, y) > 0.45f;
                differing += in != (made.at(x, y) != 0) ? 1 : 0;
            }
        }
        EXPECT_LE(differing, 2) << "rounding at the threshold";
    }
}

TEST(Proposals, OfMapsAreWhatHangsTogether) {
    Heatmap map(40, 30, 0.05f);
    for (int i = 0; i < 8; ++i) {
        for (int k = 0; k < 8; ++k) {
            map.at(4 + i, 4 + k) = 0.9f;
            map.at(24 + i, 12 + k) = 0.6f;
        }
    }
    const Heatmap maps[] = {map, Heatmap(40, 30, 0.05f)};
    const float heights[] = {0.5f, 0.8f};
    const auto kept = ranked(fromMaps(maps, heights, 80, 60), {0.7, 100});
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_NEAR(kept[0].objectness, 0.9, 1e-5);
    EXPECT_NEAR(double(kept[0].area), 256, 60);
    EXPECT_NEAR(kept[0].box.x, 8, 1);
    EXPECT_NEAR(kept[1].box.x, 48, 1);
}

// A red square and a blue disc on grey.
Image drawn(int scale) {
    Image image(80 * scale, 60 * scale);
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            const int u = x / scale, v = y / scale;
            const bool square = u >= 10 && u < 30 && v >= 10 && v < 30;
            const bool disc = (u - 55) * (u - 55) + (v - 38) * (v - 38) < 150;
            std::uint8_t* p = image.at(x, y);
            p[0] = square ? 210 : disc ? 30 : 128;
            p[1] = square || disc ? 40 : 128;
            p[2] = square ? 30 : disc ? 200 : 128;
        }
    }
    return image;
}

TEST(ClassicalProposals, FindWhatDiffersInColour) {
    for (const int scale : {1, 3, 9}) {
        const Image picture = drawn(scale);
        const auto found = classical()->propose(picture);
        ASSERT_TRUE(found.ok());
        const Mask square = rectangle(picture.width, picture.height, {10 * scale, 10 * scale, 20 * scale, 20 * scale});
        double best = 0;
        for (const Proposal& one : found->proposals) {
            EXPECT_EQ(one.runs.width, picture.width);
            EXPECT_GE(one.objectness, 0);
            EXPECT_LE(one.objectness, 1);
            best = std::max(best, iou(one.runs, runsFromMask(square)));
        }
        EXPECT_GT(best, 0.8) << scale;  // the blurred edge is a pixel wide
        EXPECT_LE(found->proposals.size(), Limits{}.most);
    }
}

TEST(ClassicalProposals, AreFewOnNothingAndNoneOfNoPixels) {
    const auto plain = classical()->propose(Image(64, 48));
    ASSERT_TRUE(plain.ok());
    EXPECT_LE(plain->proposals.size(), 1u);
    EXPECT_TRUE(classical()->propose(Image(1, 1)).ok());
    EXPECT_TRUE(classical()->propose(Image(2000, 1)).ok());
    EXPECT_FALSE(classical()->propose(Image()).ok());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(classical()->propose(drawn(1), stop.get_token()).error().kind, ErrorKind::cancelled);
}

TEST(Proposals, AreWrittenWithTheSmallestOnTop) {
    const std::vector<Proposal> all = {ofBox({5, 5, 10, 10}, 0.9f), ofBox({5, 5, 4, 4}, 0.5f),
                                       ofBox({5, 5, 4, 4}, 0.4f)};
    const auto labels = labelPicture(all, 40, 30);
    EXPECT_EQ(labels.at(6, 6), 2) << "of equal ones the surer";
    EXPECT_EQ(labels.at(12, 12), 1);
    EXPECT_EQ(labels.at(0, 0), 0);
    EXPECT_EQ(coveredIn(labels, all.size()), 1u);
    EXPECT_EQ(coveredIn(labelPicture({}, 40, 30), 0), 0u);
    const Json json = toCoco(all, "a.png", 40, 30, {"file", "masks", "none"});
    EXPECT_EQ(json["annotations"].size(), 3u);
    EXPECT_EQ(json["annotations"][0]["bbox"], Json({5, 5, 10, 10}));
    EXPECT_EQ(json["images"][0]["file_name"], "a.png");
}

}  // namespace
}  // namespace maskwright::proposals
