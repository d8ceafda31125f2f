// A mask as it is shown, saved and exported: what was found, or the object that a row is, with what a hand has
// corrected over it. Kept apart, not as one map: a stroke or an undo on 24 megapixels then copies no map, and the
// canvas works out only what is on the screen (ui/canvas/overlay.h). A value of pointers to what never changes; any
// thread.
#pragma once

#include <QSize>
#include <memory>

#include "core/project/project.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

struct ShownMask {
    std::shared_ptr<const HeatPyramid> map;  // what was found
    project::RunsPtr object = {};            // not null: this instead, and map is null
    project::Correction correction = {};

    // Nothing is known yet, whatever the correction is.
    [[nodiscard]] bool empty() const { return !object && (!map || !map->full || map->full->empty()); }
    [[nodiscard]] QSize size() const;
    // The pixel's probability, 1 or 0 where a hand has been; `x` and `y` inside.
    [[nodiscard]] float at(int x, int y) const;

    // Both of all pixels, so some tenths of a second on 24 megapixels; not empty.
    [[nodiscard]] std::shared_ptr<const Heatmap> heatmap() const;  // project::correct() of a copy, or the map itself
    [[nodiscard]] Runs runs(double threshold) const;               // what is inside

    // The very same parts: what is equal but was made twice differs.
    bool operator==(const ShownMask& other) const;
};

// Where `map` is above the threshold.
Runs runsAbove(const Heatmap& map, double threshold);
// Whether the pixel is in the runs; looks at all of them, so for one pixel only (many: run_lookup.h).
bool holds(const Runs& runs, int x, int y);

}  // namespace maskwright::ui
