// One part of a run that several machines share. The plan is made over all pictures, so that each has the name that it
// has in one run, and a shard takes every count-th of them; merge.h makes one run's journal and report of theirs.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace maskwright::batch {

struct Inputs;
struct Plan;

inline constexpr std::size_t kMostShards = 100'000;  // Kubernetes' own limit for an indexed Job

struct Shard {
    std::size_t index = 1, count = 1;  // the index counts from 1, as people do
    bool operator==(const Shard&) const = default;
    // "2/8", as the command line has it
    [[nodiscard]] std::string text() const { return std::to_string(index) + "/" + std::to_string(count); }
};

// What a plan that is a shard's knows of the whole.
struct Part {
    Shard shard;
    std::vector<std::size_t> numbers;  // of its pictures in the whole plan, from 0
    std::size_t pictures = 0;          // of the whole plan
    // SHA-256 of the names of all pictures and results: shards with the same took their parts of the same plan.
    std::string plan;
    // Of the search for pictures (see Inputs), for the report.
    std::vector<std::pair<std::string, Error>> bad, skipped;
    std::vector<Error> notices;
};

// The numbers of a shard's pictures: index - 1 and every count-th from there. Neighbours, which are often alike in
// size, so go to different shards.
std::vector<std::size_t> numbersOf(const Shard& shard, std::size_t pictures);
// How many those are.
constexpr std::size_t countOf(const Shard& shard, std::size_t pictures) {
    return (pictures + shard.count - shard.index) / shard.count;
}
// The shard's part of a plan that has a journal and names. May have no picture.
Plan takePart(const Plan& whole, const Shard& shard, const Inputs& inputs);

}  // namespace maskwright::batch
