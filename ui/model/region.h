// A marked region of a picture. Kept as runs, so that the steps of a history stay small, and drawn as a
// mask for those who look at pixels: one and the same mask for all of them while any of them holds it, since the engine
// knows a region again by its mask. Immutable; any thread.
#pragma once

#include <memory>
#include <mutex>

#include "core/image/image.h"
#include "core/image/runs.h"

namespace maskwright::ui {

class Region {
  public:
    explicit Region(const Mask& mask) : Region(runsFromMask(mask)) {}
    explicit Region(Runs runs) : Region(std::make_shared<const Runs>(std::move(runs))) {}
    explicit Region(std::shared_ptr<const Runs> runs) : runs_(std::move(runs)) {}  // not null
    [[nodiscard]] int width() const { return runs_->width; }
    [[nodiscard]] int height() const { return runs_->height; }
    [[nodiscard]] std::int64_t area() const { return runs_->area(); }  // pixels inside
    [[nodiscard]] const std::shared_ptr<const Runs>& runs() const { return runs_; }
    [[nodiscard]] std::shared_ptr<const Mask> mask() const;

  private:
    std::shared_ptr<const Runs> runs_;
    mutable std::mutex mutex_;
    mutable std::weak_ptr<const Mask> mask_;
};

// Masks of one size.
Mask united(const Mask& a, const Mask& b);
Mask without(const Mask& a, const Mask& b);
bool isBlank(const Mask& mask);

}  // namespace maskwright::ui
