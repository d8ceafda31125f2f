// Addresses as far as the store has to look into them: who is asked, and whether the way there is safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maskwright::store {

// http or https. Without a user's name, which no address here has, and without fragment.
struct Url {
    std::string scheme;  // lower-case
    std::string host;    // lower-case; an IPv6 address in its brackets
    int port = 0;
    std::string target;  // path and query, begins with a slash

    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool sameServer(const Url& other) const {
        return scheme == other.scheme && host == other.host && port == other.port;
    }
    // This computer: 127.0.0.0/8, ::1 and localhost.
    [[nodiscard]] bool loopback() const;
    bool operator==(const Url&) const = default;
};

// None where it is no such address, or has characters that no address has.
std::optional<Url> parseUrl(std::string_view text);

// Where a Location header leads from `base` (RFC 3986, 5.2; dots are left as they are).
std::optional<Url> resolve(const Url& base, std::string_view location);

// Whether a redirect may lead from one to the other: never to http, unless `first`, which was asked for, is http on
// this computer and so is `to`.
bool mayRedirect(const Url& first, const Url& to);

}  // namespace maskwright::store
