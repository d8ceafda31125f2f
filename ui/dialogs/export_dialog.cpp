#include "ui/dialogs/export_dialog.h"

#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/output/names.h"
#include "ui/model/error_text.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/folder_line.h"
#include "ui/widgets/screen_size.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {
namespace {

constexpr int kSoon = 150;               // milliseconds after the last key until the names are planned anew
constexpr std::size_t kMostShown = 200;  // names; the rest is a number
constexpr int kRow = Qt::UserRole, kPicture = Qt::UserRole + 1;  // of a name: whose it is

bool isAnnotations(const ExportWhat& what) { return what.format.has_value(); }
// Whether each row has a file of its own.
bool aFileARow(const ExportWhat& what) { return !isAnnotations(what) && what.kind != output::Kind::index; }

QLabel* muted() {
    auto* label = new QLabel;
    label->setObjectName("muted");
    label->setWordWrap(true);
    return label;
}

}  // namespace

ExportDialog::ExportDialog(QWidget* parent)
    : QDialog(parent),
      pages_(new QStackedWidget),
      what_(new ChoiceBox),
      rows_(new Segments(3)),
      pictures_(new Segments(2)),
      folder_(new QLineEdit),
      pattern_(new QLineEdit),
      whatText_(new QLabel),
      rowsText_(new QLabel),
      picturesText_(new QLabel),
      folderText_(new QLabel),
      patternText_(new QLabel),
      places_(muted()),
      filesText_(new QLabel),
      state_(new QLabel),
      opacity_(new ValueSlider(0, 1, 0.05,
                               [](double v) { return QLocale().toString(v * 100, 'f', 0) + QStringLiteral(" %"); })),
      soft_(new QCheckBox),
      empty_(new QCheckBox),
      files_(new QListWidget),
      lines_(new QListWidget),
      preview_(new ExportPreview),
      progressText_(new QLabel),
      summary_(new QLabel),
      bar_(new QProgressBar),
      line_(new FolderLine) {
    setObjectName("export");
    pattern_->setObjectName("pattern");
    files_->setObjectName("files");
    lines_->setObjectName("problems");
    state_->setObjectName("state");
    empty_->setObjectName("keepEmpty");
    for (QPushButton** button : {&choose_, &export_, &close_, &stop_, &hide_, &open_, &again_, &done_}) {
        *button = new QPushButton;
        (*button)->setAutoDefault(false);
    }
    export_->setObjectName("primary");
    export_->setDefault(true);
    pages_->addWidget(buildChoices());
    pages_->addWidget(buildProgress());
    pages_->addWidget(buildReport());
    auto* column = new QVBoxLayout(this);
    column->addWidget(pages_);
    soon_.setSingleShot(true);
    soon_.setInterval(kSoon);
    connect(&soon_, &QTimer::timeout, this, &ExportDialog::showPlan);
    connectChoices();
    retranslate();
    resizeOnScreen(*this, {820, 520});
}

QWidget* ExportDialog::buildForm() {
    auto* place = new QHBoxLayout;
    place->addWidget(folder_, 1);
    place->addWidget(choose_);
    names_ = new QVBoxLayout;
    names_->setSpacing(3);
    names_->addWidget(pattern_);
    names_->addWidget(places_);
    opacity_->setDefault(output::Appearance{}.opacity);
    auto* side = new QWidget;
    form_ = new QFormLayout(side);
    form_->setContentsMargins(0, 0, 0, 0);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form_->addRow(whatText_, what_);
    form_->addRow(rowsText_, rows_);
    form_->addRow(picturesText_, pictures_);
    form_->addRow(folderText_, place);
    form_->addRow(patternText_, names_);
    form_->addRow(opacity_);
    form_->addRow(soft_);
    form_->addRow(empty_);
    whatText_->setBuddy(what_);
    folderText_->setBuddy(folder_);
    patternText_->setBuddy(pattern_);
    filesText_->setBuddy(files_);
    return side;
}

QWidget* ExportDialog::buildChoices() {
    auto* left = new QVBoxLayout;
    left->addWidget(buildForm());
    left->addWidget(filesText_);
    left->addWidget(files_, 1);
    auto* both = new QHBoxLayout;
    both->setSpacing(16);
    both->addLayout(left, 3);
    both->addWidget(preview_, 2);
    state_->setWordWrap(true);
    auto* end = new QHBoxLayout;
    end->addWidget(state_, 1);
    end->addWidget(close_);
    end->addWidget(export_);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(both, 1);
    column->addLayout(end);
    return page;
}

