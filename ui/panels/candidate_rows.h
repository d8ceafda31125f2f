// A candidate as a row of the list: its place, a small picture, how good it is beside the best, its score.
#pragma once

#include <QStyledItemDelegate>

#include "ui/model/candidates.h"

namespace maskwright::ui {

// What a row's item holds, beside a name for those who listen (Qt::AccessibleTextRole).
enum CandidateRole { kCandidate = Qt::UserRole, kPlace, kShare, kScore };

class CandidateRows : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int kThumbnail = 40;  // pixels a side
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// The candidate's part of the picture, what is not it darkened; `side` device pixels a side at most.
QPixmap candidateThumbnail(const PicturePyramid& picture, const proposals::Proposal& candidate, int side);

}  // namespace maskwright::ui
