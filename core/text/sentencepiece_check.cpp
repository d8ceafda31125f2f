#include "core/text/sentencepiece_check.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kMostPieces = 1u << 20;
constexpr std::size_t kLongestPiece = 512;
constexpr std::size_t kLongestReplacement = 1024;  // NFKC's own longest, U+FDFA, has 33 bytes
constexpr std::size_t kSelfTestBytes = 64 << 10;   // texts that the library encodes whenever it opens the model
// Room in the library's arrays for what one place of a text can begin with: kMaxTrieResultsSize (normalizer.h) and
// kResultSize (PrefixMatcher in normalizer.cc).
constexpr int kMostMapEntries = 32, kMostDefined = 64;

// Protocol buffers' wire format, as far as the model needs it.
struct Field {
    std::uint32_t number = 0;
    std::uint64_t value = 0;  // a varint or a fixed-size number
    std::string_view bytes;   // a string or a message
    enum class Wire { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 } wire = Wire::varint;
};

class WireReader {
  public:
    explicit WireReader(std::string_view rest) : rest_(rest) {}
    [[nodiscard]] bool done() const { return rest_.empty(); }

    std::optional<Field> next() {
        const auto tag = varint();
        if (!tag || *tag >> 3 == 0 || *tag >> 3 > 0x1fffffff) {
            return std::nullopt;
        }
        Field field;
        field.number = static_cast<std::uint32_t>(*tag >> 3);
        field.wire = static_cast<Field::Wire>(*tag & 7);
        switch (field.wire) {
            case Field::Wire::varint: {
                const auto value = varint();
                field.value = value.value_or(0);
                return value ? std::optional(field) : std::nullopt;
            }
            case Field::Wire::fixed64:
                return fixed(8, field);
            case Field::Wire::fixed32:
                return fixed(4, field);
            case Field::Wire::bytes: {
                const auto size = varint();
                if (!size || *size > rest_.size()) {
                    return std::nullopt;
                }
                field.bytes = take(static_cast<std::size_t>(*size));
                return field;
            }
        }
        return std::nullopt;  // groups are in no SentencePiece model
    }

  private:
    std::string_view take(std::size_t size) {
        const auto out = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return out;
    }
    std::optional<std::uint64_t> varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(take(1)[0]);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        return std::nullopt;
    }
    std::optional<Field> fixed(std::size_t size, Field field) {
        if (rest_.size() < size) {
            return std::nullopt;
        }
        unsigned shift = 0;
        for (const char c : take(size)) {
            field.value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(c)) << shift;
            shift += 8;
        }
        return field;
    }
    std::string_view rest_;
};

// Calls `use` for every field of `message`; false where the bytes are no message or `use` says so.
template <class Use>
bool forEachField(std::string_view message, const Use& use) {
    for (WireReader reader(message); !reader.done();) {
        const auto field = reader.next();
        if (!field || !use(*field)) {
            return false;
        }
    }
    return true;
}

bool is(const Field& field, std::uint32_t number, Field::Wire wire) {
    return field.number == number && field.wire == wire;
}

// The numbers are those of sentencepiece_model.proto.
enum class PieceType { normal = 1, unknown = 2, control = 3, userDefined = 4, unused = 5, byte = 6 };
enum class ModelKind { unigram = 1, bpe = 2 };

struct Piece {
    std::string_view text;
    float score = 0;
    PieceType type = PieceType::normal;
};

bool isUtf8(std::string_view text) { return encodeUtf8(decodeUtf8(text)) == text; }

