// The window's part for finding by example: tools, examples, how they are shown, and the strip of mixtures.
#include <QFileDialog>
#include <QFileInfo>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <optional>

#include "core/image_io/image_io.h"
#include "ui/background.h"
#include "ui/canvas/canvas.h"
#include "ui/compare_styles.h"
#include "ui/main_window.h"
#include "ui/panels/mask_panel.h"
#include "ui/panels/style_panel.h"
#include "ui/panels/supports_panel.h"
#include "ui/tool_rail.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

const QColor kThis(64, 196, 255), kNotThis(255, 92, 92);
constexpr int kStripSide = 128;  // pixels of a strip's picture
constexpr int kSaid = 3000;      // milliseconds a message stays

std::shared_ptr<const HeatPyramid> drawable(const Mask& region) {
    auto map = std::make_shared<Heatmap>(region.width, region.height);
    std::transform(region.pixels.begin(), region.pixels.end(), map->pixels.begin(),
                   [](std::uint8_t v) { return v != 0 ? 1.0f : 0.0f; });
    return makePyramid(std::move(map));
}

// The smallest level only: five maps of a large photograph would be gigabytes.
std::shared_ptr<const HeatPyramid> smallest(const HeatPyramid& map) {
    auto small = std::make_shared<HeatPyramid>();
    small->full = map.reduced.empty() ? map.full : std::make_shared<const Heatmap>(map.reduced.back());
    return small;
}

// What the strip depends on.
Search stripKey(Search search) {
    search.mix = 0;
    search.threshold.reset();
    return search;
}

struct Imported {
    Support support;
    std::optional<Error> error;
    bool otherSize = false;
};

}  // namespace

void MainWindow::buildExamples(QVBoxLayout* panels) {
    supports_ = new SupportsPanel(document_, marks_, library_);
    style_ = new StylePanel(document_, marks_);
    panels->addWidget(supports_);
    panels->addWidget(style_);
    style_->setVisible(false);
}

void MainWindow::connectExamples() {
    connect(rail_, &ToolRail::chosen, this, [this](ToolKind kind) {
        canvas_->setTool(tools_.tool(kind));
        if (kind != ToolKind::pan) {
            canvas_->setFocus();
        }
    });
    connect(&tools_, &RegionTools::marked, this, [this](const Mask& region, MarkMode mode) {
        if (mode == MarkMode::take && !marks_.activeRegionHere()) {
            toast_->say(tr("Choose first the example to take away from"), kSaid);
        }
        marks_.finish(region, mode);
    });
    connect(&tools_, &RegionTools::nothing, this, [this](bool click) {
        marks_.giveUp();
        toast_->say(click ? tr("A click marks nothing: keep the button down and draw")
                          : tr("That lies outside the picture: nothing was marked"),
                    kSaid);
    });
    connect(&tools_, &RegionTools::gaveUp, &marks_, &Marks::giveUp);
    connect(&tools_, &RegionTools::marking, &marks_, &Marks::draw);
    connect(&tools_, &RegionTools::brushRadiusChanged, canvas_, qOverload<>(&QWidget::update));
    connect(&tools_, &RegionTools::missed, this, [this] {
        toast_->say(preview_.finding() ? tr("Nothing was found at this place")
                                       : tr("Type a phrase first, then pick what was found"),
                    kSaid);
    });
    connect(&document_, &Document::pictureChanged, this, [this] {
        const auto& image = document_.picture().image;
        regionMaps_.clear();
        tools_.setPicture(image ? image->width : 0, image ? image->height : 0);
        showMarks();
    });
    connect(&document_, &Document::searchChanged, this, &MainWindow::showMarks);
    connect(&marks_, &Marks::activeChanged, this, &MainWindow::showMarks);
    connect(&marks_, &Marks::shownChanged, this, [this] { style_->setVisible(marks_.shown().region != nullptr); });
    auto found = [this] {
        const auto& finding = preview_.finding();
        tools_.setFound(finding && !finding->maps.empty() ? finding->maps.front() : nullptr, document_.threshold());
    };
    connect(&preview_, &Preview::findingChanged, this, found);
    connect(&document_, &Document::thresholdChanged, this, found);
    connect(&preview_, &Preview::findingChanged, this, &MainWindow::askStrip);
    connect(mask_, &MaskPanel::styleChanged, this, &MainWindow::drawStrip);
    connect(supports_, &SupportsPanel::importWanted, this, &MainWindow::importMask);
    connect(&library_, &SupportLibrary::loaded, this, [this](const Support& support) {
        const auto& all = document_.search().supports;
        const bool there = std::any_of(all.begin(), all.end(), [&](const Support& s) { return s.id == support.id; });
        there ? marks_.setActive(support.id) : marks_.add(support);
    });
    connect(style_, &StylePanel::compareWanted, this, [this] {
        const Marks::Shown object = marks_.shown();
        if (object.image && object.region) {
            const Support* active = marks_.activeSupport();
            const QString phrase = document_.search().phrase.trimmed();
            auto* dialog =
                new CompareStyles(document_, errands_, object,
                                  phrase.isEmpty() && active != nullptr ? active->name : phrase, mask_->style(), this);
            dialog->show();
        }
    });
    connect(&library_, &SupportLibrary::failed, this, [this](const Error& error) { showError(error); });
}

