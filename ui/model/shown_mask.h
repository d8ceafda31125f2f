// A mask as it is shown, saved and exported: what was found, or the object that a row is, with what a hand has
// corrected over it. Kept apart, not as one map: a stroke or an undo on 24 megapixels then copies no map, and the
// canvas works out only what is on the screen (ui/canvas/overlay.h). A value of pointers to what never changes; any
// thread.
#pragma once

#include <QSize>
#include <memory>
#include <vector>

#include "core/project/project.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

// Another row that may have the same pixels, where rows compete (project::Settings::compete).
struct Rival {
    std::shared_ptr<const HeatPyramid> map;  // what was found
    project::RunsPtr object = {};            // not null: this instead, and map is null
    double threshold = 0.5;
    bool first = false;  // has the pixel where both are equally sure
    bool operator==(const Rival&) const = default;
};

struct ShownMask {
    std::shared_ptr<const HeatPyramid> map;  // what was found
    project::RunsPtr object = {};            // not null: this instead, and map is null
    project::Correction correction = {};
    std::vector<Rival> rivals = {};  // take their pixels before the correction

    // Nothing is known yet, whatever the correction is.
    [[nodiscard]] bool empty() const { return !object && (!map || !map->full || map->full->empty()); }
    [[nodiscard]] QSize size() const;
    // The pixel's probability, whoever has it, 1 or 0 where a hand has been; `x` and `y` inside.
    [[nodiscard]] float at(int x, int y) const;

    // Both of all pixels, so some tenths of a second on 24 megapixels; not empty. `threshold`: above which a pixel is
    // inside. The map itself where nothing has changed it; what a rival has is no more than the threshold.
    [[nodiscard]] std::shared_ptr<const Heatmap> heatmap(double threshold) const;
    [[nodiscard]] Runs runs(double threshold) const;  // what is inside

    // The very same parts: what is equal but was made twice differs.
    bool operator==(const ShownMask& other) const;

  private:
    [[nodiscard]] Heatmap found(double threshold) const;  // after the rivals, before the correction
};

// Where `map` is above the threshold.
Runs runsAbove(const Heatmap& map, double threshold);
// Whether the pixel is in the runs; looks at all of them, so for one pixel only (many: run_lookup.h).
bool holds(const Runs& runs, int x, int y);

}  // namespace maskwright::ui
