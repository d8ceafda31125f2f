#include "ui/model/inference.h"

namespace maskwright::ui {

std::shared_ptr<const Finding> makeFinding(session::Answer answer) {
    auto finding = std::make_shared<Finding>();
    for (const auto& map : answer.maps) {
        finding->maps.push_back(map ? makePyramid(map) : nullptr);
    }
    finding->answer = std::move(answer);
    return finding;
}

PreviewStage stageOf(const std::string& what) {
    if (what == "loading model") {
        return PreviewStage::loadingModel;
    }
    return what == "encoding" ? PreviewStage::encoding : PreviewStage::finding;
}

}  // namespace maskwright::ui
