#include "ui/dialogs/export_preview.h"

#include <QPainter>
#include <algorithm>
#include <optional>

#include "core/image/refine.h"
#include "core/output/compose.h"
#include "core/output/overlay.h"
#include "ui/canvas/overlay.h"
#include "ui/model/overlay_state.h"
#include "ui/widgets/checkerboard.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kLeast = 260;  // pixels: the preview's width and height

// A row at the preview's size.
struct Small {
    const PreviewRow* row;
    Heatmap map;
};

QImage smallPicture(const PicturePyramid& picture, QSize size) {
    const double scale = double(size.width()) / picture.size().width();
    return picture.levels[std::size_t(picture.levelFor(scale))]
        .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

std::optional<Small> smallRow(const PreviewRow& row, QSize size) {
    if (row.mask.empty() || row.mask.size().isEmpty()) {
        return std::nullopt;
    }
    ViewTransform view;
    view.scale = double(size.width()) / row.mask.size().width();
    Sampled found = sampled(row.mask, view, QRect(QPoint(0, 0), size));
    return found.map.empty() ? std::nullopt : std::optional(Small{&row, std::move(found.map)});
}

QImage grey(const Heatmap& map, const std::function<int(float)>& shade) {
    QImage image(map.width, map.height, QImage::Format_Grayscale8);
    for (int y = 0; y < map.height; ++y) {
        uchar* line = image.scanLine(y);
        for (int x = 0; x < map.width; ++x) {
            line[x] = uchar(shade(map.at(x, y)));
        }
    }
    return image;
}

// The rows in colours of their own, on black, each pixel the surest one's.
QImage index(const std::vector<Small>& rows, QSize size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::black);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            float best = -1;
            for (std::size_t k = 0; k < rows.size(); ++k) {
                const float p = rows[k].map.at(x, y);
                if (p > float(rows[k].row->threshold) && p > best) {
                    best = p;
                    image.setPixelColor(x, y, toQColor(output::distinctColour(k)));
                }
            }
        }
    }
    return image;
}

// What annotations hold: every row's outline, and what it is called.
QImage annotated(QImage picture, const std::vector<Small>& rows) {
    for (const Small& one : rows) {
        output::Appearance appearance = screenAppearance(one.row->colour);
        appearance.threshold = one.row->threshold;
        appearance.opacity = 0.4;
        picture = toQImage(output::overlay(toImage(picture), one.map, appearance, one.row->colour));
    }
    QPainter painter(&picture);
    for (const Small& one : rows) {
        const Box box = boundingBox(threshold(one.map, float(one.row->threshold)));
        if (box.width > 0) {
            const QString label = QString::fromStdString(one.row->label);
            const QRect text = painter.fontMetrics().boundingRect(label).adjusted(-4, -1, 4, 1);
            QRect plate(QPoint(box.x, std::max(0, box.y - text.height())), text.size());
            plate.moveLeft(std::clamp(plate.left(), 0, std::max(0, picture.width() - plate.width())));
            painter.fillRect(plate, toQColor(one.row->colour));
            painter.setPen(qGray(toQColor(one.row->colour).rgb()) > 140 ? Qt::black : Qt::white);
            painter.drawText(plate, Qt::AlignCenter, label);
        }
    }
    return picture;
}

QImage cutout(const QImage& picture, const Small& one, bool hard) {
    output::Appearance appearance;
    appearance.threshold = one.row->threshold;
    appearance.cutoutEdge = hard ? output::CutoutEdge::hard : output::CutoutEdge::soft;
    const auto rgba = output::cutout(toImage(picture), one.map, appearance);
    return QImage(rgba.data(), one.map.width, one.map.height, qsizetype(4) * one.map.width, QImage::Format_RGBA8888)
        .copy();
}

QImage drawn(const QImage& picture, const std::vector<Small>& rows, const ExportChoice& choice) {
    const Small& first = rows.front();
    switch (choice.what.kind) {
        case output::Kind::mask:
            return grey(first.map, [&](float p) { return p > float(first.row->threshold) ? 255 : 0; });
        case output::Kind::probability:
        case output::Kind::probability16:
            return grey(first.map, [](float p) { return int(p * 255 + 0.5f); });
        case output::Kind::cutout:
            return cutout(picture, first, choice.hardEdges);
        case output::Kind::overlay: {
            output::Appearance appearance;
            appearance.threshold = first.row->threshold;
            appearance.opacity = choice.opacity;
            return toQImage(output::overlay(toImage(picture), first.map, appearance, first.row->colour));
        }
        case output::Kind::index:
            return index(rows, picture.size());
    }
    return picture;
}

}  // namespace

QImage exportPreview(const PreviewScene& scene, const ExportChoice& choice, const std::vector<project::Id>& rows,
                     int side) {
    if (!scene.picture || scene.picture->size().isEmpty()) {
        return {};
    }
    const QSize size = scene.picture->size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    QImage picture = smallPicture(*scene.picture, size);
    std::vector<Small> small;
    for (const PreviewRow& row : scene.rows) {
        if (std::find(rows.begin(), rows.end(), row.id) != rows.end()) {
            if (auto one = smallRow(row, size)) {
                small.push_back(std::move(*one));
            }
        }
    }
    if (small.empty()) {
        return picture;
    }
    return choice.what.format ? annotated(std::move(picture), small) : drawn(picture, small, choice);
}

ExportPreview::ExportPreview(QWidget* parent) : QWidget(parent) {
    setMinimumSize(kLeast, kLeast);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize ExportPreview::sizeHint() const { return {kLeast + 100, kLeast + 100}; }

void ExportPreview::set(const PreviewScene& scene, const ExportChoice& choice, const std::vector<project::Id>& rows) {
    scene_ = scene;
    choice_ = choice;
    rows_ = rows;
    draw();
}

void ExportPreview::draw() {
    const double ratio = devicePixelRatioF();
    image_ = exportPreview(scene_, choice_, rows_, int(std::min(width(), height()) * ratio));
    image_.setDevicePixelRatio(ratio);
    update();
}

void ExportPreview::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    draw();
}

void ExportPreview::paintEvent(QPaintEvent*) {
    if (image_.isNull()) {
        return;
    }
    QRectF place(QPointF(0, 0), image_.deviceIndependentSize());
    place.moveCenter(QRectF(rect()).center());
    QPainter painter(this);
    if (image_.hasAlphaChannel()) {
        drawCheckerboard(painter, place);
    }
    painter.drawImage(place.topLeft(), image_);
    painter.setPen(Theme::colours().border);
    painter.drawRect(place);
}

}  // namespace maskwright::ui
