// Reading the files of CLIP's tokenizer. Which file says what about the markers follows what transformers 5 does with a
// folder.
#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/text/clip_bpe.h"
#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::int64_t kHighestId = (1 << 24) - 1;   // 300 times CLIP's vocabulary
constexpr std::uint64_t kMergesBytes = 64ull << 20;  // CLIP's own file has 0.5 MB
constexpr std::size_t kMostAddedTokens = 1024;       // they are looked for one by one
constexpr std::size_t kLongestAddedToken = 256;      // characters
constexpr std::string_view kBegin = "<|startoftext|>";
constexpr std::string_view kEnd = "<|endoftext|>";

Error bad(const std::string& file, const std::string& problem) {
    return {ErrorKind::weights, file + ": " + problem, "take the tokenizer's files from the model's publisher again"};
}

// An added token before its id is settled.
struct NamedToken {
    std::string content;
    std::optional<std::int64_t> id;
    bool normalized = false;
    bool singleWord = false;
};

// Token to id, checked: at least one, no negative id, no id twice.
class Vocabulary {
  public:
    static Result<Vocabulary> read(const Json& object, const std::string& file) {
        if (!object.is_object() || object.empty()) {
            return bad(file, "the vocabulary is not an object of token to id");
        }
        Vocabulary out;
        out.tokens_ = &object;
        for (const auto& [token, value] : object.items()) {
            const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <= kHighestId : false;
            if (!fits) {
                return bad(file, "the id of " + quoted(token) + " is not a whole number from 0 to " +
                                     std::to_string(kHighestId));
            }
            if (!out.use(value.get<std::int64_t>())) {
                return bad(file, "the id " + std::to_string(value.get<std::int64_t>()) + " is given twice, once to " +
                                     quoted(token));
            }
        }
        return out;
    }

    [[nodiscard]] std::optional<std::int64_t> id(const std::string& token) const {
        const auto found = tokens_->find(token);
        return found == tokens_->end() ? std::nullopt : std::optional(found->get<std::int64_t>());
    }
    // False where `id` is taken.
    bool use(std::int64_t id) {
        const auto at = static_cast<std::size_t>(id);
        if (at >= used_.size()) {
            used_.resize(at + 1);
        }
        return !std::exchange(used_[at], true);
    }
    // One past the highest id.
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(used_.size()); }

  private:
    Vocabulary() = default;
    // vector<bool>'s reference does not go through std::exchange, hence char's width.
    struct Flag {
        bool value = false;
        operator bool() const { return value; }
        Flag& operator=(bool other) {
            value = other;
            return *this;
        }
    };
    const Json* tokens_ = nullptr;
    std::vector<Flag> used_;
};

using Pair = std::pair<std::string, std::string>;

std::optional<Pair> splitPair(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    return Pair{line.substr(0, space), line.substr(space + 1)};
}

// Appends one merge; `where` says which for the message.
Result<void> addMerge(const Pair& pair, const std::string& file, const std::string& where, const Vocabulary& vocabulary,
                      std::vector<Bpe::Merge>& merges) {
    const auto left = vocabulary.id(pair.first);
    const auto right = vocabulary.id(pair.second);
    const auto result = vocabulary.id(pair.first + pair.second);
    if (!left || !right || !result) {
        const std::string& missing = !left ? pair.first : !right ? pair.second : pair.first + pair.second;
        return bad(file, where + " needs the token " + quoted(missing) + ", which the vocabulary does not have");
    }
    merges.push_back({static_cast<std::int32_t>(*left), static_cast<std::int32_t>(*right),
                      static_cast<std::int32_t>(*result), static_cast<std::int32_t>(merges.size())});
    return {};
}

Result<std::vector<Bpe::Merge>> readMergesText(const std::string& file, const Vocabulary& vocabulary) {
    const auto text = readFile(file, kMergesBytes, ErrorKind::weights);
    if (!text) {
        return text.error();
    }
    std::vector<Bpe::Merge> merges;
    std::size_t number = 0;
    for (std::string_view rest = *text; !rest.empty();) {
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
        const std::string where = "line " + std::to_string(number);
        const auto pair = splitPair(line);
        if (!pair) {
            return bad(file, where + " is " + quoted(line, 40) + ", not two tokens with a space between them");
        }
        MASKWRIGHT_TRY(addMerge(*pair, file, where, vocabulary, merges));
    }
    return merges;
}

Result<std::vector<Bpe::Merge>> readMergesJson(const Json& list, const std::string& file,
                                               const Vocabulary& vocabulary) {
    if (!list.is_array()) {
        return bad(file, "model.merges is not a list");
    }
    std::vector<Bpe::Merge> merges;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Json& entry = list[i];
        const std::string where = "model.merges[" + std::to_string(i) + "]";
        std::optional<Pair> pair;
        if (entry.is_string()) {
            pair = splitPair(entry.get_ref<const std::string&>());
        } else if (entry.is_array() && entry.size() == 2 && entry[0].is_string() && entry[1].is_string()) {
            pair = Pair{entry[0].get<std::string>(), entry[1].get<std::string>()};
        }
        if (!pair) {
            return bad(file, where + R"( is neither "a b" nor ["a", "b"])");
        }
        MASKWRIGHT_TRY(addMerge(*pair, file, where, vocabulary, merges));
    }
    return merges;
}

