// SentencePiece's unigram and BPE segmentation: the ids of libsentencepiece 0.1.97.
#include <algorithm>
#include <cfloat>
#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/file.h"
#include "core/text/sentencepiece_model.h"
#include "core/text/tokenizer.h"
#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::string_view kSpaceSymbol = "\xe2\x96\x81";  // U+2581
constexpr std::uint64_t kModelBytes = 64ull << 20;

// Bytes of the character that begins with `lead`, as the library takes it.
std::size_t characterLength(char lead) {
    const auto byte = static_cast<std::uint8_t>(lead);
    return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

// The pieces in order, so that those that a text begins with are found byte by byte.
class PieceIndex {
  public:
    using Entry = std::pair<std::string_view, std::int32_t>;
    void add(std::string_view text, std::int32_t id) { entries_.emplace_back(text, id); }
    void sort() { std::sort(entries_.begin(), entries_.end()); }
    [[nodiscard]] bool empty() const { return entries_.empty(); }

    // Calls `found` with length and id of every piece that `text` begins with, shortest first.
    template <class Found>
    void prefixes(std::string_view text, const Found& found) const {
        auto begin = entries_.begin(), end = entries_.end();
        for (std::size_t depth = 0; depth < text.size() && begin != end; ++depth) {
            const auto byte = static_cast<std::uint8_t>(text[depth]);
            const auto at = [depth](const Entry& entry) { return static_cast<std::uint8_t>(entry.first[depth]); };
            begin = std::partition_point(begin, end, [&](const Entry& entry) { return at(entry) < byte; });
            end = std::partition_point(begin, end, [&](const Entry& entry) { return at(entry) == byte; });
            if (begin != end && begin->first.size() == depth + 1) {
                found(depth + 1, begin->second);
                ++begin;
            }
        }
    }

    [[nodiscard]] std::optional<std::int32_t> find(std::string_view text) const {
        const auto found = std::lower_bound(entries_.begin(), entries_.end(), text,
                                            [](const Entry& entry, std::string_view key) { return entry.first < key; });
        return found != entries_.end() && found->first == text ? std::optional(found->second) : std::nullopt;
    }

  private:
    std::vector<Entry> entries_;
};

class SentencePiece : public Tokenizer {
  public:
    SentencePiece(SentencePieceModel model, std::int64_t begin, std::int64_t end)
        : model_(std::move(model)), begin_(begin), end_(end) {
        for (std::size_t i = 0; i < model_.pieces.size(); ++i) {
            const Piece& piece = model_.pieces[i];
            const auto id = static_cast<std::int32_t>(i);
            const bool segments = piece.type == PieceType::normal || piece.type == PieceType::userDefined ||
                                  piece.type == PieceType::unused;
            (segments ? pieces_ : reserved_).add(piece.text, id);
            if (piece.type == PieceType::userDefined) {
                userDefined_.add(piece.text, id);
            }
            if (piece.type == PieceType::normal) {
                lowest_ = std::min(lowest_, piece.score);
                highest_ = std::max(highest_, piece.score);
            }
        }
        pieces_.sort();
        reserved_.sort();
        userDefined_.sort();
    }

    [[nodiscard]] Tokens encode(std::string_view text, std::int64_t limit) const override;
    [[nodiscard]] std::int64_t vocabularySize() const override {
        return std::max({static_cast<std::int64_t>(model_.pieces.size()), begin_ + 1, end_ + 1});
    }

  private:
    struct Segment {
        std::string_view text;
        std::int32_t id;
    };
    [[nodiscard]] std::string normalize(std::string_view text) const;
    [[nodiscard]] std::pair<std::string_view, std::size_t> normalizePrefix(std::string_view text) const;
    [[nodiscard]] std::vector<Segment> unigram(std::string_view text) const;
    [[nodiscard]] std::vector<Segment> bpe(std::string_view text) const;
    [[nodiscard]] std::size_t userDefinedAt(std::string_view text) const;
    [[nodiscard]] bool unused(std::int32_t id) const { return piece(id).type == PieceType::unused; }
    [[nodiscard]] const Piece& piece(std::int32_t id) const { return model_.pieces[static_cast<std::size_t>(id)]; }

    SentencePieceModel model_;
    PieceIndex pieces_, reserved_, userDefined_;  // their texts live in model_
    std::int64_t begin_, end_;
    float lowest_ = FLT_MAX, highest_ = FLT_MIN;  // of normal pieces; the library's own starting values
};

// Bytes of the longest user-defined piece that `text` begins with, or 0.
std::size_t SentencePiece::userDefinedAt(std::string_view text) const {
    std::size_t longest = 0;
    userDefined_.prefixes(text, [&](std::size_t length, std::int32_t) { longest = length; });
    return longest;
}

// What stands for the beginning of `text` (never empty), and how much of it. Places outside the tables match nothing.
std::pair<std::string_view, std::size_t> SentencePiece::normalizePrefix(std::string_view text) const {
    if (const std::size_t length = userDefinedAt(text); length > 0) {
        return {text.substr(0, length), length};
    }
    // A unit of darts-clone's double array: label in bits 0-7 and 31, "a value hangs here" in 8, offset in 9-30.
    const auto unitAt = [&](std::size_t at) { return at < model_.trie.size() ? model_.trie[at] : 0u; };
    const auto offset = [](std::uint32_t unit) {
        return static_cast<std::size_t>(unit >> 10) << ((unit & 0x200u) >> 6);
    };
    std::size_t longest = 0, place = 0;
    std::size_t node = offset(unitAt(0));
    for (std::size_t i = 0; i < text.size() && !model_.trie.empty(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        node ^= byte;
        const std::uint32_t unit = unitAt(node);
        if (node >= model_.trie.size() || (unit & 0x800000ffu) != byte) {
            break;
        }
        node ^= offset(unit);
        const std::size_t value = unitAt(node) & 0x7fffffffu;
        if ((unit >> 8 & 1) != 0 && value < model_.replacements.size()) {
            longest = i + 1;
            place = value;
        }
    }
    if (longest == 0) {
        const std::size_t length = std::min(characterLength(text[0]), text.size());
        return {text.substr(0, length), length};
    }
    return {std::string_view(model_.replacements.c_str() + place), longest};
}

std::string SentencePiece::normalize(std::string_view text) const {
    const bool trim = model_.removeExtraWhitespaces;
    std::string out;
    if (trim) {
        while (!text.empty()) {
            const auto [replacement, length] = normalizePrefix(text);
            if (replacement != " ") {
                break;
            }
            text.remove_prefix(length);
        }
    }
    if (text.empty()) {
        return out;
    }
    const std::string_view space = model_.escapeWhitespaces ? kSpaceSymbol : " ";
    if (!model_.whitespaceAsSuffix && model_.addDummyPrefix) {
        out += space;
    }
    bool afterSpace = trim;
    while (!text.empty()) {
        auto [replacement, length] = normalizePrefix(text);
        while (afterSpace && replacement.starts_with(' ')) {
            replacement.remove_prefix(1);
        }
        for (const char c : replacement) {
            if (c == ' ') {
                out += space;
            } else {
                out += c;
            }
        }
        if (!replacement.empty()) {
            afterSpace = replacement.back() == ' ';
        }
        afterSpace = afterSpace && trim;
        text.remove_prefix(length);
    }
    if (trim) {
        while (out.ends_with(space)) {
            out.erase(out.size() - space.size());
        }
    }
    if (model_.whitespaceAsSuffix && model_.addDummyPrefix) {
        out += space;
    }
    return out;
}

// The segmentation of the highest total score, from left to right over all ends.
std::vector<SentencePiece::Segment> SentencePiece::unigram(std::string_view text) const {
    constexpr float kUnknownPenalty = 10.0f;  // below the lowest score; unigram_model.cc
    struct Best {
        float score = 0;
        std::int32_t id = -1;
        std::size_t start = std::string_view::npos;
    };
    std::vector<Best> ends(text.size() + 1);
    const float unknownScore = lowest_ - kUnknownPenalty;
    for (std::size_t start = 0; start < text.size();) {
        const float before = ends[start].score;
        const std::size_t character = std::min(characterLength(text[start]), text.size() - start);
        // Candidates are weighed in double and kept in float, as the library does: ties fall the same way.
        const auto offer = [&](std::size_t end, double score, std::int32_t id) {
            Best& best = ends[end];
            if (best.start == std::string_view::npos || score > best.score) {
                best = {static_cast<float>(score), id, start};
            }
        };
        bool single = false;
        pieces_.prefixes(text.substr(start), [&](std::size_t length, std::int32_t id) {
            if (unused(id)) {
                return;
            }
            const double score = piece(id).type == PieceType::userDefined
                                     ? static_cast<double>(static_cast<float>(length) * highest_) - 0.1
                                     : static_cast<double>(piece(id).score);
            offer(start + length, score + static_cast<double>(before), id);
            single = single || length == character;
        });
        if (!single) {
            offer(start + character, static_cast<double>(unknownScore + before), model_.unknown);
        }
        start += character;
    }
    std::vector<Segment> out;
    for (std::size_t end = text.size(); end > 0;) {
        const Best& best = ends[end];
        if (best.start == std::string_view::npos) {
            break;  // only where a hostile character map gave bytes that are no UTF-8
        }
        out.push_back({text.substr(best.start, end - best.start), best.id});
        end = best.start;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

// Neighbours are joined, the pair of the highest score first, while their text is a piece.
std::vector<SentencePiece::Segment> SentencePiece::bpe(std::string_view text) const {
    struct Symbol {
        std::string_view text;
        std::int64_t previous, next;
        bool frozen;
    };
    struct Candidate {
        float score;
        std::int64_t left, right;
        std::size_t size;
        bool operator<(const Candidate& other) const {
            return score < other.score || (score == other.score && left > other.left);
        }
    };
    std::vector<Symbol> symbols;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t defined = userDefinedAt(rest);
        const std::size_t length = defined > 0 ? defined : std::min(characterLength(rest[0]), rest.size());
        const auto index = static_cast<std::int64_t>(symbols.size());
        symbols.push_back({rest.substr(0, length), index - 1, length == rest.size() ? -1 : index + 1, defined > 0});
        rest.remove_prefix(length);
    }
    const auto at = [&](std::int64_t i) -> Symbol& { return symbols[static_cast<std::size_t>(i)]; };

    std::priority_queue<Candidate> agenda;
    std::unordered_map<std::string_view, std::pair<std::string_view, std::string_view>> parts;  // of unused pieces
    const auto offer = [&](std::int64_t left, std::int64_t right) {
        if (left < 0 || right < 0 || at(left).frozen || at(right).frozen) {
            return;
        }
        const std::string_view joined(at(left).text.data(), at(left).text.size() + at(right).text.size());
        if (const auto id = pieces_.find(joined)) {
            agenda.push({piece(*id).score, left, right, joined.size()});
            if (unused(*id)) {
                parts[joined] = {at(left).text, at(right).text};
            }
        }
    };
    for (std::size_t i = 1; i < symbols.size(); ++i) {
        offer(static_cast<std::int64_t>(i) - 1, static_cast<std::int64_t>(i));
    }
    while (!agenda.empty()) {
        const Candidate top = agenda.top();
        agenda.pop();
        Symbol &left = at(top.left), &right = at(top.right);
        if (left.text.empty() || right.text.empty() || left.text.size() + right.text.size() != top.size) {
            continue;
        }
        left.text = std::string_view(left.text.data(), top.size);
        left.next = right.next;
        if (right.next >= 0) {
            at(right.next).previous = top.left;
        }
        right.text = {};
        offer(left.previous, top.left);
        offer(top.left, left.next);
    }

    std::vector<Segment> out;
    std::vector<std::string_view> stack;
    for (std::int64_t i = symbols.empty() ? -1 : 0; i >= 0; i = at(i).next) {
        stack.push_back(at(i).text);
        while (!stack.empty()) {  // an unused piece is given back as what it was joined from
            const std::string_view one = stack.back();
            stack.pop_back();
            auto id = reserved_.find(one);
            id = id ? id : pieces_.find(one);
            const auto split = id && unused(*id) ? parts.find(one) : parts.end();
            if (split == parts.end()) {
                out.push_back({one, id.value_or(model_.unknown)});
            } else {
                stack.push_back(split->second.second);
                stack.push_back(split->second.first);
            }
        }
    }
    return out;
}

Tokens SentencePiece::encode(std::string_view text, std::int64_t limit) const {
    constexpr std::int64_t kMarkers = 2;
    const std::string normalized = normalize(encodeUtf8(decodeUtf8(text)));
    const auto segments = model_.kind == SentencePieceModel::Kind::unigram ? unigram(normalized) : bpe(normalized);
    const auto room = static_cast<std::size_t>(std::max(limit, kMarkers) - 1);
    Tokens tokens{{begin_}, false};
    bool afterUnknown = false;
    for (const Segment& segment : segments) {
        const bool unknown = segment.id == model_.unknown;
        if (unknown && model_.byteFallback) {
            for (const char byte : segment.text) {
                tokens.ids.push_back(model_.bytes[static_cast<std::uint8_t>(byte)]);
            }
        } else if (!(unknown && afterUnknown)) {  // a run of unknown characters is one unknown piece
            tokens.ids.push_back(segment.id);
        }
        afterUnknown = unknown;
        if (tokens.ids.size() > room) {
            tokens.ids.resize(room);
            tokens.truncated = true;
            break;
        }
    }
    tokens.ids.push_back(end_);
    return tokens;
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::string& file, std::int64_t begin, std::int64_t end) {
    constexpr std::int64_t kHighestId = (1 << 24) - 1;
    if (begin < 0 || end < 0 || begin > kHighestId || end > kHighestId) {
        return Error{ErrorKind::weights,
                     "the ids of the text's begin and end, " + std::to_string(begin) + " and " + std::to_string(end) +
                         ", are not from 0 to " + std::to_string(kHighestId),
                     "check the model's config.json"};
    }
    const auto bytes = readFile(file, kModelBytes, ErrorKind::weights);
    if (!bytes) {
        return bytes.error();
    }
    auto model = parseSentencePieceModel(*bytes, file);
    if (!model) {
        return model.error();
    }
    return std::unique_ptr<Tokenizer>(std::make_unique<SentencePiece>(std::move(*model), begin, end));
}

}  // namespace maskwright::text
