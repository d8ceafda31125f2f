#include "ui/panels/candidate_source.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/model/error_text.h"

namespace maskwright::ui {

namespace {

constexpr int kNameWidth = 170;  // pixels: longer names of files are cut in the middle

}  // namespace

using Kind = session::WhichSource::Kind;

CandidateSource::CandidateSource(Candidates& candidates, QWidget* parent)
    : QWidget(parent), candidates_(candidates), title_(new QLabel), about_(new QLabel), button_(new QToolButton) {
    about_->setObjectName("muted");
    about_->setWordWrap(true);
    button_->setObjectName("framed");
    button_->setPopupMode(QToolButton::InstantPopup);
    button_->setMenu(new QMenu(button_));
    auto* group = new QActionGroup(this);
    add(Kind::detector);
    add(Kind::classical);
    add(Kind::maps);
    button_->menu()->addSeparator();
    add(Kind::file, true);
    add(Kind::file, true, true);
    button_->menu()->addSeparator();
    add(Kind::sam, true, true);
    add(Kind::solo, true, true);
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        group->addAction(choices_[i].action);
        connect(choices_[i].action, &QAction::triggered, this, [this, i] { choose(choices_[i]); });
    }
    auto* row = new QHBoxLayout;
    row->addWidget(title_);
    row->addWidget(button_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(about_);
    button_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&candidates_, &Candidates::optionsChanged, this, &CandidateSource::follow);
    connect(&candidates_, &Candidates::replaced, this, &CandidateSource::follow);
    connect(&candidates_, &Candidates::busyChanged, this, &CandidateSource::follow);
    retranslate();
}

void CandidateSource::add(Kind kind, bool path, bool folder) {
    QAction* action = button_->menu()->addAction(QString());
    action->setCheckable(true);
    choices_.push_back({kind, path, folder, action});
}

void CandidateSource::choose(const Choice& choice) {
    if (choice.path) {
        follow();  // the mark stays where it was until there is a path
        Q_EMIT pathWanted(choice.kind, choice.folder);
    } else {
        candidates_.setSource(choice.kind);
    }
}

QString CandidateSource::nameInUse() const {
    const session::WhichSource& source = candidates_.options().source;
    const QString name = QFileInfo(QString::fromStdString(source.path)).fileName();
    switch (source.kind) {
        case Kind::detector:
            return tr("Detector");
        case Kind::classical:
            return tr("Colours and contours");
        case Kind::maps:
            return tr("General words");
        case Kind::file:
            return tr("Masks: %1").arg(name);
        case Kind::sam:
            return tr("Segment Anything: %1").arg(name);
        case Kind::solo:
            return tr("SOLO: %1").arg(name);
    }
    return {};
}

// What the source in use is and gave, or why it gave nothing.
QString CandidateSource::said() const {
    if (candidates_.error()) {
        return errorText(*candidates_.error()).what;
    }
    const auto& answer = candidates_.answer();
    if (!answer) {
        return {};
    }
    const QLocale locale;
    QStringList said{messageText(answer->about.what),
                     tr("%1 of %2 masks in %3 s")
                         .arg(locale.toString(candidates_.count()), locale.toString(qulonglong(answer->before)),
                              locale.toString(answer->milliseconds / 1000, 'f', 1))};
    if (!answer->about.licence.empty()) {
        said.insert(1, tr("licence: %1").arg(wordsOf(answer->about.licence)));
    }
    said.removeAll(QString());
    QString text = said.join(QStringLiteral(" · "));
    for (const Message& warning : answer->warnings) {
        text += QLatin1Char('\n') + messageText(warning);
    }
    return text;
}

void CandidateSource::follow() {
    const session::WhichSource& source = candidates_.options().source;
    const QString path = QString::fromStdString(source.path);
    const bool folder = !path.isEmpty() && QFileInfo(path).isDir();
    for (const Choice& choice : choices_) {
        choice.action->setChecked(choice.kind == source.kind && (source.kind != Kind::file || choice.folder == folder));
    }
    const QString name = nameInUse();
    button_->setText(button_->fontMetrics().elidedText(name, Qt::ElideMiddle, kNameWidth));
    button_->setToolTip(path.isEmpty() ? tr("Where the candidates come from") : path);
    button_->setAccessibleName(tr("Where the candidates come from") + QStringLiteral(": ") + name);
    about_->setText(said());
    about_->setVisible(!about_->text().isEmpty());
}

void CandidateSource::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void CandidateSource::retranslate() {
    title_->setText(tr("From"));
    const QString texts[] = {
        tr("Detector"),         tr("Colours and contours"), tr("General words"), tr("Masks in a file…"),
        tr("Folder of masks…"), tr("Segment Anything…"),    tr("SOLO…")};
    const QString tips[] = {tr("What the model's detector sees, whatever it takes it for"),
                            tr("What hangs together in colour, without a model"),
                            tr("What the model finds for words such as person, vehicle and furniture"),
                            tr("A label picture, or a JSON in COCO's format, such as another program has written"),
                            tr("A picture file for each mask"),
                            tr("The folder of a Segment Anything model; large ones take minutes a picture"),
                            tr("The folder of a SOLOv2 model, such as a converted FreeSOLO")};
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        choices_[i].action->setText(texts[i]);
        choices_[i].action->setToolTip(tips[i]);
    }
    button_->menu()->setToolTipsVisible(true);
    follow();
}

}  // namespace maskwright::ui
