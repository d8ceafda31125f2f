#include "ui/dialogs/models_dialog.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTimer>
#include <QVBoxLayout>
#include <set>

#include "ui/model/settings.h"
#include "ui/widgets/folder_line.h"
#include "ui/widgets/question.h"
#include "ui/widgets/screen_size.h"

namespace maskwright::ui {

ModelsDialog::ModelsDialog(ModelList& models, QWidget* parent)
    : QDialog(parent),
      models_(models),
      scroll_(new QScrollArea),
      rows_(nullptr),
      intro_(new QLabel),
      here_(new QLabel),
      toGet_(new QLabel),
      repositoryName_(new QLabel),
      mirrorName_(new QLabel),
      hub_(new QLabel),
      mirror_(new QLineEdit),
      repository_(new QLineEdit),
      line_(new FolderLine),
      get_(new QPushButton),
      folder_(new QPushButton),
      file_(new QPushButton),
      close_(new QPushButton) {
    confirm = [this](const QString& question, const QString& button) { return askYesNo(question, button); };
    choose = [this](const QString& question, const QStringList& all) { return askModel(question, all); };
    setObjectName("models");
    resizeOnScreen(*this, {760, 720});
    build();
    connect(&models_, &ModelList::changed, this, &ModelsDialog::follow);
    connect(&models_, &ModelList::progressed, this, [this](const QString& id) {
        if (ModelRow* of = row(id)) {
            if (const auto entry = models_.find(id)) {
                of->setEntry(*entry);
            }
        }
    });
    connect(repository_, &QLineEdit::textChanged, this,
            [this](const QString& text) { get_->setEnabled(ModelList::isRepository(text)); });
    connect(repository_, &QLineEdit::returnPressed, get_, &QPushButton::click);
    connect(get_, &QPushButton::clicked, this, &ModelsDialog::getRepository);
    connect(folder_, &QPushButton::clicked, this, &ModelsDialog::importFolder);
    connect(file_, &QPushButton::clicked, this, &ModelsDialog::importFile);
    connect(close_, &QPushButton::clicked, this, &QDialog::close);
    connect(mirror_, &QLineEdit::editingFinished, this, [this] {
        const QString address = mirror_->text().trimmed();
        QSettings settings;
        address.isEmpty() ? settings.remove(settings::kMirror) : settings.setValue(settings::kMirror, address);
        showHub();
    });
    retranslate();
}

void ModelsDialog::build() {
    intro_->setObjectName("muted");
    intro_->setWordWrap(true);
    here_->setObjectName("title");
    toGet_->setObjectName("title");
    hub_->setObjectName("muted");
    hub_->setWordWrap(true);
    auto* inner = new QWidget;
    inner->setObjectName("clear");
    rows_ = new QVBoxLayout(inner);
    rows_->setContentsMargins(0, 0, 6, 0);
    rows_->setSpacing(8);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setWidget(inner);
    mirror_->setObjectName("mirror");
    mirror_->setText(QSettings().value(settings::kMirror).toString());
    mirrorName_->setBuddy(mirror_);
    repository_->setObjectName("repository");
    repositoryName_->setBuddy(repository_);
    get_->setObjectName("getRepository");
    get_->setEnabled(false);
    auto* from = new QGridLayout;
    from->addWidget(repositoryName_, 0, 0);
    from->addWidget(repository_, 0, 1);
    from->addWidget(get_, 0, 2);
    from->addWidget(mirrorName_, 1, 0);
    from->addWidget(mirror_, 1, 1, 1, 2);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(folder_);
    bottom->addWidget(file_);
    bottom->addStretch();
    bottom->addWidget(close_);
    for (QPushButton* button : {get_, folder_, file_, close_}) {
        button->setAutoDefault(false);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(intro_);
    column->addWidget(scroll_, 1);
    column->addWidget(line_);
    column->addLayout(from);
    column->addWidget(hub_);
    column->addLayout(bottom);
}

void ModelsDialog::retranslate() {
    setWindowTitle(tr("Models"));
    intro_->setText(
        tr("A CLIPSeg model finds what a phrase names. A CLIP alone answers “Which one”: of the things in a picture "
           "the one that is meant."));
    here_->setText(tr("On this computer"));
    toGet_->setText(tr("To download"));
    folder_->setText(tr("Import a &folder…"));
    folder_->setToolTip(tr("Copies a model folder, such as one of transformers or of the hub's cache"));
    file_->setText(tr("Import a fi&le…"));
    file_->setToolTip(
        tr("Safetensors in a model folder, a decoder of the CLIPSeg authors (.pth), or a CLIP of OpenAI's (.pt)"));
    close_->setText(tr("Close"));
    repositoryName_->setText(tr("&Another repository:"));
    repository_->setPlaceholderText(tr("OWNER/NAME on the hub"));
    repository_->setAccessibleName(tr("Another repository of CLIPSeg or CLIP, as OWNER/NAME"));
    repository_->setToolTip(
        tr("Any repository on the hub that holds a CLIPSeg or a CLIP: its files are looked at, hashed and tried like "
           "those of the list"));
    get_->setText(tr("Download"));
    get_->setAccessibleName(tr("Download the repository"));
    mirrorName_->setText(tr("&Mirror:"));
    mirror_->setPlaceholderText(tr("None; an address such as https://mirror.example.com"));
    mirror_->setAccessibleName(tr("Address of a mirror of the hub"));
    showHub();
    follow();
}

void ModelsDialog::showHub() {
    const QString hub = models_.hub();
    hub_->setText(hub.isEmpty()
                      ? tr("This is no address that downloads can come from: it must begin with https://")
                      : tr("Downloads come from %1, and nothing is asked of it before you download.").arg(hub));
}

void ModelsDialog::focusOn(const ModelRow& row) {
    if (const auto buttons = row.buttons(); !buttons.empty()) {
        buttons.front()->setFocus();
    }
}

// Tab goes down the list, then to what is below it.
void ModelsDialog::orderTabs() {
    std::vector<QWidget*> order;
    for (const ModelEntry& entry : models_.entries()) {
        const auto buttons = byId_.at(entry.id)->buttons();
        order.insert(order.end(), buttons.begin(), buttons.end());
    }
    order.insert(order.end(), {repository_, get_, mirror_, folder_, file_, close_});
    for (std::size_t i = 1; i < order.size(); ++i) {
        setTabOrder(order[i - 1], order[i]);
    }
}

void ModelsDialog::follow() {
    std::set<QString> gone;
    for (const auto& [id, row] : byId_) {
        gone.insert(id);
    }
    while (QLayoutItem* item = rows_->takeAt(0)) {
        delete item;  // the widgets stay
    }
    bool above = true;
    rows_->addWidget(here_);
    for (const ModelEntry& entry : models_.entries()) {
        if (std::exchange(above, above && (entry.model.here() || entry.importing)) && !above) {
            rows_->addSpacing(8);
            rows_->addWidget(toGet_);
        }
        ModelRow*& row = byId_[entry.id];
        if (row == nullptr) {
            row = new ModelRow;
            connect(row, &ModelRow::wanted, this, [this, id = entry.id](ModelAction action) { act(id, action); });
        }
        gone.erase(entry.id);
        row->setEntry(entry);
        rows_->addWidget(row);
        row->setVisible(true);
    }
    toGet_->setVisible(!above);
    rows_->addStretch(1);
    for (const QString& id : gone) {
        byId_[id]->hide();
        byId_[id]->deleteLater();  // it may be the one whose button was just pressed
        byId_.erase(id);
    }
    orderTabs();
}

ModelRow* ModelsDialog::row(const QString& id) const {
    const auto found = byId_.find(id);
    return found == byId_.end() ? nullptr : found->second;
}

void ModelsDialog::point(const QString& id) {
    QTimer::singleShot(0, this, [this, id] {  // after the layout
        if (ModelRow* of = row(id)) {
            scroll_->ensureWidgetVisible(of);
            focusOn(*of);
        }
    });
}

void ModelsDialog::act(const QString& id, ModelAction action) {
    const auto entry = models_.find(id);
    if (!entry) {
        return;
    }
    switch (action) {
        case ModelAction::use:
            Q_EMIT useWanted(id);
            break;
        case ModelAction::useForWhich:
            Q_EMIT whichWanted(id);
            break;
        case ModelAction::leaveWhich:
            Q_EMIT whichWanted({});
            break;
        case ModelAction::download:
        case ModelAction::resume:
            models_.download(id);
            break;
        case ModelAction::pause:
            models_.pause(id);
            break;
        case ModelAction::cancel:
            models_.cancel(id);
            break;
        case ModelAction::remove:
            if (confirm(tr("Delete %1 from this computer? It frees %2.")
                            .arg(entry->model.name, sizeText(entry->model.bytes)),
                        tr("Delete"))) {
                models_.remove(id);
            }
            break;
        case ModelAction::forget:
            models_.remove(id);
            break;
        case ModelAction::dismiss:
            models_.dismiss(id);
            break;
        case ModelAction::reveal:
            line_->open(entry->model.folder);
            break;
    }
}

void ModelsDialog::getRepository() {
    if (ModelList::isRepository(repository_->text())) {
        const QString id = models_.downloadRepository(repository_->text());
        repository_->clear();
        point(id);
    }
}

void ModelsDialog::importFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Import a model folder"),
                                                             settings::lastFolder(settings::kModelFolder));
    if (!folder.isEmpty()) {
        QSettings().setValue(settings::kModelFolder, QFileInfo(folder).absolutePath());
        import(folder);
    }
}

