// How the mask is drawn, as the person has chosen it: kept from one start to the next, except for the threshold, which
// is the document's. GUI thread.
#pragma once

#include <QColor>
#include <QObject>
#include <array>

#include "core/output/appearance.h"
#include "ui/model/document.h"

namespace maskwright::ui {

// What every mask on the screen has in common: an edge of one device pixel, a thin outline, a colour of its own.
output::Appearance screenAppearance(output::Colour colour = kOverlayColours[0]);

inline QColor toQColor(output::Colour colour) { return {colour[0], colour[1], colour[2]}; }
inline output::Colour toColour(const QColor& colour) {
    return {std::uint8_t(colour.red()), std::uint8_t(colour.green()), std::uint8_t(colour.blue())};
}

class OverlayState : public QObject {
    Q_OBJECT

  public:
    // Takes what the settings have.
    explicit OverlayState(Document& document, QObject* parent = nullptr);
    // Of what is being worked on: the current row in its colour, or what is not kept yet in the next one.
    [[nodiscard]] output::Appearance appearance() const;
    // Of a row that is not being worked on: always as a tint, so that rows lie side by side.
    [[nodiscard]] output::Appearance appearanceOf(const Row& row) const;
    [[nodiscard]] output::Colour colourNow() const;
    // Its place in kOverlayColours; -1 for another one.
    [[nodiscard]] int colour() const;
    void setMode(output::OverlayMode mode);
    void setColour(int colour);  // of the current row, an edit; else of what comes next
    void setCutoutEdge(output::CutoutEdge edge);
    void setOpacity(double opacity);  // 0..1; not kept before `keep`, since it comes from a slider that moves
    void keep() const;

  Q_SIGNALS:
    void changed();

  private:
    Document& document_;
    output::OverlayMode mode_ = output::Appearance{}.mode;
    double opacity_ = output::Appearance{}.opacity;
    output::CutoutEdge cutoutEdge_ = output::Appearance{}.cutoutEdge;
    int colour_ = 0;
};

}  // namespace maskwright::ui
