// Which things a picture may hold, without asking for any: masks that a sentence can be matched with. A source
// proposes; the rest of the program does not ask which. Plain values; a source belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/image/runs.h"

namespace maskwright::proposals {

struct Proposal {
    Runs runs;              // of the picture's size, never empty
    Box box;                // tight round the runs
    std::int64_t area = 0;  // pixels inside
    float objectness = 0;   // how surely it is one thing, 0..1; comparable within one source
    bool operator==(const Proposal&) const = default;
};

// A proposal of runs with something inside.
Proposal proposalOf(Runs runs, float objectness);

// What a source is, told to a person.
struct About {
    std::string name;  // "detector", "classical", "maps", "file", "sam", "solo"
    Message what;      // one sentence without an end
    Message licence;   // of its weights
};

struct Found {
    std::vector<Proposal> proposals;  // the surest first
    std::vector<Message> warnings;
    std::size_t before = 0;  // masks before those were left out that are too many or too like a surer one
    double milliseconds = 0;
};

// What is left out.
struct Limits {
    // Intersection over union with a surer one, above which a proposal goes; 1: none does.
    double overlap = 0.7;
    std::size_t most = 100;  // 0: all

    bool operator==(const Limits&) const = default;
};
// The most that any caller may ask for, which bounds time and memory.
inline constexpr std::size_t kMostProposals = 1000;

class Source {
  public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    [[nodiscard]] virtual About about() const = 0;
    // Whether propose() of the picture that it was stopped at goes on there. It takes long; the others are worth
    // finishing.
    [[nodiscard]] virtual bool resumes() const { return false; }
    // Finding nothing is no error. Errors: input (no pixels, a file that cannot be used), resource, cancelled.
    virtual Result<Found> propose(const Image& picture, std::stop_token stop = {}) = 0;
};

// Intersection over union of runs of one size; 0 where both are empty.
double iou(const Runs& a, const Runs& b);

// The surest first (what is equally sure keeps its order), without those that `limits` leaves out. O(n^2) in boxes;
// runs are compared where the boxes alone do not tell.
std::vector<Proposal> ranked(std::vector<Proposal> all, const Limits& limits);

}  // namespace maskwright::proposals
