// The program that is measured against: a Python that runs tests/bench/peer.py, which says what the lines between the
// two mean. Times are taken there. Threads: one.
#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/bench/child.h"
#include "core/base/json.h"

namespace maskwright::cli::bench {

// tests/bench/peer.py, as it was when this program was built.
std::string_view peerScript();

// What the script says of itself when it starts.
struct Greeting {
    std::vector<std::string> engines;             // "transformers", "openvino"
    std::map<std::string, std::string> versions;  // of "torch", "transformers", "openvino", "PIL", "python"
};

struct Reply {
    Json value = Json::object();
    std::string error;   // it tried and could not; empty: it did
    std::string unable;  // it has no such step, and why
    [[nodiscard]] bool done() const { return error.empty() && unable.empty(); }
    [[nodiscard]] double milliseconds() const { return value.at("milliseconds").get<double>(); }
};

class Peer {
  public:
    struct Options {
        std::string python;    // a path, or a name on PATH
        std::string said;      // file for its standard error
        double seconds = 600;  // it may take for one answer
    };
    // Starts the Python and hears its greeting. Errors: ErrorKind::input where there is no such program or it lacks
    // what it needs; resource where it dies, is silent for too long or says something else; cancelled.
    static Result<Peer> start(const Options& options, const std::stop_token& stop);

    [[nodiscard]] const Greeting& greeting() const { return greeting_; }
    // One request, e.g. {"do": "encode"}, and its answer. Errors: as start; the peer is of no use afterwards.
    Result<Reply> ask(Json request);

  private:
    Peer(Child child, Options options, std::stop_token stop)
        : child_(std::move(child)), options_(std::move(options)), stop_(std::move(stop)) {}
    Result<void> hear();
    Result<std::string> readLine();
    [[nodiscard]] Error ended();
    [[nodiscard]] Error strange(const std::string& line) const;

    Child child_;
    Options options_;
    std::stop_token stop_;
    Greeting greeting_;
    std::string buffer_;  // what has come after the last line
    std::int64_t id_ = 0;
};

}  // namespace maskwright::cli::bench
