#include "ui/panels/candidates_panel.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/model/error_text.h"
#include "ui/panels/candidate_rows.h"
#include "ui/panels/candidate_source.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/section.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {
namespace {

constexpr int kListHeight = 262;  // pixels: five rows and a part of the sixth, which says that there are more

QString share(double value) { return QLocale().toString(value * 100, 'f', 0) + QStringLiteral(" %"); }
QString score(double value) { return QLocale().toString(value, 'f', 1); }

}  // namespace

CandidatesPanel::CandidatesPanel(Document& document, Candidates& candidates, QWidget* parent)
    : QWidget(parent),
      document_(document),
      candidates_(candidates),
      section_(new Section),
      source_(new CandidateSource(candidates)),
      thingTitle_(new QLabel),
      thing_(new LineEdit),
      prior_(new QCheckBox),
      read_(new QLabel),
      said_(new QLabel),
      list_(new QListWidget),
      reasons_(new QLabel),
      parts_(new QWidget),
      example_(new QPushButton),
      row_(new QPushButton),
      sideBySide_(new QPushButton),
      weights_(new Section),
      v_(new ValueSlider(0, 1, 0.01, share)),
      r_(new ValueSlider(0, 1, 0.01, share)),
      k_(new ValueSlider(1, 12, 1, [](double k) { return QLocale().toString(k, 'f', 0); })) {
    thing_->setObjectName("thing");
    constexpr int kThingLength = 200;
    thing_->setMaxLength(kThingLength);
    connect(thing_, &QLineEdit::inputRejected, this, [this] { Q_EMIT thingCut(thing_->maxLength()); });
    read_->setObjectName("muted");
    read_->setWordWrap(true);
    said_->setObjectName("muted");
    said_->setWordWrap(true);
    reasons_->setObjectName("muted");
    reasons_->setWordWrap(true);
    list_->setObjectName("candidates");
    list_->setItemDelegate(new CandidateRows(list_));
    list_->setMouseTracking(true);
    list_->setFixedHeight(kListHeight);
    list_->setFrameShape(QFrame::NoFrame);
    list_->viewport()->setAutoFillBackground(false);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->viewport()->installEventFilter(this);
    v_->setObjectName("v");
    r_->setObjectName("r");
    k_->setObjectName("k");
    v_->setDefault(referring::Mixture{}.v);
    r_->setDefault(referring::Mixture{}.r);
    k_->setDefault(Candidates::Options{}.blocks);
    layOut();
    connectParts();
    retranslate();
    fillRows();
    followOptions();
}

void CandidatesPanel::layOut() {
    auto* thing = new QHBoxLayout;
    thing->addWidget(thingTitle_);
    thing->addWidget(thing_, 1);
    auto* prior = new QVBoxLayout;
    prior->setSpacing(0);
    prior->addWidget(prior_);
    prior->addWidget(read_);

    auto* grid = new QGridLayout(parts_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    for (int i = 0; i < 2; ++i) {
        grid->addWidget(partColumns_[std::size_t(i)] = new QLabel, 0, 1 + i, Qt::AlignRight);
        grid->addWidget(partRows_[std::size_t(i)] = new QLabel, 1 + i, 0);
        partColumns_[std::size_t(i)]->setObjectName("muted");
        partRows_[std::size_t(i)]->setObjectName("muted");
    }
    for (int i = 0; i < 4; ++i) {
        grid->addWidget(partValues_[std::size_t(i)] = new QLabel, 1 + i / 2, 1 + i % 2, Qt::AlignRight);
    }
    auto* buttons = new QGridLayout;
    buttons->setSpacing(6);
    buttons->addWidget(row_, 0, 0);
    buttons->addWidget(example_, 0, 1);
    buttons->addWidget(sideBySide_, 1, 0, 1, 2);

    weights_->body()->addWidget(v_);
    weights_->body()->addWidget(r_);
    weights_->body()->addWidget(k_);
    weights_->setOpen(false);

    section_->body()->setSpacing(8);
    section_->body()->addWidget(source_);
    section_->body()->addLayout(thing);
    section_->body()->addLayout(prior);
    section_->body()->addWidget(said_);
    section_->body()->addWidget(list_);
    section_->body()->addWidget(reasons_);
    section_->body()->addWidget(parts_);
    section_->body()->addLayout(buttons);
    section_->body()->addWidget(weights_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(section_);
}

void CandidatesPanel::connectParts() {
    connect(&candidates_, &Candidates::replaced, this, &CandidatesPanel::fillRows);
    connect(&candidates_, &Candidates::ranked, this, &CandidatesPanel::followOrder);
    connect(&candidates_, &Candidates::chosenChanged, this, &CandidatesPanel::followChosen);
    connect(&candidates_, &Candidates::optionsChanged, this, &CandidatesPanel::followOptions);
    connect(&candidates_, &Candidates::busyChanged, this, &CandidatesPanel::showSaid);
    connect(thing_, &QLineEdit::editingFinished, this, [this] {
        const auto& answer = candidates_.answer();
        const bool asRead = answer && thing_->text().trimmed().toStdString() == answer->nounPhrase;
        if (!asRead || !candidates_.options().nounPhrase.isEmpty()) {
            candidates_.setNounPhrase(thing_->text());
        }
    });
    connect(prior_, &QCheckBox::clicked, &candidates_, &Candidates::setPrior);
    const auto mix = [this] { candidates_.setMixture({v_->value(), r_->value()}); };
    for (ValueSlider* slider : {v_, r_}) {
        connect(slider, &ValueSlider::moved, this, mix);
        connect(slider, &ValueSlider::reset, this, mix);
    }
    const auto blocks = [this] { candidates_.setBlocks(int(std::lround(k_->value()))); };
    connect(k_, &ValueSlider::moved, this, blocks);
    connect(k_, &ValueSlider::reset, this, blocks);
    connect(list_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (!filling_ && item != nullptr) {
            candidates_.choose(item->data(kCandidate).toInt());
        }
    });
    connect(list_, &QListWidget::itemEntered, this,
            [this](const QListWidgetItem* item) { candidates_.light(item->data(kCandidate).toInt()); });
    connect(source_, &CandidateSource::pathWanted, this, &CandidatesPanel::pathWanted);
    connect(example_, &QPushButton::clicked, this, &CandidatesPanel::exampleWanted);
    connect(row_, &QPushButton::clicked, this, &CandidatesPanel::rowWanted);
    connect(sideBySide_, &QPushButton::clicked, this, &CandidatesPanel::sideBySideWanted);
}

bool CandidatesPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) {
        candidates_.light(-1);
    }
    return QWidget::eventFilter(watched, event);
}

