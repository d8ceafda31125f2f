// The one of a picture's proposals that an expression means: source, model and ranking put together as the command
// line, the window and evaluation do it. A picture is looked at once, and asked as many expressions as wanted. Threads:
// as Method.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/proposals/proposals.h"
#include "core/referring/ranking.h"
#include "core/session/global_local.h"

namespace maskwright::session {

// A picture's proposals, and what the model keeps of them.
struct Candidates {
    std::vector<proposals::Proposal> proposals;
    std::vector<Message> warnings;  // the source's
    std::size_t before = 0;         // as proposals::Found
    double milliseconds = 0;
    std::shared_ptr<SeenRegions> seen;  // null where nothing was proposed

    [[nodiscard]] std::vector<referring::Place> places() const;
};

// Proposing nothing is no error. Errors: the source's, GlobalLocal::look()'s.
Result<Candidates> candidatesOf(GlobalLocal& method, proposals::Source& source, std::shared_ptr<const Image> picture,
                                const std::stop_token& stop = {});
// Of what was proposed before. Errors: GlobalLocal::look()'s.
Result<Candidates> candidatesOf(GlobalLocal& method, proposals::Found found, std::shared_ptr<const Image> picture,
                                const std::stop_token& stop = {});

// v where nobody says otherwise: the paper's 0.95 for a CLIP. A model with a joint space tells a cut-out region better:
// of 157 expressions on 71 photographs (tests/reference/refer/photos-val.json) Sight found 0.71 with 0.25, 0.57 with
// 0.95, place and size read off likeness alone (referring/ranking.cpp).
double usualV(const Facts& facts);

// What an expression was taken for: the same for all who ask.
struct Meant {
    std::string nounPhrase;               // what it is, as published: "the second horse" (text::nounPhrase())
    Message remark;                       // on how that was read; empty for nothing to say
    std::vector<referring::Wish> wishes;  // which of them
};
// Of other languages than English, where no noun phrase is found, what is left without the words of place stands for
// it. In English they stay: without them Sight found two fewer of 30 expressions
// (tests/reference/refer/photos-val.json) whose noun phrase has such words. Who names something by the noun phrase
// leaves them out (referring::thingOf()).
Meant meantBy(const std::string& expression);

struct Expression {
    std::string text, nounPhrase;         // neither empty; meantBy() reads the one off the other
    std::vector<referring::Wish> wishes;  // meantBy()'s, none where the prior is off
    referring::Mixture mixture;
    GlobalOptions options;
};

struct Referred {
    Compared compared;  // for rank() with other v and r; empty where there are no candidates
    referring::Ranking ranking;
};

// Errors: GlobalLocal::compare()'s.
Result<Referred> refer(GlobalLocal& method, const Candidates& candidates, const Expression& expression,
                       const std::stop_token& stop = {});

}  // namespace maskwright::session
