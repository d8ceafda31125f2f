#include "core/metrics/reliability.h"

#include <gtest/gtest.h>

#include <cmath>

namespace maskwright::metrics {
namespace {

// `count` masks of one presence, of which `there` are of something that is there, all of them fitting.
void add(std::vector<Said>& said, double presence, int count, int there, double iou = 0.9) {
    for (int i = 0; i < count; ++i) {
        said.push_back({presence, true, i < there, i < there ? iou : 0});
    }
}

TEST(Calibration, CountsMasksByPresence) {
    std::vector<Said> said;
    add(said, 0.85, 10, 8);
    add(said, 0.8, 10, 6, 0.4);  // on the border: the upper bin; there, and not fitting
    add(said, 1.0, 5, 5);
    said.push_back({0.1, false, false, 0});
    const Calibration c = calibration(said);
    EXPECT_EQ(c.said, 26);
    EXPECT_EQ(c.masks, 25);
    EXPECT_EQ(c.bins[8].masks, 20);
    EXPECT_NEAR(c.bins[8].presence, 0.825, 1e-12);
    EXPECT_NEAR(c.bins[8].there, 14.0 / 20, 1e-12);
    EXPECT_NEAR(c.bins[8].fitting, 8.0 / 20, 1e-12);
    EXPECT_EQ(c.bins[9].masks, 5);
    EXPECT_EQ(c.bins[1].masks, 0) << "no mask was left";
    EXPECT_NEAR(c.errorThere, 20.0 / 25 * 0.125, 1e-12);
    EXPECT_NEAR(c.errorFitting, 20.0 / 25 * 0.425, 1e-12);
}

// Sure of everything and right in three of four: the logit of 0.75 is what should have been said.
TEST(Calibration, FindsTheTemperatureOfTheLeastLoss) {
    std::vector<Said> said;
    add(said, 0.95, 400, 300);
    const Calibration c = calibration(said);
    EXPECT_NEAR(c.temperature, std::log(0.95 / 0.05) / std::log(3.0), 1e-4);
    EXPECT_NEAR(c.logLikelihoodLoss, -(0.75 * std::log(0.95) + 0.25 * std::log(0.05)), 1e-9);
    EXPECT_NEAR(c.lossAtTemperature, -(0.75 * std::log(0.75) + 0.25 * std::log(0.25)), 1e-9);
    // Said too carefully: below 1.
    said.clear();
    add(said, 0.6, 100, 90);
    EXPECT_LT(calibration(said).temperature, 0.5);
}

TEST(Calibration, OfNothingIsZeros) {
    const Calibration c = calibration({{0.9, false, true, 0}});
    EXPECT_EQ(c.masks, 0);
    EXPECT_EQ(c.errorThere, 0);
    EXPECT_EQ(c.temperature, 1);
}

TEST(Calibration, PresenceOfNoughtOrOneIsNoInfiniteLoss) {
    std::vector<Said> said;
    add(said, 1.0, 2, 1);
    add(said, 0.0, 2, 1);
    const Calibration c = calibration(said);
    EXPECT_TRUE(std::isfinite(c.logLikelihoodLoss));
    EXPECT_LT(c.lossAtTemperature, c.logLikelihoodLoss);
}

}  // namespace
}  // namespace maskwright::metrics
