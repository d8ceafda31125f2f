#include "core/eval/lists.h"

#include <gtest/gtest.h>

#include "tests/support/model_fixture.h"

namespace maskwright::eval {
namespace {

TEST(Lists, AreTheLinesThatHoldSomething) {
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "list.txt").string();
    test::writeText(file, "\xEF\xBB\xBF a.jpg\r\n\n\t고양이 \n  b c\n");
    const auto lines = readLines(file);
    ASSERT_TRUE(lines.ok());
    EXPECT_EQ(*lines, (std::vector<std::string>{"a.jpg", "고양이", "b c"}));
    test::writeText(file, "a\n\xFF\n");
    ASSERT_FALSE(readLines(file).ok());
    EXPECT_NE(readLines(file).error().line().find("line 2"), std::string::npos);
    test::writeText(file, " \n");
    EXPECT_FALSE(readLines(file).ok());
    EXPECT_FALSE(readLines((folder.path() / "none.txt").string()).ok());
}

TEST(PictureList, HoldsFilesWithOrWithoutFoldersAndEnding) {
    const PictureList list({"a.jpg", "b", "x/c.png"});
    EXPECT_TRUE(list.holds("a.jpg"));
    EXPECT_TRUE(list.holds("deep/a.jpg"));
    EXPECT_TRUE(list.holds("b.png"));
    EXPECT_TRUE(list.holds("x/c.png"));
    EXPECT_FALSE(list.holds("c.png")) << "of another folder, or of none";
    EXPECT_FALSE(list.holds("ab.jpg"));
    EXPECT_TRUE(PictureList().holds("anything"));
}

TEST(PictureList, ChoosesTheFirstOfThoseListed) {
    const std::vector<std::string> files = {"c.jpg", "a.jpg", "d.jpg", "b.jpg"};
    const PictureList list({"a.jpg", "b.jpg"});
    EXPECT_EQ(*list.chosen(files, 0, "val.json"), (std::vector<std::size_t>{1, 3}));
    EXPECT_EQ(*list.chosen(files, 1, "val.json"), (std::vector<std::size_t>{1}));
    EXPECT_EQ(PictureList().chosen(files, 2, "val.json")->size(), 2u);
    const auto none = PictureList({"e"}).chosen(files, 0, "val.json");
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().line().find("val.json"), std::string::npos);
}

}  // namespace
}  // namespace maskwright::eval
