#include "ui/panels/candidate_rows.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/canvas/outline.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kRow = 50, kPlaceWidth = 24, kScoreWidth = 46;

}  // namespace

void CandidateRows::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Colours& c = Theme::colours();
    const bool chosen = option.state & QStyle::State_Selected, lit = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF card = QRectF(option.rect).adjusted(2, 2, -3, -2);
    if (chosen || lit) {
        painter->setPen(QPen(chosen ? c.accent : c.border, chosen ? 1.6 : 1));
        painter->setBrush(c.raised);
        painter->drawRoundedRect(card, 7, 7);
    }
    painter->setPen(chosen ? c.text : c.muted);
    painter->drawText(QRectF(card.left(), card.top(), kPlaceWidth, card.height()), Qt::AlignCenter,
                      index.data(kPlace).toString());
    const QRectF frame(card.left() + kPlaceWidth, card.center().y() - kThumbnail / 2.0, kThumbnail, kThumbnail);
    const auto picture = index.data(Qt::DecorationRole).value<QPixmap>();
    if (!picture.isNull()) {
        const QSizeF size = QSizeF(picture.size()).scaled(frame.size(), Qt::KeepAspectRatio);
        painter->drawPixmap(QRectF(frame.center().x() - size.width() / 2, frame.center().y() - size.height() / 2,
                                   size.width(), size.height()),
                            picture, picture.rect());
    }
    const QRectF track(frame.right() + 10, card.center().y() - 3, card.right() - frame.right() - 20 - kScoreWidth, 6);
    painter->setPen(Qt::NoPen);
    painter->setBrush(c.border);
    painter->drawRoundedRect(track, 3, 3);
    painter->setBrush(chosen ? c.accent : c.muted);
    painter->drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * index.data(kShare).toDouble(), 6)), 3, 3);
    painter->setPen(chosen ? c.text : c.muted);
    painter->drawText(QRectF(track.right(), card.top(), kScoreWidth + 4, card.height()),
                      Qt::AlignRight | Qt::AlignVCenter, index.data(kScore).toString());
    painter->restore();
}

QSize CandidateRows::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return {120, kRow}; }

QPixmap candidateThumbnail(const PicturePyramid& picture, const proposals::Proposal& candidate, int side) {
    const Box& box = candidate.box;
    const double scale = double(side) / std::max(std::max(box.width, box.height), 1);
    const QImage& level = picture.levels[std::size_t(picture.levelFor(scale))];
    const double fx = double(level.width()) / picture.size().width(),
                 fy = double(level.height()) / picture.size().height();
    const QRectF target(0, 0, std::max(1.0, box.width * scale), std::max(1.0, box.height * scale));
    QPixmap thumbnail(target.toAlignedRect().size());
    thumbnail.fill(Qt::transparent);
    QPainter painter(&thumbnail);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.drawImage(target, level, QRectF(box.x * fx, box.y * fy, box.width * fx, box.height * fy));
    QPainterPath outside;
    outside.addRect(QRectF(box.x, box.y, box.width, box.height));
    outside.addPath(outlineOf(candidate.runs, box));  // odd-even: what is not it
    painter.scale(scale, scale);
    painter.translate(-box.x, -box.y);
    painter.fillPath(outside, QColor(0, 0, 0, 165));
    return thumbnail;
}

}  // namespace maskwright::ui
