#include "ui/dialogs/log_dialog.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include "core/base/file.h"
#include "core/base/log.h"
#include "ui/model/error_text.h"
#include "ui/model/settings.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/screen_size.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 720, kHeight = 460;  // pixels
constexpr int kEvery = 500;                 // milliseconds between two looks

// As spdlog names them on stderr; not translated, since the lines are not.
const char* nameOf(log::Level level) {
    switch (level) {
        case log::Level::debug:
            return "debug";
        case log::Level::info:
            return "info";
        case log::Level::warning:
            return "warning";
        case log::Level::error:
            return "error";
    }
    return "";
}

}  // namespace

LogDialog::LogDialog(QWidget* parent)
    : QDialog(parent), level_(new ChoiceBox), lines_(new QPlainTextEdit), said_(new QLabel) {
    setObjectName("logDialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Log"));
    level_->addItem(tr("Everything"), int(log::Level::debug));
    level_->addItem(tr("Information and problems"), int(log::Level::info));
    level_->addItem(tr("Warnings and errors"), int(log::Level::warning));
    level_->addItem(tr("Errors alone"), int(log::Level::error));
    level_->setCurrentIndex(1);
    level_->setAccessibleName(tr("What to show"));
    level_->setObjectName("level");
    lines_->setReadOnly(true);
    lines_->setTabChangesFocus(true);
    lines_->setLineWrapMode(QPlainTextEdit::NoWrap);
    lines_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    lines_->setAccessibleName(tr("Log"));
    said_->setObjectName("muted");
    said_->setWordWrap(true);
    said_->setText(
        tr("Kept while the program runs; there is no log file unless you save one. MASKWRIGHT_LOG=debug "
           "prints all of it on the terminal."));
    auto* copy = new QPushButton(tr("Copy"));
    auto* save = new QPushButton(tr("Save…"));
    auto* close = new QPushButton(tr("Close"));
    auto* top = new QHBoxLayout;
    top->addWidget(level_);
    top->addStretch(1);
    auto* last = new QHBoxLayout;
    last->addWidget(copy);
    last->addWidget(save);
    last->addStretch(1);
    last->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addLayout(top);
    column->addWidget(lines_, 1);
    column->addWidget(said_);
    column->addLayout(last);
    resizeOnScreen(*this, {kWidth, kHeight});
    connect(level_, &QComboBox::currentIndexChanged, this, [this] {
        shown_ = 0;
        follow();
    });
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(save, &QPushButton::clicked, this, &LogDialog::save);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    timer_.setInterval(kEvery);
    connect(&timer_, &QTimer::timeout, this, &LogDialog::follow);
    timer_.start();
    follow();
}

QString LogDialog::text() const { return lines_->toPlainText(); }

void LogDialog::follow() {
    const std::uint64_t written = log::written();
    if (written == shown_ && shown_ != 0) {
        return;
    }
    shown_ = written;
    QStringList lines;
    for (const log::Line& line : log::latest()) {
        if (int(line.level) >= level_->currentData().toInt()) {
            lines << QStringLiteral("%1  %2  %3")
                         .arg(QDateTime::fromMSecsSinceEpoch(line.when).toString(QStringLiteral("HH:mm:ss.zzz")),
                              QString::fromLatin1(nameOf(line.level)).leftJustified(7),
                              QString::fromStdString(line.text));
        }
    }
    QScrollBar* bar = lines_->verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    lines_->setPlainText(lines.join('\n'));
    if (atEnd) {
        bar->setValue(bar->maximum());
    }
}

void LogDialog::save() {
    const QString folder = settings::lastFolder(settings::kSaveFolder);
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save the log"), folder + QStringLiteral("/maskwright-log.txt"));
    if (path.isEmpty()) {
        return;
    }
    const auto written = writeFileAtomically(path.toStdString(), (text() + '\n').toStdString());
    said_->setText(written ? tr("Saved %1").arg(QFileInfo(path).fileName()) : errorLine(written.error()));
}

}  // namespace maskwright::ui
