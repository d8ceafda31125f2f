// The line in which one types what to find.
#pragma once

#include "ui/widgets/line_edit.h"

namespace maskwright::ui {

class PhraseBox : public LineEdit {
    Q_OBJECT

  public:
    explicit PhraseBox(QWidget* parent = nullptr);
    // No signal; the cursor stays where it is when the text is the same.
    void setPhrase(const QString& phrase);
    // Its example is of one thing among several.
    void askWhich(bool which);

  Q_SIGNALS:
    void typed(const QString& phrase);
    void cut(int limit);  // what was typed or pasted has more characters than that; the rest was left out

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    bool which_ = false;
    bool quiet_ = false;  // signals are not blocked: the clear button lives on them
};

}  // namespace maskwright::ui
