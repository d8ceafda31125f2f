// What the presence stage asks of photographs: which phrases and marked objects are surely there, and which surely or
// almost surely are not.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/data/dataset.h"
#include "core/train/random.h"
#include "core/train/seen_photos.h"
#include "core/train/vocabulary.h"

namespace maskwright::train {

struct Question {
    std::int64_t row = 0;  // of the conditions
    bool there = false;
    float weight = 1;  // how sure that is
};

// Every condition that is asked with, as it was before asked(): those of the vocabulary first, then others.
struct Conditions {
    at::Tensor rows;                   // [R, P] as asked() gives them
    at::Tensor means;                  // [R, K + L] in 0..1: what the is-a head has each of them mean
    std::vector<std::int64_t> others;  // phrases that no category is called by
    std::vector<std::int64_t> madeUp;  // words that there are not
    std::vector<std::int64_t> named;   // of each named photograph, its name
    std::map<std::size_t, std::vector<std::int64_t>> marked;  // by category: objects marked in some photograph
};

// Any number of threads. All that it is given must outlive it.
class Questions {
  public:
    Questions(const data::DataSet& set, const std::vector<data::NamedPicture>& named, const Vocabulary& vocabulary,
              const Conditions& conditions, const PresenceStage& stage);
    [[nodiscard]] std::vector<Question> ofPhoto(std::size_t photo, Random& random) const;
    [[nodiscard]] std::vector<Question> ofNamed(std::size_t photo, Random& random) const;

  private:
    void askThere(const std::vector<std::size_t>& there, Random& random, std::vector<Question>& questions) const;
    void askAbsent(const data::Photo& photo, const std::vector<std::size_t>& there, Random& random,
                   std::vector<Question>& questions) const;
    void askUnknown(const std::vector<std::int64_t>& thereRows, Random& random, std::vector<Question>& questions) const;
    void askMarked(const data::Photo& photo, const std::vector<std::size_t>& there, Random& random,
                   std::vector<Question>& questions) const;
    // How sure it is that a photograph that shows `there` shows nothing of `category`; 0: not at all.
    [[nodiscard]] float absence(const data::Photo& photo, const std::vector<std::size_t>& there,
                                std::size_t category) const;

    const data::DataSet& set_;
    const std::vector<data::NamedPicture>& named_;
    const Vocabulary& vocabulary_;
    const Conditions& conditions_;
    const PresenceStage& stage_;
    const at::Tensor othersMeans_;      // [others, K + L]
    std::vector<char> closed_, class_;  // by category
    std::vector<std::size_t> classes_;  // categories that photographs of one object each stand for
    std::map<std::string, std::vector<std::size_t>> listed_;  // by source: what its people looked for
    std::vector<std::size_t> marked_;                         // categories of marked objects
};

}  // namespace maskwright::train
