#include "core/base/json_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace maskwright {
namespace {

using testing::ElementsAre;

// "t", "#" or "!" for its kind, then its letters.
std::vector<std::string> tokensOf(std::string_view json) {
    std::vector<std::string> tokens;
    for (auto token = nextJsonToken(json, 0); token; token = nextJsonToken(json, token->end())) {
        const char* kind = token->kind == JsonToken::Kind::text     ? "t"
                           : token->kind == JsonToken::Kind::number ? "#"
                                                                    : "!";
        tokens.push_back(kind + std::string(json.substr(token->at, token->length)));
    }
    return tokens;
}

TEST(JsonTokens, TextsNumbersAndWhatIsNone) {
    EXPECT_THAT(tokensOf(R"({"a": [-1.5e+3, NaN,-Infinity ], "b":Infinity, "c": true})"),
                ElementsAre("t\"a\"", "#-1.5e+3", "!NaN", "!-Infinity", "t\"b\"", "!Infinity", "t\"c\""));
    EXPECT_THAT(tokensOf(""), ElementsAre());
    EXPECT_THAT(tokensOf("[null]"), ElementsAre());
}

TEST(JsonTokens, NothingInsideATextCounts) {
    EXPECT_THAT(tokensOf(R"(["NaN \" 1", "\\", 2])"), ElementsAre(R"(t"NaN \" 1")", R"(t"\\")", "#2"));
    EXPECT_THAT(tokensOf(R"(["\u005c", 3])"), ElementsAre(R"(t"\u005c")", "#3"));
}

TEST(JsonTokens, ATextMayLackItsEnd) {
    EXPECT_THAT(tokensOf("[1, \"NaN, 2"), ElementsAre("#1", "t\"NaN, 2"));
    EXPECT_THAT(tokensOf("\"a\\"), ElementsAre("t\"a\\"));
    EXPECT_THAT(tokensOf("\""), ElementsAre("t\""));
}

TEST(JsonTokens, WhatBeginsLikeANumberAndIsNone) {
    EXPECT_THAT(tokensOf("-I, -, 1NaN, NaNs"), ElementsAre("#-", "#-", "#1", "!NaN", "!NaN"));
}

}  // namespace
}  // namespace maskwright
