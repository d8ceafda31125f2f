// The pictures of a project that are not where they were, and the wish to look for them in a folder. GUI thread.
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QListWidget;
class QPushButton;

namespace maskwright::ui {

class BusyLine;

class MissingPictures : public QDialog {
    Q_OBJECT

  public:
    explicit MissingPictures(QWidget* parent = nullptr);
    // Their paths. None: all were found, which it says.
    void setMissing(const QStringList& paths);
    // Whether a folder is being looked through; then it can be stopped.
    void setSearching(bool searching);

  Q_SIGNALS:
    void folderWanted(const QString& folder);
    void stopWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void askFolder();
    void retranslate();
    QStringList missing_;
    bool searching_ = false;
    QLabel *what_, *how_;
    QListWidget* list_;
    BusyLine* busy_;
    QPushButton *find_, *close_;
};

}  // namespace maskwright::ui
