// The bar at the top: open, the phrase, the model, save.
#pragma once

#include <QFrame>

class QAction;
class QToolButton;

namespace maskwright::ui {

class Actions;
class PhraseBox;
class Segments;

class HeaderBar : public QFrame {
    Q_OBJECT

  public:
    explicit HeaderBar(QWidget* parent = nullptr);
    // What the buttons do, and the menus behind them.
    void setActions(const Actions& actions);
    [[nodiscard]] PhraseBox& phrase() const { return *phrase_; }
    // Which the segment "which one" stands for.
    void setWhichAction(QAction& which);
    void addBesidePhrase(QWidget* widget);  // at its right
    void focusPhrase(bool select);
    void setModel(const QString& name);
    void setSaveable(bool saveable);
    // Which question the phrase asks: where is it, or which one.
    void setWhich(bool which, bool possible);

  Q_SIGNALS:
    void whichChosen(bool which);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    PhraseBox* phrase_;
    Segments* question_;
    QToolButton *open_, *model_, *save_;
};

}  // namespace maskwright::ui
