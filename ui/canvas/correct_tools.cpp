#include "ui/canvas/correct_tools.h"

#include <algorithm>

#include "ui/canvas/tools/correct_brush.h"
#include "ui/canvas/tools/object_tool.h"

namespace maskwright::ui {
namespace {

constexpr double kUsual = 1 / 60.0;    // radius, as a share of the picture's longer side
constexpr double kLargest = 1 / 8.0;   // the same; larger ones would not keep up with the hand on 24 megapixels
constexpr double kSmallest = 0.5;      // pixels
constexpr double kAlwaysThere = 50.0;  // pixels: a small picture can be painted over at once

}  // namespace

CorrectTools::CorrectTools(QObject* parent)
    : QObject(parent),
      share_(kUsual),
      brushTool_(std::make_unique<CorrectBrush>(*this)),
      objectTool_(std::make_unique<ObjectTool>(*this)) {}

CorrectTools::~CorrectTools() = default;

CanvasTool* CorrectTools::brushTool() const { return brushTool_.get(); }
CanvasTool* CorrectTools::objectTool() const { return objectTool_.get(); }

void CorrectTools::setPicture(int width, int height) {
    giveUp();
    if (width != width_ || height != height_) {
        width_ = width;
        height_ = height;
        fitBrush();
    }
}

void CorrectTools::setFound(std::shared_ptr<const HeatPyramid> map, double threshold) {
    found_ = std::move(map);
    threshold_ = threshold;
}

void CorrectTools::setReady(bool ready) {
    ready_ = ready;
    if (!ready) {
        giveUp();
    }
}

void CorrectTools::setUse(BrushUse use) { use_ = use; }

void CorrectTools::setRadius(double pixels) {
    const double radius = std::clamp(pixels, kSmallest, largestRadius());
    setShare(radius / std::max({width_, height_, 1}));
}

void CorrectTools::setShare(double share) {
    share_ = share;
    fitBrush();
}

void CorrectTools::fitBrush() {
    brush_.radius = std::clamp(std::max({width_, height_, 1}) * share_, kSmallest, largestRadius());
    Q_EMIT brushChanged();
}

void CorrectTools::setHardness(double hardness) {
    brush_.hardness = std::clamp(hardness, 0.0, 1.0);
    Q_EMIT brushChanged();
}

void CorrectTools::giveUp() { brushTool_->giveUp(); }

double CorrectTools::largestRadius() const { return std::max(std::max(width_, height_) * kLargest, kAlwaysThere); }

Evidence CorrectTools::evidence() const {
    return brush_.hardness < 1 && found_ ? Evidence{found_->full.get(), threshold_} : Evidence{};
}

}  // namespace maskwright::ui
