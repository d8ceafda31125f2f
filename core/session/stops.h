// How a running request is stopped. Private to core/session.
#pragma once

#include <stop_token>

namespace maskwright::session {

// Its encoding, and what is worth finishing like it, has a token of its own: it is stopped where its picture or model
// is not wanted any more, the rest already where somebody else goes first.
struct Stops {
    std::stop_token encoding, rest;
};

}  // namespace maskwright::session
