#include "app/cli/bench/bout.h"

#include <chrono>
#include <iostream>
#include <thread>

namespace maskwright::cli::bench {

void settleDown() { std::this_thread::sleep_for(std::chrono::milliseconds(30)); }

void sayStep(const Row& row) {
    if (isTerminal()) {
        std::cerr << row.step << " ";
        if (row.x > 0) {
            std::cerr << row.x << " ";
        }
        std::cerr << row.dtype << "\n";
    }
}

Result<std::optional<double>> Bout::ask(Opponent& opponent, const Json& request, const std::string& step) {
    settleDown();
    const auto reply = opponent.peer.ask(request);
    if (!reply) {
        return reply.error();
    }
    if (!reply->error.empty() && warned_.insert(opponent.engine + ": " + step).second) {
        warn(opponent.engine + " cannot do \"" + step + "\": " + quoted(reply->error, 300));
    }
    return reply->done() ? std::optional(reply->milliseconds()) : std::nullopt;
}

Result<void> Bout::take(const Step& step, int turns, bool warm) {
    sayStep(step.row);
    results_.rows.push_back(step.row);
    Row& row = results_.rows.back();
    row.theirs.resize(opponents_.size());
    std::vector<bool> able(opponents_.size(), static_cast<bool>(step.request));
    for (int turn = warm ? -1 : 0; turn < turns; ++turn) {
        if (step.prepare) {
            MASKWRIGHT_TRY(step.prepare());
        }
        settleDown();
        const auto own = step.ours();
        if (!own) {
            return own.error();
        }
        // Kept once the turn is over: half a turn compares nothing.
        std::vector<std::optional<double>> times(opponents_.size());
        for (std::size_t i = 0; i < opponents_.size(); ++i) {
            if (!able[i]) {
                continue;
            }
            const auto time = ask(opponents_[i], step.request(), row.step);
            if (!time) {
                return time.error();
            }
            times[i] = *time;
            able[i] = time->has_value();
        }
        if (turn < 0) {
            continue;
        }
        row.ours.push_back(*own / step.share);
        for (std::size_t i = 0; i < opponents_.size(); ++i) {
            if (able[i]) {
                row.theirs[i].push_back(*times[i] / step.share);
            } else {
                row.theirs[i].clear();
            }
        }
    }
    return {};
}

Result<void> Bout::tell(const Json& request) {
    for (Opponent& opponent : opponents_) {
        const auto done = ask(opponent, request, request.at("do").get<std::string>());
        if (!done) {
            return done.error();
        }
    }
    return {};
}

}  // namespace maskwright::cli::bench
