#include "core/base/message.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>

namespace maskwright {
namespace {

TEST(Message, FillsItsPlacesInTheirOrder) {
    EXPECT_EQ(message("%2 before %1", "b", std::string("a")).text(), "a before b");
    EXPECT_EQ(message("the size %1 is not a multiple of %2", 33, 32u).text(), "the size 33 is not a multiple of 32");
    EXPECT_EQ(Message("it is empty").text(), "it is empty");
    EXPECT_TRUE(Message().empty());
}

TEST(Message, AnArgumentMayBeASentenceOfItsOwn) {
    const Message reason = message("it has only %1 bytes", 3);
    const Message whole = message("cannot read %1: %2", "a.png", reason);
    EXPECT_EQ(whole.text(), "cannot read a.png: it has only 3 bytes");
    ASSERT_EQ(whole.arguments.size(), 2u);
    EXPECT_TRUE(whole.arguments[0].verbatim);
    EXPECT_EQ(whole.arguments[1], reason);
}

TEST(Message, AnArgumentsOwnPercentSignsAreLeftAlone) {
    EXPECT_EQ(message("%1 is empty", "100%1.png").text(), "100%1.png is empty");
    EXPECT_EQ(verbatim("50 %1 of it").text(), "50 %1 of it");
}

TEST(Message, OnlyLiteralsAreTemplates) {
    static_assert(!std::is_constructible_v<Message, std::string>);
    static_assert(!std::is_constructible_v<Message, std::string_view>);
    static_assert(!std::is_constructible_v<Message, const char*>);
    static_assert(!std::is_constructible_v<Message, char(&)[8]>);
    static_assert(std::is_convertible_v<const char(&)[8], Message>);
    const std::string name = "%1 of all";
    EXPECT_EQ(verbatim(name).text(), name);
    EXPECT_TRUE(verbatim(name).verbatim);
}

}  // namespace
}  // namespace maskwright
