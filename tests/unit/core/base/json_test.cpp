#include "core/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>

namespace maskwright {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string problem(std::string_view text, const JsonLimits& limits = {}) {
    const auto result = parseJson(text, "f.json", ErrorKind::weights, limits);
    if (result) {
        return "";
    }
    EXPECT_EQ(result.error().kind, ErrorKind::weights);
    EXPECT_EQ(result.error().what.text().find("f.json: "), 0u) << result.error().what.text();
    EXPECT_EQ(result.error().what.text().find('\n'), std::string::npos);
    return result.error().what.text();
}

TEST(Json, ReadsEveryKindOfValue) {
    const auto json = parseJson(
        R"({"a": [1, -2, 2.5, true, null, "\u00e9"], "b": {"c": {}, "d": [[]]}, "e": 18446744073709551615})", "f.json");
    ASSERT_TRUE(json);
    EXPECT_EQ(*json, Json::parse(R"({"a":[1,-2,2.5,true,null,"é"],"b":{"c":{},"d":[[]]},"e":18446744073709551615})"));
    EXPECT_TRUE((*json)["a"][1].is_number_integer());
    EXPECT_EQ((*json)["e"].get<std::uint64_t>(), UINT64_MAX);
    EXPECT_EQ(*parseJson("7", "f.json"), Json(7));
}

// What nobody reads may be of any size; transformers writes model_max_length as a whole number of 31 digits.
TEST(Json, NumbersBeyondSixtyFourBitsAreTheNearestDouble) {
    const auto json = parseJson(R"({"a": 1000000000000000019884624838656, "b": [18446744073709551616, 1e30],
        "c": -9223372036854775809, "d": 1e999, "e": {"f": -1E+999}, "g": "\\\"1e999", "h": 1e-999, "i": )" +
                                    std::string(400, '7') + ", \"j\": 12}",
                                "f.json");
    ASSERT_TRUE(json) << json.error().line();
    EXPECT_EQ((*json)["a"], Json(1e30));
    EXPECT_EQ((*json)["b"], Json({0x1p64, 1e30}));
    EXPECT_EQ((*json)["c"], Json(-0x1p63));
    EXPECT_EQ((*json)["d"], Json(std::numeric_limits<double>::max()));
    EXPECT_EQ((*json)["e"]["f"], Json(std::numeric_limits<double>::lowest()));
    EXPECT_EQ((*json)["g"], Json("\\\"1e999"));
    EXPECT_EQ((*json)["h"], Json(0.0));
    EXPECT_EQ((*json)["i"], Json(std::numeric_limits<double>::max()));
    EXPECT_EQ((*json)["j"], Json(12));
    EXPECT_THAT(problem("[1e999, 1e999"), HasSubstr("not valid JSON at byte"));
}

// As Python's json writes them: in nobody's way where nobody reads them.
TEST(Json, WhatIsNoNumberIsAnEmptyText) {
    const auto json =
        parseJson(R"({"a": NaN, "b": [Infinity, -Infinity, 1e999, -1], "c": "NaN \"-Infinity\\", "d":NaN})", "f.json");
    ASSERT_TRUE(json) << json.error().line();
    EXPECT_EQ((*json)["a"], Json(""));
    EXPECT_EQ((*json)["b"], Json({"", "", std::numeric_limits<double>::max(), -1}));
    EXPECT_EQ((*json)["c"], Json("NaN \"-Infinity\\"));
    EXPECT_EQ((*json)["d"], Json(""));
    JsonReader reader(*json, "f.json", ErrorKind::weights);
    EXPECT_EQ(reader.number("a", 2.5, 0, 9), 2.5);
    ASSERT_FALSE(reader.status());
    EXPECT_THAT(reader.status().error().what.text(), HasSubstr("a is not a number"));
    EXPECT_THAT(problem("{\"a\": NaN, \"b\": }"), HasSubstr("not valid JSON at byte 17"));
}

TEST(JsonReader, NumbersBeyondSixtyFourBitsAreOutOfRange) {
    const Json json = *parseJson(R"({"whole": 18446744073709551616, "list": [1, 1e30], "real": 1e999})", "f.json");
    const auto said = [&](const auto& read) {
        JsonReader reader(json, "f.json", ErrorKind::weights);
        read(reader);
        return reader.status() ? "" : reader.status().error().what.text();
    };
    EXPECT_THAT(said([](JsonReader& r) { r.integer("whole", 1, 0, INT64_MAX); }), HasSubstr("whole is 1.8446744"));
    EXPECT_THAT(said([](JsonReader& r) { r.integers("list", {}, 0, 9); }), HasSubstr("list holds 1e+30, not between"));
    EXPECT_THAT(said([](JsonReader& r) { r.number("real", 1, 0, 1e300); }), HasSubstr("real is 1.797693"));
}

