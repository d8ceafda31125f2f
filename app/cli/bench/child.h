// Another program: started with the environment that this one was started with, watched, and never left behind.
#pragma once

#include <sys/types.h>

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace maskwright::cli::bench {

class Child {
  public:
    // `words`: the program (a path, or a name on PATH) and its arguments. With `talks` the program's standard input and
    // output are channel(), else it reads nothing and what it prints goes with its standard error to the file `said`.
    // Errors: ErrorKind::input where it cannot be started.
    static Result<Child> start(const std::vector<std::string>& words, const std::string& said, bool talks);
    Child(Child&& other) noexcept;
    Child& operator=(Child&&) = delete;
    Child(const Child&) = delete;
    // Ends the program where it still runs: its channel is closed, and after two seconds it is killed.
    ~Child();

    [[nodiscard]] int channel() const { return channel_; }
    [[nodiscard]] pid_t id() const { return id_; }
    // The wait status once it has ended.
    std::optional<int> ended();
    // The last line that it left on standard error.
    [[nodiscard]] std::string lastWords() const;

  private:
    Child() = default;
    pid_t id_ = 0;
    int channel_ = -1;
    std::optional<int> status_;
    std::string said_;
};

struct Finished {
    double milliseconds = 0;  // from before it was started until it was over
    double peak = 0;          // MiB; its VmHWM as last seen, at most 5 ms before its end
    int status = 0;           // as waitpid gives it
    std::string lastWords;
};

// Runs a program to its end. Errors: as start; resource when it takes longer than `seconds`; cancelled.
Result<Finished> runToEnd(const std::vector<std::string>& words, const std::string& said, double seconds,
                          const std::stop_token& stop);

Error stopped();

}  // namespace maskwright::cli::bench