QWidget* ExportDialog::buildProgress() {
    auto* end = new QHBoxLayout;
    end->addStretch(1);
    end->addWidget(hide_);
    end->addWidget(stop_);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addStretch(1);
    column->addWidget(progressText_);
    column->addWidget(bar_);
    column->addStretch(1);
    column->addLayout(end);
    bar_->setTextVisible(false);
    return page;
}

QWidget* ExportDialog::buildReport() {
    summary_->setObjectName("title");
    summary_->setWordWrap(true);
    lines_->setWordWrap(true);
    auto* end = new QHBoxLayout;
    end->addWidget(open_);
    end->addStretch(1);
    end->addWidget(again_);
    end->addWidget(done_);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(summary_);
    column->addWidget(lines_, 1);
    column->addStretch(0);
    column->addWidget(line_);
    column->addLayout(end);
    return page;
}

void ExportDialog::connectChoices() {
    connect(what_, &QComboBox::activated, this, [this](int place) {
        change([&](ExportChoice& choice) { choice.what = kExportWhats[std::size_t(place)]; });
    });
    connect(rows_, &Segments::chosen, this,
            [this](int place) { change([&](ExportChoice& choice) { choice.rows = ExportRows(place); }); });
    connect(pictures_, &Segments::chosen, this,
            [this](int place) { change([&](ExportChoice& choice) { choice.allPictures = place == 1; }); });
    connect(folder_, &QLineEdit::textEdited, this,
            [this](const QString& text) { change([&](ExportChoice& choice) { choice.folder = text; }); });
    connect(pattern_, &QLineEdit::textEdited, this,
            [this](const QString& text) { change([&](ExportChoice& choice) { choice.pattern = text; }); });
    connect(opacity_, &ValueSlider::moved, this, [this](double value) {
        choice_.opacity = value;
        showPreview();
    });
    connect(soft_, &QCheckBox::toggled, this, [this](bool soft) {
        choice_.hardEdges = !soft;
        showPreview();
    });
    connect(empty_, &QCheckBox::toggled, this, [this](bool keep) {
        choice_.keepEmpty = keep;
        showPlan();
    });
    connect(choose_, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    connect(files_, &QListWidget::currentRowChanged, this, &ExportDialog::showPreview);
    connect(export_, &QPushButton::clicked, this, &ExportDialog::exportWanted);
    connect(stop_, &QPushButton::clicked, this, &ExportDialog::stopWanted);
    connect(again_, &QPushButton::clicked, this, &ExportDialog::showChoices);
    connect(open_, &QPushButton::clicked, this, [this] { line_->open(report_.folder); });
    for (QPushButton* button : {close_, hide_, done_}) {
        connect(button, &QPushButton::clicked, this, &QDialog::close);
    }
}

void ExportDialog::change(const std::function<void(ExportChoice&)>& change) {
    change(choice_);
    showParts();
    soon_.start();
}

void ExportDialog::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Export into a folder"), choice_.folder);
    if (!folder.isEmpty()) {
        folder_->setText(folder);
        change([&](ExportChoice& choice) { choice.folder = folder; });
    }
}

void ExportDialog::setSource(ExportSource source, PreviewScene scene) {
    if (source.row != source_.row || source.picture != source_.picture) {
        const QSignalBlocker quiet(files_);
        files_->setCurrentItem(nullptr);  // the row in hand is another: it is the one to see
    }
    source_ = std::move(source);
    scene_ = std::move(scene);
    if (source_.row == 0 && choice_.rows == ExportRows::current) {
        choice_.rows = ExportRows::visible;
    }
    choice_.allPictures = choice_.allPictures || source_.picture == 0;
    showChoice();
    soon_.start();
}

void ExportDialog::setChoice(const ExportChoice& choice) {
    choice_ = choice;
    showChoice();
    showPlan();
}

