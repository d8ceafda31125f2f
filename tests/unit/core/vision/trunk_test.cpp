#include "core/vision/trunk.h"

#include <gtest/gtest.h>

namespace maskwright::vision {
namespace {

TEST(Trunk, TheSideItWasTrainedWithIsAMultipleOfItsCell) {
    Vit vit;
    vit.patch = 14;
    vit.imageSize = 225;
    EXPECT_EQ(Trunk(vit).imageSize(), 224);
    EXPECT_EQ(Trunk(EfficientNet()).imageSize(), 352);
    EXPECT_EQ(Trunk(ModifiedResNet()).imageSize(), 224);
    EXPECT_EQ(Trunk(DetectorTrunk()).imageSize(), 0) << "its configuration has none";
}

TEST(Trunk, OnlyNarrowLayersLoseTheirMasksInHalfPrecision) {
    EXPECT_FALSE(Trunk(EfficientNet()).holdsInHalf());
    EXPECT_TRUE(Trunk(Vit()).holdsInHalf());
    EXPECT_TRUE(Trunk(DetectorTrunk()).holdsInHalf());
    EXPECT_TRUE(Trunk(ModifiedResNet()).holdsInHalf());
}

}  // namespace
}  // namespace maskwright::vision
