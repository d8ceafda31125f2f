// How the mask is drawn: manner, threshold, opacity, colour. Nothing here asks the engine.
#pragma once

#include <QWidget>

#include "ui/canvas/overlay.h"
#include "ui/document.h"

class QButtonGroup;
class QLabel;

namespace maskwright::ui {

class Section;
class Segments;
class ValueSlider;

class MaskPanel : public QWidget {
    Q_OBJECT

  public:
    explicit MaskPanel(Document& document, QWidget* parent = nullptr);
    // Everything but the threshold, which is the document's.
    [[nodiscard]] OverlayStyle style() const;
    void restore();  // from the settings of the last time
    // The finding's highest probability as a share of 1; below 0: nothing found yet.
    void setPresence(double presence);

  Q_SIGNALS:
    void styleChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void keep() const;
    Document& document_;
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