struct BadJson {
    const char* name;
    std::string text, message;
};
class JsonRefuses : public testing::TestWithParam<BadJson> {};

TEST_P(JsonRefuses, WithItsOwnMessage) { EXPECT_THAT(problem(GetParam().text), HasSubstr(GetParam().message)); }

INSTANTIATE_TEST_SUITE_P(Cases, JsonRefuses,
                         testing::Values(BadJson{"empty", "", "not valid JSON at byte"},
                                         BadJson{"cut", "{\"a\": [1, 2", "not valid JSON at byte"},
                                         BadJson{"trailing", "{} x", "not valid JSON at byte"},
                                         BadJson{"comment", "{/* */}", "not valid JSON"},
                                         BadJson{"nan", "[NaN, NaNs]", "not valid JSON at byte 10"},
                                         BadJson{"smallNan", "[nan]", "not valid JSON at byte 3"},
                                         BadJson{"duplicate", R"({"a":1,"a":2})", "\"a\" is there twice"},
                                         BadJson{"nestedDuplicate", R"([{"b":{"c":1,"c":1}}])", "\"c\" is there twice"},
                                         BadJson{"latin1", "[\"\xe9\"]", "not UTF-8 at byte"},
                                         BadJson{"overlong", "[\"\xc0\xaf\"]", "not UTF-8 at byte"},
                                         BadJson{"surrogate", R"(["\ud800"])", "not valid JSON"},
                                         BadJson{"zeroByte", std::string("[\"a\0b\"]", 7), "not valid JSON"},
                                         BadJson{"zeroByteAfter", std::string("{}\0x", 4), "not valid JSON at byte 3"},
                                         BadJson{"deep", std::string(65, '['), "deeper than 64"},
                                         BadJson{"deepObjects",
                                                 [] {
                                                     std::string text;
                                                     for (int i = 0; i < 65; ++i) {
                                                         text += "{\"a\":";
                                                     }
                                                     return text;
                                                 }(),
                                                 "deeper than 64"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Json, LimitsAreExact) {
    EXPECT_EQ(problem("[[[1]]]", {.depth = 3}), "");
    EXPECT_THAT(problem("[[[1]]]", {.depth = 2}), HasSubstr("deeper than 2"));
    EXPECT_EQ(problem(R"({"a":1,"b":[2]})", {.elements = 6}), "");
    EXPECT_THAT(problem(R"({"a":1,"b":[2]})", {.elements = 5}), HasSubstr("more than 5 values"));
    EXPECT_EQ(problem("[1,2]", {.bytes = 5}), "");
    EXPECT_THAT(problem("[1,2]", {.bytes = 4}), HasSubstr("too large"));
}

// An array whose first element moves when it grows: the builder's pointers must not dangle (seen by the address
// sanitizer).
TEST(Json, GrowsNestedArrays) {
    std::string text = "[";
    for (int i = 0; i < 500; ++i) {
        text += (i > 0 ? ",[{\"k\":[" : "[{\"k\":[") + std::to_string(i) + "]}]";
    }
    const auto json = parseJson(text + "]", "f.json");
    ASSERT_TRUE(json);
    EXPECT_EQ(*json, Json::parse(text + "]"));
}

TEST(Json, ReadsAFile) {
    std::string pattern = (std::filesystem::temp_directory_path() / "maskwright-json-XXXXXX").string();
    const int descriptor = ::mkstemp(pattern.data());
    ASSERT_GE(descriptor, 0);
    ::close(descriptor);
    std::ofstream(pattern) << R"({"a": 1})";
    const auto good = readJsonFile(pattern);
    const auto tooLarge = readJsonFile(pattern, ErrorKind::weights, {.bytes = 3});
    std::filesystem::remove(pattern);
    ASSERT_TRUE(good);
    EXPECT_EQ((*good)["a"], 1);
    ASSERT_FALSE(tooLarge);
    EXPECT_EQ(tooLarge.error().kind, ErrorKind::weights);
    EXPECT_FALSE(readJsonFile(pattern));
}

TEST(JsonReader, ReadsTypedMembers) {
    const Json json = Json::parse(R"({"i":7,"d":0.5,"b":true,"s":"x","l":[3,6,9],"o":{"i":8},"n":null})");
    JsonReader reader(json, "c.json", ErrorKind::weights);
    EXPECT_EQ(reader.integer("i", 0, 1, 10), 7);
    EXPECT_EQ(reader.number("d", 0, 0, 1), 0.5);
    EXPECT_EQ(reader.number("i", 0, 0, 10), 7.0);
    EXPECT_TRUE(reader.boolean("b", false));
    EXPECT_EQ(reader.string("s", ""), "x");
    EXPECT_THAT(reader.integers("l", {}, 0, 11), ElementsAre(3, 6, 9));
    EXPECT_EQ(reader.object("o").integer("i", 0, 1, 10), 8);
    EXPECT_EQ(reader.integer("missing", 5, 1, 10), 5);
    EXPECT_EQ(reader.integer("n", 5, 1, 10), 5);
    EXPECT_EQ(reader.object("missing").integer("i", 4, 1, 10), 4);
    EXPECT_TRUE(reader.has("i"));
    EXPECT_FALSE(reader.has("n"));
    EXPECT_TRUE(reader.status());
}

std::string complaint(const char* text, const std::function<void(JsonReader&)>& use) {
    const Json json = Json::parse(text);
    JsonReader reader(json, "c.json", ErrorKind::weights);
    use(reader);
    const auto status = reader.status();
    if (status) {
        return "";
    }
    EXPECT_EQ(status.error().kind, ErrorKind::weights);
    return status.error().what.text();
}

TEST(JsonReader, NamesWhatIsWrong) {
    EXPECT_EQ(complaint(R"({"a":{"b":"x"}})", [](auto& r) { r.object("a").integer("b", 1, 0, 9); }),
              "c.json: a.b is not a whole number");
    EXPECT_EQ(complaint(R"({"a":1.5})", [](auto& r) { r.integer("a", 1, 0, 9); }), "c.json: a is not a whole number");
    EXPECT_EQ(complaint(R"({"a":10})", [](auto& r) { r.integer("a", 1, 0, 9); }),
              "c.json: a is 10, not between 0 and 9");
    EXPECT_EQ(complaint(R"({"a":18446744073709551615})", [](auto& r) { r.integer("a", 1, -5, INT64_MAX); }),
              "c.json: a is 18446744073709551615, not between -5 and 9223372036854775807");
    EXPECT_EQ(complaint(R"({"a":-0.5})", [](auto& r) { r.number("a", 1, 0, 9); }),
              "c.json: a is -0.5, not between 0 and 9");
    EXPECT_EQ(complaint(R"({"a":"1"})", [](auto& r) { r.number("a", 1, 0, 9); }), "c.json: a is not a number");
    EXPECT_EQ(complaint(R"({"a":1})", [](auto& r) { r.boolean("a", false); }), "c.json: a is neither true nor false");
    EXPECT_EQ(complaint(R"({"a":1})", [](auto& r) { r.string("a", ""); }), "c.json: a is not a text");
    EXPECT_EQ(complaint(R"({"a":3})", [](auto& r) { r.integers("a", {}, 0, 9); }),
              "c.json: a is not a list of whole numbers");
    EXPECT_EQ(complaint(R"({"a":[3,"x"]})", [](auto& r) { r.integers("a", {}, 0, 9); }),
              "c.json: a is not a list of whole numbers");
    EXPECT_EQ(complaint(R"({"a":[3,12]})", [](auto& r) { r.integers("a", {}, 0, 9); }),
              "c.json: a holds 12, not between 0 and 9");
    EXPECT_EQ(complaint(R"({"a":[1,2,3]})", [](auto& r) { r.integers("a", {}, 0, 9, 2); }),
              "c.json: a has 3 entries, at most 2 are allowed");
    EXPECT_EQ(complaint(R"({})",
                        [](auto& r) {
                            r.integers("a", {3, 6}, 0, 4);
                        }),
              "c.json: a is missing, and its default holds 6, not between 0 and 4");
    EXPECT_EQ(complaint(R"({"a":[]})", [](auto& r) { r.object("a"); }), "c.json: a is not a JSON object");
    EXPECT_EQ(complaint(R"({})", [](auto& r) { r.object("a").require("b"); }), "c.json: a.b is missing");
    EXPECT_EQ(complaint("[]", [](auto& r) { r.integer("a", 1, 0, 9); }), "c.json: not a JSON object");
}

TEST(JsonReader, RemembersTheFirstProblem) {
    EXPECT_EQ(complaint(R"({"a":"x","b":"y"})",
                        [](auto& r) {
                            r.integer("b", 1, 0, 9);
                            r.integer("a", 1, 0, 9);
                        }),
              "c.json: b is not a whole number");
}

}  // namespace
}  // namespace maskwright
