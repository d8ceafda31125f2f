#include "ui/model/region.h"

#include <gtest/gtest.h>

#include "ui/canvas/region_shapes.h"
#include "ui/model/document.h"

namespace maskwright::ui {
namespace {

TEST(Region, IsTheMaskItWasMadeFrom) {
    const Mask mask = polygonMask(50, 40, QPolygonF({{3, 4}, {40, 9}, {20, 35}}));
    const Region region(mask);
    EXPECT_EQ(*region.mask(), mask);
    EXPECT_EQ(region.width(), 50);
    EXPECT_EQ(region.height(), 40);
    EXPECT_EQ(Region(Mask(50, 40)).area(), 0);
    EXPECT_EQ(Region(rectangleMask(50, 40, {10, 10}, {15, 12})).area(), 10);
}

TEST(Region, TheMaskIsOneWhileSomebodyHoldsIt) {
    const Region region(rectangleMask(50, 40, {10, 10}, {15, 12}));
    const auto first = region.mask();
    EXPECT_EQ(region.mask(), first);
}

// The engine knows an example again by its mask: it must not change between two questions, nor stay behind in the
// history's steps.
TEST(Region, TheDocumentHoldsTheMasksOfItsExamplesAndNoOthers) {
    Document document;
    Support support;
    support.id = "one";
    support.image = std::make_shared<const Image>(50, 40);
    support.region = std::make_shared<const Region>(rectangleMask(50, 40, {10, 10}, {15, 12}));
    document.edit("add", {}, [&](Search& s) { s.supports = {support}; });
    std::weak_ptr<const Mask> mask = document.search().prompt().regions.at(0).region;
    EXPECT_FALSE(mask.expired());
    EXPECT_EQ(document.search().prompt().regions.at(0).region, mask.lock());
    document.edit("remove", {}, [](Search& s) { s.supports.clear(); });
    EXPECT_TRUE(mask.expired()) << "the step back has its runs";
    document.undo();
    EXPECT_EQ(*document.search().prompt().regions.at(0).region, *support.region->mask());
}

}  // namespace
}  // namespace maskwright::ui
