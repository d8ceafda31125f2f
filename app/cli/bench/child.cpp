#include "app/cli/bench/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include "app/cli/bench/machine.h"
#include "core/base/file.h"
#include "core/base/stopwatch.h"

extern char** environ;

namespace maskwright::cli::bench {

namespace {

// What main() set for this program's own threads is not for others.
std::vector<std::string> firstEnvironment() {
    std::ifstream file("/proc/self/environ", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::vector<std::string> variables;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\0', begin), text.size());
        variables.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

// posix_spawnp with our own choices. -> errno
int spawn(std::vector<std::string> words, const std::string& said, int channel, pid_t& id) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 2, said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (channel >= 0) {
        posix_spawn_file_actions_adddup2(&files, channel, 0);
        posix_spawn_file_actions_adddup2(&files, channel, 1);
    } else {
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, 2, 1);
    }
    // This program's blocked and ignored signals are its own business.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> variables = firstEnvironment();
    const int failed =
        posix_spawnp(&id, words[0].c_str(), &files, &attributes, pointers(words).data(), pointers(variables).data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

}  // namespace

Error stopped() { return {ErrorKind::cancelled, "the measurement was stopped", ""}; }

Result<Child> Child::start(const std::vector<std::string>& words, const std::string& said, bool talks) {
    Child child;
    child.said_ = said;
    int ends[2] = {-1, -1};
    if (talks && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return Error{ErrorKind::resource, message("cannot talk to %1: %2", quoted(words[0]), systemReason(errno)), ""};
    }
    child.channel_ = ends[0];
    const int failed = spawn(words, said, ends[1], child.id_);
    if (ends[1] >= 0) {
        close(ends[1]);
    }
    if (failed != 0) {
        child.id_ = 0;
        return Error{ErrorKind::input, message("cannot start %1: %2", quoted(words[0]), systemReason(failed)),
                     "give the path of a program"};
    }
    return child;
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      channel_(std::exchange(other.channel_, -1)),
      status_(other.status_),
      said_(std::move(other.said_)) {}

Child::~Child() {
    if (channel_ >= 0) {
        close(channel_);
    }
    if (id_ == 0) {
        return;
    }
    // One that listens ends by itself; one that hangs, or does not talk, does not.
    for (int i = 0; channel_ >= 0 && i < 200 && !ended(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    if (!ended()) {
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
}

std::optional<int> Child::ended() {
    int status = 0;
    if (!status_ && id_ != 0 && waitpid(id_, &status, WNOHANG) == id_) {
        status_ = status;
    }
    return status_;
}

std::string Child::lastWords() const {
    std::ifstream file(said_, std::ios::binary);
    std::string last;
    for (std::string line; std::getline(file, line);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos) {
            last = line;
        }
    }
    return last;
}

Result<Finished> runToEnd(const std::vector<std::string>& words, const std::string& said, double seconds,
                          const std::stop_token& stop) {
    const Stopwatch watch;
    auto child = Child::start(words, said, false);
    if (!child) {
        return child.error();
    }
    Finished finished;
    // glibc 2.36 declares pidfd_open without C linkage. -1 before Linux 5.3: then the end is seen within 5 ms.
    const int watched = static_cast<int>(syscall(SYS_pidfd_open, child->id(), 0));
    while (true) {
        pollfd end{watched, POLLIN, 0};
        poll(&end, 1, 5);
        finished.milliseconds = watch.milliseconds();
        finished.peak = std::max(finished.peak, memoryOf(child->id()).peak);
        const bool late = finished.milliseconds > seconds * 1000;
        const auto status = child->ended();
        if (!status && !stop.stop_requested() && !late) {
            continue;
        }
        if (watched >= 0) {
            close(watched);
        }
        if (stop.stop_requested()) {
            return stopped();
        }
        if (!status) {
            return Error{ErrorKind::resource,
                         message("%1 has not ended after %2 seconds", quoted(words[0]), std::llround(seconds)),
                         "give more with --timeout"};
        }
        finished.status = *status;
        finished.lastWords = child->lastWords();
        return finished;
    }
}

}  // namespace maskwright::cli::bench
