#include "ui/model/automatic_thresholds.h"

namespace maskwright::ui {

AutomaticThresholds::AutomaticThresholds(Document& document, Preview& preview, RowFindings& rows, QObject* parent)
    : QObject(parent), document_(document), preview_(preview), rows_(rows) {
    connect(&preview_, &Preview::findingChanged, this, &AutomaticThresholds::follow);
    connect(&preview_, &Preview::modelOpened, this, &AutomaticThresholds::follow);
    connect(&rows_, &RowFindings::changed, this, &AutomaticThresholds::follow);
}

const Histogram* AutomaticThresholds::histogram() const {
    const auto& finding = preview_.finding();
    const bool known = finding && !finding->maps.empty() && finding->maps.front();
    return known ? &finding->maps.front()->histogram : nullptr;
}

void AutomaticThresholds::follow() {
    const double usual = document_.modelThreshold();
    std::map<QString, double> known;
    for (const Row& row : document_.rows()) {
        if (const RowFinding* found = rows_.of(row.id); found != nullptr && found->map) {
            known[row.id] = automaticThreshold(found->map->histogram, usual);
        }
    }
    if (const Histogram* spread = histogram();
        spread != nullptr && sameQuestion(preview_.foundFor(), document_.search())) {
        known[document_.currentRow()] = automaticThreshold(*spread, usual);
    }
    // All are read before any is said: what is said may change the rows.
    for (const auto& [row, threshold] : known) {
        document_.setAutomatic(row, threshold);
    }
}

}  // namespace maskwright::ui
