// From strokes, operations and clicks to edits: corrects the mask of the row in hand, and takes objects out of it as
// rows of their own. What is not kept as a row yet becomes one with its first correction. GUI thread; what looks at all
// pixels is done away from it.
#pragma once

#include <QObject>
#include <QPoint>

#include "core/image/brush.h"
#include "ui/model/candidates.h"
#include "ui/model/document.h"
#include "ui/model/overlay_state.h"
#include "ui/model/picture_objects.h"
#include "ui/model/row_findings.h"

namespace maskwright::ui {

// What is done to a mask as a whole: see core/image/mask_ops.h.
enum class MaskChange { fillHoles, largestPart, dropSpecks, grow, shrink, smooth, invert };
inline constexpr int kMaskChanges = 7;

class Corrections : public QObject {
    Q_OBJECT

  public:
    Corrections(Document& document, const RowFindings& rows, const Candidates& candidates, PictureObjects& objects,
                const OverlayState& overlay, QObject* parent = nullptr);

    // Whether there is a mask that can be corrected: candidates are not, they become rows first.
    [[nodiscard]] bool possible() const;
    // Where nothing is in hand: takes up the row that is meant at this pixel (RowFindings::meantAt()), so that there is
    // a mask to correct. -> possible()
    bool takeUp(QPoint pixel);
    // Whether the row in hand is corrected.
    [[nodiscard]] bool any() const;
    [[nodiscard]] bool busy() const { return busy_; }
    // What the mask would be with this stroke.
    [[nodiscard]] ShownMask with(const Runs& stroke, BrushUse use) const;

    // An edit each. `amount`: pixels, of dropSpecks the smallest area that stays; not looked at by the others.
    void stroke(const Runs& stroke, BrushUse use);
    void change(MaskChange change, double amount);
    void takeBack();  // all of the row's corrections

    // A new row of the object at this pixel. Of a mask in hand: of what the picture holds there and in the mask the
    // largest, else all that hangs together. Without a mask, and among candidates: the smallest one there.
    void takeObject(QPoint pixel);
    // The candidate as a row.
    void takeCandidate(int candidate);

  Q_SIGNALS:
    void busyChanged(bool busy);
    void objectTaken(const QString& name);
    void missed();  // nothing was found at that pixel
    void failed(const maskwright::Error& error);

  private:
    // Gives what is not kept yet a row, so that there is one to correct. Its id; empty where there is nothing.
    QString rowInHand();
    void takeFrom(QPoint pixel, const std::vector<Runs>& there);
    void setBusy(bool busy);
    void addObject(Runs object, const QString& name);
    [[nodiscard]] QString objectName() const;  // after what is looked for
    Document& document_;
    const RowFindings& rows_;
    const Candidates& candidates_;
    PictureObjects& objects_;
    const OverlayState& overlay_;
    bool busy_ = false;
};

}  // namespace maskwright::ui
