// Which of a trunk's own names a phrase means: those of its detector, then the classes of its classifier. A name above
// others ("animal") means all of them; one that is below and has no class of its own ("knight") the nearest above it;
// an animal without either ("tortoise") means a little the few that are of one kind with it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/wordnet.h"

namespace maskwright::train {

using data::WordNet;

// What a phrase means, by output of the is-a head; empty: none of the names.
using Meaning = std::map<std::int64_t, float>;

class Meanings {
  public:
    static constexpr std::size_t kSenses = 4;  // of a word, the commonest, that may be meant
    // names: the category of each of the detector's names; classes: that of each class, or kNoCategory. `net` may be
    // null. Both must outlive it.
    static constexpr std::size_t kNoCategory = SIZE_MAX;
    Meanings(const data::DataSet& set, std::vector<std::size_t> names, std::vector<std::size_t> classes,
             const WordNet* net);

    // `set` with the senses of `synsets` and all above them as categories of their own, as far as it has none of them:
    // its pictures may lack a class. Only the categories of what comes back mean anything.
    static data::DataSet withSenses(const data::DataSet& set, const std::vector<std::string>& synsets,
                                    const WordNet& net);

    // Of an English phrase; by its head where it is longer than a name ("the red cup on the left"). Nothing where that
    // is no noun known here.
    [[nodiscard]] std::optional<Meaning> of(const std::string& phrase) const;
    [[nodiscard]] std::int64_t outputs() const { return static_cast<std::int64_t>(names_.size() + classes_.size()); }

  private:
    // Whether `name` is said of the category. Data sets list every word of a synset, WordNet's rarest senses too:
    // "wheel" among the names of a bicycle, "plate" among those of a flat sheet.
    [[nodiscard]] bool saidOf(const std::string& name, std::size_t category) const;
    [[nodiscard]] bool isOwn(std::size_t category) const { return own_.contains(category); }
    [[nodiscard]] bool isDetected(std::size_t category) const;
    [[nodiscard]] bool meansDetected(const Meaning& meaning) const;
    [[nodiscard]] std::optional<Meaning> ofName(const std::string& name) const;
    [[nodiscard]] Meaning ofCategory(std::size_t category) const;
    [[nodiscard]] Meaning ofSense(std::uint32_t sense) const;
    [[nodiscard]] Meaning ofKin(std::uint32_t sense) const;
    [[nodiscard]] std::optional<Meaning> ofWord(const std::string& word) const;

    const data::DataSet& set_;
    const std::vector<std::size_t> names_, classes_;
    const WordNet* net_;
    std::multimap<std::string, std::size_t> byName_;        // categories
    std::map<std::uint32_t, std::size_t> bySense_;          // categories
    std::map<std::size_t, std::vector<std::int64_t>> own_;  // outputs that are the category itself
};

}  // namespace maskwright::train
