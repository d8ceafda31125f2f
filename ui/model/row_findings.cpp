#include "ui/model/row_findings.h"

#include <utility>

#include "ui/model/edges.h"

namespace maskwright::ui {

RowFindings::RowFindings(Document& document, Preview& preview, Jobs& jobs, QObject* parent)
    : QObject(parent), document_(document), preview_(preview), jobs_(jobs) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &RowFindings::ask);
    connect(&document_, &Document::rowsChanged, this, &RowFindings::follow);
    connect(&document_, &Document::pictureChanged, this, &RowFindings::forget);
    connect(&preview_, &Preview::modelOpened, this, &RowFindings::forget);
    connect(&preview_, &Preview::findingChanged, this, &RowFindings::follow);
}

const RowFinding* RowFindings::of(const QString& id) const {
    const auto found = found_.find(id);
    return found == found_.end() ? nullptr : &found->second;
}

ShownMask RowFindings::shownOf(const Row& row) const {
    if (row.object) {
        return {nullptr, row.object, row.correction};
    }
    const RowFinding* finding = of(row.id);
    return {finding != nullptr ? finding->map : nullptr, nullptr, row.correction};
}

ShownMask RowFindings::shownNow() const {
    const Row* row = document_.row(document_.currentRow());
    if (row != nullptr && (row->object || current(*row))) {
        return shownOf(*row);
    }
    const auto& finding = preview_.finding();
    ShownMask shown{finding && !finding->maps.empty() ? finding->maps.front() : nullptr};
    if (row != nullptr) {
        shown.correction = row->correction;
    }
    return shown;
}

bool RowFindings::current(const Row& row) const {
    const RowFinding* finding = of(row.id);
    return finding != nullptr && sameQuestion(finding->asked, row.search);
}

void RowFindings::forget() {
    jobs_.drop(this);
    asked_.clear();
    found_.clear();
    Q_EMIT changed();
    follow();
}

void RowFindings::follow() {
    bool different = std::erase_if(found_, [this](const auto& f) { return document_.row(f.first) == nullptr; }) > 0;
    const auto& finding = preview_.finding();
    const bool usable = finding && !finding->maps.empty() && finding->answer.image == document_.picture().image;
    bool missing = false;
    for (const Row& row : document_.rows()) {
        const bool known = current(row);
        if (row.object || (known && sameEdges(of(row.id)->asked, row.search))) {
            continue;
        }
        if (usable && sameQuestion(preview_.foundFor(), row.search) &&
            (!known || sameEdges(preview_.foundFor(), row.search))) {
            const auto& coarse = finding->answer.coarse;
            found_[row.id] = {preview_.foundFor(),
                              finding->maps.front(),
                              double(finding->answer.presence.front()),
                              {},
                              coarse.empty() ? nullptr : coarse.front()};
            different = true;
        } else if (!known) {
            // The preview asks for the current one itself.
            missing = missing || (row.id != document_.currentRow() && row.visible);
        }
    }
    if (missing && document_.hasPicture()) {
        soon_.start();
    }
    if (different) {
        Q_EMIT changed();
    }
    followEdges();
}

// Of the rows that are not worked on: the preview makes its own.
void RowFindings::followEdges() {
    for (const Row& row : document_.rows()) {
        const RowFinding* finding = of(row.id);
        if (refining_ || row.id == document_.currentRow() || !current(row) || !finding->coarse ||
            sameEdges(finding->asked, row.search)) {
            continue;
        }
        refining_ = true;
        makeEdges(this, finding->coarse, document_.picture().image, row.search,
                  [this, id = row.id, wanted = row.search,
                   coarse = finding->coarse](const Result<std::shared_ptr<const HeatPyramid>>& map) {
                      refining_ = false;
                      const auto known = found_.find(id);
                      if (known != found_.end() && known->second.coarse == coarse) {
                          known->second.asked.refine = wanted.refine;
                          known->second.asked.refineRadius = wanted.refineRadius;
                          known->second.map = map ? *map : known->second.map;
                          Q_EMIT changed();
                      }
                      followEdges();
                  });
    }
}

void RowFindings::ask() {
    session::Request request;
    request.engine = jobs_.engine();
    request.image = document_.picture().image;
    std::vector<std::pair<QString, Search>> wanted;
    bool known = true;
    for (const Row& row : document_.rows()) {
        if (request.image && row.visible && !row.object && row.id != document_.currentRow() && !current(row) &&
            !row.search.empty()) {
            const auto under = asked_.find(row.id);
            known = known && under != asked_.end() && sameQuestion(under->second, row.search);
            request.prompts.push_back(row.search.prompt());
            wanted.emplace_back(row.id, row.search);
        }
    }
    if (wanted.empty() || (known && asked_.size() == wanted.size())) {
        return;  // it is on its way
    }
    jobs_.drop(this);
    asked_ = {wanted.begin(), wanted.end()};
    jobs_.run(this, std::move(request),
              [this, wanted = std::move(wanted)](const std::shared_ptr<const Finding>& finding) {
                  asked_.clear();
                  for (std::size_t i = 0; i < wanted.size(); ++i) {
                      RowFinding& row = found_[wanted[i].first];
                      row = {wanted[i].second, nullptr, -1, finding->answer.error};
                      // One job has one radius; followEdges() makes the others.
                      row.asked.refine = true;
                      row.asked.refineRadius = kRefineRadius;
                      if (!finding->answer.error && i < finding->maps.size()) {
                          row.map = finding->maps[i];
                          row.presence = double(finding->answer.presence[i]);
                          row.coarse = i < finding->answer.coarse.size() ? finding->answer.coarse[i] : nullptr;
                      }
                  }
                  Q_EMIT changed();
                  follow();
              });
}

}  // namespace maskwright::ui