// The pictures, once for a picture's candidates.
void CandidatesPanel::fillRows() {
    filling_ = true;
    list_->clear();
    const auto& pyramid = document_.picture().pyramid;
    const int side = int(CandidateRows::kThumbnail * devicePixelRatioF());
    for (int i = 0; i < candidates_.count(); ++i) {
        auto* item = new QListWidgetItem(list_);
        item->setData(kCandidate, i);
        if (pyramid && !pyramid->levels.empty()) {
            item->setData(Qt::DecorationRole,
                          candidateThumbnail(*pyramid, candidates_.answer()->candidates[std::size_t(i)], side));
        }
    }
    filling_ = false;
    followOrder();
}

void CandidatesPanel::followOrder() {
    const auto& ranking = candidates_.ranking();
    if (int(ranking.order.size()) != list_->count()) {
        return;  // the rows are on their way
    }
    filling_ = true;
    std::vector<QListWidgetItem*> items(ranking.order.size());
    while (list_->count() > 0) {
        QListWidgetItem* item = list_->takeItem(list_->count() - 1);
        items[std::size_t(item->data(kCandidate).toInt())] = item;
    }
    const std::vector<double> shares = candidates_.shares();
    for (std::size_t place = 0; place < items.size(); ++place) {
        const std::size_t one = ranking.order[place];
        QListWidgetItem* item = items[one];
        const QString said = share(shares[one]);
        item->setData(kPlace, QLocale().toString(int(place) + 1));
        item->setData(kShare, shares[one]);
        item->setData(kScore, said);
        item->setData(Qt::AccessibleTextRole, tr("Candidate %1, fit %2").arg(place + 1).arg(said));
        item->setToolTip(reasons(one).join(QLatin1Char('\n')));
        list_->addItem(item);
    }
    filling_ = false;
    followChosen();
    showSaid();
}

void CandidatesPanel::followChosen() {
    filling_ = true;
    list_->setCurrentRow(-1);
    for (int row = 0; row < list_->count(); ++row) {
        if (list_->item(row)->data(kCandidate).toInt() == candidates_.chosen()) {
            list_->setCurrentRow(row);
        }
    }
    filling_ = false;
    example_->setEnabled(candidates_.chosen() >= 0);
    row_->setEnabled(candidates_.chosen() >= 0);
    sideBySide_->setEnabled(candidates_.chosen() >= 0);
    showParts();
}

void CandidatesPanel::followOptions() {
    const Candidates::Options& options = candidates_.options();
    v_->setValue(options.mixture.v);
    r_->setValue(options.mixture.r);
    k_->setValue(options.blocks);
    prior_->setChecked(options.prior);
    showSaid();
}

// What puts a candidate where it is in the list.
QStringList CandidatesPanel::reasons(std::size_t candidate) const {
    const referring::Ranking& ranking = candidates_.ranking();
    const std::vector<double> shares = candidates_.shares();
    if (ranking.scores.empty()) {
        return {tr("Surely one thing: %1").arg(share(shares[candidate]))};
    }
    QStringList all{tr("Fit: %1 of the best").arg(share(shares[candidate])),
                    tr("Like the phrase: %1").arg(score(double(ranking.scores[candidate])))};
    if (!ranking.prior.empty()) {
        const bool compared = ranking.sure[candidate] >= referring::kAlike;
        all << tr("Surely the thing: %1 of the surest").arg(share(ranking.sure[candidate]))
            << (compared ? tr("Place and size: %1").arg(share(ranking.prior[candidate]))
                         : tr("Place and size: not compared, it is hardly the thing"));
    }
    return all;
}

