#include "ui/panels/support_card.h"

#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/support_library.h"
#include "ui/model/support_thumbnail.h"
#include "ui/widgets/accessible_role.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {
namespace {
constexpr int kPicture = 56;
constexpr int kThumbnailSize = 112;  // a multiple of 16, as engineered pictures are
}  // namespace

SupportCard::SupportCard(const QString& id, Document& document, Marks& marks, SupportLibrary& library, QWidget* parent)
    : QFrame(parent),
      id_(id),
      document_(document),
      marks_(marks),
      library_(library),
      picture_(new QLabel),
      name_(new LineEdit),
      enabled_(new QToolButton),
      negative_(new QToolButton),
      keep_(new QToolButton),
      remove_(new QToolButton),
      weight_(new ValueSlider(
          0.05, 2, 0.05, [this](double) { return QLocale().toString(share() * 100, 'f', 0) + QStringLiteral(" %"); })) {
    setFocusPolicy(Qt::TabFocus);
    picture_->setFixedSize(kPicture, kPicture);
    picture_->setScaledContents(true);
    picture_->setAttribute(Qt::WA_TransparentForMouseEvents);
    weight_->setDefault(1);
    setAccessibleRole(*this, QAccessible::ListItem);
    layOut();
    connectParts();
    retranslate();
}

void SupportCard::layOut() {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(1);
    const std::pair<QToolButton*, const char*> icons[] = {
        {enabled_, "eye"}, {negative_, "minus"}, {keep_, "star"}, {remove_, "trash"}};
    for (const auto& [button, name] : icons) {
        button->setObjectName("flat");
        button->setIcon(icon(name));
        button->setIconSize({15, 15});
        buttons->addWidget(button);
    }
    buttons->insertStretch(3, 1);
    enabled_->setCheckable(true);
    negative_->setCheckable(true);
    keep_->setCheckable(true);
    auto* right = new QVBoxLayout;
    right->setSpacing(3);
    right->addWidget(name_);
    right->addLayout(buttons);
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(picture_);
    top->addLayout(right, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(weight_);
}

void SupportCard::connectParts() {
    connect(name_, &QLineEdit::textEdited, this, [this](const QString& name) {
        marks_.change(id_, tr("name"), "name", [&](Support& s) { s.name = name; });
    });
    connect(name_, &QLineEdit::editingFinished, this, [this] { document_.endMerge(); });
    connect(enabled_, &QToolButton::clicked, this,
            [this](bool on) { marks_.change(id_, tr("example on or off"), {}, [on](Support& s) { s.enabled = on; }); });
    connect(negative_, &QToolButton::clicked, this,
            [this](bool on) { marks_.change(id_, tr("this or not this"), {}, [on](Support& s) { s.negative = on; }); });
    connect(keep_, &QToolButton::clicked, this, [this](bool on) {
        if (const Support* s = support()) {
            on ? library_.keep(*s) : library_.forget(library_.find(*s));
        }
    });
    connect(&library_, &SupportLibrary::changed, this, [this] {
        const Support* s = support();
        keep_->setChecked(s != nullptr && !library_.find(*s).isEmpty());
    });
    connect(remove_, &QToolButton::clicked, this, [this] { marks_.remove(id_); });
    connect(weight_, &ValueSlider::moved, this, [this](double w) {
        marks_.setActive(id_);
        marks_.change(id_, tr("weight"), "weight", [w](Support& s) { s.weight = w; });
    });
    connect(weight_, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(weight_, &ValueSlider::reset, this,
            [this] { marks_.change(id_, tr("weight"), {}, [](Support& s) { s.weight = 1; }); });
}

const Support* SupportCard::support() const {
    const auto& all = document_.search().supports;
    const auto found = std::find_if(all.begin(), all.end(), [this](const Support& s) { return s.id == id_; });
    return found == all.end() ? nullptr : &*found;
}

double SupportCard::share() const {
    const Support* mine = support();
    if (mine == nullptr || !mine->enabled) {
        return 0;
    }
    double sum = 0;
    for (const Support& s : document_.search().supports) {
        sum += s.enabled && s.negative == mine->negative ? s.weight : 0;
    }
    return sum > 0 ? mine->weight / sum : 0;
}

void SupportCard::follow() {
    const Support* s = support();
    if (s == nullptr) {
        return;
    }
    if (!s->image) {
        shownRegion_.reset();
        picture_->setText(s->missing ? tr("Missing") : QStringLiteral("…"));
    } else if (s->region != shownRegion_) {
        shownRegion_ = s->region;
        picture_->setPixmap(QPixmap::fromImage(supportThumbnail(*s->image, *s->region->mask(), kThumbnailSize)));
    }
    setToolTip(s->missing ? tr("%1 is not there, or cannot be read: this example asks nothing.")
                                .arg(QString::fromStdString(s->file.path))
                          : QString());
    keep_->setEnabled(s->image != nullptr);
    if (name_->text() != s->name) {
        name_->setText(s->name);
    }
    setAccessibleName(s->name);
    enabled_->setChecked(s->enabled);
    negative_->setChecked(s->negative);
    keep_->setChecked(!library_.find(*s).isEmpty());
    weight_->setValue(s->weight);
    const auto& all = document_.search().supports;
    weight_->setVisible(std::count_if(all.begin(), all.end(),
                                      [s](const Support& x) { return x.enabled && x.negative == s->negative; }) > 1 &&
                        s->enabled);
    picture_->setEnabled(s->enabled);
    update();
}

void SupportCard::setActive(bool active) {
    active_ = active;
    update();
}

void SupportCard::setColour(const QColor& colour) {
    colour_ = colour;
    update();
}

void SupportCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

void SupportCard::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        marks_.setActive(active_ ? QString() : id_);
    }
}

void SupportCard::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            marks_.setActive(active_ ? QString() : id_);
            break;
        case Qt::Key_Delete:
            marks_.remove(id_);
            break;
        default:
            QFrame::keyPressEvent(event);
    }
}

void SupportCard::focusInEvent(QFocusEvent* event) {
    QFrame::focusInEvent(event);
    update();
}

void SupportCard::focusOutEvent(QFocusEvent* event) {
    QFrame::focusOutEvent(event);
    update();
}

void SupportCard::paintEvent(QPaintEvent*) {
    const Colours& c = Theme::colours();
    const Support* s = support();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(s != nullptr && s->negative ? c.errorBack : c.surface);
    painter.setPen(QPen(active_ ? c.accent : c.border, active_ ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 9, 9);
    if (colour_.isValid()) {
        painter.setPen(QPen(c.border, 1));
        painter.setBrush(colour_);
        painter.drawEllipse(QPointF(picture_->x() + 2, picture_->y() + 2), 5, 5);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(c.text, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(3.5, 3.5, -3.5, -3.5), 7, 7);
    }
}

void SupportCard::retranslate() {
    name_->setAccessibleName(tr("Name"));
    enabled_->setToolTip(tr("Use this example"));
    negative_->setToolTip(tr("Leave out what is like this"));
    keep_->setToolTip(tr("Keep for other pictures and other days"));
    remove_->setToolTip(tr("Remove"));
    for (QToolButton* button : {enabled_, negative_, keep_, remove_}) {
        button->setAccessibleName(button->toolTip());
    }
    weight_->setTitle(tr("Weight"), tr("Its share among the examples. Double-click for an equal share."));
}

}  // namespace maskwright::ui
