#include "core/eval/lists.h"

#include <filesystem>
#include <sstream>

#include "core/base/file.h"
#include "core/text/unicode.h"

namespace maskwright::eval {
namespace {

constexpr std::uint64_t kMostBytes = 64u << 20;

std::string trimmed(const std::string& line) {
    constexpr const char* kWhite = " \t\r\n\v\f";
    const std::size_t first = line.find_first_not_of(kWhite);
    return first == std::string::npos ? std::string() : line.substr(first, line.find_last_not_of(kWhite) - first + 1);
}

}  // namespace

Result<std::vector<std::string>> readLines(const std::string& file) {
    auto whole = readFile(file, kMostBytes);
    if (!whole) {
        return whole.error();
    }
    if (whole->starts_with("\xEF\xBB\xBF")) {
        whole->erase(0, 3);
    }
    std::istringstream stream(*whole);
    std::vector<std::string> lines;
    std::size_t number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        line = trimmed(line);
        if (text::encodeUtf8(text::decodeUtf8(line)) != line) {
            return Error{ErrorKind::input, message("%1: line %2 is not UTF-8", file, number), "save it as UTF-8"};
        }
        if (!line.empty()) {
            lines.push_back(std::move(line));
        }
    }
    if (lines.empty()) {
        return Error{ErrorKind::input, message("%1: there is nothing in it", file), "write one a line"};
    }
    return lines;
}

PictureList::PictureList(const std::vector<std::string>& files) : listed_(files.begin(), files.end()) {}

bool PictureList::holds(const std::string& file) const {
    const std::filesystem::path path = file;
    return all() || listed_.count(file) > 0 || listed_.count(path.filename().string()) > 0 ||
           listed_.count(path.stem().string()) > 0;
}

Result<std::vector<std::size_t>> PictureList::chosen(const std::vector<std::string>& files, std::int64_t limit,
                                                     const std::string& owner) const {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < files.size() && (limit <= 0 || static_cast<std::int64_t>(indices.size()) < limit);
         ++i) {
        if (holds(files[i])) {
            indices.push_back(i);
        }
    }
    if (indices.empty()) {
        return Error{
            ErrorKind::input,
            message("none of the %1 listed pictures is among the %2 of %3", listed_.size(), files.size(), owner),
            "list file names as the data set has them, or name another split"};
    }
    return indices;
}

}  // namespace maskwright::eval
