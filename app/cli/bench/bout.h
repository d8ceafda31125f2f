// Both sides taking turns: ours, theirs, ours, theirs, so that what slows the machine down slows both. Threads: one.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/cli/bench/ours.h"
#include "app/cli/bench/peer.h"
#include "app/cli/bench/results.h"

namespace maskwright::cli::bench {

struct Opponent {
    std::string engine;  // as Results::peers has it
    Peer peer;
};

// One step. All three are called once a turn, in this order.
struct Step {
    Row row;                                // without its samples
    std::function<Result<void>()> prepare;  // not timed; may be empty
    std::function<Result<double>()> ours;   // milliseconds
    std::function<Json()> request;          // for every opponent; empty: they have no such step
    double share = 1;                       // times are divided by it: how many are worked on in a turn
};

class Bout {
  public:
    Bout(Results& results, std::vector<Opponent>& opponents) : results_(results), opponents_(opponents) {}

    // A turn that does not count, then `turns`; the row is in the results afterwards. An opponent that cannot do the
    // step is warned of and has none in this row. Errors: our side's, and Peer::ask()'s, with the row as far as it
    // came.
    Result<void> take(const Step& step, int turns, bool warm = true);
    // Has every opponent do something that is not measured. One that cannot is warned of.
    Result<void> tell(const Json& request);

  private:
    Result<std::optional<double>> ask(Opponent& opponent, const Json& request, const std::string& step);
    Results& results_;
    std::vector<Opponent>& opponents_;
    std::set<std::string> warned_;  // of what; a series fails at many points in one way
};

// Says on a terminal what is measured now.
void sayStep(const Row& row);

// Lets the threads that wait for more work after a step go to sleep (libgomp's own take 10 ms).
void settleDown();

}  // namespace maskwright::cli::bench
