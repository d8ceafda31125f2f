#include "core/session/refer.h"

#include <utility>

#include "core/referring/place_words.h"
#include "core/text/noun_phrases.h"

namespace maskwright::session {

std::vector<referring::Place> Candidates::places() const {
    std::vector<referring::Place> all;
    for (const proposals::Proposal& one : proposals) {
        all.push_back({one.box, one.area, double(one.objectness)});
    }
    return all;
}

double usualV(const Facts& facts) { return facts.finds ? 0.25 : referring::Mixture{}.v; }

Result<Candidates> candidatesOf(GlobalLocal& method, proposals::Source& source, std::shared_ptr<const Image> picture,
                                const std::stop_token& stop) {
    auto found = source.propose(*picture, stop);
    return found ? candidatesOf(method, std::move(*found), std::move(picture), stop) : found.error();
}

Result<Candidates> candidatesOf(GlobalLocal& method, proposals::Found found, std::shared_ptr<const Image> picture,
                                const std::stop_token& stop) {
    Candidates candidates{std::move(found.proposals), std::move(found.warnings), found.before, found.milliseconds,
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

Meant meantBy(const std::string& expression) {
    text::NounPhrase read = text::nounPhrase(expression);
    Meant meant{std::move(read.text), text::remark(read), referring::wishesOf(expression)};
    if (read.kind == text::NounPhraseKind::notEnglish) {
        const std::string thing = referring::thingOf(expression);
        meant.nounPhrase = thing.empty() ? meant.nounPhrase : text::nounPhrase(thing).text;
        meant.wishes = referring::placeWordsOf(expression).wishes;
    }
    return meant;
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
    if (!expression.wishes.empty()) {
        auto named = method.named(*candidates.seen, expression.nounPhrase, stop);
        if (!named) {
            return named.error();
        }
        compared->named = std::move(*named);
    }
    referring::Ranking ranking = referring::rank(*compared, expression.mixture, expression.wishes, candidates.places());
    return Referred{std::move(*compared), std::move(ranking)};
}

}  // namespace maskwright::session
