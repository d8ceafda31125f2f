// What the store needs of a network: one GET. The store knows what to ask, whom to trust and when to ask again; how
// bytes travel is app/net's, and a test's own.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/message.h"

namespace maskwright::store {

struct HttpRequest {
    std::string url;  // http or https, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers;
};

struct HttpHead {
    int status = 0;                              // 0: no answer came
    std::map<std::string, std::string> headers;  // by lower-case name

    // Empty where there is none.
    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

// What becomes of an answer as it comes, on the thread that asked. False ends the exchange, which is no failure of it.
struct HttpSink {
    std::function<bool(const HttpHead&)> head;
    std::function<bool(std::span<const std::byte>)> body;
};

struct HttpOutcome {
    HttpHead head;
    Message broken;         // why the exchange ended before its end; empty where it did not
    bool hopeless = false;  // asking again is of no use: who answers is not whom the certificate names
};

class Transport {
  public:
    virtual ~Transport() = default;
    // Follows no redirect, keeps no cookies, unpacks nothing. Ends with `broken` where for half a minute nothing comes,
    // and soon after `stop`. An answer that is shorter than its Content-Length is broken. One call at a time.
    virtual HttpOutcome get(const HttpRequest& request, const HttpSink& sink, const std::stop_token& stop) = 0;
};

}  // namespace maskwright::store
