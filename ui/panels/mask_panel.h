// How the mask is drawn: manner, threshold, opacity, colour. Nothing here asks the engine.
#pragma once

#include <QWidget>

#include "ui/model/document.h"
#include "ui/model/overlay_state.h"

class QButtonGroup;
class QLabel;

namespace maskwright::ui {

class Section;
class Segments;
class ValueSlider;

class MaskPanel : public QWidget {
    Q_OBJECT

  public:
    MaskPanel(Document& document, OverlayState& overlay, QWidget* parent = nullptr);
    // The finding's highest probability as a share of 1; below 0: nothing found yet.
    void setPresence(double presence);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void followColour();
    void retranslate();
    Document& document_;
    OverlayState& overlay_;
    Section* section_;
    Segments* mode_;
    ValueSlider* threshold_;
    ValueSlider* opacity_;
    QLabel* colourTitle_;
    QButtonGroup* colours_;
    QLabel* presence_;
    double shownPresence_ = -1;
};

}  // namespace maskwright::ui
