// What segment says on standard output: a line a picture and phrase, as it comes or ranked at the end.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "app/cli/common.h"
#include "core/batch/runner.h"

namespace maskwright::cli {

// One thread at a time.
class SegmentReport {
  public:
    // `plan` and `request` must outlive it.
    SegmentReport(bool json, bool rank, const batch::Plan& plan, const batch::Request& request);
    SegmentReport(const SegmentReport&) = delete;
    ~SegmentReport();

    // What the search for pictures found beside them (see batch::Inputs): warnings, and lines of links that were passed
    // over and of what cannot be read. -> the exit code of the latter, or 0
    int found(const std::vector<Error>& notices, const std::vector<std::pair<std::string, Error>>& links,
              const std::vector<std::pair<std::string, Error>>& bad);
    // A picture's lines, and a warning for each phrase that was cut and each unknown word, the first time. -> the exit
    // code of its failure, or 0
    int add(const batch::Outcome& outcome);
    // What waits for the ranking, surest find first.
    void flush();

  private:
    // One picture and phrase, or a failed picture (its presence below 0: ranked after all others).
    struct Line {
        OrderedJson json;
        std::string text;
        float presence = -1;
    };
    // What failed: one line on stderr, one in the report. -> its exit code
    int failed(const std::string& path, const Error& error);
    // A link that was passed over: a warning, and a line in the report.
    void skipped(const std::string& path, const Error& reason);
    [[nodiscard]] Line line(std::size_t picture, const batch::Entry& entry) const;
    void put(Line line);
    void print(const Line& line) const;
    // Many pictures, and somebody who watches: how far, and how long still.
    void progress(std::size_t done) const;

    bool json_, rank_;
    const batch::Plan& plan_;
    const batch::Request& request_;
    std::vector<Line> ranked_;
    std::set<std::string> warned_;   // phrases, and notes about files
    std::set<std::string> unknown_;  // words
    int terminal_ = -1;  // a descriptor of stderr's own, which decoders at work leave alone; -1: nobody watches
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace maskwright::cli
