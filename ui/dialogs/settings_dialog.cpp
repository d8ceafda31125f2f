#include "ui/dialogs/settings_dialog.h"

#include <QAbstractButton>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/model/error_text.h"
#include "ui/model/language.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/line_edit.h"
#include "ui/widgets/screen_size.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 520;  // pixels

void choose(QComboBox& box, const QVariant& value) {
    const int place = box.findData(value);
    if (place >= 0) {
        box.setCurrentIndex(place);
    } else if (box.isEditable()) {
        box.setCurrentText(value.toString());
    }
}

// The data of the line that is chosen, or what was written in place of one.
std::string valueOf(const QComboBox& box) {
    const int place = box.findText(box.currentText());
    return (place < 0 ? box.currentText().trimmed() : box.itemData(place).toString()).toStdString();
}

QLabel* heading(const QString& text) {
    auto* label = new QLabel(text);
    label->setObjectName("title");
    return label;
}

}  // namespace

SettingsDialog::SettingsDialog(const Settings& now, const Settings& usual, const session::EngineOptions& running,
                               QWidget* parent)
    : QDialog(parent),
      usual_(usual),
      form_(new QFormLayout),
      device_(new ChoiceBox),
      dtype_(new ChoiceBox),
      language_(new ChoiceBox),
      scheme_(new ChoiceBox),
      threads_(new QSpinBox),
      megapixels_(new QSpinBox),
      memory_(new LineEdit),
      pictureFolder_(new LineEdit),
      saveFolder_(new LineEdit),
      note_(new QLabel),
      problem_(new QLabel) {
    setObjectName("settings");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    build();
    fill(now);
    fillNotes(running, now.preferences);
}

