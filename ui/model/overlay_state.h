// How the mask is drawn, as the person has chosen it: kept from one start to the next, except for the threshold, which
// is the document's. GUI thread.
#pragma once

#include <QObject>
#include <array>

#include "ui/model/document.h"
#include "ui/model/overlay_style.h"

namespace maskwright::ui {

// Strong colours that are rare in photographs, told apart also without red or green.
inline constexpr std::array<QRgb, 5> kOverlayColours = {0xffff2e7e, 0xffffb000, 0xff1fd07f, 0xff2f8dff, 0xff9a5bff};

class OverlayState : public QObject {
    Q_OBJECT

  public:
    // Takes what the settings have.
    explicit OverlayState(Document& document, QObject* parent = nullptr);
    [[nodiscard]] OverlayStyle style() const;
    [[nodiscard]] int colour() const { return colour_; }  // place in kOverlayColours
    void setMode(OverlayMode mode);
    void setColour(int colour);
    void setOpacity(double opacity);  // 0..1; not kept before `keep`, since it comes from a slider that moves
    void keep() const;

  Q_SIGNALS:
    void changed();

  private:
    Document& document_;
    OverlayMode mode_ = OverlayStyle{}.mode;
    double opacity_ = OverlayStyle{}.opacity;
    int colour_ = 0;
};

}  // namespace maskwright::ui
