// How masks are looked at, and what decides one: its threshold and its edges. Nothing here asks the engine.
#pragma once

#include <QWidget>

#include "core/image/automatic_threshold.h"
#include "ui/model/document.h"
#include "ui/model/overlay_state.h"

class QButtonGroup;
class QCheckBox;
class QLabel;

namespace maskwright::ui {

class HistogramStrip;
class Section;
class Segments;
class ValueSlider;

class MaskPanel : public QWidget {
    Q_OBJECT

  public:
    MaskPanel(Document& document, OverlayState& overlay, QWidget* parent = nullptr);
    // The finding's highest probability as a share of 1; below 0: nothing found yet.
    void setPresence(double presence);
    // Beside a folder's pictures, what acts on one picture alone is off and says why.
    void setOfFolder(bool folder);
    // Of what is worked on; null: nothing found yet.
    void setHistogram(const Histogram* histogram);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void connectMask();
    void followThreshold();
    void followParts();
    [[nodiscard]] bool objectInHand() const;
    void followEdges();
    void followView();
    void followColour();
    void retranslate();
    Document& document_;
    OverlayState& overlay_;
    Section* section_;
    Segments* view_;
    QCheckBox* split_;
    ValueSlider* threshold_;
    HistogramStrip* histogram_;
    QCheckBox* automatic_;
    QCheckBox* refine_;
    ValueSlider* radius_;
    ValueSlider* opacity_;
    QLabel* colourTitle_;
    QButtonGroup* colours_;
    QLabel* presence_;
    double shownPresence_ = -1;
    bool folder_ = false;
};

}  // namespace maskwright::ui
