// Which of the things in a picture an expression means (Global-Local CLIP), as a question and its answer. The answer
// holds what scores are made of, so that whoever has it ranks, moves v and r (global_local/scoring.h) and switches the
// prior (global_local/prior.h) without asking again. No torch in sight; values.
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

struct WhichQuestion {
    // White space alone: what may be meant, ahead of any expression; what an expression needs is computed with it.
    std::string expression;
    std::optional<std::string> nounPhrase;  // what the thing is; none: read off the expression (text/noun_phrases.h)
    std::int64_t blocks = 3;                // k, at least 1; a model with fewer takes all it has
    std::string model;                      // a name or a folder: whose features are compared; empty: the engine's
    bool operator==(const WhichQuestion&) const = default;
};

struct WhichAnswer {
    std::vector<proposals::Proposal> candidates;  // the surest first
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
