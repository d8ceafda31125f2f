#include "ui/shell/mixture_strip.h"

#include <QPainter>
#include <algorithm>

#include "ui/canvas/overlay.h"

namespace maskwright::ui {
namespace {

constexpr int kSide = 128;  // pixels of a picture

// What the strip depends on.
Search keyOf(Search search) {
    search.mix = 0;
    search.threshold.reset();
    return search;
}

}  // namespace

MixtureStrip::MixtureStrip(Document& document, Preview& preview, Jobs& jobs, OverlayState& overlay)
    : document_(document), preview_(preview), jobs_(jobs), overlay_(overlay) {
    connect(&preview_, &Preview::findingChanged, this, &MixtureStrip::ask);
    connect(&overlay_, &OverlayState::changed, this, &MixtureStrip::draw);
}

void MixtureStrip::ask() {
    const Search key = keyOf(document_.search());
    const bool both =
        !key.phrase.trimmed().isEmpty() && std::any_of(key.supports.begin(), key.supports.end(),
                                                       [](const Support& s) { return s.enabled && !s.negative; });
    if (!both || !preview_.finding()) {
        jobs_.drop(this);
        return;
    }
    const auto image = document_.picture().image;
    if (image_ == image && search_ == key) {
        return;
    }
    image_ = image;
    search_ = key;
    maps_.clear();
    jobs_.drop(this);
    session::Request request;
    request.engine = jobs_.engine();
    request.image = image;
    request.refine = false;
    for (int i = 0; i < kCount; ++i) {
        Search at = key;
        at.mix = double(i) / (kCount - 1);
        request.prompts.push_back(at.prompt());
    }
    jobs_.run(this, std::move(request), [this](const std::shared_ptr<const Finding>& finding) {
        for (const auto& map : finding->maps) {
            maps_.push_back(smallest(*map));
        }
        draw();
    });
}

void MixtureStrip::draw() {
    std::array<QImage, kCount> pictures;
    if (maps_.size() == pictures.size() && document_.hasPicture() && image_ == document_.picture().image) {
        const QImage& base = document_.picture().pyramid->levels.back();
        const QSize size = base.size().scaled(kSide, kSide, Qt::KeepAspectRatio);
        const QImage picture = base.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        output::Appearance appearance = overlay_.appearance();
        appearance.opacity = std::max(appearance.opacity, 0.5);
        if (appearance.mode != output::OverlayMode::heat) {
            appearance.mode = output::OverlayMode::tint;  // a spotlight is too dark at this size
        }
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            pictures[i] = picture;
            ViewTransform view;
            view.scale = double(size.width()) / maps_[i]->full->width;
            QPainter painter(&pictures[i]);
            painter.drawImage(0, 0, renderOverlay(*maps_[i], view, QRect(QPoint(0, 0), size), appearance));
        }
    }
    Q_EMIT drawn(pictures);
}

}  // namespace maskwright::ui
