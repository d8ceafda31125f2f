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
    // What would be saved now, but for the path; nothing where nothing was found. Where nothing is in hand it is the
    // mask of the only row that is visible.
    [[nodiscard]] std::optional<SaveJob> job(output::Kind kind) const;
    // Whether nothing is in hand and several rows are visible: one file would not do, they are for the export dialog.
    [[nodiscard]] bool several() const;
    // Asks where to; nothing where nothing was found.
    void save(output::Kind kind);
    // Onto the clipboard: a cutout, or the mask in black and white.
    void copy(output::Kind kind);
    // A row's, which is being dragged out: it can be dropped as a file. Nothing where it is not known yet.
    [[nodiscard]] std::optional<SaveJob> jobOf(const QString& row) const;
    void drag(const QString& row);

  private:
    // As it is on the screen; empty where nothing was found.
    [[nodiscard]] ShownMask shown() const;
    // What it is called by.
    [[nodiscard]] std::string label() const;
    // Where nothing is in hand: the only visible row.
    [[nodiscard]] const Row* onlyRow() const;
    [[nodiscard]] QString suggested(const SaveJob& job) const;
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
