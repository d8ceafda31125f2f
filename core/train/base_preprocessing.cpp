#include "core/train/base_preprocessing.h"

#include <algorithm>
#include <cmath>

#include "core/clip/preprocessing.h"

namespace maskwright::train {

namespace {

// As numbers in a file are rounded.
bool near(const std::array<float, 3>& a, const std::array<float, 3>& b) {
    return std::ranges::equal(a, b, [](float x, float y) { return std::abs(x - y) < 1e-4f; });
}

}  // namespace

Result<void> checkBasePreprocessing(const Options& options, const vision::Trunk& trunk) {
    const std::string& folder = options.modelBefore();
    if (folder.empty()) {
        return {};
    }
    const auto base = clip::readModelPreprocessing(folder);
    if (!base) {
        return base.error();
    }
    const bool followsNumbers = trunk.names() > 0;  // preprocessingOf() hands the mean and the deviation on
    const char* other = base->cropped()                                           ? "do_center_crop"
                        : base->filter != ResizeFilter::bilinear                  ? "resample"
                        : !followsNumbers && !near(base->mean, kImageNetMean)     ? "image_mean"
                        : !followsNumbers && !near(base->deviation, kImageNetStd) ? "image_std"
                                                                                  : nullptr;
    if (other == nullptr) {
        return {};
    }
    return Error{ErrorKind::weights,
                 message("%1 prepares pictures in a way that training does not: its %2 differs", folder, other),
                 "train from a model whose preprocessor file has size as height and width, resample 2 and ImageNet's "
                 "image_mean and image_std"};
}

}  // namespace maskwright::train
