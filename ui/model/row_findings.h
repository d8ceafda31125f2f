// What the rows find in the open picture: the masks of those that are not worked on just now, which the preview does
// not ask for. They are asked for all at once, as a job, so the preview always goes first; what the preview has found
// for a row already is taken from it. GUI thread.
#pragma once

#include <QObject>
#include <QPoint>
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
    // The same of what is worked on: the current row, or what is not kept yet. Where rows compete (see
    // Document::rowsCompete()), what is not kept yet counts as the last row.
    [[nodiscard]] ShownMask shownNow() const;

    // What a tool or a command means while nothing is worked on: neither a row is in hand nor anything typed.
    [[nodiscard]] bool nothingInHand() const;
    // The rows that are visible and whose masks are known, from top to bottom.
    [[nodiscard]] std::vector<const Row*> known() const;
    // The row to take up with a tool at this pixel of the picture: of known() the only one, else the one drawn on top
    // there. Null for none.
    [[nodiscard]] const Row* meantAt(QPoint pixel) const;

  Q_SIGNALS:
    void changed();

  private:
    void follow();
    void ask();
    void forget();
    void followEdges();
    [[nodiscard]] bool current(const Row& row) const;
    // The rows that may take pixels from the row `id`, or, with an empty one, from what is not kept yet.
    [[nodiscard]] std::vector<Rival> rivalsOf(const QString& id) const;
    Document& document_;
    Preview& preview_;
    Jobs& jobs_;
    std::map<QString, RowFinding> found_;  // by row
    std::map<QString, Search> asked_;      // on its way
    bool refining_ = false;                // edges are being made anew
    QTimer soon_;                          // many edits in a row are one job
};

}  // namespace maskwright::ui
