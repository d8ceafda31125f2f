#include "tests/cmake/include_rules.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace include_rules {
namespace {

const char* const kTable = R"(
system unistd.h sys/*
family aten ATen/* c10/*
family qt-widgets QWidget
family qt Q*
files core/base/* :
files core/nn/* : core/base aten
files core/session/* : core/base
files core/session/*.cpp : core/nn aten
files ui/* : core/base core/session qt
files ui/shell/* : ui/model qt-widgets
closed core/session/*.h : aten
closed ui/* : aten
)";

std::vector<std::string> problems(Tree tree) {
    tree.emplace("core/base/a.h", "#include <vector>\n#include <sys/stat.h>\n");
    tree.emplace("core/nn/t.h", "#include <ATen/ATen.h>\n");
    return check(readTable(kTable), tree);
}

TEST(IncludeRules, AllowedIncludesPass) {
    EXPECT_EQ(
        problems({{"core/session/s.cpp",
                   "#include \"core/session/s.h\"\n#include <ATen/ATen.h>\n#include \"core/nn/t.h\"\n"},
                  {"core/session/s.h", "  #  include \"core/base/a.h\" // why\n// #include <QtGui>\nint includes;\n"},
                  {"ui/shell/w.cpp", "#include <QWidget>\n#include \"core/session/s.h\"\n"}}),
        std::vector<std::string>{});
}

TEST(IncludeRules, AnArrowUpwardsIsFound) {
    const auto found = problems({{"core/base/b.cpp", "#include \"core/base/a.h\"\n\n#include \"core/nn/t.h\"\n"}});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0], "core/base/b.cpp:3: core/base may not include core/nn (core/nn/t.h)");
}

TEST(IncludeRules, TheWindowHasFloorsToo) {
    EXPECT_EQ(problems({{"ui/shell/s.cpp", "#include \"ui/model/m.h\"\n"}, {"ui/model/m.h", "#include <QImage>\n"}}),
              std::vector<std::string>{});
    EXPECT_EQ(problems({{"ui/shell/s.h", "int x;\n"}, {"ui/model/m.cpp", "#include \"ui/shell/s.h\"\n"}}),
              std::vector<std::string>{"ui/model/m.cpp:1: ui/model may not include ui/shell (ui/shell/s.h)"});
    EXPECT_EQ(problems({{"ui/model/m.h", "#include <QWidget>\n"}}),
              std::vector<std::string>{"ui/model/m.h:1: this file may not include qt-widgets (QWidget)"});
}

TEST(IncludeRules, AForeignLibraryIsFound) {
    EXPECT_EQ(problems({{"core/base/b.h", "#include <ATen/ATen.h>\n"}}),
              std::vector<std::string>{"core/base/b.h:1: this file may not include aten (ATen/ATen.h)"});
    EXPECT_EQ(problems({{"core/session/s.h", "#include <QImage>\n"}}).size(), 1u);
    EXPECT_EQ(problems({{"core/base/b.h", "#include <boost/any.hpp>\n"}}),
              std::vector<std::string>{"core/base/b.h:1: the table knows no library with the header boost/any.hpp"});
}

TEST(IncludeRules, AForeignLibraryBehindOurHeadersIsFound) {
    const auto found =
        problems({{"core/session/s.h", "#include \"core/session/detail.h\"\n"},
                  {"core/session/detail.h", "#include \"core/session/s.h\"\n#include \"core/nn/t.h\"\n"}});
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[2],
              "core/session/s.h: must not reach ATen/ATen.h (core/session/s.h -> core/session/detail.h -> core/nn/t.h "
              "-> ATen/ATen.h)");
}

TEST(IncludeRules, NamesMustBeLiteralExistingAndFromTheRoot) {
    EXPECT_EQ(problems({{"core/base/b.h", "#include \"a.h\"\n"}}).size(), 1u);
    EXPECT_EQ(problems({{"core/base/b.h", "#include \"core/base/none.h\"\n"}}).size(), 1u);
    EXPECT_EQ(problems({{"core/base/b.h", "#include HEADER\n"}}).size(), 1u);
    EXPECT_EQ(problems({{"core/other/b.h", "int x;\n"}}),
              std::vector<std::string>{"core/other/b.h: the table has no line for this folder"});
}

TEST(IncludeRules, TheTableIsComparedWithTheLinks) {
    const Table table = readTable(kTable);
    const std::string good =
        "maskwright_module(base)\nmaskwright_module(nn PUBLIC maskwright::base maskwright::torch)\n"
        "maskwright_module(session PUBLIC maskwright::base PRIVATE maskwright::nn)\n";
    EXPECT_EQ(compareWithLinks(table, good), std::vector<std::string>{});
    EXPECT_EQ(
        compareWithLinks(
            table, "maskwright_module(base PUBLIC maskwright::nn)\nmaskwright_module(nn PUBLIC maskwright::base)\n")
            .size(),
        1u);
    EXPECT_EQ(compareWithLinks(table, "maskwright_module(base)\nmaskwright_module(nn)\n").size(), 1u);
    EXPECT_EQ(compareWithLinks(table, "").size(), 1u);
}

TEST(IncludeRules, ABrokenTableIsRefused) {
    EXPECT_THROW(readTable("files core/base/*\n"), std::runtime_error);
    EXPECT_THROW(readTable("family x\n"), std::runtime_error);
    EXPECT_THROW(readTable("floor\n"), std::runtime_error);
    EXPECT_THROW(readTable("folder a b\n"), std::runtime_error);
}

TEST(IncludeRules, PatternsMatch) {
    EXPECT_TRUE(matches("core/*.h", "core/a/b.h"));
    EXPECT_FALSE(matches("core/*.h", "core/a/b.cpp"));
    EXPECT_TRUE(matches("*", ""));
    EXPECT_FALSE(matches("Q*", "queue"));
}

}  // namespace
}  // namespace include_rules
