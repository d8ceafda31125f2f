#include "core/store/url.h"

#include <algorithm>
#include <charconv>

#include "core/store/ascii_case.h"

namespace maskwright::store {
namespace {

constexpr std::size_t kLongest = 8192;  // bytes of an address

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lowerCase);
    return out;
}

int defaultPort(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

bool onlyAddressCharacters(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
    });
}

bool isHost(std::string_view host) {
    if (host.starts_with('[')) {
        return host.size() > 2 && host.ends_with(']') &&
               host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
    }
    return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") == std::string_view::npos;
}

}  // namespace

std::string Url::text() const {
    std::string text = scheme + "://" + host;
    if (port != defaultPort(scheme)) {
        text += ':' + std::to_string(port);
    }
    return text + target;
}

bool Url::loopback() const {
    const bool dotted = host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
    return dotted || host == "[::1]" || host == "localhost";
}

std::optional<Url> parseUrl(std::string_view text) {
    if (text.size() > kLongest || !onlyAddressCharacters(text)) {
        return std::nullopt;
    }
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    Url url;
    url.scheme = lower(text.substr(0, colon));
    if (url.scheme != "http" && url.scheme != "https") {
        return std::nullopt;
    }
    text = text.substr(colon + 3);
    text = text.substr(0, text.find('#'));
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, end);
    const std::string_view target = text.substr(end);
    url.target = target.starts_with('/') ? std::string(target) : std::string("/").append(target);
    url.port = defaultPort(url.scheme);
    const std::size_t bracket = authority.rfind(']');
    const std::size_t port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (port != std::string_view::npos) {
        const std::string_view digits = authority.substr(port + 1);
        const auto [rest, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
        if (failed != std::errc() || rest != digits.data() + digits.size() || url.port < 1 || url.port > 65535) {
            return std::nullopt;
        }
        authority = authority.substr(0, port);
    }
    url.host = lower(authority);
    return isHost(url.host) ? std::optional(url) : std::nullopt;
}

std::optional<Url> resolve(const Url& base, std::string_view location) {
    if (location.starts_with("//")) {
        return parseUrl(base.scheme + ":" + std::string(location));
    }
    if (location.substr(0, std::min(location.find_first_of("/?#"), location.size())).find(':') !=
        std::string_view::npos) {
        return parseUrl(location);
    }
    Url url = base;
    const std::string path = base.target.substr(0, base.target.find('?'));
    if (location.starts_with('/')) {
        url.target = std::string(location);
    } else if (location.starts_with('?')) {
        url.target = path + std::string(location);
    } else {
        url.target = path.substr(0, path.rfind('/') + 1) + std::string(location);
    }
    return parseUrl(url.text());
}

bool mayRedirect(const Url& first, const Url& to) {
    return to.scheme == "https" || (first.scheme == "http" && first.loopback() && to.loopback());
}

}  // namespace maskwright::store
