// What a SentencePiece model file says, checked. Private to core/text.
//
// Read by code of our own and not by libsentencepiece: Debian's exports a protobuf of its own, and in one process with
// LibTorch, which uses another, the program dies before main.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace maskwright::text {

// The numbers are those of sentencepiece_model.proto.
enum class PieceType { normal = 1, unknown = 2, control = 3, userDefined = 4, unused = 5, byte = 6 };

struct Piece {
    std::string text;  // 1 to 512 bytes
    float score = 0;   // finite
    PieceType type = PieceType::normal;
};

struct SentencePieceModel {
    enum class Kind { unigram = 1, bpe = 2 };
    Kind kind = Kind::unigram;
    bool byteFallback = false;        // an unknown character becomes its bytes' pieces
    bool whitespaceAsSuffix = false;  // words end with the space symbol and do not begin with it
    bool addDummyPrefix = true;       // one more space at the text's border
    bool removeExtraWhitespaces = true;
    bool escapeWhitespaces = true;        // a space becomes U+2581
    std::vector<std::uint32_t> trie;      // double array: bytes to a place in `replacements`; empty: characters stay
    std::string replacements;             // each ends with a NUL
    std::vector<Piece> pieces;            // by id; at most 2^20, no text twice among those the text can give
    std::int32_t unknown = 0;             // the one piece of its type
    std::array<std::int32_t, 256> bytes;  // with byteFallback
};

// Errors: ErrorKind::weights, opening with `name`.
Result<SentencePieceModel> parseSentencePieceModel(std::string_view bytes, const std::string& name);

}  // namespace maskwright::text
