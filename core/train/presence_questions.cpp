#include "core/train/presence_questions.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <set>

namespace maskwright::train {
namespace {

// Shares of the questions of a photograph.
constexpr double kThere = 0.17, kClosed = 0.27, kClasses = 0.22, kListed = 0.15, kOthers = 0.17, kMadeUp = 0.08,
                 kMarked = 0.12, kKinds = 0.07;
// How sure it is that something is absent: of what a detector alone looked for, of a class in a photograph of no class,
// of what a list of kinds leaves out, of a phrase that means nothing related, of another photograph's name.
constexpr float kMissed = 0.5f, kNoClass = 0.6f, kUnlisted = 0.6f, kUnrelated = 0.5f, kOtherName = 0.7f;
// And how sure, that a kind of what is there is there: whoever asks for a policeman where a person is mostly sees one.
constexpr float kKindOf = 0.4f;
constexpr std::int64_t kOften = 3;  // annotations of a kind in a source: its people looked for it
// Products of what two phrases mean: from the first on they are related, from the second on they mean the same.
constexpr float kKin = 0.15f, kSame = 0.5f;

std::size_t shareOf(const PresenceStage& stage, double share) {
    return static_cast<std::size_t>(std::max(share * static_cast<double>(stage.names), 1.0));
}

// `count` of `items` without repeating one, fewer where there are fewer.
std::vector<std::size_t> some(std::vector<std::size_t> items, std::size_t count, Random& random) {
    random.shuffle(items);
    items.resize(std::min(items.size(), count));
    return items;
}

// What the photograph shows: annotated, boxed alone, or said to be there.
std::vector<std::size_t> shownIn(const data::DataSet& set, const data::Photo& photo) {
    std::set<std::size_t> there(photo.unmarked.begin(), photo.unmarked.end());
    for (const std::size_t i : photo.annotations) {
        there.insert(set.annotations[i].category);
    }
    for (const std::size_t i : photo.undrawn) {
        there.insert(set.undrawn[i].category);
    }
    return {there.begin(), there.end()};
}

}  // namespace

Questions::Questions(const data::DataSet& set, const std::vector<data::NamedPicture>& named,
                     const Vocabulary& vocabulary, const Conditions& conditions, const PresenceStage& stage)
    : set_(set),
      named_(named),
      vocabulary_(vocabulary),
      conditions_(conditions),
      stage_(stage),
      othersMeans_(conditions.means.index_select(0, at::tensor(conditions.others, at::kLong))),
      closed_(set.categories.size(), 0),
      class_(set.categories.size(), 0) {
    for (const std::size_t category : set.closed) {
        closed_[category] = 1;
    }
    std::map<std::string, std::map<std::size_t, std::int64_t>> often;
    for (const data::Annotation& annotation : set.annotations) {
        const data::Photo& photo = set.photos[annotation.photo];
        if (photo.coverage == data::Coverage::saliency && closed_[annotation.category] == 0) {
            class_[annotation.category] = 1;
        } else if (photo.coverage == data::Coverage::listed) {
            ++often[photo.source][annotation.category];
        }
    }
    for (std::size_t i = 0; i < class_.size(); ++i) {
        if (class_[i] != 0) {
            classes_.push_back(i);
        }
    }
    for (const auto& [source, counts] : often) {
        for (const auto& [category, count] : counts) {
            if (count >= kOften) {
                listed_[source].push_back(category);
            }
        }
    }
    for (const auto& [category, rows] : conditions.marked) {
        marked_.push_back(category);
    }
}

float Questions::absence(const data::Photo& photo, const std::vector<std::size_t>& there, std::size_t category) const {
    const bool related = std::any_of(there.begin(), there.end(),
                                     [&](std::size_t other) { return !vocabulary_.unrelated(category, other); });
    if (related) {
        return 0;
    }
    if (photo.coverage == data::Coverage::listed) {
        const auto found = listed_.find(photo.source);
        const bool looked = found != listed_.end() &&
                            std::find(found->second.begin(), found->second.end(), category) != found->second.end();
        return looked ? kUnlisted : 0;
    }
    if (closed_[category] != 0) {
        return photo.detected && !photo.vouched ? kMissed : 1;
    }
    if (class_[category] != 0) {
        return photo.coverage == data::Coverage::saliency ? 1 : kNoClass;
    }
    return 0;
}

void Questions::askThere(const std::vector<std::size_t>& there, Random& random,
                         std::vector<Question>& questions) const {
    std::set<std::size_t> all(there.begin(), there.end());
    for (const std::size_t category : there) {
        all.insert(set_.categories[category].ancestors.begin(), set_.categories[category].ancestors.end());
    }
    for (const std::size_t category : some({all.begin(), all.end()}, shareOf(stage_, kThere), random)) {
        questions.push_back({vocabulary_.drawRow(category, random), true, 1});
    }
}

void Questions::askAbsent(const data::Photo& photo, const std::vector<std::size_t>& there, Random& random,
                          std::vector<Question>& questions) const {
    const auto ask = [&](const std::vector<std::size_t>& from, double share) {
        for (const std::size_t category : some(from, shareOf(stage_, share), random)) {
            if (const float weight = absence(photo, there, category); weight > 0) {
                questions.push_back({vocabulary_.drawRow(category, random), false, weight});
            }
        }
    };
    if (photo.coverage == data::Coverage::listed) {
        if (const auto found = listed_.find(photo.source); found != listed_.end()) {
            ask(found->second, kListed);
        }
        return;
    }
    ask(set_.closed, kClosed);
    ask(classes_, kClasses);
}

void Questions::askUnknown(const std::vector<std::int64_t>& thereRows, Random& random,
                           std::vector<Question>& questions) const {
    for (std::size_t i = 0; i < shareOf(stage_, kMadeUp) && !conditions_.madeUp.empty(); ++i) {
        questions.push_back({random.pick(conditions_.madeUp), false, 1});
    }
    if (thereRows.empty() || conditions_.others.empty()) {
        return;
    }
    const at::Tensor shown = std::get<0>(conditions_.means.index_select(0, at::tensor(thereRows, at::kLong)).max(0));
    const at::Tensor alike = std::get<0>((othersMeans_ * shown).max(1)).contiguous();
    std::vector<std::size_t> same, unrelated;
    for (std::size_t i = 0; i < conditions_.others.size(); ++i) {
        const float value = alike.data_ptr<float>()[i];
        if (value >= kSame) {
            same.push_back(i);
        } else if (value < kKin) {
            unrelated.push_back(i);
        }
    }
    for (const std::size_t i : some(std::move(unrelated), shareOf(stage_, kOthers), random)) {
        questions.push_back({conditions_.others[i], false, kUnrelated});
    }
    for (const std::size_t i : some(std::move(same), shareOf(stage_, kKinds), random)) {
        questions.push_back({conditions_.others[i], true, kKindOf});
    }
}

void Questions::askMarked(const data::Photo& photo, const std::vector<std::size_t>& there, Random& random,
                          std::vector<Question>& questions) const {
    const std::size_t count = std::max<std::size_t>(shareOf(stage_, kMarked) / 2, 1);
    for (const std::size_t category : some(there, count, random)) {
        if (const auto found = conditions_.marked.find(category); found != conditions_.marked.end()) {
            questions.push_back({random.pick(found->second), true, 1});
        }
    }
    for (std::size_t i = 0; i < count && !marked_.empty(); ++i) {
        const std::size_t category = random.pick(marked_);
        if (const float weight = absence(photo, there, category); weight > 0) {
            questions.push_back({random.pick(conditions_.marked.at(category)), false, weight});
        }
    }
}

std::vector<Question> Questions::ofPhoto(std::size_t photo, Random& random) const {
    const data::Photo& of = set_.photos[photo];
    const std::vector<std::size_t> there = shownIn(set_, of);
    std::vector<std::int64_t> rows;
    for (const std::size_t category : there) {
        rows.push_back(vocabulary_.nameRow(category));
    }
    std::vector<Question> questions;
    askThere(there, random, questions);
    askAbsent(of, there, random, questions);
    askUnknown(rows, random, questions);
    askMarked(of, there, random, questions);
    return questions;
}

std::vector<Question> Questions::ofNamed(std::size_t photo, Random& random) const {
    const std::int64_t own = conditions_.named[photo];
    std::vector<Question> questions = {{own, true, 1}};
    for (std::size_t i = 0; i < shareOf(stage_, kClosed); ++i) {
        const std::size_t other = random.below(named_.size());
        const std::int64_t row = conditions_.named[other];
        // Another photograph's name, unless it means something like this one's.
        const bool kin = named_[other].name == named_[photo].name ||
                         (conditions_.means[row] * conditions_.means[own]).max().item<float>() >= kKin;
        if (!kin) {
            questions.push_back({row, false, kOtherName});
        }
    }
    askUnknown({own}, random, questions);
    return questions;
}

}  // namespace maskwright::train
