#include "ui/folder/folder_view.h"

#include <QAbstractListModel>
#include <QCache>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/canvas/overlay.h"
#include "ui/folder/thumbnail.h"
#include "ui/model/error_text.h"
#include "ui/model/overlay_state.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kUnpacked = 300;  // cards: more than a large screen shows
constexpr int kCardWidth = 190, kPictureHeight = 132, kTextHeight = 44, kGap = 10;
enum Role { kOrder = Qt::UserRole, kPath, kUnsaved };  // the last: why its mask was not saved

QString secondsText(double seconds) {
    if (seconds < 60) {
        return FolderView::tr("%1 s").arg(std::max(int(std::ceil(seconds)), 1));
    }
    return FolderView::tr("%1 min").arg(int(std::ceil(seconds / 60)));
}

// Why, without the file: its name stands above, and there is little room. The tool tip has all.
QString reason(const FolderEntry& entry) {
    const auto& parts = entry.problem->what.arguments;
    const auto why =
        std::find_if(parts.rbegin(), parts.rend(), [](const Message& one) { return !one.verbatim && !one.empty(); });
    QString text = why == parts.rend() ? FolderView::tr("Could not be read") : messageText(*why).simplified();
    text.front() = text.front().toUpper();
    return text;
}

QString toolTip(const FolderEntry& entry, const QString& unsaved) {
    QString text = entry.path;
    if (!unsaved.isEmpty()) {
        text += '\n' + unsaved;
    }
    if (entry.problem) {
        text += '\n' + errorLine(*entry.problem);
    }
    for (const Message& warning : entry.warnings) {
        text += '\n' + messageText(warning);
    }
    return text;
}

// What is said on the card of an entry that was not searched, or whose mask is not in its file.
QString stateText(const FolderEntry& entry, bool running, const QString& unsaved) {
    if (!unsaved.isEmpty() && entry.state != FolderEntry::State::failed) {
        return FolderView::tr("Mask not saved");
    }
    switch (entry.state) {
        case FolderEntry::State::failed:
            return entry.problem ? reason(entry) : QString();
        case FolderEntry::State::waiting:
            return running ? FolderView::tr("Waiting") : FolderView::tr("Not searched");
        default:
            return {};
    }
}

}  // namespace

