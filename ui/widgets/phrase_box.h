// The line in which one types what to find. Undo belongs to the document, not to the line: Ctrl+Z is left to the
// window.
#pragma once

#include <QLineEdit>

namespace maskwright::ui {

class PhraseBox : public QLineEdit {
    Q_OBJECT

  public:
    explicit PhraseBox(QWidget* parent = nullptr);
    // No signal; the cursor stays where it is when the text is the same.
    void setPhrase(const QString& phrase);

  Q_SIGNALS:
    void typed(const QString& phrase);

  protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    bool quiet_ = false;  // signals are not blocked: the clear button lives on them
};

}  // namespace maskwright::ui
