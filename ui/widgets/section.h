// A titled part of the side panel that folds away.
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace maskwright::ui {

class Section : public QWidget {
    Q_OBJECT

  public:
    explicit Section(QWidget* parent = nullptr);
    void setTitle(const QString& title);
    [[nodiscard]] QVBoxLayout* body() const { return body_; }
    // Something small at the right end of the title's line.
    void addCorner(QWidget* widget);
    void setOpen(bool open);

  Q_SIGNALS:
    void toggled(bool open);

  private:
    QToolButton* title_;
    QWidget* content_;
    QVBoxLayout* body_;
    QWidget* head_;
};

}  // namespace maskwright::ui
