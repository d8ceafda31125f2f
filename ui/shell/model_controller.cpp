#include "ui/shell/model_controller.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <optional>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

constexpr int kRecentModels = 5;

}  // namespace

ModelController::ModelController(Preview& preview, Jobs& jobs, ModelList& list, QMenu& menu,
                                 const QList<QAction*>& last, QWidget& over)
    : Controller(over),
      preview_(preview),
      jobs_(jobs),
      list_(list),
      menu_(menu),
      last_(last),
      models_(new QActionGroup(this)) {
    connect(last_.front(), &QAction::triggered, this, &ModelController::openFolder);
    connect(&preview_, &Preview::modelOpened, this, &ModelController::rebuild);
    connect(&preview_, &Preview::modelOpened, this, &ModelController::tellOpened);
    connect(&list_, &ModelList::changed, this, &ModelController::rebuild);
    // Queued: the window shows the failure first, and this one after it.
    connect(&preview_, &Preview::failed, this, &ModelController::fallBack, Qt::QueuedConnection);
    tellList();
}

QString ModelController::name() const {
    const std::string& open = preview_.model().name;
    return open.empty() ? QFileInfo(QString::fromStdString(preview_.engine().model)).fileName()
                        : QString::fromStdString(open);
}

// What a person should know of it.
void ModelController::tellOpened() {
    const session::ModelInfo& model = preview_.model();
    if (model.slowBlas) {
        Q_EMIT noticed(tr("The computer's slow linear algebra library is in use."),
                       tr("Install OpenBLAS (libopenblas0-pthread) to make everything many times faster."));
    } else if (!model.leftDevice.empty()) {
        Q_EMIT noticed(tr("The graphics card's memory is full."),
                       tr("The model goes on on the processor, which takes longer."));
    } else if (model.capabilities.middleOnly) {
        Q_EMIT noticed(tr("This model searches only the middle of a picture."),
                       tr("Its folder asks for that: do_center_crop is on in its preprocessor file."));
    }
}

void ModelController::rebuild() {
    for (QAction* old : models_->actions()) {
        menu_.removeAction(old);
        models_->removeAction(old);
        old->deleteLater();  // it may be the one that was just triggered
    }
    menu_.clear();
    std::optional<StoredModel::State> before;
    for (const ModelEntry& entry : list_.entries()) {
        if (!entry.model.here() || entry.model.clip) {
            continue;
        }
        if (before && *before != entry.model.state) {
            menu_.addSeparator();
        }
        before = entry.model.state;
        add(entry);
    }
    menu_.addSeparator();
    menu_.addActions(last_);
}

void ModelController::add(const ModelEntry& entry) {
    QAction* action = menu_.addAction(QString(entry.model.name).replace('&', "&&"));
    action->setObjectName("listedModel");
    action->setCheckable(true);
    action->setChecked(entry.inUse);
    action->setToolTip(entry.model.folder);
    models_->addAction(action);
    connect(action, &QAction::triggered, this, [this, id = entry.id] { choose(id); });
}

void ModelController::tellList() { list_.setUsed(QString::fromStdString(preview_.engine().model), which_); }

void ModelController::setWhich(const QString& model) {
    which_ = model;
    tellList();
}

void ModelController::choose(const QString& model) {
    jobs_.drop(this);  // of two that are chosen, the later counts
    rebuild();         // the mark stays with the model in use
    if (model.toStdString() == preview_.engine().model) {
        Q_EMIT working({});
        Q_EMIT succeeded();
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
    Q_EMIT succeeded();  // before what is to be known of the new one
    preview_.setModel(model);
    if (model.contains('/')) {
        settings::remember(settings::kRecentModels, model, kRecentModels);
    }
    QSettings().setValue(settings::kCurrentModel, model);
    tellList();
    Q_EMIT stateChanged();
}

void ModelController::fallBack(const Error& error) {
    const QString builtIn = QString::fromStdString(session::EngineOptions{}.model);
    const QString broken = QString::fromStdString(preview_.engine().model);
    const auto entry = list_.find(builtIn);
    if (!preview_.model().name.empty() || broken == builtIn || !entry || !entry->model.here()) {
        return;
    }
    QSettings settings;
    settings.remove(settings::kCurrentModel);
    QStringList folders = settings.value(settings::kRecentModels).toStringList();
    folders.removeAll(broken);
    settings.setValue(settings::kRecentModels, folders);
    preview_.setModel(builtIn);
    tellList();
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
