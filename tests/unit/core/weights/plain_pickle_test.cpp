// Plain data in pickles. The bytes are what Python 2.7 and 3 write for the value named beside them.
#include <gmock/gmock.h>

#include "core/weights/pickle.h"

namespace maskwright::weights {
namespace {

using testing::HasSubstr;

Result<Pickle> read(const std::string& text) { return readPlainPickle(std::as_bytes(std::span(text)), "refs.p"); }
std::string problem(const std::string& text) {
    const auto found = read(text);
    return found.ok() ? "" : found.error().line();
}
const std::string& textOf(const Pickle& pickle, PickleIndex index) { return std::get<std::string>(pickle.at(index)); }

TEST(PlainPickle, ReadsThePythons2LinesOfText) {
    // pickle.dumps([{'sent_ids': [0, 1L], u'raw': u'caf\xe9 \u2603', 'x': 'it\'s\n\xc3', 'half': 0.5, 'on': True}])
    const auto pickle = read(
        "(lp0\n(dp1\nS'sent_ids'\np2\n(lp3\nI0\naL1L\nasVraw\np4\nVcaf\xe9 "
        "\\u2603\np5\nsS'x'\np6\nS\"it's\\n\\xc3\"\np7\n"
        "sS'half'\np8\nF0.5\nsS'on'\np9\nI01\nsa.");
    ASSERT_TRUE(pickle.ok()) << pickle.error().line();
    const auto& list = std::get<PickleList>(pickle->top()).items;
    ASSERT_EQ(list.size(), 1u);
    const auto& items = std::get<PickleDict>(pickle->at(list[0])).items;
    ASSERT_EQ(items.size(), 5u);
    EXPECT_EQ(textOf(*pickle, items[0].first), "sent_ids");
    const auto& numbers = std::get<PickleList>(pickle->at(items[0].second)).items;
    ASSERT_EQ(numbers.size(), 2u);
    EXPECT_EQ(std::get<std::int64_t>(pickle->at(numbers[1])), 1);
    EXPECT_EQ(textOf(*pickle, items[1].second), "caf\xc3\xa9 \xe2\x98\x83");
    EXPECT_EQ(textOf(*pickle, items[2].second), "it's\n\xc3");
    EXPECT_EQ(std::get<double>(pickle->at(items[3].second)), 0.5);
    EXPECT_TRUE(std::get<bool>(pickle->at(items[4].second)));
}

TEST(PlainPickle, NamesAndRunsNothing) {
    EXPECT_THAT(problem("cos\nsystem\n(S'true'\ntR."), HasSubstr("to be run"));
    EXPECT_THAT(problem("ccollections\nOrderedDict\n."), HasSubstr("to be run"));
    EXPECT_THAT(problem("(S'os'\nios\nsystem\n."), HasSubstr("opcode 0x69"));
    EXPECT_EQ(read("(lp0\n").error().kind, ErrorKind::input);
}

TEST(PlainPickle, RefusesBrokenLines) {
    for (const char* text : {"I12x\n.", "I\n.", "F1,5\n.", "L99999999999999999999L\n.", "I0"}) {
        EXPECT_NE(problem(text), "") << text;
    }
    for (const char* text : {"S'abc\n.", "Sabc\n.", "S'\\x4'\n.", "S'\\q'\n.", "S'\\'\n.", "V\\u12\n.", "S'\n."}) {
        EXPECT_THAT(problem(text), HasSubstr("broken text")) << text;
    }
    EXPECT_THAT(problem("g7\n."), HasSubstr("never kept"));
    EXPECT_THAT(problem("p7\n."), HasSubstr("takes more values"));
    EXPECT_EQ(problem("S'" + std::string(100'000, 'a') + "'\n."), "");
}

TEST(PlainPickle, HoldsMoreThanATensorsPickleAndIsBounded) {
    EXPECT_EQ(problem("]" + std::string(600'000, 'N') + "."), "");
    EXPECT_THAT(problem(std::string(kMaxDataValues + 1, 'N')), HasSubstr("more than 4000000 values"));
}

}  // namespace
}  // namespace maskwright::weights
