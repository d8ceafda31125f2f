// Help > About: what the program is, and every licence, each from the file that is the source of it: the program's, the
// built-in models' and the photographs' are in the program (ui/CMakeLists.txt); a library's text is what the system
// installed with it.
#pragma once

#include <QDialog>
#include <vector>

class QListWidget;
class QTextBrowser;

namespace maskwright::ui {

struct LibraryNotice {
    QString name, version, licence, address;  // the version may be empty; the licence is SPDX's name
    QString folder;                           // below /usr/share/doc, in Debian
    [[nodiscard]] QString installedText() const;
};
// Of resources/about/libraries.txt: one a line, its fields between bars, # begins a comment.
std::vector<LibraryNotice> libraryNotices();

class AboutDialog : public QDialog {
    Q_OBJECT

  public:
    // `torch`: LibTorch's version, once an engine has told it.
    explicit AboutDialog(const QString& torch, QWidget* parent = nullptr);

  private:
    void addPage(const QString& title, const QString& text, bool markdown);
    void addLibraries(const QString& torch);
    QListWidget* pages_;
    QTextBrowser* text_;
};

}  // namespace maskwright::ui
