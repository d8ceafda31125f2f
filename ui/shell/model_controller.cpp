#include "ui/shell/model_controller.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

constexpr int kRecentModels = 5;

}  // namespace

ModelController::ModelController(Preview& preview, Jobs& jobs, Inference& inference, QMenu& menu, QAction& openFolder,
                                 QWidget& over)
    : Controller(over),
      preview_(preview),
      jobs_(jobs),
      inference_(inference),
      menu_(menu),
      openFolder_(openFolder),
      models_(new QActionGroup(this)) {
    connect(&openFolder_, &QAction::triggered, this, &ModelController::openFolder);
    connect(&preview_, &Preview::modelOpened, this, &ModelController::rebuild);
    connect(&inference_, &Inference::modelsKnown, this, &ModelController::rebuild);
    // Queued: the window shows the failure first, and this one after it.
    connect(&preview_, &Preview::failed, this, &ModelController::fallBack, Qt::QueuedConnection);
    rebuild();
}

QString ModelController::name() const {
    const std::string& open = preview_.model().name;
    return open.empty() ? QFileInfo(QString::fromStdString(preview_.engine().model)).fileName()
                        : QString::fromStdString(open);
}

void ModelController::rebuild() {
    for (QAction* old : models_->actions()) {
        menu_.removeAction(old);
        models_->removeAction(old);
        old->deleteLater();  // it may be the one that was just triggered
    }
    menu_.clear();
    const QString current = QString::fromStdString(preview_.engine().model);
    const QStringList known = inference_.builtInModels();
    for (const QString& name : known) {
        add(name, name);
    }
    QStringList folders = QSettings().value(settings::kRecentModels).toStringList();
    if (!known.contains(current) && !folders.contains(current)) {
        folders.prepend(current);
    }
    bool first = true;
    for (const QString& folder : folders) {
        if (folder == current || QFileInfo(folder).isDir()) {
            if (first && !known.isEmpty()) {
                menu_.addSeparator();
            }
            first = false;
            add(folder, QFileInfo(folder).fileName());
        }
    }
    menu_.addSeparator();
    menu_.addAction(&openFolder_);
}

void ModelController::add(const QString& model, const QString& title) {
    QAction* action = menu_.addAction(title);
    action->setObjectName("listedModel");
    action->setCheckable(true);
    action->setChecked(model == QString::fromStdString(preview_.engine().model));
    action->setToolTip(model);
    models_->addAction(action);
    connect(action, &QAction::triggered, this, [this, model] { choose(model); });
}

void ModelController::choose(const QString& model) {
    jobs_.drop(this);  // of two that are chosen, the later counts
    rebuild();         // the mark stays with the model in use
    if (model.toStdString() == preview_.engine().model) {
        Q_EMIT working({});
        return;
    }
    Q_EMIT working(tr("Opening %1…").arg(QFileInfo(model).fileName()));
    session::Request request;
    request.engine = preview_.engine();
    request.engine.model = model.toStdString();
    jobs_.run(this, std::move(request), [this, model](const std::shared_ptr<const Finding>& finding) {
        Q_EMIT working({});
        if (finding->answer.error) {
            Q_EMIT failed(*finding->answer.error);
        } else {
            use(model);
        }
    });
}

void ModelController::use(const QString& model) {
    preview_.setModel(model);
    if (QFileInfo(model).isDir()) {
        settings::remember(settings::kRecentModels, model, kRecentModels);
    }
    QSettings().setValue(settings::kCurrentModel, model);
    rebuild();
    Q_EMIT stateChanged();
}

void ModelController::fallBack(const Error& error) {
    const QString builtIn = QString::fromStdString(session::EngineOptions{}.model);
    const QString broken = QString::fromStdString(preview_.engine().model);
    if (!preview_.model().name.empty() || broken == builtIn || !inference_.builtInModels().contains(builtIn)) {
        return;
    }
    QSettings settings;
    settings.remove(settings::kCurrentModel);
    QStringList folders = settings.value(settings::kRecentModels).toStringList();
    folders.removeAll(broken);
    settings.setValue(settings::kRecentModels, folders);
    preview_.setModel(builtIn);
    rebuild();
    Q_EMIT failed({error.kind, error.what, message("%1 is in use instead", builtIn.toStdString())});
    Q_EMIT stateChanged();
}

void ModelController::openFolder() {
    const QString folder = QFileDialog::getExistingDirectory(&over_, tr("Open a model folder"),
                                                             settings::lastFolder(settings::kModelFolder));
    if (!folder.isEmpty()) {
        QSettings().setValue(settings::kModelFolder, QFileInfo(folder).absolutePath());
        choose(folder);
    }
}

}  // namespace maskwright::ui
