#include "ui/panels/supports_panel.h"

#include <QAbstractButton>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/support_library.h"
#include "ui/panels/support_card.h"
#include "ui/widgets/capped_list.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {
namespace {

// Pixels of examples: two and a bit of the third, which says that there is more. All the sidebar's panels keep in
// sight.
constexpr int kHighest = 200;

}  // namespace

// One of the five masks between phrase and example; a click goes there.
class StripPicture : public QAbstractButton {
  public:
    StripPicture() {
        setCursor(Qt::PointingHandCursor);
        setFixedHeight(44);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    void setPicture(const QImage& picture) {
        picture_ = picture;
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const Colours& c = Theme::colours();
        painter.fillRect(rect(), c.surface);
        if (!picture_.isNull()) {
            const QSize fitted = picture_.size().scaled(size(), Qt::KeepAspectRatioByExpanding);
            painter.drawImage(QRect((width() - fitted.width()) / 2, (height() - fitted.height()) / 2, fitted.width(),
                                    fitted.height()),
                              picture_);
        }
        painter.setPen(QPen(isChecked() || underMouse() ? c.accent : c.border, isChecked() ? 2 : 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
        if (hasFocus()) {
            painter.setPen(QPen(c.text, 2));
            painter.drawRect(rect().adjusted(3, 3, -4, -4));
        }
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

  private:
    QImage picture_;
};

SupportsPanel::SupportsPanel(Document& document, Marks& marks, SupportLibrary& library, QWidget* parent)
    : QWidget(parent),
      document_(document),
      marks_(marks),
      library_(library),
      section_(new Section),
      intro_(new QLabel),
      list_(new CappedList(kHighest)),
      cards_(list_->rows()),
      import_(new QToolButton),
      kept_(new QToolButton),
      mix_(new ValueSlider(0, 1, 0.01,
                           [](double a) {
                               const QLocale locale;
                               return tr("%1 % example").arg(locale.toString(a * 100, 'f', 0));
                           })),
      strip_(new QWidget),
      leaveOut_(new Section),
      negative_(new LineEdit),
      compete_(new Segments(2)),
      negativeWeight_(new ValueSlider(0, 2, 0.05, [](double w) { return QLocale().toString(w, 'f', 2); })) {
    mix_->setObjectName("mix");
    negative_->setObjectName("negative");
    intro_->setObjectName("muted");
    intro_->setWordWrap(true);
    cards_->setSpacing(6);
    for (auto* button : {import_, kept_}) {
        button->setObjectName("flat");
        button->setIconSize({17, 17});
        section_->addCorner(button);
    }
    import_->setIcon(icon("import"));
    kept_->setIcon(icon("star"));
    kept_->setPopupMode(QToolButton::InstantPopup);
    kept_->setMenu(new QMenu(kept_));
    negativeWeight_->setDefault(1);
    mix_->setDefault(Search{}.mix);
    buildStrip();
    layOut();
    connectExamples();
    connectLeaveOut();
    connect(&document_, &Document::searchChanged, this, &SupportsPanel::rebuild);
    connect(&marks_, &Marks::activeChanged, this, &SupportsPanel::follow);
    retranslate();
    rebuild();
}

void SupportsPanel::buildStrip() {
    auto* row = new QHBoxLayout(strip_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (std::size_t i = 0; i < stripPictures_.size(); ++i) {
        auto* picture = new StripPicture;
        picture->setCheckable(true);
        stripPictures_[i] = picture;
        row->addWidget(picture);
        connect(picture, &QAbstractButton::clicked, this, [this, i] {
            document_.edit(tr("mixture"), {}, [i](Search& s) { s.mix = double(i) / 4; });
            follow();
        });
    }
}

void SupportsPanel::layOut() {
    section_->body()->addWidget(intro_);
    section_->body()->addWidget(list_);
    section_->body()->addWidget(mix_);
    section_->body()->addWidget(strip_);
    leaveOut_->body()->addWidget(negative_);
    leaveOut_->body()->addWidget(compete_);
    leaveOut_->body()->addWidget(negativeWeight_);
    leaveOut_->setOpen(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(section_);
    column->addWidget(leaveOut_);
}

void SupportsPanel::connectExamples() {
    connect(import_, &QToolButton::clicked, this, &SupportsPanel::importWanted);
    connect(kept_->menu(), &QMenu::aboutToShow, this, &SupportsPanel::fillKept);
    connect(mix_, &ValueSlider::moved, this,
            [this](double a) { document_.edit(tr("mixture"), "mix", [a](Search& s) { s.mix = a; }); });
    connect(mix_, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(mix_, &ValueSlider::reset, this,
            [this] { document_.edit(tr("mixture"), {}, [](Search& s) { s.mix = Search{}.mix; }); });
}

void SupportsPanel::connectLeaveOut() {
    connect(negative_, &QLineEdit::textEdited, this, [this](const QString& text) {
        document_.edit(tr("left out"), "negative", [&](Search& s) { s.negativePhrase = text; });
    });
    connect(negative_, &QLineEdit::editingFinished, this, [this] { document_.endMerge(); });
    connect(compete_, &Segments::chosen, this,
            [this](int i) { document_.edit(tr("way of leaving out"), {}, [i](Search& s) { s.compete = i == 1; }); });
    connect(negativeWeight_, &ValueSlider::moved, this, [this](double w) {
        document_.edit(tr("weight of what is left out"), "negativeWeight", [w](Search& s) { s.negativeWeight = w; });
    });
    connect(negativeWeight_, &ValueSlider::settled, this, [this] { document_.endMerge(); });
    connect(negativeWeight_, &ValueSlider::reset, this,
            [this] { document_.edit(tr("weight of what is left out"), {}, [](Search& s) { s.negativeWeight = 1; }); });
}

void SupportsPanel::fillKept() {
    QMenu* menu = kept_->menu();
    menu->clear();
    for (const auto& entry : library_.entries()) {
        QAction* action = menu->addAction(QIcon(entry.thumbnail), entry.name);
        connect(action, &QAction::triggered, this, [this, id = entry.id] { library_.load(id); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("Nothing kept yet: use the star on an example"))->setEnabled(false);
    }
}

void SupportsPanel::setStrip(const std::array<QImage, 5>& pictures) {
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        stripPictures_[i]->setPicture(pictures[i]);
    }
}

void SupportsPanel::rebuild() {
    const auto& supports = document_.search().supports;
    for (auto it = byId_.begin(); it != byId_.end();) {
        const bool there =
            std::any_of(supports.begin(), supports.end(), [&](const Support& s) { return s.id == it->first; });
        if (!there) {
            it->second->deleteLater();
            it->second->hide();
            it = byId_.erase(it);
        } else {
            ++it;
        }
    }
    int place = 0;
    for (const Support& support : supports) {
        SupportCard*& card = byId_[support.id];
        if (card == nullptr) {
            card = new SupportCard(support.id, document_, marks_, library_);
        }
        cards_->insertWidget(place++, card);
        card->follow();
    }
    follow();
}

void SupportsPanel::setMarkColours(const std::map<QString, QColor>& colours) {
    for (auto& [id, card] : byId_) {
        const auto colour = colours.find(id);
        card->setColour(colour == colours.end() ? QColor() : colour->second);
    }
}

void SupportsPanel::follow() {
    const Search& search = document_.search();
    const bool positive = std::any_of(search.supports.begin(), search.supports.end(),
                                      [](const Support& s) { return s.enabled && !s.negative; });
    const bool both = positive && !search.phrase.trimmed().isEmpty();
    intro_->setVisible(search.supports.empty());
    list_->setVisible(!search.supports.empty());
    mix_->setVisible(both);
    strip_->setVisible(both);
    mix_->setValue(search.mix);
    for (std::size_t i = 0; i < stripPictures_.size(); ++i) {
        stripPictures_[i]->setChecked(std::abs(search.mix - double(i) / 4) < 0.005);
    }
    if (negative_->text() != search.negativePhrase) {
        negative_->setText(search.negativePhrase);
    }
    const bool negative = search.leavesOut();
    negativeWeight_->setVisible(negative);
    compete_->setVisible(negative);
    compete_->setCurrent(search.compete ? 1 : 0);
    negativeWeight_->setValue(search.negativeWeight);
    for (auto& [id, card] : byId_) {
        card->setActive(id == marks_.active());
        if (id == marks_.active()) {
            list_->ensureWidgetVisible(card, 0, 0);
        }
    }
}

void SupportsPanel::editLeftOut() {
    leaveOut_->setOpen(true);
    for (QWidget* above = parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (auto* scroll = qobject_cast<QScrollArea*>(above)) {
            scroll->ensureWidgetVisible(negative_);
        }
    }
    negative_->setFocus();
    negative_->selectAll();
}

void SupportsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void SupportsPanel::retranslate() {
    section_->setTitle(tr("Examples"));
    intro_->setText(tr(
        "Mark an object with one of the tools on the left, and things like it are found, here and in other pictures."));
    import_->setToolTip(tr("Import a mask with its picture"));
    kept_->setToolTip(tr("Examples you have kept"));
    for (QToolButton* button : {import_, kept_}) {
        button->setAccessibleName(button->toolTip());
    }
    mix_->setTitle(tr("Phrase or example"), tr("How much the example counts against the phrase: x = a · example + (1 - "
                                               "a) · phrase.\nWords usually find more; "
                                               "examples find particular things."));
    for (std::size_t i = 0; i < stripPictures_.size(); ++i) {
        const QString text = tr("%1 % example").arg(int(i) * 25);
        stripPictures_[i]->setToolTip(text);
        stripPictures_[i]->setAccessibleName(text);
    }
    leaveOut_->setTitle(tr("Leave out"));
    negative_->setPlaceholderText(tr("Not this, for example: dog"));
    negative_->setAccessibleName(tr("What to leave out"));
    compete_->setTexts({tr("Subtract"), tr("Compete")},
                       {tr("The probability of what is left out is taken away from what is found: unsure pixels "
                           "go too"),
                        tr("A pixel stays where it is more probably what you look for than what is left out, and loses "
                           "nothing then")});
    compete_->setAccessibleName(tr("How it is left out"));
    negativeWeight_->setTitle(tr("Strength"), tr("How strongly what is left out is taken away from what is found."));
}

}  // namespace maskwright::ui
