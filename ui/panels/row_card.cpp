#include "ui/panels/row_card.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <utility>

#include "ui/model/error_text.h"
#include "ui/model/overlay_state.h"
#include "ui/panels/left_out_chip.h"
#include "ui/widgets/accessible_role.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {
constexpr int kDot = 12, kLeft = 30;  // pixels: the colour's size, and where the name begins
constexpr int kNameLength = 1000;     // as a phrase's
constexpr int kChip = 70;             // pixels of text: the name is the row's first
}  // namespace

RowCard::RowCard(const QString& id, Document& document, const RowFindings& findings, QWidget* parent)
    : QFrame(parent),
      id_(id),
      document_(document),
      findings_(findings),
      name_(new ElidedLabel),
      presence_(new QLabel),
      without_(new LeftOutChip(kChip)),
      edit_(new LineEdit),
      eye_(new QToolButton),
      remove_(new QToolButton) {
    setObjectName("row");
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(*this, QAccessible::ListItem);
    layOut();
    connectParts();
    retranslate();
}

void RowCard::layOut() {
    without_->setObjectName("leftOut");
    without_->setProperty("within", true);
    presence_->setObjectName("muted");
    edit_->hide();
    edit_->setMaxLength(kNameLength);
    name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kLeft, 2, 4, 2);
    row->setSpacing(4);
    row->addWidget(name_, 1);
    row->addWidget(edit_, 1);
    row->addWidget(without_);
    row->addWidget(presence_);
    const std::pair<QToolButton*, const char*> buttons[] = {{eye_, "eye"}, {remove_, "trash"}};
    for (const auto& [button, name] : buttons) {
        button->setObjectName("flat");
        button->setIcon(icon(name));
        button->setIconSize({15, 15});
        row->addWidget(button);
    }
    eye_->setCheckable(true);
}

void RowCard::connectParts() {
    connect(eye_, &QToolButton::clicked, this, [this](bool on) {
        document_.editRow(id_, tr("row shown or hidden"), {}, [on](Row& row) { row.visible = on; });
    });
    connect(remove_, &QToolButton::clicked, this, [this] { document_.removeRow(id_); });
    connect(without_, &LeftOutChip::editWanted, this, [this] {
        document_.selectRow(id_);
        Q_EMIT leftOutWanted();
    });
    connect(without_, &LeftOutChip::removeWanted, this, [this] {
        setFocus();  // the chip goes
        document_.editRow(id_, tr("left out"), {}, [](Row& row) { row.search.leaveNothingOut(); });
    });
    connect(edit_, &QLineEdit::editingFinished, this, [this] { endRename(true); });
    connect(edit_, &QLineEdit::inputRejected, this, [this] { Q_EMIT nameCut(edit_->maxLength()); });
    edit_->installEventFilter(this);
}

void RowCard::follow() {
    const Row* row = document_.row(id_);
    if (row == nullptr) {
        return;
    }
    name_->setWhole(row->title());
    setAccessibleName(row->title());
    without_->setVisible(without_->follow(row->search) && edit_->isHidden());
    showPresence(*row);
    eye_->setChecked(row->visible);
    name_->setEnabled(row->visible);
    update();
}

void RowCard::showPresence(const Row& row) {
    const RowFinding* finding = findings_.of(id_);
    const double threshold = document_.thresholdOf(row);
    if (row.object) {
        presence_->setText(tr("object"));
        presence_->setToolTip(tr("Taken out of a mask; no model is asked for it"));
    } else if (finding == nullptr || !sameQuestion(finding->asked, row.search)) {
        presence_->setText(document_.hasPicture() && row.visible ? QStringLiteral("…") : QString());
        presence_->setToolTip({});
    } else if (finding->error) {
        presence_->setText(QStringLiteral("!"));
        presence_->setToolTip(errorLine(*finding->error));
    } else if (finding->presence <= threshold) {
        presence_->setText(tr("none"));
        presence_->setToolTip(tr("Nothing of it is in this picture"));
    } else {
        presence_->setText(QLocale().toString(finding->presence * 100, 'f', 0) + QStringLiteral(" %"));
        presence_->setToolTip(tr("Best match"));
    }
    if (!row.correction.empty()) {
        const QString text = presence_->text();
        presence_->setText(text.isEmpty() ? tr("corrected") : tr("%1, corrected").arg(text));
        presence_->setToolTip(
            tr("Corrected by hand. The correction stays for another threshold and another phrase; “Correct” below can "
               "remove it."));
    }
}

void RowCard::rename() {
    const Row* row = document_.row(id_);
    if (row != nullptr) {
        edit_->setMaxLength(std::max(kNameLength, int(row->title().size())));  // an imported one may be longer
        edit_->setText(row->title());
        name_->hide();
        for (QWidget* beside : std::initializer_list<QWidget*>{without_, presence_, eye_, remove_}) {
            beside->hide();  // the name has the whole line
        }
        edit_->show();
        edit_->setFocus();
        edit_->selectAll();
    }
}