class FolderModel : public QAbstractListModel {
  public:
    FolderModel(FolderSearch& search, FolderMasks& masks, QObject* parent)
        : QAbstractListModel(parent), search_(search), masks_(masks) {
        // What was not saved is so until something else is looked for, or saved again.
        connect(&search_, &FolderSearch::started, this, [this] { unsaved_.clear(); });
        connect(&masks_, &FolderMasks::changed, this, &FolderModel::followMasks);
        connect(&masks_, &FolderMasks::ended, this, &FolderModel::followMasks);
        for (auto signal : {&FolderSearch::started, &FolderSearch::listed}) {
            connect(&search_, signal, this, [this] {
                beginResetModel();
                endResetModel();
            });
        }
        connect(&search_, &FolderSearch::changed, this, [this](int i) { Q_EMIT dataChanged(index(i), index(i)); });
    }
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override {
        return parent.isValid() ? 0 : int(search_.entries().size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        const FolderEntry& entry = search_.entries()[std::size_t(index.row())];
        switch (role) {
            case Qt::DisplayRole:
                return entry.name;
            case Qt::ToolTipRole:
                return toolTip(entry, unsaved_.value(entry.path));
            case kUnsaved:
                return unsaved_.value(entry.path);
            case Qt::AccessibleTextRole: {
                const QString state = stateText(entry, search_.running(), unsaved_.value(entry.path));
                return state.isEmpty() ? entry.name : QStringLiteral("%1, %2").arg(entry.name, state);
            }
            case kPath:
                return entry.path;
            case kOrder:
                // Found first, then what still waits, in the folder's order; what failed at the end.
                return entry.state == FolderEntry::State::done     ? entry.presence
                       : entry.state == FolderEntry::State::failed ? -2.0
                                                                   : -1.0 - index.row() * 1e-6;  // seen and waiting
            default:
                return {};
        }
    }

  private:
    void followMasks() {
        QHash<QString, QString> unsaved;
        for (const FolderMasksLine& line : masks_.lines()) {
            if (line.error) {
                unsaved.insert(line.picture, errorLine(*line.error));
            }
        }
        if (unsaved != unsaved_) {
            unsaved_ = std::move(unsaved);
            if (const int count = rowCount({}); count > 0) {
                Q_EMIT dataChanged(index(0), index(count - 1));
            }
        }
    }
    FolderSearch& search_;
    FolderMasks& masks_;
    QHash<QString, QString> unsaved_;  // by the picture's path
};

// A picture with its mask, its name and how sure the model is.
class FolderDelegate : public QStyledItemDelegate {
  public:
    FolderDelegate(FolderSearch& search, QSortFilterProxyModel& sorted, QObject* parent)
        : QStyledItemDelegate(parent), search_(search), sorted_(sorted) {}
    output::Appearance appearance;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kCardWidth + kGap, kPictureHeight + kTextHeight + kGap};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const FolderEntry& entry = search_.entries()[std::size_t(sorted_.mapToSource(index).row())];
        const Colours& c = Theme::colours();
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QRectF card = QRectF(option.rect).adjusted(kGap / 2.0, kGap / 2.0, -kGap / 2.0, -kGap / 2.0);
        const bool lit = option.state & (QStyle::State_MouseOver | QStyle::State_Selected);
        QPainterPath shape;
        shape.addRoundedRect(card, 9, 9);
        painter->fillPath(shape, c.surface);
        painter->setClipPath(shape);
        const QRectF frame(card.topLeft(), QSizeF(card.width(), kPictureHeight));
        painter->fillRect(frame, c.canvas);
        const bool found = entry.state == FolderEntry::State::done && entry.presence > appearance.threshold;
        if (!entry.thumbnail.isEmpty()) {
            drawPicture(*painter, frame, entry, found);
        } else if (entry.state == FolderEntry::State::failed) {
            icon("warning", c.errorText).paint(painter, frame.toRect().adjusted(60, 40, -60, -40));
        }
        const QRectF text(card.left() + 10, frame.bottom() + 5, card.width() - 20, kTextHeight - 8);
        painter->setPen(found || entry.state != FolderEntry::State::done ? c.text : c.muted);  // the name
        painter->drawText(QRectF(text.x(), text.y(), text.width(), text.height() / 2), Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(entry.name, Qt::ElideMiddle, int(text.width())));
        const QRectF second(text.x(), text.y() + text.height() / 2, text.width(), text.height() / 2);
        const QString unsaved = index.data(kUnsaved).toString();
        if (entry.state == FolderEntry::State::done && unsaved.isEmpty()) {
            drawPresence(*painter, second, entry.presence, found);
        } else {
            const bool wrong = entry.state == FolderEntry::State::failed || !unsaved.isEmpty();
            painter->setPen(wrong ? c.errorText : c.muted);
            painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                              option.fontMetrics.elidedText(stateText(entry, search_.running(), unsaved),
                                                            Qt::ElideRight, int(second.width())));
        }
        painter->setClipping(false);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(lit ? c.accent : c.border, lit ? 2 : 1));
        painter->drawPath(shape);
        painter->restore();
    }

  private:
    // What of an entry is on the screen, or was lately.
    struct Unpacked {
        QByteArray thumbnail, map;  // of which it was made
        QImage picture;
        std::shared_ptr<const HeatPyramid> heat;
    };
    const Unpacked& unpacked(const FolderEntry& entry) const {
        Unpacked* known = unpacked_.object(entry.path);
        if (known == nullptr || known->thumbnail.constData() != entry.thumbnail.constData() ||
            known->map.constData() != entry.map.constData()) {
            known = new Unpacked{entry.thumbnail, entry.map, unpackPicture(entry.thumbnail), unpackMap(entry.map)};
            unpacked_.insert(entry.path, known);
        }
        return *known;
    }
    void drawPicture(QPainter& painter, const QRectF& frame, const FolderEntry& entry, bool found) const {
        const double ratio = painter.device()->devicePixelRatioF();
        const Unpacked& shown = unpacked(entry);
        const QSizeF size = QSizeF(shown.picture.size()).scaled(frame.size(), Qt::KeepAspectRatio);
        const QRectF target(frame.center().x() - size.width() / 2, frame.center().y() - size.height() / 2, size.width(),
                            size.height());
        painter.drawImage(target, shown.picture);
        if (found && shown.heat) {
            ViewTransform view;
            view.scale = target.width() * ratio / shown.heat->full->width;
            QImage over =
                renderOverlay(*shown.heat, view, QRect(QPoint(0, 0), (target.size() * ratio).toSize()), appearance);
            over.setDevicePixelRatio(ratio);
            painter.drawImage(target.topLeft(), over);
        }
    }
    void drawPresence(QPainter& painter, const QRectF& area, double presence, bool found) const {
        const Colours& c = Theme::colours();
        const QString text = QLocale().toString(presence * 100, 'f', 0) + QStringLiteral(" %");
        constexpr double kNumber = 44;
        const QRectF track(area.x(), area.center().y() - 2, area.width() - kNumber, 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.border);
        painter.drawRoundedRect(track, 2, 2);
        painter.setBrush(found ? toQColor(output::colourOf(appearance, 0)) : c.muted);
        painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * std::clamp(presence, 0.0, 1.0), 4)), 2,
                                2);
        painter.setPen(found ? c.text : c.muted);
        painter.drawText(QRectF(track.right(), area.y(), kNumber, area.height()), Qt::AlignRight | Qt::AlignVCenter,
                         text);
    }
    FolderSearch& search_;
    QSortFilterProxyModel& sorted_;
    mutable QCache<QString, Unpacked> unpacked_{kUnpacked};
};

