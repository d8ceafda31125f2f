// Which region a point lies in, asked as often as a hand moves: regions stay runs, a look costs two dozen comparisons.
// Immutable once made; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/runs.h"

namespace maskwright::ui {

class RunLookup {
  public:
    RunLookup() = default;
    explicit RunLookup(const Runs& runs);
    // Outside the picture nothing is inside.
    [[nodiscard]] bool contains(int x, int y) const;

  private:
    int width_ = 0, height_ = 0;
    std::vector<std::uint64_t> ends_;  // of each run, in pixels from the beginning
};

}  // namespace maskwright::ui
