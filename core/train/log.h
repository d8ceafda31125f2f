// The log of a training run: work/log.csv, a line now and then. Torch-free; one thread writes a log.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace maskwright::train {

// One line of progress. Negative: not measured in this line.
struct LogLine {
    std::string stage;
    std::int64_t step = 0, steps = 0;
    double loss = 0, dense = -1, iou = -1, phantom = -1;  // training batches since the last line
    double perSecond = 0, etaSeconds = 0;                 // pictures (phrases in the text stage) a second
    double rate = 0;
    double valIou = -1, valOverall = -1, valPhantom = -1, valThreshold = -1;
};
// For a person.
std::string progressText(const LogLine& line);

// What a run's log.csv holds. Errors name file and line: ErrorKind::input, also for a line that was cut off.
Result<std::vector<LogLine>> readLog(const std::string& file);

class LogFile {
  public:
    // Whether a log may be written to `file`: nothing is there, or a training log. Errors: ErrorKind::output.
    static Result<void> check(const std::string& file);
    // A new log, or, with `append`, the one that is there, without the rest of a line that was not finished. Errors:
    // ErrorKind::output.
    static Result<LogFile> open(const std::string& file, bool append);
    // On disk, as far as the system is concerned, when it returns. Errors: ErrorKind::output.
    Result<void> write(const LogLine& line);

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    Result<void> put(const std::string& line);
    std::string name_;
    std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace maskwright::train
