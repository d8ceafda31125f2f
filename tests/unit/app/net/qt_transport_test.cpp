#include "app/net/qt_transport.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "tests/support/http_server.h"

namespace maskwright::net {
namespace {

using test::HttpAnswer;
using test::HttpAsked;
using test::HttpServer;

struct Got {
    store::HttpOutcome outcome;
    std::string body;
};

Got get(const std::string& url, const std::stop_token& stop = {},
        std::chrono::milliseconds patience = std::chrono::seconds(30)) {
    for (const char* variable : {"https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "no_proxy", "NO_PROXY"}) {
        unsetenv(variable);
    }
    Got got;
    const store::HttpSink sink{[](const store::HttpHead&) { return true; },
                               [&](std::span<const std::byte> bytes) {
                                   got.body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                                   return true;
                               }};
    QtTransport transport(patience);
    got.outcome = transport.get({url, {{"X-Test", "yes"}, {"Accept-Encoding", "identity"}}}, sink, stop);
    return got;
}

TEST(QtTransport, BringsStatusHeadersAndBody) {
    unsetenv("http_proxy");
    HttpServer server([](const HttpAsked&) { return HttpAnswer{206, {{"X-Mixed-Case", " padded "}}, "some bytes"}; });
    const Got got = get(server.url("/a%20b?c=d%2Fe"));
    EXPECT_EQ(got.outcome.head.status, 206);
    EXPECT_EQ(got.outcome.head.header("x-mixed-case"), "padded");
    EXPECT_EQ(got.body, "some bytes");
    EXPECT_TRUE(got.outcome.broken.empty());
    const HttpAsked asked = server.asked().at(0);
    EXPECT_EQ(asked.method, "GET");
    EXPECT_EQ(asked.target, "/a%20b?c=d%2Fe");
    EXPECT_EQ(asked.header("x-test"), "yes");
    EXPECT_EQ(asked.header("accept-encoding"), "identity");
}

TEST(QtTransport, FollowsNoRedirectAndTakesErrorsAsAnswers) {
    unsetenv("http_proxy");
    HttpServer server([](const HttpAsked& asked) {
        return asked.target == "/there" ? HttpAnswer{302, {{"Location", "/elsewhere"}}, ""}
                                        : HttpAnswer{404, {}, "not here"};
    });
    const Got redirect = get(server.url("/there"));
    EXPECT_EQ(redirect.outcome.head.status, 302);
    EXPECT_EQ(redirect.outcome.head.header("location"), "/elsewhere");
    EXPECT_TRUE(redirect.outcome.broken.empty());
    const Got missing = get(server.url("/missing"));
    EXPECT_EQ(missing.outcome.head.status, 404);
    EXPECT_EQ(missing.body, "not here");
    EXPECT_TRUE(missing.outcome.broken.empty()) << missing.outcome.broken.text();
    EXPECT_EQ(server.asked().size(), 2u);
}

TEST(QtTransport, AShortAnswerIsBroken) {
    unsetenv("http_proxy");
    HttpServer server([](const HttpAsked&) {
        HttpAnswer answer{200, {}, std::string(1000, 'x')};
        answer.cutAfter = 400;
        return answer;
    });
    const Got got = get(server.url("/"));
    EXPECT_EQ(got.body.size(), 400u);
    EXPECT_FALSE(got.outcome.broken.empty());
    EXPECT_FALSE(got.outcome.hopeless);
}

TEST(QtTransport, TheSystemsProxyIsAsked) {
    HttpServer proxy([](const HttpAsked&) { return HttpAnswer{200, {}, "by proxy"}; });
    setenv("http_proxy", proxy.url().c_str(), 1);
    const Got got = get("http://hub.invalid/file");
    unsetenv("http_proxy");
    EXPECT_EQ(got.outcome.head.status, 200) << got.outcome.broken.text();
    EXPECT_EQ(got.body, "by proxy");
    EXPECT_EQ(proxy.asked().at(0).target, "http://hub.invalid/file");
}

TEST(QtTransport, AStopEndsTheWait) {
    unsetenv("http_proxy");
    HttpServer server([](const HttpAsked&) {
        HttpAnswer answer{200, {}, "x"};
        answer.cutAfter = 0;
        answer.pauseAfterCut = std::chrono::seconds(60);
        return answer;
    });
    std::stop_source stop;
    std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.request_stop();
    });
    EXPECT_FALSE(get(server.url("/"), stop.get_token()).outcome.broken.empty());
}

TEST(QtTransport, OnAThreadOfItsOwn) {
    unsetenv("http_proxy");
    HttpServer server([](const HttpAsked&) { return HttpAnswer{200, {}, "elsewhere"}; });
    get(server.url("/"));  // what Qt wants of the process is there
    Got got;
    std::thread([&] { got = get(server.url("/")); }).join();
    EXPECT_EQ(got.body, "elsewhere");
}

TEST(QtTransport, WhoDoesNotEncryptIsNotAskedOverHttps) {
    unsetenv("http_proxy");
    HttpServer server([](const HttpAsked&) { return HttpAnswer{}; });
    const std::string url = server.url("/");
    const Got got = get("https" + url.substr(4), {}, std::chrono::seconds(1));
    EXPECT_EQ(got.outcome.head.status, 0);
    EXPECT_FALSE(got.outcome.broken.empty());
}

}  // namespace
}  // namespace maskwright::net
