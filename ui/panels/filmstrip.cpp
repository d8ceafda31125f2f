#include "ui/panels/filmstrip.h"

#include <QAbstractListModel>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 96, kHeight = 66, kGap = 6;

class StripModel : public QAbstractListModel {
  public:
    StripModel(Pictures& pictures, QObject* parent) : QAbstractListModel(parent), pictures_(pictures) {
        connect(&pictures_, &Pictures::listChanged, this, [this] {
            beginResetModel();
            endResetModel();
        });
        connect(&pictures_, &Pictures::thumbnailReady, this, [this](int i) { Q_EMIT dataChanged(index(i), index(i)); });
    }
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override {
        return parent.isValid() ? 0 : int(pictures_.entries().size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        const Pictures::Entry& entry = pictures_.entries()[std::size_t(index.row())];
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(entry.name)
               : role == Qt::ToolTipRole                                 ? QVariant(entry.kept ? entry.name : entry.key)
                                                                         : QVariant();
    }

  private:
    Pictures& pictures_;
};

class StripDelegate : public QStyledItemDelegate {
  public:
    StripDelegate(Pictures& pictures, QObject* parent) : QStyledItemDelegate(parent), pictures_(pictures) {}
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kWidth + kGap, kHeight + kGap};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Colours& c = Theme::colours();
        const QRectF frame = QRectF(option.rect).adjusted(kGap / 2.0, kGap / 2.0, -kGap / 2.0, -kGap / 2.0);
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        QPainterPath shape;
        shape.addRoundedRect(frame, 6, 6);
        painter->fillPath(shape, c.surface);
        painter->setClipPath(shape);
        const QImage picture = pictures_.thumbnail(index.row());
        if (!picture.isNull()) {
            const QSizeF size = QSizeF(picture.size()).scaled(frame.size(), Qt::KeepAspectRatioByExpanding);
            painter->drawImage(QRectF(frame.center() - QPointF(size.width() / 2, size.height() / 2), size), picture);
        } else {
            painter->setPen(c.muted);
            painter->drawText(frame.adjusted(6, 4, -6, -4), Qt::AlignCenter | Qt::TextWrapAnywhere,
                              index.data().toString());
        }
        painter->setClipping(false);
        const bool current = index.row() == pictures_.current();
        const bool lit = current || option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
        painter->setPen(QPen(lit ? c.accent : c.border, current ? 3 : lit ? 2 : 1));
        painter->drawPath(shape);
        painter->restore();
    }

  private:
    Pictures& pictures_;
};

}  // namespace

Filmstrip::Filmstrip(Pictures& pictures, QWidget* parent) : QListView(parent), pictures_(pictures) {
    setObjectName("filmstrip");
    setModel(new StripModel(pictures, this));
    setItemDelegate(new StripDelegate(pictures, this));
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setUniformItemSizes(true);
    setLayoutMode(QListView::Batched);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setFixedHeight(kHeight + kGap + 14);
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex& at) { Q_EMIT wanted(pictures_.entries()[std::size_t(at.row())].key); });
    connect(this, &QListView::activated, this,
            [this](const QModelIndex& at) { Q_EMIT wanted(pictures_.entries()[std::size_t(at.row())].key); });
    connect(&pictures_, &Pictures::listChanged, this, &Filmstrip::follow);
    connect(&pictures_, &Pictures::currentChanged, this, &Filmstrip::follow);
    setAccessibleName(tr("Open pictures"));
    follow();
}

void Filmstrip::setOfPicture(bool shown) {
    ofPicture_ = shown;
    follow();
}

void Filmstrip::follow() {
    setVisible(ofPicture_ && pictures_.entries().size() > 1);
    if (pictures_.current() >= 0) {
        const QModelIndex at = model()->index(pictures_.current(), 0);
        setCurrentIndex(at);
        scrollTo(at);
    }
    viewport()->update();
}

void Filmstrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Open pictures"));
    }
    QListView::changeEvent(event);
}

void Filmstrip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && currentIndex().isValid()) {
        Q_EMIT removeWanted(currentIndex().row());
        return;
    }
    QListView::keyPressEvent(event);
}

void Filmstrip::wheelEvent(QWheelEvent* event) {
    // One wheel, one direction.
    const QPoint delta = event->angleDelta();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (delta.y() != 0 ? delta.y() : delta.x()));
    event->accept();
}

}  // namespace maskwright::ui
