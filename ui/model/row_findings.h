// What the rows find in the open picture: the masks of those that are not worked on just now, which the preview does
// not ask for. They are asked for all at once, as a job, so the preview always goes first; what the preview has found
// for a row already is taken from it. GUI thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>

#include "ui/model/document.h"
#include "ui/model/jobs.h"
#include "ui/model/preview.h"
#include "ui/model/shown_mask.h"

namespace maskwright::ui {

// One row's mask in the open picture.
struct RowFinding {
    Search asked;                            // what it was found for
    std::shared_ptr<const HeatPyramid> map;  // null where it failed
    double presence = -1;                    // 0..1; -1 where it failed
    std::optional<Error> error;
    std::shared_ptr<const Heatmap> coarse = {};  // what `map` was made from; null where it is not known
};

class RowFindings : public QObject {
    Q_OBJECT

  public:
    RowFindings(Document& document, Preview& preview, Jobs& jobs, QObject* parent = nullptr);
    // Null while it is not known. What was found for an earlier phrase of the row stays until the next is there.
    [[nodiscard]] const RowFinding* of(const QString& id) const;
    // A row as it is drawn, saved and exported: what was found, corrected, or the object. empty() while it is not
    // known.
    [[nodiscard]] ShownMask shownOf(const Row& row) const;
    // The same of what is worked on: the current row, or what is not kept yet.
    [[nodiscard]] ShownMask shownNow() const;

  Q_SIGNALS:
    void changed();

  private:
    void follow();
    void ask();
    void forget();
    void followEdges();
    [[nodiscard]] bool current(const Row& row) const;
    Document& document_;
    Preview& preview_;
    Jobs& jobs_;
    std::map<QString, RowFinding> found_;  // by row
    std::map<QString, Search> asked_;      // on its way
    bool refining_ = false;                // edges are being made anew
    QTimer soon_;                          // many edits in a row are one job
};

}  // namespace maskwright::ui
