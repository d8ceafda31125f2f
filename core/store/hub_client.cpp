#include "core/store/hub_client.h"

#include <charconv>
#include <condition_variable>
#include <ctime>
#include <iomanip>
#include <locale>
#include <mutex>
#include <sstream>

namespace maskwright::store {
namespace {

constexpr int kMostRedirects = 10, kMostSilent = 2;

Error failed(Message what, Message advice) { return {ErrorKind::weights, std::move(what), std::move(advice)}; }

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Seconds, or a date (RFC 9110, 10.2.3).
std::optional<std::int64_t> retryAfter(const std::string& text, std::int64_t now) {
    std::int64_t seconds = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (wrong == std::errc() && end == text.data() + text.size()) {
        return seconds < 0 ? std::nullopt : std::optional(seconds);
    }
    std::istringstream stream(text);
    stream.imbue(std::locale::classic());
    std::tm date{};
    stream >> std::get_time(&date, "%a, %d %b %Y %H:%M:%S");
    if (stream.fail()) {
        return std::nullopt;
    }
    return std::max<std::int64_t>(0, std::int64_t(timegm(&date)) - now);
}

std::int64_t secondsNow() { return static_cast<std::int64_t>(std::time(nullptr)); }

}  // namespace

Error stoppedFetch() {
    return {ErrorKind::cancelled, "the download was stopped", "ask again to go on: what has come is kept"};
}

Retry::Retry(Patience patience, std::function<void(std::int64_t)> tell, std::stop_token stop)
    : patience_(patience), tell_(std::move(tell)), stop_(std::move(stop)) {}

Result<void> Retry::again(const Error& why, std::optional<std::int64_t> asked) {
    if (stop_.stop_requested()) {
        return stoppedFetch();
    }
    if (++failed_ >= patience_.attempts) {
        return why;
    }
    auto wait = patience_.first * (std::int64_t{1} << std::min(failed_ - 1, 10));
    if (asked) {
        if (*asked > patience_.longest.count()) {
            return Error{why.kind, why.what, message("try again in %1 seconds", *asked)};
        }
        wait = std::chrono::seconds(*asked);
    }
    if (tell_ && wait >= std::chrono::seconds(1)) {
        tell_(std::chrono::duration_cast<std::chrono::seconds>(wait).count());
    }
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop_, wait, [] { return false; });
    return stop_.stop_requested() ? Result<void>(stoppedFetch()) : Result<void>();
}

Refusal refusalOf(const HttpHead& head, const std::string& what, std::int64_t now) {
    const int status = head.status;
    Refusal refusal;
    switch (status) {
        case 401:
        case 403:
            refusal.error = failed(message("the hub does not give out %1 (status %2)", what, status),
                                   "set HF_TOKEN to a token of an account that may have it, or check the name");
            return refusal;
        case 404:
        case 410:
            refusal.error = failed(message("the hub has no %1 (status %2)", what, status),
                                   "check the name, or the address of the mirror");
            return refusal;
        case 429:
            refusal.error =
                failed(message("the hub asks for a pause: too many requests (status %1)", status), "try again later");
            break;
        default:
            refusal.error = failed(message("%1 cannot be had: the hub answers with status %2", what, status),
                                   "try again later, or choose another mirror");
            break;
    }
    refusal.passing = status == 408 || status == 425 || status == 429 || status == 416 || status == 500 ||
                      status == 502 || status == 503 || status == 504;
    refusal.wait = refusal.passing ? retryAfter(head.header("retry-after"), now) : std::nullopt;
    return refusal;
}

HubClient::HubClient(Transport& transport, Endpoint endpoint, Patience patience, std::function<void(std::int64_t)> tell)
    : transport_(transport),
      endpoint_(std::move(endpoint)),
      patience_(patience),
      tell_(std::move(tell)),
      token_(endpoint_.mirror ? std::string() : hubToken()) {}

Result<HttpOutcome> HubClient::ask(const Url& url, std::vector<std::pair<std::string, std::string>> headers,
                                   const HttpSink& sink, const std::stop_token& stop) {
    headers.emplace_back("User-Agent", std::string("maskwright/") + MASKWRIGHT_VERSION);
    headers.emplace_back("Accept-Encoding", "identity");  // bytes are counted, hashed and asked for by their place
    Url at = url;
    for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
        HttpRequest request{at.text(), headers};
        if (!token_.empty() && at.sameServer(endpoint_.url)) {
            request.headers.emplace_back("Authorization", std::string("Bearer") + ' ' + token_);
        }
        bool redirected = false;
        const HttpSink last{[&](const HttpHead& head) {
                                redirected = isRedirect(head.status);
                                return !redirected && sink.head(head);
                            },
                            sink.body};
        HttpOutcome outcome = transport_.get(request, last, stop);
        if (!redirected) {
            return outcome;
        }
        const auto next = resolve(at, outcome.head.header("location"));
        if (!next) {
            return failed(message("%1 leads to no address", at.text()), "try again later, or choose another mirror");
        }
        if (!mayRedirect(url, *next)) {
            return failed(message("%1 leads to %2, which is not encrypted", at.text(), next->text()),
                          "choose another mirror");
        }
        at = *next;
    }
    return failed(message("%1 leads from address to address and nowhere", url.text()),
                  "try again later, or choose another mirror");
}

Result<std::string> HubClient::text(const Url& url, std::uint64_t limit, const std::stop_token& stop) {
    Retry patience = retry(stop);
    for (int silent = 0;;) {
        std::string got;
        bool tooLong = false;
        const HttpSink sink{[](const HttpHead& head) { return head.status == 200; },
                            [&](std::span<const std::byte> bytes) {
                                tooLong = got.size() + bytes.size() > limit;
                                if (!tooLong) {
                                    got.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                                }
                                return !tooLong;
                            }};
        const auto outcome = ask(url, {{"Accept", "application/json"}}, sink, stop);
        if (!outcome) {
            return outcome.error();
        }
        if (stop.stop_requested()) {
            return stoppedFetch();
        }
        if (tooLong) {
            return failed(message("%1 answers with more than %2 bytes", url.text(), limit),
                          "check the address of the mirror");
        }
        if (outcome->head.status == 200 && outcome->broken.empty()) {
            return got;
        }
        if (outcome->head.status == 0 || outcome->head.status == 200) {
            const Error broken = failed(message("%1 cannot be reached: %2", url.host, outcome->broken),
                                        "check the network, or choose another mirror");
            // Without a network nobody waits for the fifth attempt.
            silent += outcome->head.status == 0 ? 1 : 0;
            if (outcome->hopeless || silent == kMostSilent) {
                return broken;
            }
            MASKWRIGHT_TRY(patience.again(broken));
            continue;
        }
        const Refusal refusal = refusalOf(outcome->head, url.text(), secondsNow());
        if (!refusal.passing) {
            return refusal.error;
        }
        MASKWRIGHT_TRY(patience.again(refusal.error, refusal.wait));
    }
}

}  // namespace maskwright::store
