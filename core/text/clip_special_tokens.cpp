#include "core/text/clip_special_tokens.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kMostAddedTokens = 1024;   // they are looked for one by one
constexpr std::size_t kLongestAddedToken = 256;  // characters
constexpr std::string_view kBegin = "<|startoftext|>";
constexpr std::string_view kEnd = "<|endoftext|>";

// A token as the files write it; `order` is the id they give, which decides nothing but the order.
struct Entry {
    std::string content;
    bool normalized = false;
    bool singleWord = false;
    std::int64_t order = 0;
};

bool flag(const Json& object, const char* key, bool fallback) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : fallback;
}

bool has(const Json& object, const char* key) { return object.is_object() && object.contains(key); }

// Its text alone, or an object with its text under "content".
std::optional<Entry> readEntry(const Json& value) {
    if (value.is_string()) {
        return Entry{value.get<std::string>()};
    }
    if (!has(value, "content") || !value["content"].is_string()) {
        return std::nullopt;
    }
    return Entry{value["content"].get<std::string>(), flag(value, "normalized", !flag(value, "special", false)),
                 flag(value, "single_word", false)};
}

std::optional<std::int64_t> readId(const Json& value) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kHighestTokenId) {
        return std::nullopt;
    }
    return value.get<std::int64_t>();
}

std::optional<std::int64_t> readId(const std::string& text) {
    const bool number = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number || text.empty() || text.size() > 8 || std::stoll(text) > kHighestTokenId) {
        return std::nullopt;
    }
    return std::stoll(text);
}

Result<std::vector<Entry>> readDecoder(const Json& decoder) {
    std::vector<Entry> out;
    for (const auto& [id, value] : decoder.items()) {
        auto entry = value.is_object() ? readEntry(value) : std::nullopt;
        const auto order = decoder.is_object() ? readId(id) : std::nullopt;
        if (!entry || !order) {
            return badTokenizerFile("tokenizer_config.json", "added_tokens_decoder is not an object of id to token");
        }
        entry->order = *order;
        out.push_back(std::move(*entry));
    }
    return out;
}

Result<std::vector<Entry>> readLists(const TokenizerSettings& settings, const std::string& file) {
    std::vector<Entry> out;
    if (settings.added.is_object()) {
        for (const auto& [content, value] : settings.added.items()) {
            const auto order = readId(value);
            if (!order) {
                return badTokenizerFile("added_tokens.json", message("the id of %1 is not a whole number from 0 to %2",
                                                                     quoted(content, 40), kHighestTokenId));
            }
            out.push_back({content, content != kBegin && content != kEnd, false, *order});
        }
    }
    if (has(settings.tokenizer, "added_tokens")) {
        const Json& list = settings.tokenizer["added_tokens"];
        for (const Json& value : list.is_array() ? list : Json::array({nullptr})) {
            auto entry = value.is_object() ? readEntry(value) : std::nullopt;
            const auto order = has(value, "id") ? readId(value["id"]) : std::nullopt;
            if (!entry || !order) {
                return badTokenizerFile(file, "added_tokens is not a list of objects with an id and a content");
            }
            entry->order = *order;
            out.push_back(std::move(*entry));
        }
    }
    return out;
}

// The token named by `key`, as the last file that speaks of it has it.
Entry readNamed(const char* key, std::string_view fallback, const Json& config, const Json& map) {
    Entry out{std::string(fallback)};
    for (const Json* source : {&config, &map}) {
        if (has(*source, key)) {
            out = readEntry((*source)[key]).value_or(out);
        }
    }
    return out;
}

}  // namespace

Result<SpecialTokens> readSpecialTokens(const TokenizerSettings& settings, const std::string& file,
                                        Vocabulary& vocabulary) {
    const bool decoder = has(settings.config, "added_tokens_decoder");
    auto entries = decoder ? readDecoder(settings.config["added_tokens_decoder"]) : readLists(settings, file);
    if (!entries) {
        return entries.error();
    }
    std::stable_sort(entries->begin(), entries->end(),
                     [](const Entry& a, const Entry& b) { return a.order < b.order; });

    // The markers come after the lists; one that a list has is as the list says. Of two entries of one text the later
    // counts.
    const Json nothing;
    const Json& map = decoder ? nothing : settings.map;
    const std::array<Entry, 4> named = {
        readNamed("bos_token", kBegin, settings.config, map), readNamed("eos_token", kEnd, settings.config, map),
        readNamed("unk_token", kEnd, settings.config, map), readNamed("pad_token", kEnd, settings.config, map)};
    const auto listed = entries->size();
    for (const Entry& entry : named) {
        const auto end = entries->begin() + static_cast<std::ptrdiff_t>(listed);
        if (std::none_of(entries->begin(), end, [&](const Entry& other) { return other.content == entry.content; })) {
            if (!vocabulary.id(entry.content)) {
                return badTokenizerFile(file, message("the vocabulary has no token %1", quoted(entry.content, 40)));
            }
            entries->push_back(entry);
        }
    }

    SpecialTokens out;
    std::map<std::string, std::size_t> places;
    for (const Entry& entry : *entries) {
        AddedToken token{decodeUtf8(entry.content), 0, entry.normalized, entry.singleWord};
        if (token.content.empty()) {
            continue;
        }
        const auto [place, isNew] = places.emplace(entry.content, out.added.size());
        if (!isNew) {
            token.id = out.added[place->second].id;
            out.added[place->second] = std::move(token);
            continue;
        }
        if (token.content.size() > kLongestAddedToken || out.added.size() == kMostAddedTokens) {
            return badTokenizerFile(file, message("more than %1 added tokens, or one of more than %2 characters",
                                                  kMostAddedTokens, kLongestAddedToken));
        }
        const auto id = vocabulary.id(entry.content);
        token.id = id ? *id : vocabulary.grow();
        out.added.push_back(std::move(token));
    }
    for (const auto& [index, into] : {std::pair{0u, &out.begin}, {1u, &out.end}, {2u, &out.unknown}}) {
        const auto place = places.find(named[index].content);
        if (place == places.end()) {
            return badTokenizerFile(file, "the marker of the text's begin or end is an empty text");
        }
        *into = out.added[place->second].id;
    }
    return out;
}

}  // namespace maskwright::text