// A double array of darts-clone: bytes to places in a text. Units: label in bits 0-7 and 31, "a value hangs here" in 8,
// offset in 9-30; a value has bit 31.
class DoubleArray {
  public:
    explicit DoubleArray(std::string_view bytes) : units_(bytes.size() / 4) {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            for (std::size_t byte = 4; byte-- > 0;) {
                units_[i] = units_[i] << 8 | static_cast<std::uint8_t>(bytes[4 * i + byte]);
            }
        }
    }

    // Every walk stays within the array, every value is below `values`, and no walk passes more than `most` of them.
    [[nodiscard]] bool isSound(std::size_t values, int most) {
        if (units_.empty() || units_.size() % kBlock != 0) {
            return false;
        }
        children_.assign(units_.size() + 1, 0);
        order_.resize(units_.size());
        for (std::size_t i = 0; i < units_.size(); ++i) {
            ++children_[parent(i)];
        }
        for (std::size_t i = 1; i < children_.size(); ++i) {
            children_[i] += children_[i - 1];
        }
        for (std::size_t i = units_.size(); i-- > 0;) {
            order_[--children_[parent(i)]] = static_cast<std::uint32_t>(i);
        }
        counts_.assign(units_.size(), kUnseen);
        values_ = values;
        const std::size_t root = offset(units_[0]);
        return root < units_.size() && count(root, 0) <= most;
    }

  private:
    static constexpr std::size_t kBlock = 256;
    static constexpr int kDeepest = 256;  // bytes of an entry; a cycle is deeper
    static constexpr int kUnsound = 1 << 20;
    static constexpr int kUnseen = -1;

    static std::size_t offset(std::uint32_t unit) {
        return static_cast<std::size_t>(unit >> 10) << ((unit & 0x200u) >> 6);
    }
    // The node whose child unit `i` would be.
    [[nodiscard]] std::size_t parent(std::size_t i) const { return i ^ (units_[i] & 0xffu); }

    // The most values that a walk from `node` on passes.
    int count(std::size_t node, int depth) {  // NOLINT(misc-no-recursion): at most kDeepest deep
        if (counts_[node] != kUnseen) {
            return counts_[node];
        }
        if (depth == kDeepest) {
            return kUnsound;
        }
        int most = 0;
        for (std::size_t at = children_[node]; at < children_[node + 1] && most < kUnsound; ++at) {
            const std::size_t i = order_[at];
            const std::uint32_t unit = units_[i];
            if ((unit >> 31) != 0) {
                continue;  // a value, not a child
            }
            const std::size_t next = i ^ offset(unit);
            const bool valued = (unit >> 8 & 1) != 0;
            if (next >= units_.size() || (valued && (units_[next] & 0x7fffffffu) >= values_)) {
                return kUnsound;
            }
            most = std::max(most, count(next, depth + 1) + static_cast<int>(valued));
        }
        return counts_[node] = most;
    }

    std::vector<std::uint32_t> units_;
    std::vector<std::uint32_t> children_, order_;  // order_[children_[n]] to order_[children_[n + 1]]: n's children
    std::vector<int> counts_;
    std::size_t values_ = 0;
};

// A precompiled character map: the size of a double array, the array, the replacements, each ending with a zero byte.
bool isCharacterMap(std::string_view map) {
    if (map.empty()) {
        return true;
    }
    if (map.size() < 4) {
        return false;
    }
    std::size_t size = 0;
    for (std::size_t i = 4; i-- > 0;) {
        size = size << 8 | static_cast<std::uint8_t>(map[i]);
    }
    if (size % 4 != 0 || size >= map.size() - 4) {
        return false;
    }
    const std::string_view replacements = map.substr(4 + size);
    std::size_t length = 0;
    for (const char c : replacements) {
        length = c == '\0' ? 0 : length + 1;
        if (length > kLongestReplacement) {
            return false;
        }
    }
    return length == 0 && isUtf8(replacements) &&
           DoubleArray(map.substr(4, size)).isSound(replacements.size(), kMostMapEntries);
}

bool isNormalizer(std::string_view message) {
    return forEachField(
        message, [](const Field& field) { return !is(field, 2, Field::Wire::bytes) || isCharacterMap(field.bytes); });
}

