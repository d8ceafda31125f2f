#include "ui/shell/models_controller.h"

#include <QAction>
#include <QSettings>
#include <QToolButton>

#include "ui/dialogs/models_dialog.h"
#include "ui/model/settings.h"
#include "ui/shell/model_controller.h"
#include "ui/widgets/icons.h"

namespace maskwright::ui {

ModelsController::ModelsController(ModelList& models, ModelController& model, Candidates& candidates, QAction& open,
                                   QWidget& over)
    : Controller(over), models_(models), model_(model), candidates_(candidates), downloads_(new QToolButton) {
    downloads_->setObjectName("flat");
    downloads_->setIcon(icon("save"));
    downloads_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    // No higher than the line's texts: the picture above would move.
    downloads_->setStyleSheet(
        QStringLiteral("QToolButton { padding: 0 5px; margin: 0; } QToolButton:focus { padding: 0 4px; }"));
    downloads_->setIconSize({14, 14});
    downloads_->hide();
    connect(&open, &QAction::triggered, this, [this] { openDialog(); });
    connect(downloads_, &QToolButton::clicked, this, [this] { openDialog(); });
    connect(&models_, &ModelList::changed, this, &ModelsController::showDownloads);
    connect(&models_, &ModelList::progressed, this, &ModelsController::showDownloads);
    connect(&models_, &ModelList::arrived, this, &ModelsController::tell);
    connect(&models_, &ModelList::failed, this, [this](const QString&, const Error& error) {
        if (dialog_.isNull() || !dialog_->isVisible()) {  // the dialog says it beside the model
            Q_EMIT failed(error);
        }
    });
    const QString kept = QSettings().value(settings::kWhichModel).toString();
    const auto entry = models_.find(kept);
    candidates_.setModel(entry && entry->model.here() && entry->model.clip ? kept : QString());
    model_.setWhich(candidates_.options().model);
}

ModelsController::~ModelsController() {
    if (downloads_->parent() == nullptr) {
        delete downloads_;
    }
}

QWidget& ModelsController::downloads() const { return *downloads_; }

void ModelsController::openDialog(const QString& id) {
    if (dialog_.isNull()) {
        dialog_ = new ModelsDialog(models_, &over_);
        connect(dialog_, &ModelsDialog::useWanted, &model_, &ModelController::choose);
        connect(dialog_, &ModelsDialog::whichWanted, this, &ModelsController::useForWhich);
    }
    dialog_->show();
    dialog_->raise();
    dialog_->activateWindow();
    if (!id.isEmpty()) {
        dialog_->point(id);
    }
}

void ModelsController::useForWhich(const QString& id) {
    QSettings settings;
    id.isEmpty() ? settings.remove(settings::kWhichModel) : settings.setValue(settings::kWhichModel, id);
    candidates_.setModel(id);
    model_.setWhich(id);
}

void ModelsController::showDownloads() {
    QStringList names;
    int percent = -1;
    for (const ModelEntry& entry : models_.entries()) {
        if (entry.progress) {
            names << entry.model.name;
            percent = percentOf(*entry.progress);
        }
    }
    downloads_->setVisible(!names.isEmpty());
    QString text;
    if (names.size() == 1) {
        text = percent < 0 ? names.front() : tr("%1: %2 %").arg(names.front()).arg(percent);
    } else if (!names.isEmpty()) {
        text = tr("%n downloads", nullptr, int(names.size()));
    }
    downloads_->setText(text);
    downloads_->setToolTip(tr("Models on their way; a click shows them"));
    downloads_->setAccessibleName(tr("Downloads of models: %1").arg(text));
}

// Where the dialog is open it shows.
void ModelsController::tell(const QString& id) {
    constexpr int kStays = 6000;  // milliseconds
    Q_EMIT succeeded();
    if (dialog_.isNull() || !dialog_->isVisible()) {
        const auto entry = models_.find(id);
        Q_EMIT said(entry && entry->model.clip ? tr("%1 is here: Model > Models… puts it to use").arg(id)
                                               : tr("%1 is here: the Model menu has it").arg(id),
                    kStays);
    }
}

}  // namespace maskwright::ui