bool flag(const Json& object, const char* key, bool fallback) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : fallback;
}

// A token as tokenizer files write it: its text alone, or an object with its text under "content".
std::optional<NamedToken> readToken(const Json& value) {
    if (value.is_string()) {
        return NamedToken{value.get<std::string>(), std::nullopt, false, false};
    }
    if (!value.is_object() || !value.contains("content") || !value["content"].is_string()) {
        return std::nullopt;
    }
    NamedToken token;
    token.content = value["content"].get<std::string>();
    token.normalized = flag(value, "normalized", !flag(value, "special", false));
    token.singleWord = flag(value, "single_word", false);
    if (const auto id = value.find("id"); id != value.end() && id->is_number_unsigned()) {
        token.id = static_cast<std::int64_t>(std::min<std::uint64_t>(id->get<std::uint64_t>(), kHighestId + 1));
    }
    return token;
}

// What the folder says about tokens beyond the vocabulary.
struct Special {
    std::string begin{kBegin}, end{kEnd}, unknown{kEnd};
    std::vector<NamedToken> tokens;  // a later one of the same content counts
};

// The optional files of a folder, null where there is none.
struct Settings {
    Json config, map, added, tokenizer;
};

Result<Special> readSpecial(const std::string& file, const Settings& settings) {
    Special out;
    std::vector<NamedToken> listed;
    const bool decoder = settings.config.is_object() && settings.config.contains("added_tokens_decoder");
    if (decoder) {
        const Json& entries = settings.config["added_tokens_decoder"];
        for (const auto& [id, entry] : entries.items()) {
            auto token = readToken(entry);
            const bool number = !id.empty() && id.size() < 10 &&
                                std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (!entries.is_object() || !token || !number) {
                return bad("tokenizer_config.json", "added_tokens_decoder is not an object of id to token");
            }
            token->id = std::stoll(id);
            listed.push_back(std::move(*token));
        }
    } else {
        if (settings.added.is_object()) {
            for (const auto& [content, id] : settings.added.items()) {
                if (!id.is_number_unsigned()) {
                    return bad("added_tokens.json", "the id of " + quoted(content) + " is not a whole number from 0");
                }
                const bool special = content == kBegin || content == kEnd;
                listed.push_back({content, id.get<std::int64_t>(), !special, false});
            }
        }
        if (settings.tokenizer.is_object() && settings.tokenizer.contains("added_tokens")) {
            const Json& entries = settings.tokenizer["added_tokens"];
            for (const Json& entry : entries) {
                auto token = readToken(entry);
                if (!entries.is_array() || !token || !entry.is_object()) {
                    return bad(file, "added_tokens is not a list of objects with a content");
                }
                listed.push_back(std::move(*token));
            }
        }
    }
    std::stable_sort(listed.begin(), listed.end(), [](const NamedToken& a, const NamedToken& b) {
        return a.id.value_or(kHighestId) < b.id.value_or(kHighestId);
    });

    // The named markers, in the order in which transformers adds them; one that is listed too is as the list says.
    std::vector<NamedToken> named;
    for (const char* key : {"bos_token", "eos_token", "unk_token", "pad_token"}) {
        const std::string_view name = key;
        NamedToken token{std::string(name == "bos_token" ? kBegin : kEnd), std::nullopt, false, false};
        for (const Json* source : {&settings.config, decoder ? nullptr : &settings.map}) {
            if (source != nullptr && source->is_object() && source->contains(name)) {
                token = readToken((*source)[key]).value_or(token);
            }
        }
        (name == "bos_token"   ? out.begin
         : name == "eos_token" ? out.end
                               : out.unknown) = name == "pad_token" ? out.unknown : token.content;
        token.id.reset();
        const bool known = std::any_of(listed.begin(), listed.end(),
                                       [&](const NamedToken& other) { return other.content == token.content; });
        if (!known) {
            named.push_back(std::move(token));
        }
    }
    out.tokens = std::move(listed);
    out.tokens.insert(out.tokens.end(), named.begin(), named.end());
    return out;
}

