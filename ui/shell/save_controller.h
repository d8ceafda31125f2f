// Saves what was found in the open picture, or the candidate that is chosen in it, or puts it on the clipboard.
#pragma once

#include <optional>

#include "ui/model/candidates.h"
#include "ui/model/overlay_state.h"
#include "ui/model/preview.h"
#include "ui/model/row_findings.h"
#include "ui/shell/controller.h"
#include "ui/shell/mask_writer.h"

namespace maskwright::ui {

class SaveController : public Controller {
    Q_OBJECT

  public:
    SaveController(Document& document, Preview& preview, const RowFindings& rows, const Candidates& candidates,
                   OverlayState& overlay, QWidget& over);
    // What would be saved now, but for the path; nothing where nothing was found.
    [[nodiscard]] std::optional<SaveJob> job(output::Kind kind) const;
    // Asks where to; nothing where nothing was found.
    void save(output::Kind kind);
    void copyCutout();

  private:
    // As it is on the screen; empty where nothing was found.
    [[nodiscard]] ShownMask shown() const;
    // What it is called by.
    [[nodiscard]] std::string label() const;
    [[nodiscard]] QString suggested(output::Kind kind) const;
    // Empty where none was chosen.
    [[nodiscard]] QString askPath(const QString& suggested);
    Document& document_;
    Preview& preview_;
    const RowFindings& rows_;
    const Candidates& candidates_;
    OverlayState& overlay_;
    MaskWriter writer_;
};

}  // namespace maskwright::ui
