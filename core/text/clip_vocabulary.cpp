#include "core/text/clip_vocabulary.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/file.h"
#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::uint64_t kMergesBytes = 64ull << 20;  // CLIP's own file has 0.5 MB

using Pair = std::pair<std::string, std::string>;

std::optional<Pair> splitPair(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    return Pair{line.substr(0, space), line.substr(space + 1)};
}

// Appends one merge; `where` says which for the message.
Result<void> addMerge(const Pair& pair, const std::string& file, const Message& where, const Vocabulary& vocabulary,
                      std::vector<Bpe::Merge>& merges) {
    const auto left = vocabulary.id(pair.first);
    const auto right = vocabulary.id(pair.second);
    const auto result = vocabulary.id(pair.first + pair.second);
    if (!left || !right || !result) {
        const std::string missing = !left ? pair.first : !right ? pair.second : pair.first + pair.second;
        return badTokenizerFile(
            file, message("%1 needs the token %2, which the vocabulary does not have", where, quoted(missing, 40)));
    }
    merges.push_back({static_cast<std::int32_t>(*left), static_cast<std::int32_t>(*right),
                      static_cast<std::int32_t>(*result), static_cast<std::int32_t>(merges.size())});
    return {};
}

bool isOneCharacter(std::string_view token) {
    constexpr std::string_view kWordEnd = "</w>";
    if (token.size() > kWordEnd.size() && token.ends_with(kWordEnd)) {
        token.remove_suffix(kWordEnd.size());
    }
    return decodeUtf8(token).size() <= 1;
}

bool looksLikeMarker(std::string_view token) {
    return (token.starts_with('<') && token.ends_with('>') && !token.ends_with("</w>")) ||
           (token.starts_with('[') && token.ends_with(']'));
}

}  // namespace

Error badTokenizerFile(const std::string& file, Message problem) {
    return {ErrorKind::weights, message("%1: %2", file, std::move(problem)),
            "take the tokenizer's files from the model's publisher again"};
}

Result<Vocabulary> Vocabulary::read(const Json& object, const std::string& file) {
    if (!object.is_object() || object.empty()) {
        return badTokenizerFile(file, "the vocabulary is not an object of token to id");
    }
    Vocabulary out;
    out.tokens_ = &object;
    std::vector<bool> used;
    for (const auto& [token, value] : object.items()) {
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kHighestTokenId) {
            return badTokenizerFile(
                file, message("the id of %1 is not a whole number from 0 to %2", quoted(token, 40), kHighestTokenId));
        }
        const auto id = value.get<std::size_t>();
        if (id >= used.size()) {
            used.resize(id + 1);
        }
        if (used[id]) {
            return badTokenizerFile(file, message("the id %1 is given twice, once to %2", id, quoted(token, 40)));
        }
        used[id] = true;
    }
    out.size_ = static_cast<std::int64_t>(used.size());
    return out;
}

std::optional<std::int64_t> Vocabulary::id(const std::string& token) const {
    const auto found = tokens_->find(token);
    return found == tokens_->end() ? std::nullopt : std::optional(found->get<std::int64_t>());
}

Result<void> Vocabulary::checkMade(const std::vector<Bpe::Merge>& merges, const std::set<std::int64_t>& added,
                                   const std::string& mergesFile) const {
    std::vector<bool> known(static_cast<std::size_t>(size_));
    for (const Bpe::Merge& merge : merges) {
        known[static_cast<std::size_t>(merge.result)] = true;
    }
    for (const std::int64_t id : added) {
        known[static_cast<std::size_t>(id)] = true;
    }
    std::size_t lost = 0;
    std::pair<std::int64_t, std::string> first{size_, ""};
    for (const auto& [token, value] : tokens_->items()) {
        const auto id = value.get<std::int64_t>();
        if (known[static_cast<std::size_t>(id)] || isOneCharacter(token) || looksLikeMarker(token)) {
            continue;
        }
        ++lost;
        first = std::min(first, {id, token});
    }
    if (lost == 0) {
        return {};
    }
    return badTokenizerFile(
        mergesFile, message("it has %1 merges, and none for %2 tokens of the vocabulary, of which the first is %3",
                            merges.size(), lost, quoted(first.second, 40)));
}

Result<std::vector<Bpe::Merge>> readMergesText(const std::string& file, const Vocabulary& vocabulary) {
    const auto text = readFile(file, kMergesBytes, ErrorKind::weights);
    if (!text) {
        return text.error();
    }
    std::vector<Bpe::Merge> merges;
    std::size_t number = 0;
    std::string_view rest = *text;
    if (constexpr std::string_view kMark = "\xEF\xBB\xBF"; rest.starts_with(kMark)) {
        rest.remove_prefix(kMark.size());  // the byte order mark of Windows' editors
    }
    while (!rest.empty()) {
        const std::size_t stop = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, stop);
        rest.remove_prefix(std::min(stop + 1, rest.size()));
        ++number;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.starts_with("#version") || line.empty()) {
            continue;
        }
        const Message where = message("line %1", number);
        const auto pair = splitPair(line);
        if (!pair) {
            return badTokenizerFile(
                file, message("%1 is %2, not two tokens with a space between them", where, quoted(line, 40)));
        }
        MASKWRIGHT_TRY(addMerge(*pair, file, where, vocabulary, merges));
    }
    return merges;
}

Result<std::vector<Bpe::Merge>> readMergesJson(const Json& list, const std::string& file,
                                               const Vocabulary& vocabulary) {
    if (!list.is_array()) {
        return badTokenizerFile(file, "model.merges is not a list");
    }
    std::vector<Bpe::Merge> merges;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Json& entry = list[i];
        const Message where = verbatim("model.merges[" + std::to_string(i) + "]");
        std::optional<Pair> pair;
        if (entry.is_string()) {
            pair = splitPair(entry.get_ref<const std::string&>());
        } else if (entry.is_array() && entry.size() == 2 && entry[0].is_string() && entry[1].is_string()) {
            pair = Pair{entry[0].get<std::string>(), entry[1].get<std::string>()};
        }
        if (!pair) {
            return badTokenizerFile(file, message(R"(%1 is neither "a b" nor ["a", "b"])", where));
        }
        MASKWRIGHT_TRY(addMerge(*pair, file, where, vocabulary, merges));
    }
    return merges;
}

}  // namespace maskwright::text
