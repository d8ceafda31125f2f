#include "ui/dialogs/about_dialog.h"

#include <QFile>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <utility>

#include "ui/widgets/screen_size.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 780, kHeight = 560, kListWidth = 190;  // pixels
enum Role { kText = Qt::UserRole, kMarkdown };

QString contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

QString LibraryNotice::installedText() const {
    return folder.isEmpty() ? QString() : contents(QStringLiteral("/usr/share/doc/%1/copyright").arg(folder));
}

std::vector<LibraryNotice> libraryNotices() {
    std::vector<LibraryNotice> all;
    for (const QString& line : contents(QStringLiteral(":/about/libraries.txt")).split('\n')) {
        const QStringList fields = line.split('|');
        if (!line.startsWith('#') && fields.size() == 5) {
            all.push_back({fields[0].trimmed(), fields[1].trimmed(), fields[2].trimmed(), fields[3].trimmed(),
                           fields[4].trimmed()});
        }
    }
    return all;
}

AboutDialog::AboutDialog(const QString& torch, QWidget* parent)
    : QDialog(parent), pages_(new QListWidget), text_(new QTextBrowser) {
    setObjectName("aboutDialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Maskwright"));
    auto* picture = new QLabel;
    picture->setPixmap(windowIcon().pixmap(64, 64));
    auto* words = new QLabel(
        QStringLiteral("<h3>Maskwright %1</h3>").arg(QStringLiteral(MASKWRIGHT_VERSION)) +
        tr("Say what you are looking for, or show it, and it lights up in the picture.<br>Everything runs on this "
           "computer.") +
        QStringLiteral("<br>") + tr("Free software under the GNU General Public License, version 3 or later."));
    words->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(picture, 0, Qt::AlignTop);
    head->addWidget(words, 1);
    pages_->setFixedWidth(kListWidth);
    pages_->setAccessibleName(tr("Licences"));
    pages_->setObjectName("licences");
    text_->setOpenExternalLinks(true);
    text_->setAccessibleName(tr("Licence text"));
    text_->setObjectName("licence");
    auto* middle = new QHBoxLayout;
    middle->addWidget(pages_);
    middle->addWidget(text_, 1);
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(12);
    column->addLayout(head);
    column->addLayout(middle, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    resizeOnScreen(*this, {kWidth, kHeight});
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(pages_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item == nullptr) {
            return;
        }
        if (item->data(kMarkdown).toBool()) {
            text_->setMarkdown(item->data(kText).toString());
        } else {
            text_->setPlainText(item->data(kText).toString());
        }
    });
    addPage(tr("This program"), contents(QStringLiteral(":/about/LICENSE")), false);
    addPage(tr("Model %1").arg(QStringLiteral("Sight")), contents(QStringLiteral(":/about/sight.txt")), false);
    addPage(tr("Model %1").arg(QStringLiteral("Mini")), contents(QStringLiteral(":/about/mini.md")), true);
    addPage(tr("Photographs"), contents(QStringLiteral(":/about/photographs.md")), true);
    addLibraries(torch);
    pages_->setCurrentRow(0);
}

void AboutDialog::addPage(const QString& title, const QString& text, bool markdown) {
    auto* page = new QListWidgetItem(title, pages_);
    page->setData(kText, text);
    page->setData(kMarkdown, markdown);
}

void AboutDialog::addLibraries(const QString& torch) {
    for (LibraryNotice& library : libraryNotices()) {
        if (library.name == QLatin1String("Qt")) {
            library.version = QString::fromLatin1(qVersion());  // the one that runs
        } else if (library.name == QLatin1String("LibTorch")) {
            library.version = torch;
        }
        const QString installed = library.installedText();
        QString text = library.name + ' ' + library.version + '\n' + tr("Licence: %1").arg(library.licence) + '\n' +
                       library.address + QStringLiteral("\n\n");
        text += installed.isEmpty() ? tr("The text of the licence comes with the library.") : installed;
        addPage(library.name, text, false);
    }
}

}  // namespace maskwright::ui