FolderView::FolderView(FolderSearch& search, FolderMasks& masks, QWidget* parent)
    : QWidget(parent),
      search_(search),
      masks_(masks),
      model_(new FolderModel(search, masks, this)),
      sorted_(new QSortFilterProxyModel(this)),
      delegate_(new FolderDelegate(search, *sorted_, this)),
      list_(new QListView),
      back_(new QToolButton),
      title_(new ElidedLabel),
      text_(new ElidedLabel),
      bar_(new QProgressBar),
      save_(new QPushButton),
      details_(new QPushButton),
      pause_(new QPushButton),
      action_(new QPushButton) {
    list_->setObjectName("folderList");
    action_->setObjectName("folderAction");
    save_->setObjectName("folderSave");
    details_->setObjectName("folderDetails");
    pause_->setObjectName("folderPause");
    save_->setIcon(icon("save"));
    sorted_->setSourceModel(model_);
    sorted_->setSortRole(kOrder);
    sorted_->setDynamicSortFilter(true);
    sorted_->sort(0, Qt::DescendingOrder);
    buildList();
    layOut();
    connectParts();
    retranslate();
}

void FolderView::buildList() {
    list_->setModel(sorted_);
    list_->setViewMode(QListView::IconMode);
    list_->setMovement(QListView::Static);
    list_->setResizeMode(QListView::Adjust);
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->viewport()->setAutoFillBackground(false);
    list_->setItemDelegate(delegate_);
    QPalette clear = list_->palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    list_->setPalette(clear);
}

void FolderView::layOut() {
    back_->setObjectName("flat");
    back_->setIcon(icon("undo"));
    title_->setObjectName("title");
    text_->setObjectName("muted");
    bar_->setTextVisible(false);
    auto* top = new QHBoxLayout;
    top->setSpacing(10);
    top->addWidget(back_);
    top->addWidget(title_);
    top->addWidget(text_, 1);
    for (QPushButton* button : {save_, details_, pause_, action_}) {
        top->addWidget(button);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 6, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(bar_);
    column->addWidget(list_, 1);
}

void FolderView::connectParts() {
    connect(list_, &QListView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT pictureWanted(index.data(kPath).toString()); });
    connect(list_, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT pictureWanted(index.data(kPath).toString()); });
    connect(back_, &QToolButton::clicked, this, &FolderView::closed);
    connect(action_, &QPushButton::clicked, this, [this] {
        if (masks_.running()) {
            masks_.cancel();
        } else if (search_.running()) {
            search_.cancel();
        } else {
            Q_EMIT againWanted();
        }
    });
    connect(save_, &QPushButton::clicked, this, &FolderView::saveWanted);
    connect(details_, &QPushButton::clicked, this, &FolderView::detailsWanted);
    connect(pause_, &QPushButton::clicked, this, [this] { masks_.pause(!masks_.paused()); });
    connect(&masks_, &FolderMasks::changed, this, &FolderView::follow);
    connect(&masks_, &FolderMasks::ended, this, &FolderView::follow);
    connect(&search_, &FolderSearch::started, this, &FolderView::follow);
    connect(&search_, &FolderSearch::listed, this, &FolderView::follow);
    connect(&search_, &FolderSearch::changed, this, &FolderView::follow);
    connect(&search_, &FolderSearch::ended, this, &FolderView::follow);
    // What waits says so no longer.
    connect(&search_, &FolderSearch::ended, list_->viewport(), qOverload<>(&QWidget::update));
}

