#include "core/train/log.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "core/base/file.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

// The columns after stage, step and steps. A negative number is an empty cell.
struct Column {
    const char* name;
    double LogLine::*member;
};
constexpr std::array kColumns = {Column{"loss", &LogLine::loss},
                                 Column{"dense", &LogLine::dense},
                                 Column{"iou", &LogLine::iou},
                                 Column{"phantom", &LogLine::phantom},
                                 Column{"per_second", &LogLine::perSecond},
                                 Column{"eta_seconds", &LogLine::etaSeconds},
                                 Column{"rate", &LogLine::rate},
                                 Column{"val_iou", &LogLine::valIou},
                                 Column{"val_overall_iou", &LogLine::valOverall},
                                 Column{"val_phantom", &LogLine::valPhantom},
                                 Column{"val_threshold", &LogLine::valThreshold}};
constexpr std::size_t kFirst = 3;  // cells before them
constexpr std::uint64_t kMostBytes = 256u << 20;

std::string head() {
    std::string line = "stage,step,steps";
    for (const Column& column : kColumns) {
        line += std::string(",") + column.name;
    }
    return line;
}

std::string formatted(double value, const char* format) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string csvLine(const LogLine& l) {
    std::string line = l.stage + "," + std::to_string(l.step) + "," + std::to_string(l.steps);
    for (const Column& column : kColumns) {
        const double value = l.*column.member;
        line += ',';
        if (!(value < 0)) {
            line += formatted(value, "%.6g");
        }
    }
    return line;
}

std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

bool readNumber(const std::string& cell, double& value) {
    char* end = nullptr;
    value = std::strtod(cell.c_str(), &end);
    return !cell.empty() && *end == '\0';
}

bool readLine(const std::string& text, LogLine& line) {
    const std::vector<std::string> cells = cellsOf(text);
    double step = 0, steps = 0;
    if (cells.size() != kFirst + kColumns.size() || cells[0].empty() || !readNumber(cells[1], step) ||
        !readNumber(cells[2], steps)) {
        return false;
    }
    line.stage = cells[0];
    line.step = static_cast<std::int64_t>(step);
    line.steps = static_cast<std::int64_t>(steps);
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        double& value = line.*kColumns[i].member;
        if (cells[kFirst + i].empty()) {
            value = -1;
        } else if (!readNumber(cells[kFirst + i], value)) {
            return false;
        }
    }
    return true;
}

Error cannotWrite(const std::string& file) {
    return {ErrorKind::output, message("cannot write %1: %2", quoted(file), systemReason(errno)),
            "choose another work folder, or make room"};
}

}  // namespace

std::string progressText(const LogLine& l) {
    std::string text = l.stage + " " + std::to_string(l.step) + "/" + std::to_string(l.steps);
    const auto add = [&text](const char* name, double value, const char* format = "%.3f") {
        if (value >= 0) {
            text += name + formatted(value, format);
        }
    };
    add("  loss ", l.loss, "%.4f");
    add("  dense ", l.dense);
    add("  iou ", l.iou);
    add("  phantom ", l.phantom);
    text += "  " + formatted(l.perSecond, "%.1f") + (l.stage == "text" ? " phrases/s" : " pictures/s");
    const auto eta = static_cast<std::int64_t>(l.etaSeconds);
    text += "  ETA " + std::to_string(eta / 60) + ":" + (eta % 60 < 10 ? "0" : "") + std::to_string(eta % 60);
    if (l.valIou >= 0) {
        add("  val: iou ", l.valIou);
        add(" overall ", l.valOverall);
        add(" phantom ", l.valPhantom);
        add(" at ", l.valThreshold, "%.2f");
    }
    return text;
}

Result<std::vector<LogLine>> readLog(const std::string& file) {
    const auto text = readFile(file, kMostBytes);
    if (!text) {
        return text.error();
    }
    std::istringstream lines(*text);
    std::string line;
    if (!std::getline(lines, line) || line != head()) {
        return Error{ErrorKind::input, message("%1 is no training log", file), "name the log.csv of a training run"};
    }
    std::vector<LogLine> result;
    for (std::size_t number = 2; std::getline(lines, line); ++number) {
        if (line.empty()) {
            continue;
        }
        LogLine read;
        // A line without its end may be short of digits, whatever it looks like.
        if (lines.eof() || !readLine(line, read)) {
            return Error{ErrorKind::input, message("%1: line %2 is not what a training run writes", file, number),
                         "remove the line"};
        }
        result.push_back(std::move(read));
    }
    return result;
}

Result<void> LogFile::check(const std::string& file) {
    std::error_code code;
    if (!fs::exists(file, code)) {
        return {};
    }
    const auto text = readFile(file, kMostBytes, ErrorKind::output);
    if (!text) {
        return text.error();
    }
    // Of a run that was killed there may be a part of the first line alone.
    const std::string first = text->substr(0, text->find('\n'));
    if (first.size() < text->size() ? first != head() : !head().starts_with(first)) {
        return Error{ErrorKind::output, message("%1 is no training log, and would be written over", quoted(file)),
                     "choose another work folder"};
    }
    return {};
}

Result<LogFile> LogFile::open(const std::string& file, bool append) {
    std::error_code code;
    const bool more = append && fs::exists(file, code);
    if (more) {
        const auto text = readFile(file, kMostBytes);
        if (!text) {
            return text.error();
        }
        const std::size_t end = text->rfind('\n');
        if (end == std::string::npos) {
            return open(file, false);  // not even its first line was finished
        }
        if (end + 1 < text->size()) {
            fs::resize_file(file, end + 1, code);
            if (code) {
                errno = code.value();
                return cannotWrite(file);
            }
        }
    }
    LogFile log;
    log.name_ = file;
    log.file_.reset(std::fopen(file.c_str(), more ? "ae" : "we"));
    if (!log.file_) {
        return cannotWrite(file);
    }
    if (!more) {
        MASKWRIGHT_TRY(log.put(head()));
    }
    return log;
}

Result<void> LogFile::put(const std::string& line) {
    const std::string whole = line + '\n';
    if (std::fputs(whole.c_str(), file_.get()) < 0 || std::fflush(file_.get()) != 0) {
        return cannotWrite(name_);
    }
    return {};
}

Result<void> LogFile::write(const LogLine& line) { return put(csvLine(line)); }

}  // namespace maskwright::train
