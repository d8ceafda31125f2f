// A training log drawn as a chart.
#pragma once

#include <span>

#include "core/image/image.h"
#include "core/train/log.h"

namespace maskwright::train {

// Three panels over the steps of the log's last stage that has pictures (of the text stage, where there is none): loss;
// IoU of training (thin) and validation (dots); phantom rate likewise. Numbers at the axes. An empty log gives an empty
// chart.
Image plotLog(std::span<const LogLine> lines);

}  // namespace maskwright::train
