#include "core/store/url.h"

#include <gtest/gtest.h>

namespace maskwright::store {
namespace {

Url of(const char* text) { return parseUrl(text).value(); }

TEST(Url, IsReadIntoItsParts) {
    const Url url = of("HTTPS://Hub.Example.com:8443/a/b?c=d#e");
    EXPECT_EQ(url.scheme, "https");
    EXPECT_EQ(url.host, "hub.example.com");
    EXPECT_EQ(url.port, 8443);
    EXPECT_EQ(url.target, "/a/b?c=d");
    EXPECT_EQ(url.text(), "https://hub.example.com:8443/a/b?c=d");
    EXPECT_EQ(of("https://h").text(), "https://h/");
    EXPECT_EQ(of("http://h:80/x").text(), "http://h/x");
    EXPECT_EQ(of("http://[::1]:8080/x").port, 8080);
    EXPECT_EQ(of("https://h?q").target, "/?q");
}

TEST(Url, WhatIsNoneIsRefused) {
    for (const char* text :
         {"", "h", "/x", "ftp://h/", "file:///etc/passwd", "https://", "https:///x", "https://a b/", "https://user@h/",
          "https://user:pass@h/", "https://h:0/", "https://h:65536/", "https://h:1x/", "https://h/\r\nX: y",
          "https://h/\x7f", "https://ü.de/", "https://h\\@x/"}) {
        EXPECT_FALSE(parseUrl(text).has_value()) << text;
    }
}

TEST(Url, LocationsAreReadFromWhereTheyStand) {
    const Url base = of("https://hub.example.com/a/b/c?d");
    EXPECT_EQ(resolve(base, "https://cdn.example.com/x")->text(), "https://cdn.example.com/x");
    EXPECT_EQ(resolve(base, "//cdn.example.com/x")->text(), "https://cdn.example.com/x");
    EXPECT_EQ(resolve(base, "/x?y=z:1")->text(), "https://hub.example.com/x?y=z:1");
    EXPECT_EQ(resolve(base, "x")->text(), "https://hub.example.com/a/b/x");
    EXPECT_EQ(resolve(base, "?x")->text(), "https://hub.example.com/a/b/c?x");
    EXPECT_FALSE(resolve(base, "javascript:alert(1)").has_value());
    EXPECT_FALSE(resolve(base, "file:///etc/passwd").has_value());
}

TEST(Url, RedirectsStayEncrypted) {
    const Url hub = of("https://hub.example.com/"), local = of("http://127.0.0.1:8000/");
    EXPECT_TRUE(mayRedirect(hub, of("https://cdn.example.com/")));
    EXPECT_FALSE(mayRedirect(hub, of("http://cdn.example.com/")));
    EXPECT_FALSE(mayRedirect(hub, local));
    EXPECT_TRUE(mayRedirect(local, of("http://127.0.0.1:9000/")));
    EXPECT_TRUE(mayRedirect(local, of("http://localhost/")));
    EXPECT_FALSE(mayRedirect(local, of("http://192.168.0.1/")));
    EXPECT_FALSE(mayRedirect(local, of("http://127.0.0.1.example.com/")));
}

TEST(Url, AnotherPortIsAnotherServer) {
    EXPECT_TRUE(of("https://h/").sameServer(of("https://H:443/x")));
    EXPECT_FALSE(of("https://h/").sameServer(of("https://h:444/")));
    EXPECT_FALSE(of("https://h/").sameServer(of("http://h:443/")));
    EXPECT_FALSE(of("https://h/").sameServer(of("https://h.example/")));
}

}  // namespace
}  // namespace maskwright::store
