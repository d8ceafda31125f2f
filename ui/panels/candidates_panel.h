// Which one is meant: what the phrase was taken for (thing, place and size), the candidates in order, what the chosen
// one's score is made of, and the weights. Everything here is Candidates' (ui/model/candidates.h).
#pragma once

#include <QStringList>
#include <QWidget>
#include <array>

#include "ui/model/candidates.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace maskwright::ui {

class CandidateSource;
class Section;
class ValueSlider;

class CandidatesPanel : public QWidget {
    Q_OBJECT

  public:
    CandidatesPanel(Document& document, Candidates& candidates, QWidget* parent = nullptr);

  Q_SIGNALS:
    void exampleWanted();      // of the chosen one
    void rowWanted();          // the same
    void sideBySideWanted();   // with what the phrase finds
    void thingCut(int limit);  // what was typed as the thing was longer, and lost its end
    // As CandidateSource's.
    void pathWanted(maskwright::session::WhichSource::Kind kind, bool folder);

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void fillRows();
    void followOrder();
    void followChosen();
    void followOptions();
    void showSaid();
    [[nodiscard]] QStringList reasons(std::size_t candidate) const;
    void showParts();
    void retranslate();
    Document& document_;
    Candidates& candidates_;
    Section* section_;
    CandidateSource* source_;
    QLabel* thingTitle_;
    QLineEdit* thing_;
    QCheckBox* prior_;
    QLabel *read_, *said_;
    QListWidget* list_;
    QLabel* reasons_;  // of the chosen one
    QWidget* parts_;
    // Columns sentence and thing, rows whole picture and cut out.
    std::array<QLabel*, 2> partColumns_{}, partRows_{};
    std::array<QLabel*, 4> partValues_{};
    QPushButton *example_, *row_, *sideBySide_;
    Section* weights_;
    ValueSlider *v_, *r_, *k_;
    bool filling_ = false;
};

}  // namespace maskwright::ui
