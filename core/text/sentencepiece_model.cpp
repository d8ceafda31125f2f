#include "core/text/sentencepiece_model.h"

#include <bit>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

namespace maskwright::text {
namespace {

constexpr std::size_t kMostPieces = 1u << 20;
constexpr std::size_t kLongestPiece = 512;
constexpr std::size_t kLongestReplacement = 1024;  // NFKC's own longest, U+FDFA, has 33 bytes

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

std::uint32_t littleEndian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return value;
}

// A precompiled character map: the size of a double array, the array, the replacements.
bool readCharacterMap(std::string_view map, SentencePieceModel& model) {
    model.trie.clear();
    model.replacements.clear();
    if (map.empty()) {
        return true;
    }
    if (map.size() < 4) {
        return false;
    }
    const std::size_t size = littleEndian(map, 0);
    if (size % 4 != 0 || size == 0 || size >= map.size() - 4) {
        return false;
    }
    for (std::size_t at = 4; at < 4 + size; at += 4) {
        model.trie.push_back(littleEndian(map, at));
    }
    model.replacements = map.substr(4 + size);
    // A text grows by no more than its longest replacement.
    std::size_t length = 0;
    for (const char c : model.replacements) {
        length = c == '\0' ? 0 : length + 1;
        if (length > kLongestReplacement) {
            return false;
        }
    }
    return length == 0;
}

bool readNormalizer(std::string_view message, SentencePieceModel& model) {
    return forEachField(message, [&](const Field& field) {
        if (is(field, 2, Field::Wire::bytes)) {
            return readCharacterMap(field.bytes, model);
        }
        bool* const setting = field.wire != Field::Wire::varint ? nullptr
                              : field.number == 3               ? &model.addDummyPrefix
                              : field.number == 4               ? &model.removeExtraWhitespaces
                              : field.number == 5               ? &model.escapeWhitespaces
                                                                : nullptr;
        if (setting != nullptr) {
            *setting = field.value != 0;
        }
        return true;
    });
}

bool readPiece(std::string_view message, Piece& piece) {
    return forEachField(message, [&](const Field& field) {
        if (is(field, 1, Field::Wire::bytes)) {
            piece.text = field.bytes;
        } else if (is(field, 2, Field::Wire::fixed32)) {
            piece.score = std::bit_cast<float>(static_cast<std::uint32_t>(field.value));
        } else if (is(field, 3, Field::Wire::varint)) {
            if (field.value < 1 || field.value > 6) {
                return false;
            }
            piece.type = static_cast<PieceType>(field.value);
        }
        return true;
    });
}

// "<0x41>" is 0x41.
std::optional<std::uint8_t> byteOfPiece(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    if (text.size() != 6 || !text.starts_with("<0x") || text[5] != '>') {
        return std::nullopt;
    }
    const std::size_t high = kDigits.find(text[3]), low = kDigits.find(text[4]);
    if (high == std::string_view::npos || low == std::string_view::npos) {
        return std::nullopt;
    }
    return static_cast<std::uint8_t>(high * 16 + low);
}

// What is wrong with the pieces taken together; empty where nothing is.
std::string checkPieces(SentencePieceModel& model) {
    std::set<std::string_view> normal, reserved;
    std::optional<std::int32_t> unknown;
    model.bytes.fill(-1);
    for (std::size_t i = 0; i < model.pieces.size(); ++i) {
        const Piece& piece = model.pieces[i];
        const auto id = static_cast<std::int32_t>(i);
        const std::string which = "piece " + std::to_string(i);
        if (piece.text.empty() || piece.text.size() > kLongestPiece || !std::isfinite(piece.score)) {
            return which + " is empty, longer than " + std::to_string(kLongestPiece) + " bytes or has no finite score";
        }
        const bool isReserved =
            piece.type == PieceType::unknown || piece.type == PieceType::control || piece.type == PieceType::byte;
        if (!(isReserved ? reserved : normal).insert(piece.text).second) {
            return which + ", " + quoted(piece.text) + ", is there twice";
        }
        if (piece.type == PieceType::unknown) {
            if (unknown) {
                return which + " is a second unknown piece";
            }
            unknown = id;
        }
        if (piece.type == PieceType::byte) {
            const auto byte = byteOfPiece(piece.text);
            if (!byte || !model.byteFallback) {
                return which + ", " + quoted(piece.text) + ", is no byte or the model has no byte fallback";
            }
            model.bytes[*byte] = id;
        }
    }
    if (!unknown) {
        return "no piece is the unknown one";
    }
    model.unknown = *unknown;
    for (const std::int32_t id : model.bytes) {
        if (model.byteFallback && id < 0) {
            return "the 256 byte pieces are not all there";
        }
    }
    return {};
}

}  // namespace

Result<SentencePieceModel> parseSentencePieceModel(std::string_view bytes, const std::string& name) {
    const auto bad = [&](const std::string& problem) {
        return Error{ErrorKind::weights, name + " is no usable SentencePiece model: " + problem,
                     "take the model's files from its publisher again"};
    };
    SentencePieceModel model;
    std::uint64_t kind = 1;
    std::string problem;
    const bool whole = forEachField(bytes, [&](const Field& field) {
        if (is(field, 1, Field::Wire::bytes)) {
            if (model.pieces.size() == kMostPieces) {
                problem = "it has more than " + std::to_string(kMostPieces) + " pieces";
                return false;
            }
            if (!readPiece(field.bytes, model.pieces.emplace_back())) {
                problem = "piece " + std::to_string(model.pieces.size() - 1) + " cannot be read";
            }
        } else if (is(field, 2, Field::Wire::bytes)) {
            const bool read = forEachField(field.bytes, [&](const Field& inner) {
                if (inner.wire == Field::Wire::varint) {
                    if (inner.number == 3) {
                        kind = inner.value;
                    } else if (inner.number == 24) {
                        model.whitespaceAsSuffix = inner.value != 0;
                    } else if (inner.number == 35) {
                        model.byteFallback = inner.value != 0;
                    }
                }
                return true;
            });
            problem = read ? problem : "its trainer's settings cannot be read";
        } else if (is(field, 3, Field::Wire::bytes) && !readNormalizer(field.bytes, model)) {
            problem = "its normaliser cannot be read";
        }
        return problem.empty();
    });
    if (!problem.empty()) {
        return bad(problem);
    }
    if (!whole) {
        return bad("its bytes break off or are of another format");
    }
    if (kind != 1 && kind != 2) {
        return bad("it is of a kind other than unigram and BPE");
    }
    model.kind = static_cast<SentencePieceModel::Kind>(kind);
    if (problem = checkPieces(model); !problem.empty()) {
        return bad(problem);
    }
    return model;
}

}  // namespace maskwright::text
