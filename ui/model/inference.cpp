#include "ui/model/inference.h"

namespace maskwright::ui {

std::shared_ptr<const Finding> makeFinding(session::Reply answer) {
    auto finding = std::make_shared<Finding>();
    for (const auto& map : answer.maps) {
        finding->maps.push_back(map ? makePyramid(map) : nullptr);
    }
    finding->answer = std::move(answer);
    return finding;
}

PreviewStage stageOf(session::Stage stage) {
    switch (stage) {
        case session::Stage::loadingModel:
            return PreviewStage::loadingModel;
        case session::Stage::encoding:
            return PreviewStage::encoding;
    }
    return PreviewStage::finding;
}

}  // namespace maskwright::ui
