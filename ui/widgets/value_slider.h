// A name, a value one can read, and a slider: with the keyboard, the wheel and, on a double click, back to the default.
#pragma once

#include <QWidget>
#include <functional>

class QLabel;
class QSlider;

namespace maskwright::ui {

class ValueSlider : public QWidget {
    Q_OBJECT

  public:
    // `format` makes the text of a value; `step` is one arrow key.
    ValueSlider(double low, double high, double step, std::function<QString(double)> format, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& hint = {});
    void setRange(double low, double high, double step);  // keeps the value where the new range has it; no signal
    void setDefault(double value) { default_ = value; }
    void setValue(double value);  // no signal
    [[nodiscard]] double value() const;
    // Something that stands on the slider; a value lies kInset pixels and more from its edges.
    void setBackdrop(QWidget* widget);
    static constexpr int kInset = 8;
    [[nodiscard]] QSlider* slider() const { return slider_; }
    // Asks for the text of the value again (another language, another default).
    void refresh();

  Q_SIGNALS:
    void moved(double value);  // by the person
    void settled();            // the person let go: what follows is another edit
    void reset();              // a double click

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    double low_, high_, step_, default_;
    std::function<QString(double)> format_;
    QLabel* title_;
    QLabel* text_;
    QSlider* slider_;
};

}  // namespace maskwright::ui