// Settles the ids: the vocabulary's where it has the token, else the one the file gives.
Result<std::vector<AddedToken>> settle(const Special& special, const std::string& file, Vocabulary& vocabulary) {
    std::vector<AddedToken> out;
    std::vector<std::string> contents;
    for (const NamedToken& token : special.tokens) {
        AddedToken added{decodeUtf8(token.content), 0, token.normalized, token.singleWord};
        if (added.content.empty()) {
            continue;
        }
        if (added.content.size() > kLongestAddedToken || out.size() == kMostAddedTokens) {
            return bad(file, "more than " + std::to_string(kMostAddedTokens) + " added tokens, or one of more than " +
                                 std::to_string(kLongestAddedToken) + " characters");
        }
        const auto before = std::find(contents.begin(), contents.end(), token.content);
        if (before != contents.end()) {
            AddedToken& earlier = out[static_cast<std::size_t>(before - contents.begin())];
            added.id = earlier.id;
            earlier = std::move(added);
            continue;
        }
        if (const auto id = vocabulary.id(token.content)) {
            added.id = *id;
        } else if (!token.id) {
            if (token.content == special.begin || token.content == special.end || token.content == special.unknown) {
                return bad(file, "the vocabulary has no token " + quoted(token.content));
            }
            continue;
        } else if (*token.id > kHighestId || !vocabulary.use(*token.id)) {
            return bad(file, "the id " + std::to_string(*token.id) + " of the added token " + quoted(token.content) +
                                 " is taken or above " + std::to_string(kHighestId));
        } else {
            added.id = *token.id;
        }
        contents.push_back(token.content);
        out.push_back(std::move(added));
    }
    return out;
}

std::optional<std::int64_t> idOf(const std::string& content, const std::vector<AddedToken>& added) {
    const std::u32string wanted = decodeUtf8(content);
    const auto found =
        std::find_if(added.begin(), added.end(), [&](const AddedToken& token) { return token.content == wanted; });
    return found == added.end() ? std::nullopt : std::optional(found->id);
}

Result<Json> readIfThere(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        return Json();
    }
    return readJsonFile(path.string(), ErrorKind::weights);
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> loadClipBpe(const std::string& folder) {
    const std::filesystem::path base(folder);
    Settings settings;
    const std::pair<const char*, Json*> files[] = {{"tokenizer.json", &settings.tokenizer},
                                                   {"tokenizer_config.json", &settings.config},
                                                   {"special_tokens_map.json", &settings.map},
                                                   {"added_tokens.json", &settings.added}};
    for (const auto& [name, into] : files) {
        auto read = readIfThere(base / name);
        if (!read) {
            return read.error();
        }
        *into = std::move(*read);
    }

    // tokenizer.json goes before the pair of older files, as in transformers.
    std::error_code ignored;
    const bool single = std::filesystem::exists(base / "tokenizer.json", ignored);
    const std::string file = (base / (single ? "tokenizer.json" : "vocab.json")).string();
    Json tokens;
    if (single) {
        const Json& root = settings.tokenizer;
        if (!root.is_object() || !root.contains("model") || !root["model"].is_object()) {
            return bad(file, "there is no model in it");
        }
        const Json& model = root["model"];
        if (model.contains("type") && model["type"] != "BPE") {
            return bad(file, "model.type is not BPE, which CLIP's tokenizer is");
        }
        if (!model.contains("vocab") || !model.contains("merges")) {
            return bad(file, "model.vocab or model.merges is missing");
        }
        tokens = model["vocab"];
    } else if (!std::filesystem::exists(base / "vocab.json", ignored)) {
        return Error{ErrorKind::weights, folder + " has no tokenizer",
                     "a CLIP model folder holds vocab.json and merges.txt, or tokenizer.json"};
    } else {
        auto read = readJsonFile(file, ErrorKind::weights);
        if (!read) {
            return read.error();
        }
        tokens = std::move(*read);
    }

    auto vocabulary = Vocabulary::read(tokens, file);
    if (!vocabulary) {
        return vocabulary.error();
    }
    auto merges = single ? readMergesJson(settings.tokenizer["model"]["merges"], file, *vocabulary)
                         : readMergesText((base / "merges.txt").string(), *vocabulary);
    if (!merges) {
        return merges.error();
    }
    const auto special = readSpecial(file, settings);
    if (!special) {
        return special.error();
    }
    auto added = settle(*special, file, *vocabulary);
    if (!added) {
        return added.error();
    }
    const auto begin = idOf(special->begin, *added);
    const auto end = idOf(special->end, *added);
    const auto unknown = idOf(special->unknown, *added);
    if (!begin || !end || !unknown) {
        return bad(file, "the tokens of the text's begin and end are not all there");
    }

    std::array<std::int32_t, 256> inner{}, last{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const std::string symbol = byteSymbol(static_cast<std::uint8_t>(byte));
        inner[byte] = static_cast<std::int32_t>(vocabulary->id(symbol).value_or(*unknown));
        last[byte] = static_cast<std::int32_t>(vocabulary->id(symbol + "</w>").value_or(*unknown));
    }
    return std::unique_ptr<Tokenizer>(std::make_unique<ClipBpe>(Bpe(inner, last, std::move(*merges)), std::move(*added),
                                                                *begin, *end, vocabulary->size()));
}

}  // namespace maskwright::text
