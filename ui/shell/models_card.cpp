#include "ui/shell/models_card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/error_text.h"
#include "ui/model/model_list.h"
#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

// The published model that adds most to the built-in one.
const QString kOffered = QStringLiteral("clipseg-rd64-refined");

}  // namespace

ModelsCard::ModelsCard(ModelList& models, QWidget* parent)
    : QFrame(parent),
      models_(models),
      title_(new QLabel),
      text_(new QLabel),
      download_(new QPushButton),
      more_(new QPushButton),
      close_(new QPushButton) {
    setObjectName("card");
    setMaximumWidth(620);
    title_->setObjectName("title");
    text_->setObjectName("muted");
    text_->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(download_);
    buttons->addWidget(more_);
    buttons->addStretch();
    buttons->addWidget(close_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 11, 14, 11);
    column->setSpacing(6);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addLayout(buttons);
    const auto entry = models_.find(kOffered);
    const auto all = models_.entries();
    const bool plain = std::all_of(all.begin(), all.end(), [](const ModelEntry& one) {
        return one.model.state == StoredModel::State::builtIn || one.model.state == StoredModel::State::published;
    });
    wanted_ = entry && plain && QSettings().value(settings::kModelsCard, true).toBool();
    setVisible(wanted_);
    connect(download_, &QPushButton::clicked, this, [this] {
        asked_ = true;
        failed_.clear();
        models_.download(kOffered);
    });
    connect(more_, &QPushButton::clicked, this, [this] { Q_EMIT moreWanted(kOffered); });
    connect(close_, &QPushButton::clicked, this, &ModelsCard::closeForGood);
    connect(&models_, &ModelList::changed, this, &ModelsCard::follow);
    connect(&models_, &ModelList::progressed, this, &ModelsCard::follow);
    connect(&models_, &ModelList::arrived, this, &ModelsCard::closeForGood);
    connect(&models_, &ModelList::failed, this, [this](const QString& id, const Error& error) {
        if (wanted_ && asked_ && id == kOffered) {
            failed_ = errorLine(error);
            QSettings().setValue(settings::kModelsCard, false);  // said once: not again at the next start
            follow();
        }
    });
    retranslate();
}

void ModelsCard::closeForGood() {
    if (wanted_) {
        wanted_ = false;
        QSettings().setValue(settings::kModelsCard, false);
        hide();
        Q_EMIT gone();
    }
}

void ModelsCard::follow() {
    if (!wanted_) {
        return;
    }
    const auto entry = models_.find(kOffered);
    const bool runs = entry && entry->progress;
    const bool begun = entry && entry->model.state == StoredModel::State::unfinished;
    download_->setText(begun               ? tr("Resume")
                       : failed_.isEmpty() ? tr("Download, %1").arg(sizeText(entry ? entry->model.bytes : 0))
                                           : tr("Try again"));
    download_->setEnabled(!runs);
    text_->setText(runs ? progressText(*entry->progress)
                   : !failed_.isEmpty()
                       ? failed_ + QStringLiteral(". ") + tr("Model > Models… has it whenever you want.")
                       : tr("The built-in model is quick and knows everyday things: 80 kinds surely, a thousand more "
                            "less surely, in seven languages. CLIPSeg takes any English phrase, also what the "
                            "built-in one has no name for; a picture takes it about twice as long. Nothing is "
                            "downloaded unless you ask."));
}

void ModelsCard::retranslate() {
    title_->setText(tr("Phrases that the built-in model does not know"));
    more_->setText(tr("All models…"));
    close_->setText(tr("Do not show again"));
    setAccessibleName(title_->text());
    follow();
}

QString ModelsCard::text() const { return text_->text(); }

void ModelsCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

}  // namespace maskwright::ui
