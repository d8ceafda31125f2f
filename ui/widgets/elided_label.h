// One line of text that gives way: where there is no room for all of it, its end is cut and the tooltip has the whole.
#pragma once

#include <QLabel>

namespace maskwright::ui {

class ElidedLabel : public QLabel {
    Q_OBJECT

  public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setWhole(const QString& text);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void cut();
    QString whole_;
};

}  // namespace maskwright::ui