void ExportDialog::showChoice() {
    const auto at = std::find(kExportWhats.begin(), kExportWhats.end(), choice_.what);
    what_->setCurrentIndex(at == kExportWhats.end() ? 0 : int(at - kExportWhats.begin()));
    rows_->setCurrent(int(choice_.rows));
    pictures_->setCurrent(choice_.allPictures ? 1 : 0);
    if (folder_->text() != choice_.folder) {
        folder_->setText(choice_.folder);
    }
    if (pattern_->text() != choice_.pattern) {
        pattern_->setText(choice_.pattern);
    }
    opacity_->setValue(choice_.opacity);
    // Without a row in hand, or an open picture, there is nothing that these could mean.
    rows_->setUsable(int(ExportRows::current), source_.row != 0,
                     tr("No row is in hand: click one in the side panel, or type a phrase."));
    pictures_->setUsable(0, source_.picture != 0, tr("No picture of the project is open."));
    const QSignalBlocker quiet(soft_), quietToo(empty_);
    soft_->setChecked(!choice_.hardEdges);
    empty_->setChecked(choice_.keepEmpty);
    showParts();
}

void ExportDialog::showParts() {
    const ExportWhat& what = choice_.what;
    form_->setRowVisible(names_, !isAnnotations(what));
    form_->setRowVisible(opacity_, !isAnnotations(what) && what.kind == output::Kind::overlay);
    form_->setRowVisible(soft_, !isAnnotations(what) && what.kind == output::Kind::cutout);
    form_->setRowVisible(empty_, !isAnnotations(what) && output::mayBeEmpty(what.kind));
    const std::string_view usual = batch::usualPattern(what.kind);
    pattern_->setPlaceholderText(QString::fromUtf8(usual.data(), qsizetype(usual.size())));
}

bool ExportDialog::leftOut(const ExportPlan& plan, const batch::PictureWork& work, std::size_t k) const {
    if (!output::mayBeEmpty(choice_.what.kind) || !aFileARow(choice_.what) || choice_.keepEmpty ||
        work.picture->id != source_.picture) {
        return false;
    }
    const auto row = std::find_if(scene_.rows.begin(), scene_.rows.end(),
                                  [&](const PreviewRow& one) { return one.id == work.rows[k]->id; });
    const auto& replaced = plan.replaced;  // what is there already is replaced by an empty one
    return row != scene_.rows.end() && row->nothing &&
           std::find(replaced.begin(), replaced.end(), work.outputs[k]) == replaced.end();
}

void ExportDialog::showPlan() {
    soon_.stop();
    auto planned = plan();
    export_->setEnabled(planned.ok());
    if (!planned) {
        plan_.reset();
        files_->clear();
        state_->setText(errorLine(planned.error()));
        showPreview();
        return;
    }
    plan_ = std::move(*planned);
    listFiles(*plan_);
    int empty = 0;
    for (const batch::PictureWork& work : plan_->plan.pictures) {
        for (std::size_t k = 0; k < work.outputs.size(); ++k) {
            empty += leftOut(*plan_, work, k) ? 1 : 0;
        }
    }
    QString text = tr("Files: %n", nullptr, int(plan_->files.size()) - empty);
    if (empty > 0) {
        text += QStringLiteral(", ") + tr("left out, because nothing is found: %n", nullptr, empty);
    }
    if (!plan_->replaced.empty()) {
        text += QStringLiteral(". ") +
                tr("There already: %n. You are asked before they are replaced.", nullptr, int(plan_->replaced.size()));
    }
    state_->setText(text);
    showPreview();
}

void ExportDialog::listFiles(const ExportPlan& plan) {
    const QString chosen = files_->currentItem() != nullptr ? files_->currentItem()->text() : QString();
    const QSignalBlocker quiet(files_);
    files_->clear();
    const QDir folder(QString::fromStdString(plan.request.output));
    const auto add = [&](const std::string& file, project::Id picture, project::Id row) {
        if (std::size_t(files_->count()) < kMostShown) {
            auto* item = new QListWidgetItem(folder.relativeFilePath(QString::fromStdString(file)), files_);
            item->setData(kPicture, qulonglong(picture));
            item->setData(kRow, qulonglong(row));
            if (item->text() == chosen) {
                files_->setCurrentItem(item);
            }
        }
    };
    if (isAnnotations(choice_.what)) {
        for (const std::string& file : plan.files) {
            add(file, source_.picture, 0);
        }
    }
    for (const batch::PictureWork& work : plan.plan.pictures) {
        for (std::size_t k = 0; k < work.outputs.size(); ++k) {
            if (leftOut(plan, work, k)) {
                continue;
            }
            add(work.outputs[k], work.picture->id, aFileARow(choice_.what) ? work.rows[k]->id : 0);
        }
    }
    if (plan.files.size() > kMostShown) {
        auto* more = new QListWidgetItem(tr("… and %n more", nullptr, int(plan.files.size() - kMostShown)), files_);
        more->setFlags(Qt::NoItemFlags);
    }
}

