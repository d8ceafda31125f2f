// Opens a folder in the file manager. Where there is none it says where the folder is, in a line whose path can be
// copied; until then nothing of it is seen. GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace maskwright::ui {

class FolderLine : public QWidget {
    Q_OBJECT

  public:
    explicit FolderLine(QWidget* parent = nullptr);
    void open(const QString& folder);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    QLabel* text_;
    QLineEdit* path_;
    QPushButton* copy_;
};

}  // namespace maskwright::ui
