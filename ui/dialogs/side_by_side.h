// What the phrase finds in the open picture, which candidate it means, and where both agree: CLIPSeg beside
// Global-Local CLIP, with the intersection over union between them. Follows both as they change.
#pragma once

#include <QDialog>
#include <QImage>
#include <array>

#include "ui/model/candidates.h"
#include "ui/model/document.h"
#include "ui/model/preview.h"

class QLabel;

namespace maskwright::ui {

// How two masks of one size agree. Values at or below `threshold` are outside of `found`.
struct Agreement {
    std::int64_t both = 0, foundAlone = 0, chosenAlone = 0;  // pixels
    // 0 where both are empty.
    [[nodiscard]] double iou() const {
        const std::int64_t all = both + foundAlone + chosenAlone;
        return all > 0 ? double(both) / double(all) : 0;
    }
};
Agreement agreement(const Heatmap& found, double threshold, const Heatmap& chosen);

class SideBySide : public QDialog {
    Q_OBJECT

  public:
    SideBySide(Document& document, Preview& preview, Candidates& candidates, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow();
    Document& document_;
    Preview& preview_;
    Candidates& candidates_;
    std::array<QLabel*, 3> pictures_{}, titles_{};
    QLabel* text_;
};

}  // namespace maskwright::ui
