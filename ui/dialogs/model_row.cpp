#include "ui/dialogs/model_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/error_text.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {

using State = StoredModel::State;

namespace {

QString actionText(ModelAction action) {
    switch (action) {
        case ModelAction::use:
            return ModelRow::tr("Use");
        case ModelAction::useForWhich:
            return ModelRow::tr("Use for “Which one”");
        case ModelAction::leaveWhich:
            return ModelRow::tr("Use no longer");
        case ModelAction::download:
            return ModelRow::tr("Download");
        case ModelAction::resume:
            return ModelRow::tr("Resume");
        case ModelAction::pause:
            return ModelRow::tr("Pause");
        case ModelAction::cancel:
            return ModelRow::tr("Cancel");
        case ModelAction::remove:
            return ModelRow::tr("Remove…");
        case ModelAction::forget:
            return ModelRow::tr("Take off the list");
        case ModelAction::dismiss:
            return ModelRow::tr("Dismiss");
        case ModelAction::reveal:
            return ModelRow::tr("Show folder");
    }
    return {};
}

QString actionHint(ModelAction action) {
    switch (action) {
        case ModelAction::cancel:
            return ModelRow::tr("What has come is deleted");
        case ModelAction::pause:
            return ModelRow::tr("What has come is kept, and gone on with at any time");
        case ModelAction::useForWhich:
            return ModelRow::tr("“Which one” compares by this CLIP; “Where is it” stays with the model in use");
        case ModelAction::forget:
            return ModelRow::tr("The folder stays where it is");
        default:
            return {};
    }
}

// In what relation the program stands to it.
QString badgeOf(const ModelEntry& entry) {
    if (entry.inUse) {
        return ModelRow::tr("In use");
    }
    if (entry.whichOne) {
        return ModelRow::tr("In use for “Which one”");
    }
    if (entry.importing) {
        return ModelRow::tr("Import");
    }
    switch (entry.model.state) {
        case State::builtIn:
            return ModelRow::tr("Built in");
        case State::folder:
            return ModelRow::tr("Opened folder");
        case State::yours:
            return entry.model.repository.isEmpty() ? ModelRow::tr("Imported") : ModelRow::tr("Downloaded");
        case State::unfinished:
            return entry.progress ? ModelRow::tr("Downloading") : ModelRow::tr("Paused");
        case State::published:
            return entry.progress ? ModelRow::tr("Downloading") : QString();
    }
    return {};
}

QString purposeOf(const ModelEntry& entry) {
    if (!entry.model.purpose.empty()) {
        return messageText(entry.model.purpose);
    }
    if (entry.model.state == State::builtIn && entry.model.name == QLatin1String("sight")) {
        return ModelRow::tr("Everyday things by name, in seven languages; says when something is not there");
    }
    if (entry.model.state == State::builtIn && entry.model.name == QLatin1String("mini")) {
        return ModelRow::tr("A quarter of Sight's size, and half as good");
    }
    return entry.model.clip ? ModelRow::tr("CLIP for “Which one” alone") : QString();
}

QString factsOf(const ModelEntry& entry) {
    QStringList parts;
    if (entry.model.bytes > 0) {
        const QString size = sizeText(entry.model.bytes);
        parts << (entry.model.state == State::published ? ModelRow::tr("about %1").arg(size) : size);
    }
    if (!entry.model.licence.isEmpty()) {
        parts << ModelRow::tr("Licence: %1").arg(entry.model.licence);
    }
    for (const QString& where : {entry.model.repository, entry.model.importedFrom, entry.model.folder}) {
        if (!where.isEmpty()) {
            parts << where;
        }
    }
    return parts.join(QStringLiteral(" · "));
}

QLabel* label(const char* style) {
    auto* made = new QLabel;
    made->setObjectName(style);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    return made;
}

}  // namespace

ModelRow::ModelRow(QWidget* parent)
    : QFrame(parent),
      title_(label("title")),
      badge_(label("muted")),
      purpose_(label("")),
      facts_(label("muted")),
      progress_(label("muted")),
      error_(label("")),
      bar_(new QProgressBar),
      buttons_(new QHBoxLayout) {
    setObjectName("card");
    title_->setWordWrap(false);
    badge_->setWordWrap(false);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    bar_->setTextVisible(false);
    auto* head = new QHBoxLayout;
    head->addWidget(title_);
    head->addStretch();
    head->addWidget(badge_);
    buttons_->setSpacing(8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 11, 14, 11);
    column->setSpacing(5);
    column->addLayout(head);
    for (QWidget* part : std::initializer_list<QWidget*>{purpose_, facts_, bar_, progress_, error_}) {
        column->addWidget(part);
    }
    column->addLayout(buttons_);
    buttons_->addStretch();
}

