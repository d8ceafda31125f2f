#include "app/cli/segment_report.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "core/base/name_bytes.h"
#include "core/output/names.h"

namespace maskwright::cli {

namespace {

// Of a name that is not UTF-8 the text stands for many: its bytes are told too.
void addBytes(OrderedJson& json, const char* key, const std::string& name) {
    if (const auto hex = hexOfOtherBytes(name)) {
        json[key] = *hex;
    }
}

}  // namespace

SegmentReport::SegmentReport(bool json, bool rank, const batch::Plan& plan, const batch::Request& request)
    : json_(json), rank_(rank), plan_(plan), request_(request), terminal_(isTerminal() ? ::dup(STDERR_FILENO) : -1) {}

SegmentReport::~SegmentReport() {
    if (terminal_ >= 0) {
        ::close(terminal_);
    }
}

int SegmentReport::found(const std::vector<Error>& notices, const std::vector<std::pair<std::string, Error>>& links,
                         const std::vector<std::pair<std::string, Error>>& bad) {
    int code = 0;
    for (const Error& notice : notices) {
        warn(notice.line());
    }
    for (const auto& [link, reason] : links) {
        skipped(link, reason);
    }
    for (const auto& [path, error] : bad) {
        code = failed(path, error);
    }
    return code;
}

int SegmentReport::add(const batch::Outcome& outcome) {
    warnAll(outcome.warnings);
    for (const batch::Entry& entry : outcome.entries) {
        const std::string& label = request_.labels[entry.phrase];
        if (entry.truncated && warned_.insert(label).second) {
            warn("the phrase " + quoted(label) + " is longer than the model reads and was cut");
        }
        if (!entry.note.empty() && warned_.insert(entry.note.text()).second) {
            warn(entry.note.text());
        }
        for (const auto* words : {&entry.words.unknown, &entry.words.negativeUnknown}) {
            for (const std::string& word : *words) {
                if (unknown_.insert(word).second) {
                    warn("not a word this model knows: " + output::printable(word));
                }
            }
        }
        put(line(outcome.index, entry));
    }
    const int code = outcome.state == batch::State::failed ? failed(plan_.inputs[outcome.index], *outcome.error) : 0;
    progress(outcome.index + 1);
    return code;
}

int SegmentReport::failed(const std::string& path, const Error& error) {
    const int code = report(error);
    put({{{"path", path}, {"error", error.line()}, {"code", code}}, "", -1});
    return code;
}

void SegmentReport::skipped(const std::string& path, const Error& reason) {
    warn(reason.line());
    put({{{"path", path}, {"skipped", reason.line()}}, "", -1});
}

void SegmentReport::flush() {
    std::stable_sort(ranked_.begin(), ranked_.end(),
                     [](const Line& a, const Line& b) { return a.presence > b.presence; });
    for (std::size_t i = 0; i < ranked_.size(); ++i) {
        if (ranked_[i].presence >= 0) {
            ranked_[i].json["rank"] = i + 1;
        }
        print(ranked_[i]);
    }
    ranked_.clear();
}

SegmentReport::Line SegmentReport::line(std::size_t picture, const batch::Entry& entry) const {
    const std::string& path = plan_.inputs[picture];
    const std::string& label = request_.labels[entry.phrase];
    if (entry.skipped) {
        const std::string reason = entry.note.empty() ? "its result is there already" : entry.note.text();
        return {{{"path", path}, {"phrase", label}, {"skipped", reason}}, output::printable(path) + ": " + reason, -1};
    }
    OrderedJson json = {{"path", path},
                        {"phrase", label},
                        {"output", entry.output.empty() ? OrderedJson() : OrderedJson(entry.output)},
                        {"presence", entry.presence},
                        {"threshold", request_.appearance.threshold}};
    if (entry.words.listed) {
        json["known"] = entry.words.known;
        json["unknown_words"] = entry.words.unknown;
        if (!entry.words.negativeUnknown.empty()) {
            json["negative_unknown_words"] = entry.words.negativeUnknown;
        }
        if (!entry.words.place.empty()) {
            json["place"] = entry.words.place.text();
        }
    }
    const OrderedJson times = {{"encode", milliseconds(entry.timing.encode)},
                               {"text", milliseconds(entry.timing.text)},
                               {"decode", milliseconds(entry.timing.decode)},
                               {"refine", milliseconds(entry.timing.refine)}};
    if (request_.kind == output::Kind::index) {
        json["milliseconds"] = times;  // always stood before the area here, and the lines stay as they were
    }
    json["area"] = entry.area;
    json["box"] = {entry.box.x, entry.box.y, entry.box.width, entry.box.height};
    json["milliseconds"] = times;
    if (!entry.note.empty()) {
        json["note"] = entry.note.text();
    }
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "presence %.3f, %.1f %% of the picture", double(entry.presence),
                  100.0 * double(entry.area) / double(std::max<std::int64_t>(1, entry.pixels)));
    std::string text = output::printable(path) + ": " + output::printable(label) + ": " + numbers;
    if (!entry.words.known) {
        text += ", not a word this model knows";
    }
    if (!entry.output.empty()) {
        text += " -> " + output::printable(entry.output);
    }
    return {json, text, entry.presence};
}

void SegmentReport::put(Line line) {
    addBytes(line.json, "path_hex", line.json["path"].get<std::string>());
    if (const auto output = line.json.find("output"); output != line.json.end() && output->is_string()) {
        addBytes(line.json, "output_hex", output->get<std::string>());
    }
    if (rank_) {
        ranked_.push_back(std::move(line));
    } else {
        print(line);
    }
}

void SegmentReport::progress(std::size_t done) const {
    const std::size_t all = plan_.inputs.size();
    if (all < 2 || terminal_ < 0) {
        return;
    }
    const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    char text[96];
    const int length = std::snprintf(text, sizeof text, "\r%zu of %zu, %.0f s left \x1b[K%s", done, all,
                                     passed / double(done) * double(all - done), done == all ? "\r\x1b[K" : "");
    // Lost where the terminal is gone: nobody watches then.
    [[maybe_unused]] const ssize_t written = ::write(terminal_, text, static_cast<std::size_t>(length));
}

void SegmentReport::print(const Line& line) const {
    if (json_) {
        std::cout << dump(line.json) + "\n";
    } else if (!line.text.empty()) {
        std::cout << line.text + "\n";
    }
    std::cout.flush();
}

}  // namespace maskwright::cli
