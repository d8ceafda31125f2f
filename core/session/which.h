// Which of the things in a picture an expression means (Global-Local CLIP), as a question and its answer. The answer
// holds what scores are made of, so that whoever has it ranks, moves v and r (referring/scoring.h) and switches the
// prior (referring/prior.h) without asking again. No torch in sight; values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/proposals/proposals.h"
#include "core/referring/prior.h"
#include "core/referring/scoring.h"
#include "core/session/method.h"

namespace maskwright::session {

// Where the candidates come from.
struct WhichSource {
    enum class Kind { detector, classical, maps, file, sam, solo };
    Kind kind = Kind::detector;
    std::string path;  // of file: what proposals/from_file.h reads; of sam and solo: the model's folder
    int reading = 0;   // another number: the file is read, the model opened again
    bool operator==(const WhichSource&) const = default;
};

struct WhichQuestion {
    // White space alone: what may be meant, ahead of any expression; what an expression needs is computed with it.
    std::string expression;
    std::optional<std::string> nounPhrase;  // what the thing is; none: as meantBy() reads it
    std::int64_t blocks = 3;                // k, at least 1; a model with fewer takes all it has
    std::string model{};                    // a name or a folder: whose features are compared; empty: the engine's
    WhichSource source{};
    std::string picture{};  // its file's name: which of several in a JSON of masks is meant
    bool operator==(const WhichQuestion&) const = default;
};

struct WhichAnswer {
    std::vector<proposals::Proposal> candidates;  // the surest first
    proposals::About about;                       // the source
    std::size_t before = 0;                       // masks of which the candidates are left
    double milliseconds = 0;                      // that finding them took
    std::vector<Message> warnings;                // the source's
    std::vector<Message> moved;                   // once: what of it has left its device, whose memory is full
    std::int64_t blocks = 0;                      // how many k may count; 0: it says nothing to this model
    double usualV = referring::Mixture{}.v;       // v where nobody says otherwise: usualV() of the model

    // Of the expression; empty without one.
    std::string nounPhrase;               // what the thing is, as it was asked for
    Message remark;                       // on how that was read; empty for nothing to say
    std::vector<referring::Wish> wishes;  // what the expression says of place and size
    referring::Compared compared;         // rows in the candidates' order; none where there are no candidates
    Words words;                          // what the model knows of the expression
    bool truncated = false;               // the expression did not fit the model's context and was cut
};

}  // namespace maskwright::session