void SettingsDialog::build() {
    nameFields();
    layRows();
    note_->setObjectName("muted");
    problem_->setObjectName("problem");
    for (QLabel* label : {note_, problem_}) {
        label->setWordWrap(true);
        label->hide();
    }
    QDialogButtonBox* buttons = makeButtons();
    for (const QLineEdit* edit : std::initializer_list<const QLineEdit*>{memory_, pictureFolder_, saveFolder_}) {
        connect(edit, &QLineEdit::textChanged, this, &SettingsDialog::followProblem);
    }
    for (const QComboBox* box : {device_, dtype_}) {
        connect(box, &QComboBox::currentTextChanged, this, &SettingsDialog::followProblem);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(12);
    column->addLayout(form_);
    column->addWidget(problem_);
    column->addStretch(1);
    column->addWidget(buttons);
    resizeOnScreen(*this, {kWidth, sizeHint().height()});
}

void SettingsDialog::nameFields() {
    device_->setObjectName("device");
    device_->setEditable(true);
    device_->addItem(tr("Automatic"), "auto");
    device_->addItem(tr("Processor"), "cpu");
    device_->addItem(tr("Graphics card"), "cuda");
    device_->setToolTip(
        tr("Automatic takes the graphics card where there is one that can be used; cuda:1 is the second"));
    dtype_->setObjectName("dtype");
    dtype_->addItem(tr("Automatic"), "auto");
    for (const char* name : {"float32", "bfloat16", "float16"}) {
        dtype_->addItem(QLatin1String(name), QLatin1String(name));
    }
    dtype_->setToolTip(
        tr("float32 is exact everywhere; the others are faster where the device multiplies them by itself"));
    threads_->setObjectName("threads");
    threads_->setRange(0, kMostThreads);
    threads_->setSpecialValueText(tr("As many as cores"));
    memory_->setObjectName("memory");
    memory_->setPlaceholderText(tr("Automatic"));
    memory_->setToolTip(tr("For pictures that may come back, such as 500M or 2G; 0 keeps none"));
    megapixels_->setObjectName("megapixels");
    megapixels_->setRange(1, kMostMegapixels);
    megapixels_->setSuffix(QStringLiteral(" ") + tr("megapixels"));
    megapixels_->setToolTip(tr("Larger pictures are refused before they are read"));
    for (QSpinBox* box : {threads_, megapixels_}) {
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    }
    language_->setObjectName("language");
    language_->addItem(tr("Like the system"), QString());
    for (const QString& code : Language::available()) {
        language_->addItem(Language::nameOf(code), code);
    }
    scheme_->setObjectName("scheme");
    scheme_->addItem(tr("Like the system"), int(Scheme::system));
    scheme_->addItem(tr("Light"), int(Scheme::light));
    scheme_->addItem(tr("Dark"), int(Scheme::dark));
    pictureFolder_->setObjectName("pictureFolder");
    saveFolder_->setObjectName("saveFolder");
}

void SettingsDialog::layRows() {
    auto row = [this](const QString& name, QWidget* field, QWidget* laid = nullptr) {
        field->setAccessibleName(name);
        form_->addRow(name, laid != nullptr ? laid : field);
    };
    form_->setHorizontalSpacing(16);
    form_->setVerticalSpacing(8);
    form_->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form_->addRow(heading(tr("Computing")));
    row(tr("Device"), device_);
    row(tr("Precision"), dtype_);
    row(tr("Threads"), threads_);
    row(tr("Memory"), memory_);
    form_->addRow(note_);
    form_->addRow(heading(tr("Pictures")));
    row(tr("Largest picture"), megapixels_);
    row(tr("Open from"), pictureFolder_, folderRow(*pictureFolder_, tr("Where the pictures are")));
    row(tr("Save to"), saveFolder_, folderRow(*saveFolder_, tr("Where masks are saved")));
    form_->addRow(heading(tr("Window")));
    row(tr("Language"), language_);
    row(tr("Appearance"), scheme_);
}

QDialogButtonBox* SettingsDialog::makeButtons() {
    auto* buttons = new QDialogButtonBox;
    auto* ok = buttons->addButton(tr("OK"), QDialogButtonBox::AcceptRole);
    ok->setObjectName("primary");
    ok->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    auto* restore = buttons->addButton(tr("Restore defaults"), QDialogButtonBox::ResetRole);
    restore->setObjectName("restore");
    connect(restore, &QAbstractButton::clicked, this, [this] { fill(usual_); });
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

QWidget* SettingsDialog::folderRow(QLineEdit& edit, const QString& title) {
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setAutoDefault(false);
    browse->setAccessibleName(title);
    browse->setToolTip(title);
    row->addWidget(&edit, 1);
    row->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, [this, &edit, title] {
        const QString folder = QFileDialog::getExistingDirectory(this, title, edit.text());
        if (!folder.isEmpty()) {
            edit.setText(folder);
        }
    });
    return line;
}

void SettingsDialog::fill(const Settings& settings) {
    choose(*device_, QString::fromStdString(settings.preferences.device));
    choose(*dtype_, QString::fromStdString(settings.preferences.dtype));
    threads_->setValue(settings.preferences.threads);
    memory_->setText(memoryText(settings.preferences.memory));
    megapixels_->setValue(settings.preferences.megapixels);
    choose(*language_, settings.language);
    choose(*scheme_, int(settings.scheme));
    pictureFolder_->setText(settings.pictureFolder);
    saveFolder_->setText(settings.saveFolder);
    problem_->hide();
}

void SettingsDialog::fillNotes(const session::EngineOptions& running, const Preferences& now) {
    QStringList given;
    auto note = [&given](bool differs, const char* option, const QString& value) {
        if (differs) {
            given << QStringLiteral("%1 %2").arg(QLatin1String(option), value);
        }
    };
    note(running.device != now.device, "--device", QString::fromStdString(running.device));
    note(running.dtype != now.dtype, "--dtype", QString::fromStdString(running.dtype));
    note(running.threads != now.threads, "--threads", QString::number(running.threads));
    note(running.memory != now.memory, "--memory", memoryText(running.memory));
    note_->setText(tr("This time the command line says %1. What you change here counts at once.")
                       .arg(given.join(QStringLiteral(", "))));
    note_->setVisible(!given.isEmpty());
}

Result<Settings> SettingsDialog::settings() const {
    Settings filled;
    filled.preferences.device = valueOf(*device_);
    filled.preferences.dtype = valueOf(*dtype_);
    filled.preferences.threads = threads_->value();
    filled.preferences.megapixels = megapixels_->value();
    const auto memory = memoryFromText(memory_->text());
    if (!memory) {
        return memory.error();
    }
    filled.preferences.memory = *memory;
    if (const auto right = check(filled.preferences); !right) {
        return right.error();
    }
    for (const QLineEdit* edit : {pictureFolder_, saveFolder_}) {
        const QString folder = edit->text().trimmed();
        if (!folder.isEmpty() && !QFileInfo(folder).isDir()) {
            return Error{ErrorKind::input, message("there is no folder %1", quoted(folder.toStdString())),
                         "choose another folder"};
        }
    }
    filled.pictureFolder = pictureFolder_->text().trimmed();
    filled.saveFolder = saveFolder_->text().trimmed();
    if (const QFileInfo save(filled.saveFolder); !filled.saveFolder.isEmpty() && !save.isWritable()) {
        return Error{ErrorKind::output,
                     message("cannot write %1: %2", filled.saveFolder.toStdString(), Message("Permission denied")),
                     "choose a folder you may write to"};
    }
    filled.language = language_->currentData().toString();
    filled.scheme = Scheme(scheme_->currentData().toInt());
    return filled;
}

void SettingsDialog::showProblem(const Result<Settings>& filled) {
    if (!filled) {
        problem_->setText(errorLine(filled.error()));
    }
    problem_->setVisible(!filled);
}

// What was wrong may be right by now, or something else.
void SettingsDialog::followProblem() {
    if (!problem_->isHidden()) {
        showProblem(settings());
    }
}

void SettingsDialog::take() {
    const auto filled = settings();
    showProblem(filled);
    if (!filled) {
        return;
    }
    Q_EMIT chosen(*filled);
    accept();
}

}  // namespace maskwright::ui
