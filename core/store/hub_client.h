// Asks the hub through a Transport: follows redirects by rule, gives the token to nobody else, and tries again what may
// pass.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/store/hub.h"
#include "core/store/transport.h"

namespace maskwright::store {

struct Patience {
    int attempts = 5;                       // in a row that bring nothing
    std::chrono::milliseconds first{1000};  // before the second attempt; doubled for each after it
    std::chrono::seconds longest{120};      // a hub that asks for more is left alone
};

// Counts attempts and waits between them.
class Retry {
  public:
    // `tell` hears how many seconds a wait takes.
    Retry(Patience patience, std::function<void(std::int64_t)> tell, std::stop_token stop);
    // The last attempt brought something: patience begins anew.
    void progressed() { failed_ = 0; }
    // After an attempt that failed because of `why`: returns when it is time for the next. `asked`: seconds that the
    // other side wants. Errors: `why` when patience is at its end, cancelled.
    Result<void> again(const Error& why, std::optional<std::int64_t> asked = {});

  private:
    Patience patience_;
    std::function<void(std::int64_t)> tell_;
    std::stop_token stop_;
    int failed_ = 0;
};

// What a status that brings nothing means.
struct Refusal {
    Error error;
    bool passing = false;              // it may be another one later
    std::optional<std::int64_t> wait;  // seconds, where the answer says so
};
// `what`: the address or file that was asked for. `now`: seconds since 1970, for a Retry-After that is a date.
Refusal refusalOf(const HttpHead& head, const std::string& what, std::int64_t now);

// "stopped; what has come is kept".
Error stoppedFetch();

class HubClient {
  public:
    HubClient(Transport& transport, Endpoint endpoint, Patience patience, std::function<void(std::int64_t)> tell);

    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
    [[nodiscard]] Retry retry(std::stop_token stop) const { return {patience_, tell_, std::move(stop)}; }

    // One GET, behind at most ten redirects; `sink` sees the last answer only. Errors (ErrorKind::weights): a redirect
    // to nowhere, in circles, or off the encrypted way.
    Result<HttpOutcome> ask(const Url& url, std::vector<std::pair<std::string, std::string>> headers,
                            const HttpSink& sink, const std::stop_token& stop);

    // A whole answer of at most `limit` bytes, tried again as Patience says. Errors: ErrorKind::weights, cancelled.
    Result<std::string> text(const Url& url, std::uint64_t limit, const std::stop_token& stop);

  private:
    Transport& transport_;
    Endpoint endpoint_;
    Patience patience_;
    std::function<void(std::int64_t)> tell_;
    std::string token_;
};

}  // namespace maskwright::store
