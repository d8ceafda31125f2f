// What segment says on standard output: a line a picture and phrase, as it comes or ranked at the end.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/cli/common.h"
#include "core/image/image.h"

namespace maskwright::cli {

class SegmentReport {
  public:
    // One picture and phrase, or a failed picture (its presence below 0: ranked after all others).
    struct Line {
        OrderedJson json;
        std::string text;
        float presence = -1;
    };

    SegmentReport(bool json, bool rank) : json_(json), rank_(rank) {}

    // `json` holds path, phrase, output, presence and threshold; area, box and `milliseconds` are added.
    static Line line(OrderedJson json, const Mask& mask, const OrderedJson& milliseconds);

    void add(Line line);
    // A picture that failed: one line on stderr, one in the report. -> its exit code
    int failed(const std::string& path, const Error& error);
    // What waits for the ranking, surest find first.
    void flush();
    // Many pictures, and somebody who watches: how far, and how long still.
    void progress(std::size_t done, std::size_t all) const;

  private:
    void print(const Line& line) const;

    bool json_, rank_;
    std::vector<Line> ranked_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace maskwright::cli
