// Widgets below one another, as high as they need up to a limit; from there on the list scrolls by itself, so that what
// is beneath it stays where it can be seen.
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace maskwright::ui {

class CappedList : public QScrollArea {
    Q_OBJECT

  public:
    explicit CappedList(int highest, QWidget* parent = nullptr);  // pixels
    [[nodiscard]] QVBoxLayout* rows() const { return rows_; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    int highest_;
    QVBoxLayout* rows_;
};

}  // namespace maskwright::ui
