#include "core/store/licence.h"

#include <sstream>
#include <string_view>

#include "core/base/file.h"

namespace maskwright::store {

namespace {

constexpr std::uint64_t kLongest = 1 << 20;  // bytes of a file that is looked at

// What stands behind `key` in a line that begins with it, or nothing.
std::string_view valueOf(std::string_view line, std::string_view key) {
    constexpr std::string_view kBlank = " \t\r";
    const std::size_t begin = line.find_first_not_of(kBlank);
    if (begin == std::string_view::npos || !line.substr(begin).starts_with(key)) {
        return {};
    }
    const std::size_t value = line.find_first_not_of(kBlank, begin + key.size());
    const std::size_t end = line.find_last_not_of(kBlank);
    return value == std::string_view::npos ? std::string_view() : line.substr(value, end - value + 1);
}

std::string inNotice(const std::string& text) {
    std::string licences;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (const std::string_view value = valueOf(line, "Licence"); !value.empty()) {
            licences += (licences.empty() ? "" : ", ") + std::string(value);
        }
    }
    return licences;
}

// Between the two lines "---" that such a file begins with.
std::string inModelCard(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    if (!std::getline(lines, line) || !line.starts_with("---")) {
        return {};
    }
    while (std::getline(lines, line) && !line.starts_with("---")) {
        if (const std::string_view value = valueOf(line, "license:"); !value.empty()) {
            return std::string(value);
        }
    }
    return {};
}

std::string noticeOf(const std::string& folder) {
    const auto notice = readFile(folder + "/NOTICE", kLongest);
    return notice ? inNotice(*notice) : std::string();
}

std::string cardOf(const std::string& folder) {
    const auto card = readFile(folder + "/README.md", kLongest);
    return card ? inModelCard(*card) : std::string();
}

}  // namespace

std::string licencesIn(const std::string& folder) {
    const std::string notice = noticeOf(folder);
    return notice.empty() ? cardOf(folder) : notice;
}

Message licenceOf(const std::string& folder, const std::string& name) {
    if (const std::string said = noticeOf(folder); !said.empty()) {
        return message("%1 (NOTICE in the folder of %2)", said, name);
    }
    if (const std::string said = cardOf(folder); !said.empty()) {
        return message("%1 (README.md in the folder of %2)", said, name);
    }
    return message("the folder of %1 has no NOTICE that says", name);
}

}  // namespace maskwright::store
