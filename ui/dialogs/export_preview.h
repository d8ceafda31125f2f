// What an export makes of the open picture, small, before it is made: drawn by core/output's own functions from the
// maps that the window has already, at the size of the preview. GUI thread.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/output/appearance.h"
#include "ui/model/export.h"
#include "ui/model/shown_mask.h"

namespace maskwright::ui {

// One row of the open picture.
struct PreviewRow {
    project::Id id = 0;
    std::string label;
    output::Colour colour{};
    double threshold = 0.5;
    ShownMask mask;        // empty: not known
    bool nothing = false;  // it is known that no pixel is inside
};

struct PreviewScene {
    std::shared_ptr<const PicturePyramid> picture;  // null: none is open
    std::vector<PreviewRow> rows;
};

// At most `side` pixels wide and high; null without a picture. `rows`: of the scene's, those that go into the file in
// hand; of a kind with a row a file the first is drawn. Rows whose maps are not known are left out.
QImage exportPreview(const PreviewScene& scene, const ExportChoice& choice, const std::vector<project::Id>& rows,
                     int side);

// Shows one, in the middle, on a checkerboard where it is transparent.
class ExportPreview : public QWidget {
    Q_OBJECT

  public:
    explicit ExportPreview(QWidget* parent = nullptr);
    void set(const PreviewScene& scene, const ExportChoice& choice, const std::vector<project::Id>& rows);
    [[nodiscard]] const std::vector<project::Id>& rows() const { return rows_; }
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void draw();
    PreviewScene scene_;
    ExportChoice choice_;
    std::vector<project::Id> rows_;
    QImage image_;
};

}  // namespace maskwright::ui
