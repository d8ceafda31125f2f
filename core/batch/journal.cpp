#include "core/batch/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/batch/journal_json.h"

namespace maskwright::batch {
namespace {

Error failure(const std::string& path) {
    return {ErrorKind::output, message("cannot write %1: %2", path, std::generic_category().message(errno)), ""};
}

Result<void> writeAll(int descriptor, const std::string& path, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return failure(path);
        }
        text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return {};
}

std::vector<std::string> stringsOf(const Json& json, const char* key) {
    std::vector<std::string> strings;
    if (const auto list = json.find(key); list != json.end() && list->is_array()) {
        for (const Json& text : *list) {
            if (text.is_string()) {
                strings.push_back(text.get<std::string>());
            }
        }
    }
    return strings;
}

}  // namespace

nlohmann::ordered_json jsonOf(const JournalLine& line) {
    nlohmann::ordered_json json = {{"input", line.input},
                                   {"sha256", line.inputHash},
                                   {"request", line.request},
                                   {"outcome", line.outcome},
                                   {"outputs", line.outputs}};
    if (!line.outputHashes.empty()) {
        json["outputs_sha256"] = line.outputHashes;
    }
    if (line.code != 0) {
        json["code"] = line.code;
    }
    return json;
}

std::string lineText(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Result<JournalLine> journalLine(const Json& json, const std::string& name) {
    if (!json.is_object()) {
        return Error{ErrorKind::input, message("%1: a line is no JSON object", name), ""};
    }
    JsonReader reader(json, name, ErrorKind::input);
    JournalLine line;
    for (const char* key : {"input", "sha256", "request", "outcome"}) {
        reader.require(key);
    }
    line.input = reader.string("input", "");
    line.inputHash = reader.string("sha256", "");
    line.request = reader.string("request", "");
    line.outcome = reader.string("outcome", "");
    line.code = static_cast<int>(reader.integer("code", 0, 0, 255));
    MASKWRIGHT_TRY(reader.status());
    line.outputs = stringsOf(json, "outputs");
    line.outputHashes = stringsOf(json, "outputs_sha256");
    return line;
}

Result<std::size_t> eachLine(const std::string& path, const std::function<bool(const Json& json)>& hear) {
    const auto text = readFile(path, kLargestJournal);
    if (!text) {
        return text.error();
    }
    std::size_t cut = 0;
    for (std::size_t begin = 0; begin < text->size();) {
        const std::size_t end = std::min(text->find('\n', begin), text->size());
        const auto json = parseJson(std::string_view(*text).substr(begin, end - begin), path);
        cut += json && hear(*json) ? 0 : 1;
        begin = end + 1;
    }
    return cut;
}

Result<Journal> Journal::open(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return failure(path);
    }
    Journal journal(path, descriptor);
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(descriptor, &last, 1, size - 1) == 1 && last != '\n') {
        MASKWRIGHT_TRY(writeAll(descriptor, path, "\n"));
    }
    return journal;
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

Journal& Journal::operator=(Journal&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Journal::~Journal() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::string journalText(const JournalLine& line) { return lineText(jsonOf(line)); }

Result<void> Journal::add(const JournalLine& line) { return add(journalText(line)); }

Result<void> Journal::add(const std::string& text) { return writeAll(descriptor_, path_, text); }

Result<JournalContents> readJournal(const std::string& path) {
    JournalContents contents;
    const auto cut = eachLine(path, [&](const Json& json) {
        auto line = journalLine(json, path);
        if (line) {
            contents.lines.push_back(std::move(*line));
        }
        return line.ok() || isHead(json);
    });
    if (!cut) {
        return cut.error();
    }
    contents.cut = *cut;
    return contents;
}

}  // namespace maskwright::batch
