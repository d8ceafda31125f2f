#include "ui/model/search.h"

#include <algorithm>

#include "core/output/names.h"

namespace maskwright::ui {

namespace {

bool sameRegion(const std::shared_ptr<const Region>& a, const std::shared_ptr<const Region>& b) {
    return a == b || (a && b && a->runs() == b->runs());
}

}  // namespace

bool Support::operator==(const Support& other) const {
    return id == other.id && name == other.name && image == other.image && sameRegion(region, other.region) &&
           weight == other.weight && enabled == other.enabled && negative == other.negative && file == other.file &&
           missing == other.missing;
}

bool Search::empty() const {
    return phrase.trimmed().isEmpty() && std::none_of(supports.begin(), supports.end(), [](const Support& s) {
               return s.image && s.enabled && !s.negative;
           });
}

bool Search::leavesOut() const {
    return !negativePhrase.trimmed().isEmpty() ||
           std::any_of(supports.begin(), supports.end(), [](const Support& s) { return s.enabled && s.negative; });
}

void Search::leaveNothingOut() {
    negativePhrase.clear();
    std::erase_if(supports, [](const Support& s) { return s.enabled && s.negative; });
}

session::Prompt Search::prompt() const {
    session::Prompt prompt;
    prompt.phrase = phrase.trimmed().toStdString();
    prompt.negativePhrase = negativePhrase.trimmed().toStdString();
    prompt.mix = mix;
    prompt.negativeWeight = negativeWeight;
    prompt.compete = compete;
    for (const Support& support : supports) {
        if (support.enabled && support.image) {
            session::SupportRegion region{support.image, support.region->mask(), style, support.weight};
            (support.negative ? prompt.negativeRegions : prompt.regions).push_back(std::move(region));
        }
    }
    return prompt;
}

std::string Search::label() const {
    const QString wanted = phrase.trimmed();
    return wanted.isEmpty() ? std::string(output::kSupportLabel) : wanted.toStdString();
}

QString Row::title() const {
    return name.trimmed().isEmpty() ? QString::fromStdString(search.label()) : name.trimmed();
}

bool sameQuestion(const Search& a, const Search& b) {
    Search first = a, second = b;
    for (Search* search : {&first, &second}) {
        search->threshold.reset();
        search->automatic = false;
        search->refine = true;
        search->refineRadius = kRefineRadius;
    }
    return first == second;
}

bool sameEdges(const Search& a, const Search& b) {
    return a.refine == b.refine && (!a.refine || a.refineRadius == b.refineRadius);
}

}  // namespace maskwright::ui
