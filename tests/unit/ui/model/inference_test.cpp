#include "ui/model/inference.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(Inference, StagesOfTheWorkerAreThePreviews) {
    EXPECT_EQ(stageOf(session::Stage::loadingModel), PreviewStage::loadingModel);
    EXPECT_EQ(stageOf(session::Stage::encoding), PreviewStage::encoding);
}

TEST(Inference, AFindingCarriesADrawableMapForEveryPrompt) {
    session::Reply answer;
    answer.maps = {std::make_shared<const Heatmap>(600, 10, 0.5f), nullptr};
    const auto finding = makeFinding(answer);
    ASSERT_EQ(finding->maps.size(), 2u);
    EXPECT_EQ(finding->maps[0]->full, answer.maps[0]);
    EXPECT_EQ(finding->maps[1], nullptr);
}

}  // namespace
}  // namespace maskwright::ui
