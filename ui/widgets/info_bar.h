// A line across the top of the picture that says what went wrong and what to do, until it is dismissed. Never modal.
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QToolButton;

namespace maskwright::ui {

class InfoBar : public QFrame {
    Q_OBJECT

  public:
    enum class Kind { error, notice };
    explicit InfoBar(QWidget* parent = nullptr);

    void showMessage(Kind kind, const QString& what, const QString& advice);
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return kind_; }

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void colour();
    void retranslate();
    Kind kind_ = Kind::error;
    QLabel* icon_;
    QLabel* text_;
    QToolButton* close_;
    QString what_, advice_;
};

}  // namespace maskwright::ui
