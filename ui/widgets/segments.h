// A few choices side by side, in one row or several, one of them on.
#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;

namespace maskwright::ui {

class Segments : public QWidget {
    Q_OBJECT

  public:
    // `columns`: of each row; 0: all in one.
    explicit Segments(int count, QWidget* parent = nullptr, int columns = 0);
    void setTexts(const QStringList& texts, const QStringList& hints = {});
    void setCurrent(int index);  // no signal
    // Whether it can be chosen; if not, its hint is `why`.
    void setUsable(int index, bool usable, const QString& why);
    [[nodiscard]] int current() const;
    [[nodiscard]] QWidget& segment(int index) const;

  Q_SIGNALS:
    void chosen(int index);

  private:
    QButtonGroup* group_;
    QStringList hints_;
};

}  // namespace maskwright::ui
