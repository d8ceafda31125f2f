// Saves what was found in the open picture, or puts it on the clipboard.
#pragma once

#include <optional>

#include "ui/shell/mask_writer.h"
#include "ui/model/overlay_state.h"
#include "ui/model/preview.h"
#include "ui/shell/controller.h"

namespace maskwright::ui {

class SaveController : public Controller {
    Q_OBJECT

  public:
    SaveController(Document& document, Preview& preview, OverlayState& overlay, QWidget& over);
    // What would be saved now, but for the path; nothing where nothing was found.
    [[nodiscard]] std::optional<SaveJob> job(output::Kind kind) const;
    // Asks where to; nothing where nothing was found.
    void save(output::Kind kind);
    // The kind that was saved last.
    [[nodiscard]] output::Kind kind() const { return kind_; }
    void copyCutout();

  private:
    // Null where nothing was found.
    [[nodiscard]] std::shared_ptr<const Heatmap> found() const;
    [[nodiscard]] QString suggested(output::Kind kind) const;
    // Empty where none was chosen.
    [[nodiscard]] QString askPath(const QString& suggested);
    Document& document_;
    Preview& preview_;
    OverlayState& overlay_;
    MaskWriter writer_;
    output::Kind kind_ = output::Kind::mask;
};

}  // namespace maskwright::ui
