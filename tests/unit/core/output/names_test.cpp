#include "core/output/names.h"

#include <gmock/gmock.h>

#include <set>

namespace maskwright::output {
namespace {

using testing::ElementsAre;

TEST(FileNamePart, KeepsLettersOfEveryScriptAndNothingThatPathsMean) {
    EXPECT_EQ(fileNamePart("a cat"), "a_cat");
    EXPECT_EQ(fileNamePart("고양이/2"), "고양이_2");
    EXPECT_EQ(fileNamePart("../x"), ".._x");
    EXPECT_EQ(fileNamePart(".."), "phrase");
    EXPECT_EQ(fileNamePart(""), "phrase");
    const std::string cut = fileNamePart(std::string(79, 'x') + "고양이");
    EXPECT_EQ(cut, std::string(79, 'x') + "고") << "whole characters only";
}

TEST(FilledPattern, FillsOnce) {
    EXPECT_EQ(filledPattern("{stem}-{phrase}.png", "odd{phrase}", "cat"), "odd{phrase}-cat.png");
    EXPECT_EQ(filledPattern("{other}{", "a", "b"), "{other}{");
}

TEST(SuggestedName, IsThePicturesWithTheKind) {
    EXPECT_EQ(suggestedName("/holiday/cat.old.jpg", Kind::mask), "cat.old-mask.png");
    EXPECT_EQ(suggestedName("pasted", Kind::cutout), "pasted-cutout.png");
    EXPECT_EQ(suggestedName("", Kind::overlay), "picture-overlay.png");
}

TEST(SuggestedPaths, EachPictureHasAFileOfItsOwn) {
    EXPECT_THAT(
        suggestedPaths({"/a/cat.png", "/a/cat.jpg", "/a/cat-jpg.png", "/a/dog.webp"}, "/out", Kind::mask),
        ElementsAre("/out/cat-mask.png", "/out/cat-jpg-mask.png", "/out/cat-jpg-png-mask.png", "/out/dog-mask.png"));
    std::vector<std::string> many;
    for (int i = 0; i < 6; ++i) {
        many.push_back("/" + std::to_string(i) + "/x.png");
    }
    const auto numbered = suggestedPaths(many, "/out", Kind::cutout);
    EXPECT_EQ(std::set<std::string>(numbered.begin(), numbered.end()).size(), 6u);
}

TEST(FreePath, CountsUp) {
    const std::set<std::string> there = {"/o/cat.png", "/o/cat-2.png"};
    const auto taken = [&](const std::string& name) { return there.contains(name); };
    EXPECT_EQ(freePath("/o/cat.png", taken), "/o/cat-3.png");
    EXPECT_EQ(freePath("/o/dog.png", taken), "/o/dog.png");
}

}  // namespace
}  // namespace maskwright::output
