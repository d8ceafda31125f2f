// What the window shows before a picture is open: how to open one, and photographs to try.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace maskwright::ui {

struct Example {
    QString file;    // a resource path
    QString phrase;  // something that is in it, in the language in use
    QString title;
};
// The photographs that come with the program.
std::vector<Example> examples();

class EmptyState : public QWidget {
    Q_OBJECT

  public:
    explicit EmptyState(QWidget* parent = nullptr);

  Q_SIGNALS:
    void openWanted();
    void exampleWanted(int index);

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void retranslate();
    QLabel* title_;
    QLabel* text_;
    QPushButton* open_;
    QLabel* tryTitle_;
    std::vector<class ExampleButton*> cards_;
};

}  // namespace maskwright::ui
