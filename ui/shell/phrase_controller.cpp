#include "ui/shell/phrase_controller.h"

#include <QLocale>
#include <QSettings>

#include "ui/canvas/canvas.h"
#include "ui/model/settings.h"
#include "ui/widgets/phrase_box.h"

namespace maskwright::ui {
namespace {

QString unknownText(const std::vector<std::string>& words) {
    QStringList unknown;
    for (const std::string& word : words) {
        unknown << QString::fromStdString(word);
    }
    return PhraseController::tr("Not a word this model knows: %1").arg(unknown.join(QStringLiteral(", ")));
}

}  // namespace

PhraseController::PhraseController(Workspace& workspace, Canvas& canvas, PhraseBox& box, QWidget& over)
    : Controller(over), workspace_(workspace), box_(box) {
    constexpr int kPause = 1500;  // milliseconds without a letter: the word is whole
    unfinished_.setSingleShot(true);
    unfinished_.setInterval(kPause);
    connect(&unfinished_, &QTimer::timeout, this, [this] {
        takenAsFinished_ = workspace_.preview.foundFor().phrase.trimmed();
        follow();
    });
    Document& document = workspace_.document;
    box_.setHistory(QSettings().value(settings::kRecentPhrases).toStringList());
    connect(&box_, &PhraseBox::typed, &document, &Document::setPhrase);
    connect(&box_, &QLineEdit::editingFinished, &document, &Document::endMerge);
    connect(&box_, &QLineEdit::returnPressed, this, [this] {
        remember();
        if (!workspace_.candidates.on()) {  // a row is what a phrase finds
            workspace_.document.keepRow(workspace_.overlay.colourNow());
        }
    });
    connect(&box_, &PhraseBox::cut, this,
            [this](int limit) { sayCut(tr("A phrase has at most %1 characters; the rest was left out"), limit); });
    connect(&document, &Document::searchChanged, &box_,
            [this] { box_.setPhrase(workspace_.document.search().phrase); });
    connect(&canvas, &Canvas::typed, this, [this](const QString& text) {
        box_.setFocus();
        box_.insert(text);
        workspace_.document.setPhrase(box_.text());
    });
}

void PhraseController::sayCut(const QString& text, int limit) {
    constexpr int kStays = 5000;  // milliseconds
    Q_EMIT said(text.arg(QLocale().toString(limit)), kStays);
}

void PhraseController::remember() {
    constexpr int kPhrases = 100;
    if (const QString phrase = workspace_.document.search().phrase.trimmed(); !phrase.isEmpty()) {
        settings::remember(settings::kRecentPhrases, phrase, kPhrases);
        box_.setHistory(QSettings().value(settings::kRecentPhrases).toStringList());
    }
}

void PhraseController::follow() {
    unfinished_.stop();
    const auto& finding = workspace_.preview.finding();
    const bool shown = !workspace_.candidates.on() && finding && !finding->answer.presence.empty();
    hint_ = shown ? hintFor(finding->answer) : QString();
    Q_EMIT hinted(hint_);
}

QString PhraseController::hintFor(const session::Reply& answer) {
    const QString phrase = workspace_.preview.foundFor().phrase.trimmed();
    const session::Words words = answer.words.empty() ? session::Words{} : answer.words.front();
    const bool absent = double(answer.presence.front()) <= workspace_.document.threshold();
    if (!words.known && words.unfinished && takenAsFinished_ != phrase) {
        unfinished_.start();
        return {};
    }
    if (absent && words.known) {
        return phrase.isEmpty() ? tr("Nothing like the example here") : tr("No “%1” here").arg(phrase);
    }
    if (!words.unknown.empty() && (!words.unfinished || takenAsFinished_ == phrase)) {
        return unknownText(words.unknown);
    }
    if (!words.negativeUnknown.empty()) {
        return unknownText(words.negativeUnknown);
    }
    if (!answer.truncated.empty() && answer.truncated.front()) {
        return tr("The phrase is too long; its end was not read");
    }
    return {};
}

}  // namespace maskwright::ui
