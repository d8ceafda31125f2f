// Several masks as one: what is inside any of them, drawn over the picture. Nothing here asks the engine; what is
// sampled is kept, so that a threshold that moves costs no sampling. GUI thread.
#pragma once

#include <QImage>
#include <memory>
#include <vector>

#include "ui/canvas/overlay.h"
#include "ui/model/overlay_state.h"

namespace maskwright::ui {

struct MaskSource {
    ShownMask mask;
    double threshold = 0.5;
    bool operator==(const MaskSource&) const = default;
};

// Where any of the masks is, as a map with one threshold for all: it is kJoinedThreshold plus the highest of
// `map - threshold`, so that the border and its slope are the uppermost mask's. Of one size; empty where there is none.
inline constexpr float kJoinedThreshold = 0.5f;
Heatmap joined(const std::vector<const Heatmap*>& maps, const std::vector<float>& thresholds);
// The same, into `all`, which may be the first of them.
void joinInto(Heatmap& all, const std::vector<const Heatmap*>& maps, const std::vector<float>& thresholds);

class Together {
  public:
    // Premultiplied ARGB of `area`'s size (device pixels of `view`), to be laid over the picture. `view`: one that
    // shows all as one, or heat, which shows the highest probability of all. `own` is the mask that is worked on, whose
    // threshold may move at every frame; it may be empty. `ratio`: device pixels a widget pixel.
    const QImage& draw(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others,
                       const ViewTransform& transform, const QRect& area, const output::Appearance& appearance,
                       double ratio);

  private:
    struct Place {
        ViewTransform view;
        QRect area;
        bool operator==(const Place&) const = default;
    };
    void sample(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others, const Place& place);

    Place place_;
    bool heats_ = false;  // others_ has probabilities, not what is above a threshold
    ShownMask ownMask_;
    std::vector<MaskSource> otherSources_;
    Sampled own_, others_;
    Sampled next_, all_;  // room for one of the others, and for all masks

    // What the image was drawn from, beside the above.
    MaskView view_ = MaskView::tint;
    double threshold_ = 0;
    output::Appearance appearance_;
    double ratio_ = 0;
    QImage image_;
    bool current_ = false;  // image_ shows what the samples are
};

}  // namespace maskwright::ui
