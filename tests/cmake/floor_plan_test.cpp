#include "tests/cmake/floor_plan.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace include_rules {
namespace {

const char* const kFiles = R"(
family qt Q*
files core/base/* :
files core/image/* : core/base
files core/text/* : core/base
files core/session/* : core/base core/image
files core/session/*.cpp : core/text
files ui/* : core/base core/session qt
files ui/shell/* : ui/model
files ui/shell/start/* : core/image
)";
const char* const kFloors =
    "floor core/base\nfloor core/image core/text\nfloor core/store\nfloor core/session\n"
    "floor ui/model\nfloor ui/shell\n";

Table table(const std::string& more = {}) { return readTable(std::string(kFiles) + kFloors + more); }

const std::set<std::string> kRooms = {"core/base", "core/image", "core/text", "core/session", "ui/model", "ui/shell"};

TEST(Floors, LinesPointingDownPass) { EXPECT_EQ(checkFloors(table(), kRooms), std::vector<std::string>{}); }

TEST(Floors, ALineUpwardsOrSidewaysIsFound) {
    EXPECT_EQ(
        checkFloors(table("files core/image/*.cpp : core/session\n"), kRooms),
        std::vector<std::string>{"the table lets core/image include core/session, which is not on a floor below"});
    EXPECT_EQ(checkFloors(table("files core/image/*.h : core/text\n"), kRooms),
              std::vector<std::string>{"the table lets core/image include core/text, which is not on a floor below"});
}

TEST(Floors, ARoomIsOnOneFloor) {
    const Tree tree = {{"core/base/a.h", ""}, {"core/new/b.cpp", ""}, {"ui/model/c.h", ""}};
    EXPECT_EQ(checkFloors(table(), roomsOf(tree)), std::vector<std::string>{"core/new is on no floor of the table"});
    EXPECT_EQ(checkFloors(table("floor core/base\n"), kRooms), std::vector<std::string>{"core/base is on two floors"});
}

TEST(Floors, AreDrawnFromTheTop) {
    std::string text = drawing(table(), kRooms);
    const std::string ground(118, '-');
    for (std::size_t at = text.find(ground); at != std::string::npos; at = text.find(ground)) {
        text.replace(at, ground.size(), "--");
    }
    EXPECT_EQ(text,
              "ui/shell        base (image) session ui/model\n--\n"
              "ui/model        base session\n--\n"
              "session         base image (text)\n--\n"
              "image           base\n"
              "text            base\n--\n"
              "base\n--\n");
}

TEST(Floors, StandBetweenThePagesMarkers) {
    const std::string page = "above\n" + std::string(kBegin) + "old\n" + std::string(kEnd) + "below\n";
    const std::string drawn = pageWith(page, "base\n");
    EXPECT_EQ(drawn, "above\n" + std::string(kBegin) + "```\nbase\n```\n" + std::string(kEnd) + "below\n");
    EXPECT_EQ(pageWith(drawn, "base\n"), drawn);
    EXPECT_THROW(pageWith("no markers\n", "base\n"), std::runtime_error);
    EXPECT_THROW(pageWith(std::string(kEnd) + std::string(kBegin), "base\n"), std::runtime_error);
}

}  // namespace
}  // namespace include_rules