void MainWindow::showMarks() {
    tools_.setCurrent(marks_.activeRegionHere());
    std::vector<CanvasMark> marks;
    std::map<std::shared_ptr<const Mask>, std::shared_ptr<const HeatPyramid>> kept;
    for (const Support& support : document_.search().supports) {
        if (support.image != document_.picture().image || !support.enabled) {
            continue;
        }
        auto& map = kept[support.region];
        const auto old = regionMaps_.find(support.region);
        map = old != regionMaps_.end() ? old->second : drawable(*support.region);
        marks.push_back({map, support.negative ? kNotThis : kThis, support.id == marks_.active()});
    }
    regionMaps_ = std::move(kept);
    canvas_->setMarks(std::move(marks));
}

void MainWindow::askStrip() {
    const Search key = stripKey(document_.search());
    const bool both =
        !key.phrase.trimmed().isEmpty() && std::any_of(key.supports.begin(), key.supports.end(),
                                                       [](const Support& s) { return s.enabled && !s.negative; });
    if (!both || !preview_.finding()) {
        errands_.drop(&stripOwner_);
        return;
    }
    const auto image = document_.picture().image;
    if (strip_.image == image && strip_.search == key) {
        return;
    }
    strip_ = {image, key, {}};
    errands_.drop(&stripOwner_);
    session::Request request;
    request.image = image;
    request.refine = false;
    for (int i = 0; i <= 4; ++i) {
        Search at = key;
        at.mix = i / 4.0;
        request.prompts.push_back(at.prompt());
    }
    errands_.run(&stripOwner_, std::move(request), [this](const std::shared_ptr<const Finding>& finding) {
        for (const auto& map : finding->maps) {
            strip_.maps.push_back(smallest(*map));
        }
        drawStrip();
    });
}

void MainWindow::drawStrip() {
    std::array<QImage, 5> pictures;
    if (strip_.maps.size() == pictures.size() && document_.hasPicture() && strip_.image == document_.picture().image) {
        const QImage& base = document_.picture().pyramid->levels.back();
        const QSize size = base.size().scaled(kStripSide, kStripSide, Qt::KeepAspectRatio);
        const QImage picture = base.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        OverlayStyle style = mask_->style();
        style.opacity = std::max(style.opacity, 0.5);
        if (style.mode == OverlayMode::spotlight) {
            style.mode = OverlayMode::tint;  // too dark at this size
        }
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            pictures[i] = picture;
            ViewTransform view;
            view.scale = double(size.width()) / strip_.maps[i]->full->width;
            QPainter painter(&pictures[i]);
            painter.drawImage(0, 0, renderOverlay(*strip_.maps[i], view, QRect(QPoint(0, 0), size), style));
        }
    }
    supports_->setStrip(pictures);
}

void MainWindow::importMask() {
    const QString start = document_.picture().path.isEmpty()
                              ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)
                              : QFileInfo(document_.picture().path).absolutePath();
    const QString mask =
        QFileDialog::getOpenFileName(this, tr("Open a mask"), QSettings().value("folders/mask", start).toString(),
                                     tr("Masks") + QStringLiteral(" (*.png *.bmp *.tif *.tiff *.webp)"));
    if (!mask.isEmpty()) {
        QSettings().setValue("folders/mask", QFileInfo(mask).absolutePath());
        takeMask(mask, {});
    }
}

void MainWindow::takeMask(const QString& maskPath, const QString& picturePath) {
    inBackground(
        this,
        [maskPath, picturePath, open = document_.picture().image]() -> Imported {
            Imported result;
            auto mask = image_io::readMask(maskPath.toStdString());
            if (!mask) {
                result.error = mask.error();
                return result;
            }
            std::shared_ptr<const Image> image = open;
            if (!picturePath.isEmpty()) {
                auto picture = image_io::read(picturePath.toStdString());
                if (!picture) {
                    result.error = picture.error();
                    return result;
                }
                image = std::make_shared<const Image>(std::move(picture->image));
            }
            if (!image || image->width != mask->width || image->height != mask->height) {
                result.otherSize = true;
                return result;
            }
            if (std::all_of(mask->pixels.begin(), mask->pixels.end(), [](std::uint8_t v) { return v == 0; })) {
                result.error = Error{ErrorKind::input, "the mask " + quoted(maskPath.toStdString()) + " marks nothing",
                                     "use one with white where the object is"};
                return result;
            }
            result.support.image = image;
            result.support.region = std::make_shared<const Mask>(std::move(*mask));
            result.support.name = QFileInfo(maskPath).completeBaseName();
            return result;
        },
        [this, maskPath, picturePath](const Imported& result) {
            if (result.error) {
                showError(*result.error);
            } else if (!result.otherSize) {
                marks_.add(result.support);
            } else if (picturePath.isEmpty()) {
                // Not the open picture's: the mask belongs to another, which is asked for.
                const QString picture = QFileDialog::getOpenFileName(
                    this, tr("Open the picture of this mask"), QFileInfo(maskPath).absolutePath(),
                    tr("Pictures") + QStringLiteral(" (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif)"));
                if (!picture.isEmpty()) {
                    takeMask(maskPath, picture);
                }
            } else {
                showError({ErrorKind::input, "the mask and the picture have different sizes",
                           "choose the picture the mask was made for"});
            }
        });
}

}  // namespace maskwright::ui