QPushButton* ModelRow::made(ModelAction action) {
    QPushButton*& button = made_[action];
    if (button == nullptr) {
        button = new QPushButton(this);
        button->setAutoDefault(false);
        const bool primary = action == ModelAction::use || action == ModelAction::useForWhich ||
                             action == ModelAction::download || action == ModelAction::resume;
        button->setObjectName(primary ? "primary" : "");
        connect(button, &QPushButton::clicked, this, [this, action] { Q_EMIT wanted(action); });
    }
    return button;
}

void ModelRow::setEntry(const ModelEntry& entry) {
    title_->setText(entry.model.name);
    badge_->setText(badgeOf(entry));
    purpose_->setText(purposeOf(entry));
    purpose_->setVisible(!purpose_->text().isEmpty());
    facts_->setText(factsOf(entry));
    ModelProgress shown = entry.progress.value_or(ModelProgress{});
    if (entry.model.state == State::unfinished && (!entry.progress || shown.step == ModelProgress::Step::asking)) {
        shown.done = entry.model.have;
        shown.total = entry.model.bytes;
    }
    const bool begun = entry.progress || entry.model.state == State::unfinished;
    bar_->setVisible(begun);
    const int percent = percentOf(shown);
    bar_->setRange(0, percent < 0 ? 0 : 100);
    bar_->setValue(percent);
    progress_->setVisible(begun);
    progress_->setText(entry.stopping   ? tr("Stopping…")
                       : entry.progress ? progressText(*entry.progress)
                                        : tr("%1 of %2 are here").arg(sizeText(shown.done), sizeText(shown.total)));
    error_->setVisible(entry.error.has_value());
    error_->setText(entry.error ? errorLine(*entry.error) : QString());
    const Colours& colours = Theme::colours();
    error_->setStyleSheet(QStringLiteral("background: %1; color: %2; border-radius: 6px; padding: 6px;")
                              .arg(colours.errorBack.name(), colours.errorText.name()));
    setAccessibleName(tr("Model %1").arg(entry.model.name));
    setAccessibleDescription(text());

    showButtons(actionsOf(entry), entry.model.name);
}

void ModelRow::showButtons(const std::vector<ModelAction>& actions, const QString& model) {
    const QWidget* focus = window()->focusWidget();
    bool mine = focus == this;
    for (const ModelAction action : actions) {
        QPushButton* button = made(action);
        button->setText(actionText(action));
        button->setToolTip(actionHint(action));
        button->setAccessibleName(tr("%1: %2").arg(actionText(action), model));
        buttons_->removeWidget(button);
        buttons_->addWidget(button);
        button->show();
    }
    const auto stays = [&](ModelAction action) {
        return std::find(actions.begin(), actions.end(), action) != actions.end();
    };
    for (const auto& [action, button] : made_) {
        mine = mine || (button == focus && !stays(action));
    }
    if (mine) {  // before it is hidden: the list would roll to whatever comes next
        QWidget* next = actions.empty() ? static_cast<QWidget*>(this) : made(actions.front());
        next->setFocus();
    }
    for (const auto& [action, button] : made_) {
        button->setVisible(stays(action));
    }
}

QPushButton* ModelRow::button(ModelAction action) const {
    const auto found = made_.find(action);
    return found == made_.end() || found->second->isHidden() ? nullptr : found->second;
}

std::vector<QPushButton*> ModelRow::buttons() const {
    std::vector<QPushButton*> shown;
    for (int i = 0; i < buttons_->count(); ++i) {
        auto* button = qobject_cast<QPushButton*>(buttons_->itemAt(i)->widget());
        if (button != nullptr && !button->isHidden()) {
            shown.push_back(button);
        }
    }
    return shown;
}

QString ModelRow::text() const {
    QStringList lines;
    for (const QLabel* part : {title_, badge_, purpose_, facts_, progress_, error_}) {
        if (!part->isHidden() && !part->text().isEmpty()) {
            lines << part->text();
        }
    }
    return lines.join('\n');
}

QString ModelRow::error() const { return error_->isHidden() ? QString() : error_->text(); }

}  // namespace maskwright::ui
