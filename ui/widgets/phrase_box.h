// The line in which one types what to find.
#pragma once

#include <QStringList>

#include "ui/widgets/line_edit.h"

class QStringListModel;

namespace maskwright::ui {

class PhraseBox : public LineEdit {
    Q_OBJECT

  public:
    explicit PhraseBox(QWidget* parent = nullptr);
    // No signal; the cursor stays where it is when the text is the same.
    void setPhrase(const QString& phrase);
    // What was looked for before, the latest first: proposed for what is typed; the down key shows all.
    void setHistory(const QStringList& phrases);
    // Its example is of one thing among several.
    void askWhich(bool which);

  Q_SIGNALS:
    void typed(const QString& phrase);
    void cut(int limit);  // what was typed or pasted has more characters than that; the rest was left out

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void retranslate();
    QStringListModel* history_;
    bool which_ = false;
    bool quiet_ = false;  // signals are not blocked: the clear button lives on them
};

}  // namespace maskwright::ui
