// A rounded line of text floating over the picture: a hint that stays ("no elephant here"), or a message that goes.
#pragma once

#include <QTimer>
#include <QWidget>

namespace maskwright::ui {

class Pill : public QWidget {
    Q_OBJECT

  public:
    explicit Pill(QWidget* parent = nullptr);
    // Shown until `clear`, or for `milliseconds` where given.
    void say(const QString& text, int milliseconds = 0);
    void clear();
    [[nodiscard]] QString text() const { return isHidden() ? QString() : text_; }
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void resized();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QString text_;
    QTimer timer_;
};

}  // namespace maskwright::ui
