// How the mask is drawn, as the person has chosen it: kept from one start to the next, except for the threshold, which
// is the document's. GUI thread.
#pragma once

#include <QColor>
#include <QObject>
#include <array>

#include "core/output/appearance.h"
#include "ui/model/document.h"

namespace maskwright::ui {

// How masks are looked at. What is kept in the settings are the numbers: new ones come last.
enum class MaskView {
    tint,       // each row in its colour
    spotlight,  // all but the masks darkened
    heat,       // every probability in a colour
    outline,    // each row's border in its colour
    mask,       // black and white
    cutout,     // what is inside, over a checkerboard
};
inline constexpr int kMaskViews = 6;
// Whether it shows all rows that are visible as one mask.
constexpr bool showsTogether(MaskView view) {
    return view == MaskView::spotlight || view == MaskView::mask || view == MaskView::cutout;
}
// What a file is drawn like while a view is chosen: black and white and cutouts are files of their own.
output::OverlayMode modeOf(MaskView view);

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
    // Of a row that is not being worked on: as a tint or an outline, so that rows lie side by side.
    [[nodiscard]] output::Appearance appearanceOf(const Row& row) const;
    [[nodiscard]] output::Colour colourNow() const;
    // Its place in kOverlayColours; -1 for another one.
    [[nodiscard]] int colour() const;
    [[nodiscard]] MaskView view() const { return view_; }
    void setView(MaskView view);
    // Left of the line the picture alone, right of it the view. The line's place is a share of what is seen, 0..1.
    [[nodiscard]] bool split() const { return split_; }
    [[nodiscard]] double splitAt() const { return splitAt_; }
    void setSplit(bool split);
    void setSplitAt(double share);  // not kept before `keep`
    void setColour(int colour);     // of the current row, an edit; else of what comes next
    void setCutoutEdge(output::CutoutEdge edge);
    void setOpacity(double opacity);  // 0..1; not kept before `keep`, since it comes from a slider that moves
    void keep() const;

  Q_SIGNALS:
    void changed();

  private:
    Document& document_;
    MaskView view_ = MaskView::tint;
    bool split_ = false;
    double splitAt_ = 0.5;
    double opacity_ = output::Appearance{}.opacity;
    output::CutoutEdge cutoutEdge_ = output::Appearance{}.cutoutEdge;
    int colour_ = 0;
};

}  // namespace maskwright::ui