void ModelsDialog::importFile() {
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Import a model's file"), settings::lastFolder(settings::kModelFolder),
                                     tr("Models (*.safetensors *.pth *.pt)"));
    if (!file.isEmpty()) {
        QSettings().setValue(settings::kModelFolder, QFileInfo(file).absolutePath());
        import(file);
    }
}

void ModelsDialog::import(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    QString partner;
    if (QFileInfo(path).isFile() && (ending == QLatin1String("pth") || ending == QLatin1String("pt"))) {
        QStringList names;
        for (const ModelEntry& entry : models_.entries()) {
            if (entry.model.here() && (entry.model.clip || entry.model.state != StoredModel::State::builtIn)) {
                names << entry.id;
            }
        }
        partner = choose(tr("A decoder (.pth) needs the CLIP that it was trained with, a CLIP of OpenAI's (.pt) a "
                            "vocabulary. Which model has it?"),
                         names);
        if (partner.isEmpty()) {
            return;
        }
    }
    models_.import(path, partner);
    point(path);
}

QString ModelsDialog::askModel(const QString& question, const QStringList& models) {
    const QString another = tr("Another folder…");
    bool taken = false;
    const QString chosen = QInputDialog::getItem(this, tr("Import a model's file"), question,
                                                 models + QStringList{another}, 0, false, &taken);
    if (!taken) {
        return {};
    }
    return chosen != another ? chosen
                             : QFileDialog::getExistingDirectory(this, tr("Choose a CLIP's folder"),
                                                                 settings::lastFolder(settings::kModelFolder));
}

bool ModelsDialog::askYesNo(const QString& question, const QString& button) {
    QMessageBox box(QMessageBox::Question, windowTitle(), question, QMessageBox::NoButton, this);
    setIcon(box);
    QPushButton* yes = box.addButton(button, QMessageBox::AcceptRole);
    QPushButton* no = box.addButton(tr("Keep"), QMessageBox::RejectRole);
    box.setDefaultButton(no);
    box.exec();
    return box.clickedButton() == yes;
}

void ModelsDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        follow();
    }
    QDialog::changeEvent(event);
}

void ModelsDialog::showEvent(QShowEvent* event) {
    models_.refresh();  // the command line may have been at it
    if (const auto all = models_.entries(); focusWidget() == nullptr && !all.empty()) {
        focusOn(*byId_.at(all.front().id));
    }
    QDialog::showEvent(event);
}

}  // namespace maskwright::ui
