// Brings pictures in: from files, the list of recent ones, the clipboard, a drop, or those that come with the program.
#pragma once

#include "ui/model/ahead.h"
#include "ui/model/document.h"
#include "ui/model/picture_loader.h"
#include "ui/model/pictures.h"
#include "ui/shell/controller.h"

class QMenu;
class QMimeData;

namespace maskwright::ui {

class OpenController : public Controller {
    Q_OBJECT

  public:
    OpenController(Document& document, Pictures& pictures, Ahead& ahead, QWidget& over);
    // A file, or a picture of the list by its key.
    void open(const QString& path);
    // The same where a change of another picture was undone, or done again: says which picture it is and what it was.
    void goBackTo(const QString& key, const QString& what, bool undone);
    // Files and folders; the pictures of folders go into the list with the files. One folder alone is `folderWanted`.
    void openAll(const QStringList& paths);
    // The next of the list, or `step` before it; nothing where it ends.
    void goOn(int step);
    // Of samples(), with `phrase` typed in; where it is empty, with the first of the sample's own.
    void openSample(int index, const QString& phrase);
    void openDialog();
    void paste();
    [[nodiscard]] static bool canTake(const QMimeData& data);
    void take(const QMimeData& dropped);
    void fillRecent(QMenu& menu);
    [[nodiscard]] bool busy() const { return loader_.busy(); }
    // Whether a picture of the list is in hand that cannot be shown.
    [[nodiscard]] bool lacking() const;

  Q_SIGNALS:
    void folderWanted(const QString& path);          // what was to be opened is a folder
    void projectWanted(const QString& path);         // is a project
    void reduced(const QImage& small, QSize whole);  // what is being read, small; null: it could not be read
    void replaced(const maskwright::project::PictureFile& had);  // another lies where the project's was
    void missing(const QString& key);                            // a picture of the list is not where it was
    void opening();                                              // the picture is about to become the document's
    void opened(bool suggested);                                 // it is; `suggested`: with a phrase to try

  private:
    void take(const OpenPicture& picture);
    void showNothing(const QString& key, const Error& error);
    Document& document_;
    Pictures& pictures_;
    Ahead& ahead_;
    PictureLoader loader_;
    QString asked_;         // what is being read
    QString lacking_;       // a key of the list
    QString wantedPhrase_;  // typed in when the sample that is being read has come
};

// The name filter of a dialog that asks for a picture.
QString pictureFilter();
// The same for a project.
QString projectFilter();

}  // namespace maskwright::ui
