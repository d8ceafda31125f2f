#include "ui/model/support_thumbnail.h"

#include "core/visual_prompt/engineer.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

QImage supportThumbnail(const Image& image, const Mask& region, int side) {
    visual_prompt::Style style;
    style.context = 0.2;
    style.backgroundFactor = 0.35;
    style.blurSigma = 0;
    style.size = side;
    const auto picture = visual_prompt::engineer(image, region, style);
    return picture ? toQImage(*picture) : QImage();
}

}  // namespace maskwright::ui
