#include "ui/model/overlay_state.h"

#include <gtest/gtest.h>

#include <QSettings>
#include <QSignalSpy>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

TEST(OverlayState, WhatWasChosenComesBackAtTheNextStart) {
    QSettings().clear();
    Document document;
    {
        OverlayState state(document);
        EXPECT_EQ(state.appearance().opacity, output::Appearance{}.opacity);
        QSignalSpy changed(&state, &OverlayState::changed);
        state.setView(MaskView::spotlight);
        state.setColour(3);
        state.setOpacity(0.25);
        state.keep();
        EXPECT_EQ(changed.count(), 3);
    }
    const OverlayState again(document);
    EXPECT_EQ(again.appearance().mode, output::OverlayMode::spotlight);
    EXPECT_EQ(again.appearance().colour, kOverlayColours[3]);
    EXPECT_DOUBLE_EQ(again.appearance().opacity, 0.25);
}

TEST(OverlayState, NonsenseInTheSettingsIsBroughtIntoRange) {
    QSettings().setValue(settings::kMaskMode, 17);
    QSettings().setValue(settings::kMaskColour, -4);
    QSettings().setValue(settings::kMaskOpacity, "much");
    Document document;
    const OverlayState state(document);
    EXPECT_EQ(state.view(), MaskView::cutout);
    EXPECT_EQ(state.colour(), 0);
    EXPECT_DOUBLE_EQ(state.appearance().opacity, 0);
    QSettings().clear();
}

TEST(OverlayState, TheThresholdIsTheDocuments) {
    Document document;
    OverlayState state(document);
    QSignalSpy changed(&state, &OverlayState::changed);
    document.edit("threshold", {}, [](Search& s) { s.threshold = 0.7; });
    EXPECT_EQ(changed.count(), 1);
    EXPECT_DOUBLE_EQ(state.appearance().threshold, 0.7);
}

}  // namespace
}  // namespace maskwright::ui
