#include "app/cli/bench/peer.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/base/stopwatch.h"

namespace maskwright::cli::bench {

namespace {

constexpr const char* kHello = "maskwright-bench 1";
constexpr std::size_t kLongestLine = 1u << 20;  // bytes; an answer has some hundred

// A text member, or nothing.
std::string text(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

Result<Peer> Peer::start(const Options& options, const std::stop_token& stop) {
    auto child = Child::start({options.python, "-c", std::string(peerScript()), "serve"}, options.said, true);
    if (!child) {
        return Error{child.error().kind, child.error().what,
                     "give --against the path of a Python that has torch and transformers"};
    }
    Peer peer(std::move(*child), options, stop);
    MASKWRIGHT_TRY(peer.hear());
    return peer;
}

Result<void> Peer::hear() {
    const auto line = readLine();
    if (!line) {
        return line.error();
    }
    const auto parsed = parseJson(*line, "greeting");
    if (!parsed || !parsed->is_object() || text(*parsed, "hello") != kHello) {
        return strange(*line);
    }
    if (const auto engines = parsed->find("engines"); engines != parsed->end() && engines->is_array()) {
        for (const Json& engine : *engines) {
            greeting_.engines.push_back(engine.is_string() ? engine.get<std::string>() : "");
        }
    }
    if (const auto versions = parsed->find("versions"); versions != parsed->end() && versions->is_object()) {
        for (const auto& [name, version] : versions->items()) {
            greeting_.versions[name] = version.is_string() ? version.get<std::string>() : version.dump();
        }
    }
    if (greeting_.engines.empty()) {
        return Error{ErrorKind::input,
                     message("%1 has nothing to measure against: %2", quoted(options_.python),
                             quoted(text(*parsed, "missing"), 300)),
                     message("%1 -m pip install torch transformers pillow", options_.python)};
    }
    return {};
}

Result<Reply> Peer::ask(Json request) {
    request["id"] = ++id_;
    const std::string line = request.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t count = send(child_.channel(), line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR) {
            return ended();
        }
        sent += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    const auto answer = readLine();
    if (!answer) {
        return answer.error();
    }
    const auto parsed = parseJson(*answer, "answer");
    if (!parsed || !parsed->is_object() || parsed->value("id", Json()) != Json(id_)) {
        return strange(*answer);
    }
    Reply reply{*parsed, text(*parsed, "error"), text(*parsed, "unable")};
    const auto time = parsed->find("milliseconds");
    if (reply.done() && (time == parsed->end() || !time->is_number() || !(time->get<double>() >= 0))) {
        return strange(*answer);
    }
    return reply;
}

Result<std::string> Peer::readLine() {
    const Stopwatch watch;
    while (true) {
        if (const std::size_t end = buffer_.find('\n'); end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return line;
        }
        if (buffer_.size() > kLongestLine) {
            return strange(buffer_);
        }
        if (stop_.stop_requested()) {
            return stopped();
        }
        if (watch.milliseconds() > options_.seconds * 1000) {
            return Error{
                ErrorKind::resource,
                message("%1 has not answered for %2 seconds", quoted(options_.python), std::llround(options_.seconds)),
                "give it more time with --timeout, or look what keeps it"};
        }
        pollfd channel{child_.channel(), POLLIN, 0};
        if (poll(&channel, 1, 100) <= 0) {
            continue;
        }
        char bytes[4096];
        const ssize_t count = recv(child_.channel(), bytes, sizeof bytes, 0);
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return ended();
        }
        buffer_.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
}

Error Peer::ended() {
    for (int i = 0; i < 100 && !child_.ended() && !stop_.stop_requested(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    // Ctrl-C reaches both.
    if (stop_.stop_requested()) {
        return stopped();
    }
    const std::string words = child_.lastWords();
    const auto status = child_.ended();
    Message why = words.empty() ? Message("it said nothing") : verbatim(quoted(words, 300));
    if (words.empty() && status && WIFSIGNALED(*status)) {
        why = message("signal %1", WTERMSIG(*status));
    }
    return {ErrorKind::resource, message("%1 ended before it answered: %2", quoted(options_.python), why),
            "it may lack memory or a package; see whether it runs by itself"};
}

Error Peer::strange(const std::string& line) const {
    return {ErrorKind::resource,
            message("%1 says %2, which is no answer of the benchmark's", quoted(options_.python), quoted(line)),
            "give --against the path of a Python that has torch and transformers"};
}

}  // namespace maskwright::cli::bench