// What the phrase was taken for, and what there is to say of it.
void CandidatesPanel::showSaid() {
    const auto& answer = candidates_.answer();
    if (!thing_->hasFocus() || !thing_->isModified()) {
        thing_->setText(answer ? QString::fromStdString(answer->nounPhrase) : QString());
    }
    QString reading = answer ? messageText(referring::inWords(answer->wishes)) : QString();
    if (!reading.isEmpty()) {
        reading.front() = reading.front().toLower();  // it stands in the middle of a line
    }
    read_->setText(reading.isEmpty() ? tr("The phrase says nothing of them") : tr("Read as: %1").arg(reading));
    read_->setVisible(answer && !answer->nounPhrase.empty() && candidates_.options().prior);
    v_->setDefault(answer ? answer->usualV : referring::Mixture{}.v);
    k_->setVisible(answer && answer->blocks > 0);
    if (answer && answer->blocks > 0) {
        k_->setRange(1, double(answer->blocks), 1);
    }
    QStringList said;
    if (candidates_.busy() && !answer) {
        said << tr("Looking for what the picture holds…");
    } else if (answer && answer->candidates.empty()) {
        said << tr("Nothing in this picture could be meant: the source gave no masks.");
    } else if (answer && answer->nounPhrase.empty()) {
        said << tr("Things in this picture: %1. Say which one is meant, or click one.")
                    .arg(QLocale().toString(candidates_.count()));
    } else if (answer) {
        if (!answer->remark.empty()) {
            said << messageText(answer->remark);
        }
        if (!answer->words.unknown.empty() && !answer->words.unfinished) {
            QStringList words;
            for (const std::string& word : answer->words.unknown) {
                words << QString::fromStdString(word);
            }
            said << tr("Not a word this model knows: %1").arg(words.join(QStringLiteral(", ")));
        }
        if (answer->truncated) {
            said << tr("The phrase is too long; its end was not read");
        }
    }
    said_->setText(said.join(QLatin1Char('\n')));
    said_->setVisible(!said.isEmpty());
    list_->setVisible(list_->count() > 0);
    thing_->setEnabled(answer && !answer->nounPhrase.empty());
}

void CandidatesPanel::showParts() {
    const auto& parts = candidates_.ranking().parts;
    const int chosen = candidates_.chosen();
    const std::array<const std::vector<float>*, 4> all{&parts.globalSentence, &parts.globalNounPhrase,
                                                       &parts.localSentence, &parts.localNounPhrase};
    const bool shown = chosen >= 0 && std::size_t(chosen) < parts.globalSentence.size();
    reasons_->setVisible(shown);
    reasons_->setText(shown ? reasons(std::size_t(chosen)).join(QLatin1Char('\n')) : QString());
    parts_->setVisible(shown);
    for (std::size_t i = 0; shown && i < all.size(); ++i) {
        partValues_[i]->setText(score(double((*all[i])[std::size_t(chosen)])));
    }
}

void CandidatesPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void CandidatesPanel::retranslate() {
    section_->setTitle(tr("Which one"));
    thingTitle_->setText(tr("The thing"));
    thing_->setAccessibleName(tr("The thing"));
    thing_->setToolTip(
        tr("What kind of thing is meant, as read off the phrase. Change it where it was misread; empty "
           "reads it again."));
    prior_->setText(tr("Place and size count"));
    prior_->setToolTip(
        tr("Left, second, biggest and the like are looked up in the picture itself: the model hardly "
           "tells them apart"));
    list_->setAccessibleName(tr("Candidates, the best first"));
    partColumns_[0]->setText(tr("Phrase"));
    partColumns_[1]->setText(tr("Thing"));
    partRows_[0]->setText(tr("In the picture"));
    partRows_[1]->setText(tr("Cut out"));
    parts_->setToolTip(
        tr("What the chosen one's score is made of: how like it is to the phrase and to the thing, seen "
           "in the whole picture and alone"));
    example_->setText(tr("Use as example"));
    example_->setToolTip(tr("Find others like the chosen one"));
    row_->setText(tr("As a row"));
    row_->setToolTip(tr("Keep the chosen one beside the other rows, as an object of its own"));
    sideBySide_->setText(tr("Side by side…"));
    sideBySide_->setToolTip(tr("Beside what “Where is it” finds for the same phrase"));
    weights_->setTitle(tr("Weights"));
    v_->setTitle(tr("Whole picture"),
                 tr("How much a candidate counts as part of the picture; the rest is how it looks cut out.\n"
                    "Double-click for the published weight."));
    r_->setTitle(tr("Whole phrase"), tr("How much the whole phrase counts; the rest is the thing alone.\nDouble-click "
                                        "for the published weight."));
    k_->setTitle(tr("Depth"), tr("In how many of the encoder's last blocks the rest of the picture is hidden.\n"
                                 "Double-click for the published number."));
    followOrder();
    showSaid();
}

}  // namespace maskwright::ui