bool readPiece(std::string_view message, Piece& piece) {
    return forEachField(message, [&](const Field& field) {
        if (is(field, 1, Field::Wire::bytes)) {
            piece.text = field.bytes;
        } else if (is(field, 2, Field::Wire::fixed32)) {
            piece.score = std::bit_cast<float>(static_cast<std::uint32_t>(field.value));
        } else if (is(field, 3, Field::Wire::varint)) {
            piece.type = static_cast<PieceType>(field.value);
            return field.value >= 1 && field.value <= 6;
        }
        return true;
    });
}

// Texts in order: how many of them some text begins with.
int longestChain(std::vector<std::string_view> texts) {
    std::sort(texts.begin(), texts.end());
    std::vector<std::string_view> chain;
    std::size_t longest = 0;
    for (const std::string_view text : texts) {
        while (!chain.empty() && !text.starts_with(chain.back())) {
            chain.pop_back();
        }
        chain.push_back(text);
        longest = std::max(longest, chain.size());
    }
    return static_cast<int>(longest);
}

Message piecesProblem(const std::vector<Piece>& pieces, ModelKind kind) {
    if (std::none_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.type == PieceType::unknown; })) {
        return "no piece is the unknown one";
    }
    std::vector<std::string_view> defined, given;  // user-defined; all that BPE can join characters to
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& [text, score, type] = pieces[i];
        if (text.empty() || text.size() > kLongestPiece || !std::isfinite(score)) {
            return message("piece %1 is empty, longer than %2 bytes or has no finite score", i, kLongestPiece);
        }
        if (text.find('\0') != std::string_view::npos || !isUtf8(text)) {
            return message("piece %1, %2, is no text", i, quoted(text));
        }
        if (type == PieceType::userDefined) {
            defined.push_back(text);
        }
        if (type == PieceType::normal || type == PieceType::userDefined || type == PieceType::unused) {
            given.push_back(text);
        }
    }
    if (longestChain(defined) > kMostDefined) {
        return message("more than %1 of its user-defined pieces begin with one another", kMostDefined);
    }
    if (kind == ModelKind::bpe) {
        // The library loses its place in a text that gives a control piece.
        std::sort(given.begin(), given.end());
        for (const Piece& piece : pieces) {
            if (piece.type == PieceType::control &&
                (decodeUtf8(piece.text).size() == 1 || std::binary_search(given.begin(), given.end(), piece.text))) {
                return message("its control piece %1 can stand in a text", quoted(piece.text));
            }
        }
    }
    return {};
}

}  // namespace

Message sentencePieceProblem(std::string_view bytes) {
    std::vector<Piece> pieces;
    std::uint64_t kind = 1, selfTest = 0;
    Message problem;
    const bool whole = forEachField(bytes, [&](const Field& field) {
        if (is(field, 1, Field::Wire::bytes)) {
            if (pieces.size() == kMostPieces) {
                problem = message("it has more than %1 pieces", kMostPieces);
            } else if (!readPiece(field.bytes, pieces.emplace_back())) {
                problem = message("piece %1 cannot be read", pieces.size() - 1);
            }
        } else if (is(field, 2, Field::Wire::bytes)) {
            const bool read = forEachField(field.bytes, [&](const Field& inner) {
                kind = is(inner, 3, Field::Wire::varint) ? inner.value : kind;
                return true;
            });
            problem = read ? Message() : Message("its trainer's settings cannot be read");
        } else if (is(field, 3, Field::Wire::bytes) || is(field, 5, Field::Wire::bytes)) {
            problem = isNormalizer(field.bytes) ? Message() : Message("its normaliser cannot be read");
        } else if (is(field, 4, Field::Wire::bytes)) {
            selfTest += field.bytes.size();
        }
        return problem.empty();
    });
    if (!problem.empty()) {
        return problem;
    }
    if (!whole) {
        return "its bytes break off or are of another format";
    }
    if (selfTest > kSelfTestBytes) {
        return message("it holds more than %1 bytes of texts to test itself with", kSelfTestBytes);
    }
    if (kind != 1 && kind != 2) {
        return "it is of a kind other than unigram and BPE";
    }
    return piecesProblem(pieces, static_cast<ModelKind>(kind));
}

}  // namespace maskwright::text
