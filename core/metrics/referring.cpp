#include "core/metrics/referring.h"

#include <algorithm>

namespace maskwright::metrics {

void ReferringTotals::add(const Overlap& one) {
    ++texts_;
    common_ += one.common;
    either_ += one.either;
    const double iou = one.iou();
    iou_ += iou;
    for (std::size_t i = 0; i < kPrecisionAt.size(); ++i) {
        good_[i] += iou >= kPrecisionAt[i] ? 1 : 0;
    }
}

ReferringFigures ReferringTotals::figures() const {
    ReferringFigures figures;
    figures.texts = texts_;
    const auto texts = static_cast<double>(std::max<std::int64_t>(texts_, 1));
    figures.overallIou = Overlap{common_, either_}.iou();
    figures.meanIou = iou_ / texts;
    std::transform(good_.begin(), good_.end(), figures.precision.begin(),
                   [&](std::int64_t good) { return static_cast<double>(good) / texts; });
    return figures;
}

}  // namespace maskwright::metrics