void ExportDialog::showPreview() {
    std::vector<project::Id> rows;
    if (plan_) {
        for (const batch::PictureWork& work : plan_->plan.pictures) {
            if (work.picture->id == source_.picture) {
                for (std::size_t k = 0; k < work.rows.size(); ++k) {
                    if (k >= work.outputs.size() || !leftOut(*plan_, work, k)) {
                        rows.push_back(work.rows[k]->id);
                    }
                }
            }
        }
    }
    const bool inHand = std::find(rows.begin(), rows.end(), source_.row) != rows.end();
    if (aFileARow(choice_.what) && inHand) {
        rows = {source_.row};
    }
    // Of a picture that is not open its name is all there is to see.
    const QListWidgetItem* item = files_->currentItem();
    if (item != nullptr && aFileARow(choice_.what) && item->data(kPicture).toULongLong() == source_.picture) {
        rows = {project::Id(item->data(kRow).toULongLong())};
    }
    preview_->set(scene_, choice_, rows);
}

void ExportDialog::showChoices() {
    pages_->setCurrentIndex(0);
    export_->setDefault(true);
    showPlan();
}

void ExportDialog::showProgress(std::size_t finished, std::size_t pictures) {
    finished_ = finished;
    count_ = pictures;
    progressText_->setText(tr("Pictures exported: %1 of %2").arg(finished).arg(pictures));
    bar_->setRange(0, int(pictures));
    bar_->setValue(int(finished));
    pages_->setCurrentIndex(1);
}

void ExportDialog::showReport(const ExportReport& report) {
    line_->hide();
    report_ = report;
    summary_->setText(report.summary);
    lines_->clear();
    lines_->addItems(report.lines);
    lines_->setVisible(!report.lines.isEmpty());
    pages_->setCurrentIndex(2);
    done_->setFocus();
}

void ExportDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showPlan();
    }
    QDialog::changeEvent(event);
}

void ExportDialog::retranslate() {
    setWindowTitle(tr("Export"));
    const QStringList whats{tr("Mask, black and white"),         tr("Cutout, without background"),
                            tr("Picture with the mask over it"), tr("Probability, 8 bits of grey"),
                            tr("Probability, 16 bits of grey"),  tr("Index picture, a number a row"),
                            tr("COCO annotations, run lengths"), tr("COCO annotations, polygons"),
                            tr("labelme annotations"),           tr("YOLO annotations, polygons")};
    const QSignalBlocker quiet(what_);
    what_->clear();
    what_->addItems(whats);
    whatText_->setText(tr("&What"));
    rowsText_->setText(tr("Rows"));
    rows_->setTexts({tr("This row"), tr("Visible"), tr("All")},
                    {tr("The one you are working on; of other pictures the rows with its name"),
                     tr("Rows whose eye is open"), tr("Hidden ones too")});
    picturesText_->setText(tr("Pictures"));
    pictures_->setTexts({tr("This picture"), tr("All with rows")});
    folderText_->setText(tr("&Folder"));
    choose_->setText(tr("&Choose…"));
    patternText_->setText(tr("&Names"));
    places_->setText(tr("What is filled in: %1").arg(QString::fromStdString(output::placeNames())));
    opacity_->setTitle(tr("Opacity"));
    soft_->setText(tr("&Soft edges"));
    empty_->setText(tr("E&mpty ones too"));
    empty_->setToolTip(
        tr("Also write files of rows of which nothing is found in a picture. Without it they are left out, and the end "
           "says how many."));
    filesText_->setText(tr("Fi&les"));
    export_->setText(tr("&Export"));
    close_->setText(tr("Close"));
    hide_->setText(tr("Hide"));
    hide_->setToolTip(tr("It goes on; File > Export shows it again"));
    stop_->setText(tr("Stop"));
    open_->setText(tr("Open the folder"));
    again_->setText(tr("Back"));
    done_->setText(tr("Close"));
    what_->setAccessibleName(tr("What"));
    rows_->setAccessibleName(rowsText_->text());
    pictures_->setAccessibleName(picturesText_->text());
    folder_->setAccessibleName(tr("Folder"));
    pattern_->setAccessibleName(tr("Names"));
    files_->setAccessibleName(tr("Files"));
    lines_->setAccessibleName(tr("What to know of"));
    bar_->setAccessibleName(tr("Progress"));
    preview_->setAccessibleName(tr("Preview"));
    showChoice();
}

}  // namespace maskwright::ui
