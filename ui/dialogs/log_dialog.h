// Help > Log: what the program has said of itself in this run, newest last, as it comes.
#pragma once

#include <QDialog>
#include <QTimer>
#include <cstdint>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace maskwright::ui {

class LogDialog : public QDialog {
    Q_OBJECT

  public:
    explicit LogDialog(QWidget* parent = nullptr);
    // The lines that are shown, as they are copied and saved.
    [[nodiscard]] QString text() const;

  private:
    void follow();
    void save();
    QComboBox* level_;
    QPlainTextEdit* lines_;
    QLabel* said_;
    QTimer timer_;
    std::uint64_t shown_ = 0;  // log::written() of what is on the screen
};

}  // namespace maskwright::ui
