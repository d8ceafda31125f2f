#include "core/eval/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/image/chart.h"
#include "core/image_io/image_io.h"

namespace maskwright::eval {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour kTruth{40, 200, 80}, kMask{240, 120, 30}, kInk{225, 225, 225};
constexpr int kTile = 160, kGap = 4, kCaption = 16, kRow = kTile + kCaption + kGap;

// The first `count` of `order`, one a picture, and then, where the pictures are too few, those passed over.
std::vector<Shown> spread(std::vector<Shown> order, std::size_t count) {
    std::vector<Shown> chosen, passed;
    std::vector<std::size_t> photos;
    for (Shown& answer : order) {
        if (chosen.size() == count) {
            return chosen;
        }
        const bool fresh = std::find(photos.begin(), photos.end(), answer.photo) == photos.end();
        photos.push_back(answer.photo);
        (fresh ? chosen : passed).push_back(std::move(answer));
    }
    chosen.insert(chosen.end(), std::move_iterator(passed.begin()), std::move_iterator(passed.end()));
    chosen.resize(std::min(chosen.size(), count));
    return chosen;
}

// Square, the picture's shape kept; where there is a mask its outside is dark and its inside dyed.
void drawTile(Image& sheet, int x0, int y0, const Image& image, const Mask& mask, const Colour& colour) {
    const int longer = std::max(image.width, image.height);
    const int width = std::max(1, image.width * kTile / longer), height = std::max(1, image.height * kTile / longer);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int sx = (2 * x + 1) * image.width / (2 * width), sy = (2 * y + 1) * image.height / (2 * height);
            for (int c = 0; c < 3; ++c) {
                int value = image.at(sx, sy)[c];
                if (!mask.empty()) {
                    value = mask.at(sx, sy) != 0 ? (value + 2 * colour[static_cast<std::size_t>(c)]) / 3 : value / 2;
                }
                sheet.at(x0 + x + (kTile - width) / 2, y0 + y + (kTile - height) / 2)[c] =
                    static_cast<std::uint8_t>(value);
            }
        }
    }
}

Result<void> drawAnswer(Image& sheet, int x, int y, const Shown& answer) {
    const auto picture = image_io::read(answer.path);
    if (!picture) {
        return picture.error();
    }
    char iou[16];
    std::snprintf(iou, sizeof iou, "%.2f ", answer.iou);
    drawText(sheet, iou + answer.name + "  (" + answer.file + ")", x, y + 12, kInk);
    drawTile(sheet, x, y + kCaption, picture->image, Mask(), {});
    drawTile(sheet, x + kTile + kGap, y + kCaption, picture->image, toMask(answer.truth), kTruth);
    drawTile(sheet, x + 2 * (kTile + kGap), y + kCaption, picture->image, toMask(answer.mask), kMask);
    return {};
}

}  // namespace

void Extremes::add(std::vector<Shown> answers) {
    if (rows_ == 0) {
        return;
    }
    for (Shown& answer : answers) {
        answer.order = added_++;
    }
    const auto keep = [&](std::vector<Shown>& kept, const auto& before) {
        kept.insert(kept.end(), answers.begin(), answers.end());
        std::sort(kept.begin(), kept.end(), before);
        kept = spread(std::move(kept), rows_);
    };
    keep(best_, [](const Shown& a, const Shown& b) { return a.iou != b.iou ? a.iou > b.iou : a.order < b.order; });
    keep(worst_, [](const Shown& a, const Shown& b) { return a.iou != b.iou ? a.iou < b.iou : a.order > b.order; });
}

Result<Image> contactSheet(const Extremes& extremes) {
    if (extremes.best().empty()) {
        return Image();
    }
    Image sheet(6 * (kTile + kGap) + 4 * kGap, static_cast<int>(extremes.best().size()) * kRow + kGap);
    std::fill(sheet.pixels.begin(), sheet.pixels.end(), std::uint8_t{32});
    int x = kGap;
    for (const std::vector<Shown>* side : {&extremes.best(), &extremes.worst()}) {
        for (std::size_t row = 0; row < side->size(); ++row) {
            MASKWRIGHT_TRY(drawAnswer(sheet, x, kGap + static_cast<int>(row) * kRow, (*side)[row]));
        }
        x += 3 * (kTile + kGap) + 3 * kGap;
    }
    return sheet;
}

}  // namespace maskwright::eval
