// The five small masks between phrase and example, 0, 1/4, 1/2, 3/4 and 1 of the way: asked of the engine when phrase,
// examples or picture have changed, drawn anew when only the manner of drawing has. GUI thread.
#pragma once

#include <QImage>
#include <QObject>
#include <array>
#include <memory>
#include <vector>

#include "ui/model/document.h"
#include "ui/model/jobs.h"
#include "ui/model/overlay_state.h"

namespace maskwright::ui {

class MixtureStrip : public QObject {
    Q_OBJECT

  public:
    static constexpr int kCount = 5;
    MixtureStrip(Document& document, Preview& preview, Jobs& jobs, OverlayState& overlay);

  Q_SIGNALS:
    void drawn(const std::array<QImage, 5>& pictures);  // null ones where there are no masks

  private:
    void ask();
    void draw();
    Document& document_;
    Preview& preview_;
    Jobs& jobs_;
    OverlayState& overlay_;
    // What the maps were made for, and the maps, small.
    std::shared_ptr<const Image> image_;
    Search search_;
    std::vector<std::shared_ptr<const HeatPyramid>> maps_;
};

}  // namespace maskwright::ui
