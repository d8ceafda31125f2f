#include "ui/shell/settings_controller.h"

#include <QSettings>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

void keepFolder(const char* key, const QString& folder) {
    folder.isEmpty() ? QSettings().remove(key) : QSettings().setValue(key, folder);
}

}  // namespace

SettingsController::SettingsController(Preview& preview, Jobs& jobs, Actions& actions, QWidget& over)
    : Controller(over), preview_(preview), jobs_(jobs), actions_(actions) {
    connect(actions_.preferences, &QAction::triggered, this, &SettingsController::open);
}

Settings SettingsController::now() const {
    return {loadPreferences(), actions_.schemeNow(), actions_.languageNow(),
            settings::lastFolder(settings::kPictureFolder), settings::lastFolder(settings::kSaveFolder)};
}

void SettingsController::open() {
    if (auto* shown = over_.findChild<SettingsDialog*>()) {
        shown->raise();
        return;
    }
    Settings usual;
    usual.pictureFolder = usual.saveFolder = settings::usualFolder();
    auto* dialog = new SettingsDialog(now(), usual, preview_.engine(), &over_);
    connect(dialog, &SettingsDialog::chosen, this, &SettingsController::take);
    dialog->open();
}

void SettingsController::take(const Settings& wanted) {
    const Settings before = now();
    if (wanted.scheme != before.scheme) {
        actions_.choose(wanted.scheme);
    }
    if (wanted.language != before.language) {
        actions_.choose(wanted.language);
    }
    if (wanted.pictureFolder != before.pictureFolder) {
        keepFolder(settings::kPictureFolder, wanted.pictureFolder);
    }
    if (wanted.saveFolder != before.saveFolder) {
        keepFolder(settings::kSaveFolder, wanted.saveFolder);
    }
    openEngine(before.preferences, wanted.preferences);
}

void SettingsController::openEngine(const Preferences& before, const Preferences& wanted) {
    jobs_.drop(this);  // of two answers the later counts
    const session::EngineOptions options = changed(preview_.engine(), before, wanted);
    if (options == preview_.engine()) {
        savePreferences(wanted);
        Q_EMIT succeeded();
        return;
    }
    Preferences limits = before;
    limits.megapixels = wanted.megapixels;
    savePreferences(limits);
    Q_EMIT working(tr("Opening the model with the new settings…"));
    session::Request request;
    request.engine = options;
    jobs_.run(this, std::move(request), [this, options, wanted](const std::shared_ptr<const Finding>& finding) {
        Q_EMIT working({});
        if (finding->answer.error) {
            Q_EMIT failed(*finding->answer.error);
            return;
        }
        Q_EMIT succeeded();
        savePreferences(wanted);
        session::EngineOptions now = options;
        now.model = preview_.engine().model;  // another may have been chosen meanwhile
        preview_.setEngine(now);
        Q_EMIT stateChanged();
    });
}

}  // namespace maskwright::ui
