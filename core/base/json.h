// JSON from files and strangers: read with limits on size, depth and element count, duplicate keys refused.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace maskwright {

using Json = nlohmann::json;

struct JsonLimits {
    std::size_t bytes = 64u << 20;     // of text
    std::size_t depth = 64;            // of nesting
    std::size_t elements = 4'000'000;  // values and keys together
};

// Parses `text`. `name` (a file name) opens every message. Errors: ErrorKind `kind` for bad syntax, duplicate keys,
// text that is not UTF-8, anything over the limits. A number beyond 64 bits becomes the nearest double (the largest for
// 1e999) and Python's NaN, Infinity and -Infinity an empty text: JsonReader refuses them. Time and memory are bounded
// by limits.
Result<Json> parseJson(std::string_view text, std::string_view name, ErrorKind kind = ErrorKind::input,
                       const JsonLimits& limits = {});

// The same from a file, whose size is checked before it is read.
Result<Json> readJsonFile(const std::string& path, ErrorKind kind = ErrorKind::input, const JsonLimits& limits = {});

// Reads typed members of one object and remembers the first thing that was wrong, so a configuration is read in a row
// of plain calls and checked once at the end. Paths in messages look like `config.json: text_config.hidden_size`.
class JsonReader {
  public:
    // `object` must outlive the reader. `where` opens every message.
    JsonReader(const Json& object, std::string where, ErrorKind kind);

    [[nodiscard]] bool has(std::string_view key) const;
    // A missing key gives `fallback`; a wrong type or a value outside [low, high] is remembered as the error.
    std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t low, std::int64_t high);
    double number(std::string_view key, double fallback, double low, double high);
    bool boolean(std::string_view key, bool fallback);
    std::string string(std::string_view key, const std::string& fallback);
    std::vector<std::int64_t> integers(std::string_view key, std::vector<std::int64_t> fallback, std::int64_t low,
                                       std::int64_t high, std::size_t maxCount = 64);
    // The nested object under `key`, or an empty one; shares this reader's error.
    JsonReader object(std::string_view key);
    // Demands that `key` is there.
    void require(std::string_view key);

    [[nodiscard]] Result<void> status() const;

  private:
    void fail(const Message& problem);
    // The member `key` as messages name it.
    [[nodiscard]] std::string member(std::string_view key) const;
    const Json* find(std::string_view key);
    const Json* object_;
    std::string where_;
    std::string path_;  // of this object within the file: "", "text_config."
    ErrorKind kind_;
    std::shared_ptr<Message> problem_;  // shared with nested readers; empty while all is well
};

}  // namespace maskwright
