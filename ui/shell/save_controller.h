// Saves what was found in the open picture, or puts it on the clipboard.
#pragma once

#include "ui/canvas/mask_writer.h"
#include "ui/model/overlay_state.h"
#include "ui/model/preview.h"
#include "ui/shell/controller.h"

namespace maskwright::ui {

class SaveController : public Controller {
    Q_OBJECT

  public:
    SaveController(Document& document, Preview& preview, OverlayState& overlay, QWidget& over);
    // Asks where to; nothing where nothing was found.
    void save(SaveKind kind);
    // The kind that was saved last.
    [[nodiscard]] SaveKind kind() const { return kind_; }
    void copyCutout();

  private:
    // Null where nothing was found.
    [[nodiscard]] std::shared_ptr<const Heatmap> found() const;
    [[nodiscard]] QString suggested(SaveKind kind) const;
    // Empty where none was chosen.
    [[nodiscard]] QString askPath(const QString& suggested);
    Document& document_;
    Preview& preview_;
    OverlayState& overlay_;
    MaskWriter writer_;
    SaveKind kind_ = SaveKind::mask;
};

}  // namespace maskwright::ui
