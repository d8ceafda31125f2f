#include "core/session/refer.h"

#include <utility>

namespace maskwright::session {

std::vector<referring::Place> Candidates::places() const {
    std::vector<referring::Place> all;
    for (const proposals::Proposal& one : proposals) {
        all.push_back({one.box, one.area});
    }
    return all;
}

double usualV(const Facts& facts) { return facts.blocks > 0 ? referring::Mixture{}.v : 0.25; }

Result<Candidates> candidatesOf(GlobalLocal& method, proposals::Source& source, std::shared_ptr<const Image> picture,
                                const std::stop_token& stop) {
    auto found = source.propose(*picture, stop);
    if (!found) {
        return found.error();
    }
    Candidates candidates{std::move(found->proposals), std::move(found->warnings), found->before, found->milliseconds,
                          nullptr};
    if (candidates.proposals.empty()) {
        return candidates;
    }
    std::vector<Region> regions;
    for (const proposals::Proposal& one : candidates.proposals) {
        regions.push_back({one.runs, one.box});
    }
    auto seen = method.look(std::move(picture), std::move(regions), stop);
    if (!seen) {
        return seen.error();
    }
    candidates.seen = std::move(*seen);
    return candidates;
}

Result<Referred> refer(GlobalLocal& method, const Candidates& candidates, const Expression& expression,
                       const std::stop_token& stop) {
    if (!candidates.seen) {
        return Referred{};
    }
    auto compared = method.compare(*candidates.seen, expression.text, expression.nounPhrase, expression.options, stop);
    if (!compared) {
        return compared.error();
    }
    referring::Ranking ranking = referring::rank(*compared, expression.mixture, expression.wishes, candidates.places());
    return Referred{std::move(*compared), std::move(ranking)};
}

}  // namespace maskwright::session
