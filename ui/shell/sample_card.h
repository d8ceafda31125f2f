// A sample photograph on the start screen: a click on the picture opens it, a click on a phrase under it opens it with
// that phrase. Tab reaches both, Space and Enter click.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/shell/samples.h"

class QHBoxLayout;
class QPushButton;

namespace maskwright::ui {

class SampleCard : public QWidget {
    Q_OBJECT

  public:
    // `name`: of the picture's button; the phrases' buttons are called by it with "phrase0" and so on behind it.
    SampleCard(const QString& name, const Sample& sample, QWidget* parent = nullptr);
    // The same photograph in another language.
    void setSample(const Sample& sample);

  Q_SIGNALS:
    void wanted(const QString& phrase);  // empty: the picture was clicked

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QPushButton* phraseButton(std::size_t index);
    QString name_;
    class PhotographButton* photograph_;
    QHBoxLayout* row_;
    std::vector<QPushButton*> phrases_;
};

}  // namespace maskwright::ui