void FolderView::setOverlay(const output::Appearance& appearance) {
    delegate_->appearance = appearance;
    list_->viewport()->update();
    follow();
}

void FolderView::setWanted(const QString& text) {
    wanted_ = text;
    follow();
}

QStringList FolderView::names() const {
    QStringList names;
    for (int row = 0; row < sorted_->rowCount(); ++row) {
        names << sorted_->index(row, 0).data().toString();
    }
    return names;
}

void FolderView::follow() {
    const auto& entries = search_.entries();
    const double threshold = delegate_->appearance.threshold;
    const auto found =
        std::count_if(entries.begin(), entries.end(), [&](const FolderEntry& e) { return e.presence > threshold; });
    const auto failed = std::count_if(entries.begin(), entries.end(),
                                      [](const FolderEntry& e) { return e.state == FolderEntry::State::failed; });
    title_->setWhole(wanted_.isEmpty() ? QDir(search_.folder()).dirName()
                                       : tr("“%1” in %2").arg(wanted_, QDir(search_.folder()).dirName()));
    const bool asked = !search_.search().empty();
    QString text = search_.listing() ? tr("Looking for pictures…")
                   : entries.empty() ? tr("No pictures in this folder")
                   : !asked
                       ? tr("Pictures: %n. Type what to find in them.", nullptr, int(entries.size() - failed))
                       : tr("%1 of %2 searched, %3 with a find").arg(search_.finished()).arg(entries.size()).arg(found);
    if (failed > 0) {
        text +=
            (asked ? QStringLiteral(", ") : QStringLiteral(" · ")) + tr("%n could not be read", nullptr, int(failed));
    }
    const bool saving = masks_.running(), busy = saving || search_.running();
    if (saving) {
        text = masks_.progressText();
    }
    if (const double left = saving ? masks_.secondsLeft() : search_.secondsLeft(); busy && left >= 0) {
        text += QStringLiteral(" · ") + tr("%1 left").arg(secondsText(left));
    }
    text_->setWhole(text);
    bar_->setVisible(busy);
    bar_->setRange(0, std::max(int(saving ? masks_.lines().size() : entries.size()), 1));
    bar_->setValue(saving ? masks_.finished() : search_.finished());
    details_->setVisible(!masks_.lines().empty());
    pause_->setVisible(saving);
    pause_->setEnabled(!masks_.stopping());
    pause_->setText(masks_.paused() ? tr("Go on") : tr("Pause"));
    action_->setText(busy ? tr("Stop") : tr("Search again"));
    action_->setVisible(asked || busy);
    action_->setEnabled(saving ? !masks_.stopping() : busy || !entries.empty());
    save_->setEnabled(search_.complete() && !saving);
}

QWidget& FolderView::saveButton() const { return *save_; }

void FolderView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void FolderView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colours().canvas);
}

void FolderView::retranslate() {
    back_->setToolTip(tr("Back to the picture"));
    back_->setAccessibleName(tr("Back to the picture"));
    save_->setText(tr("Save masks…"));
    save_->setToolTip(tr("Save the masks of all these pictures into a folder"));
    details_->setText(tr("Details…"));
    details_->setToolTip(tr("What was saved, and what went wrong with which picture"));
    pause_->setToolTip(tr("The picture in hand is finished first"));
    list_->setAccessibleName(tr("Pictures of the folder, best first"));
    follow();
}

}  // namespace maskwright::ui
