// A mask's edges made anew from the coarse map that the engine found: another radius, or none, asks no network.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "core/base/result.h"
#include "ui/model/pyramid.h"
#include "ui/model/search.h"

namespace maskwright::ui {

// The map of `search`'s edges, made away from the GUI thread; `done` is called on it, unless `owner` is gone.
void makeEdges(QObject* owner, std::shared_ptr<const Heatmap> coarse, std::shared_ptr<const Image> image,
               const Search& search, std::function<void(const Result<std::shared_ptr<const HeatPyramid>>&)> done);

}  // namespace maskwright::ui