void RowCard::endRename(bool take) {
    if (!edit_->isVisible()) {
        return;
    }
    const QString name = edit_->text().trimmed();
    edit_->hide();
    for (QWidget* part : std::initializer_list<QWidget*>{name_, presence_, eye_, remove_}) {
        part->show();
    }
    setFocus();
    follow();
    if (take) {
        document_.editRow(id_, tr("name"), {},
                          [&](Row& row) { row.name = name.toStdString() == row.search.label() ? QString() : name; });
    }
}

bool RowCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == edit_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        endRename(false);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void RowCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        follow();
    }
    QFrame::changeEvent(event);
}

void RowCard::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        pressed_ = event->position().toPoint();
    }
}

void RowCard::mouseMoveEvent(QMouseEvent* event) {
    if (pressed_ && (event->position().toPoint() - *pressed_).manhattanLength() >= QApplication::startDragDistance()) {
        pressed_.reset();
        Q_EMIT dragWanted(id_);
    }
}

void RowCard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && std::exchange(pressed_, {})) {
        document_.selectRow(document_.currentRow() == id_ ? QString() : id_);
    }
}

void RowCard::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        document_.selectRow(id_);
        rename();
    }
}

void RowCard::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            document_.selectRow(document_.currentRow() == id_ ? QString() : id_);
            break;
        case Qt::Key_F2:
            rename();
            break;
        case Qt::Key_Delete:
            document_.removeRow(id_);
            break;
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (alt) {
                document_.moveRow(id_, event->key() == Qt::Key_Up ? -1 : 1);
            } else {
                event->key() == Qt::Key_Up ? focusPreviousChild() : focusNextChild();
            }
            break;
        default:
            QFrame::keyPressEvent(event);
    }
}

void RowCard::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Rename"), this, &RowCard::rename)->setShortcut(Qt::Key_F2);
    menu->addAction(tr("Show only this"), this, [this] { document_.soloRow(id_); });
    menu->addAction(tr("Up"), this, [this] { document_.moveRow(id_, -1); });
    menu->addAction(tr("Down"), this, [this] { document_.moveRow(id_, 1); });
    menu->addSeparator();
    addCompeting(*menu);
    menu->addSeparator();
    menu->addAction(tr("Remove"), this, [this] { document_.removeRow(id_); })->setShortcut(Qt::Key_Delete);
    menu->popup(event->globalPos());
}

void RowCard::addCompeting(QMenu& menu) {
    const Row* row = document_.row(id_);
    if (row == nullptr) {
        return;
    }
    menu.setToolTipsVisible(true);
    QAction* leftOut = menu.addAction(tr("Compete with what is left out"), this, [this](bool on) {
        document_.editRow(id_, tr("way of leaving out"), {}, [on](Row& edited) { edited.search.compete = on; });
    });
    leftOut->setCheckable(true);
    leftOut->setChecked(row->search.compete);
    leftOut->setEnabled(row->search.leavesOut());
    leftOut->setToolTip(
        leftOut->isEnabled()
            ? tr("A pixel stays where it is more probably the row's than what is left out; off: what is "
                 "left out is subtracted")
            : tr("This row leaves nothing out; “Leave out” in the side panel says what is not meant"));
    QAction* rows = menu.addAction(competeName(), &document_, &Document::setRowsCompete);
    rows->setCheckable(true);
    rows->setChecked(document_.rowsCompete());
    rows->setToolTip(competeTip());
}

QString RowCard::competeName() { return tr("No pixel in two rows"); }

QString RowCard::competeTip() {
    return tr(
        "Where several rows find the same pixel, only the surest of them has it; of equally sure ones the upper "
        "one. Saved and exported masks are the same. Hidden rows take nothing, and what you correct by hand stays.");
}

void RowCard::focusInEvent(QFocusEvent* event) {
    QFrame::focusInEvent(event);
    update();
}

void RowCard::focusOutEvent(QFocusEvent* event) {
    QFrame::focusOutEvent(event);
    update();
}

void RowCard::paintEvent(QPaintEvent*) {
    const Row* row = document_.row(id_);
    if (row == nullptr) {
        return;
    }
    const Colours& c = Theme::colours();
    const bool current = document_.currentRow() == id_;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(current ? c.raised : c.surface);
    painter.setPen(QPen(current || hasFocus() ? c.accent : c.border, current || hasFocus() ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
    if (hasFocus() && current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(c.text, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(3.5, 3.5, -3.5, -3.5), 5, 5);
    }
    QColor colour = toQColor(row->colour);
    painter.setPen(QPen(colour, 2));
    painter.setBrush(row->visible ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF((kLeft - kDot) / 2.0, (height() - kDot) / 2.0, kDot, kDot));
}

void RowCard::retranslate() {
    eye_->setToolTip(tr("Show this row"));
    remove_->setToolTip(tr("Remove this row"));
    edit_->setAccessibleName(tr("Name"));
    for (QToolButton* button : {eye_, remove_}) {
        button->setAccessibleName(button->toolTip());
    }
    setToolTip(tr(
        "Click to change it, double-click to rename it, Alt and an arrow key to move it; drag it out to have its mask "
        "as a file"));
}

}  // namespace maskwright::ui
