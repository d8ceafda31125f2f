// CLIPSeg's answer to an expression beside Global-Local's: where is it, and which one is it.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "app/cli/common.h"

namespace maskwright::cli {

// What CLIPSeg makes of an expression, at the picture's size.
struct Located {
    Heatmap map;
    Mask mask;  // at the model's threshold
    float presence = 0;
};

class Locator {
  public:
    // Errors: openEngine()'s; usage for a model that is no CLIPSeg.
    static Result<Locator> open(const ModelArguments& model);
    // Warns of words that the model does not know. Errors: the model's.
    Result<Located> find(const Image& picture, const std::string& expression, const std::stop_token& stop);
    [[nodiscard]] double threshold() const { return engine_->info().defaultThreshold; }
    [[nodiscard]] const std::string& name() const { return engine_->info().name; }

  private:
    explicit Locator(std::unique_ptr<session::Engine> engine) : engine_(std::move(engine)) {}
    std::unique_ptr<session::Engine> engine_;
};

// Three panels of one size from left to right.
Image beside(const Image& a, const Image& b, const Image& c);
Mask beside(const Mask& a, const Mask& b, const Mask& c);
Heatmap beside(const Heatmap& a, const Heatmap& b, const Heatmap& c);

// 1 inside, 0 outside.
Heatmap mapOf(const Mask& mask);
// Where both are inside; the masks have one size.
Mask agreement(const Mask& a, const Mask& b);

}  // namespace maskwright::cli
