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
    EXPECT_EQ(fileNamePart("a\n\u202egpj\u2066\u0085b"), "a__gpj__b") << "nothing that is obeyed in place of shown";
    const std::string cut = fileNamePart(std::string(79, 'x') + "고양이");
    EXPECT_EQ(cut, std::string(79, 'x') + "고") << "whole characters only";
}

NameParts parts(const std::string& stem, const std::string& ending, const std::string& folder = "in",
                const std::string& below = "") {
    return {stem, ending, folder, below, "1"};
}

TEST(StaysBelow, NeitherUpNorFromTheRoot) {
    EXPECT_TRUE(staysBelow("a.png"));
    EXPECT_TRUE(staysBelow("a/b..c/..d.png"));
    for (const char* path : {"../a.png", "a/../../b.png", "a/../b.png", "/tmp/a.png", "..", "a/.."}) {
        EXPECT_FALSE(staysBelow(path)) << path;
    }
}

TEST(FilledPattern, FillsOnce) {
    EXPECT_EQ(filledPattern("{stem}-{phrase}.png", parts("odd{phrase}", "jpg"), "cat"), "odd{phrase}-cat.png");
    EXPECT_EQ(filledPattern("{other}{", parts("a", "jpg"), "b"), "{other}{");
    EXPECT_EQ(filledPattern("{n}-{ext}-{stem}.png", parts("a", "JPG"), ""), "1-JPG-a.png");
}

TEST(FilledPattern, LevelsAreFoldersOnlyBeforeASlash) {
    const NameParts deep = parts("a", "jpg", "2024/05");
    EXPECT_EQ(filledPattern("out/{folder}/{stem}.png", deep, ""), "out/2024/05/a.png");
    EXPECT_EQ(filledPattern("out/{folder}_{stem}.png", deep, ""), "out/2024-05_a.png");
}

TEST(FilledPattern, LongNamesAreCutBetweenCharacters) {
    std::string korean;
    for (int i = 0; i < 84; ++i) {
        korean += "각";
    }
    const std::string name = filledPattern("out/{stem}_mask.png", parts(korean + "abc", "jpg"), "");
    EXPECT_LE(name.size(), 4u + 255u);
    EXPECT_GT(name.size(), 4u + 250u) << "no more than is needed";
    EXPECT_TRUE(name.ends_with("각_mask.png"));
    // A folder of its own is no part of the name.
    const std::string folder(200, 'f');
    EXPECT_EQ(filledPattern("{folder}/{stem}.png", parts(std::string(251, 's'), "jpg", folder), ""),
              folder + "/" + std::string(251, 's') + ".png");
    const std::string both = filledPattern("{folder}_{stem}.png", parts(std::string(200, 's'), "jpg", folder), "");
    EXPECT_EQ(both.size(), 255u);
}

TEST(SuggestedName, IsThePicturesWithTheKind) {
    EXPECT_EQ(suggestedName("/holiday/cat.old.jpg", Kind::mask), "cat.old-mask.png");
    EXPECT_EQ(suggestedName("pasted", Kind::cutout), "pasted-cutout.png");
    EXPECT_EQ(suggestedName("", Kind::overlay), "picture-overlay.png");
    EXPECT_EQ(suggestedName("cat.png", Kind::mask, "two {stem} ears/eyes"), "cat-two__stem__ears_eyes-mask.png");
}

std::vector<std::string> namesOf(const std::vector<NameParts>& pictures, const std::string& suffix = ".png",
                                 const std::set<std::string>& taken = {}) {
    std::vector<std::string> names;
    for (const auto& row : distinctNames(pictures, {suffix}, [&](const std::string& n) { return taken.contains(n); })) {
        names.push_back(row.at(0));
    }
    return names;
}

TEST(DistinctNames, SayWhatTellsThePicturesApart) {
    EXPECT_THAT(namesOf({parts("IMG_1", "jpg"), parts("IMG_1", "png"), parts("IMG_2", "jpg")}),
                ElementsAre("IMG_1-jpg.png", "IMG_1-png.png", "IMG_2.png"));
    EXPECT_THAT(namesOf({parts("IMG", "jpg", "a"), parts("IMG", "jpg", "b/c")}, "-mask.png"),
                ElementsAre("a-IMG-mask.png", "b-c-IMG-mask.png"));
    EXPECT_THAT(namesOf({parts("IMG", "jpg", "a"), parts("IMG", "png", "a"), parts("IMG", "jpg", "b")}),
                ElementsAre("a-IMG-jpg.png", "a-IMG-png.png", "b-IMG-jpg.png"));
    EXPECT_THAT(namesOf({parts("cat", "png"), parts("cat", "jpg"), parts("cat-jpg", "png")}),
                ElementsAre("cat-png.png", "cat-jpg.png", "cat-jpg-png.png"));
    EXPECT_THAT(namesOf({parts("x", "jpg"), parts("x", "jpg")}), ElementsAre("x.png", "x-2.png")) << "named twice";
    EXPECT_THAT(namesOf({parts("IMG", "jpg", "01", "01")}), ElementsAre("01-IMG.png"))
        << "from a subfolder, whether others are there or not";
}

TEST(DistinctNames, DoNotDependOnTheOrder) {
    const std::vector<NameParts> one = {parts("a", "jpg"), parts("a", "png", "b"), parts("a", "png", "c")};
    auto names = namesOf(one);
    auto other = namesOf({one[2], one[0], one[1]});
    EXPECT_EQ(names[0], other[1]);
    EXPECT_EQ(names[1], other[2]);
    EXPECT_EQ(names[2], other[0]);
}

// A disk of Windows or macOS would take these for one file.
TEST(DistinctNames, CaseAndUnicodeFormsAreNoDifference) {
    EXPECT_THAT(namesOf({parts("IMG", "jpg"), parts("img", "JPG")}), ElementsAre("IMG.png", "img-2.png"));
    const std::string composed = "\uac01", decomposed = "\u1100\u1161\u11a8";
    EXPECT_EQ(nameKey(composed), nameKey(decomposed));
    EXPECT_THAT(namesOf({parts(composed, "jpg"), parts(decomposed, "jpg")}),
                ElementsAre(composed + ".png", decomposed + "-2.png"));
    EXPECT_THAT(namesOf({parts("\u00c9t\u00e9", "jpg"), parts("e\u0301te\u0301", "png")}),
                ElementsAre("\u00c9t\u00e9-jpg.png", "e\u0301te\u0301-png.png"));
}

TEST(DistinctNames, GoRoundWhatIsTaken) {
    EXPECT_THAT(namesOf({parts("x", "png")}, ".png", {"x.png"}), ElementsAre("x-png.png"));
    EXPECT_THAT(namesOf({parts("x", "", "in")}, ".png", {"x.png", "in-x.png"}), ElementsAre("x-2.png"));
}

TEST(DistinctNames, StayApartWhereTheyAreCut) {
    const std::string start(253, 'x');
    const auto names = namesOf({parts(start + "1", "jpg"), parts(start + "2", "jpg"), parts(start + "2", "png")});
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 3u);
    for (const std::string& name : names) {
        EXPECT_LE(name.size(), 255u);
    }
}

TEST(DistinctNames, AreManyWithoutTakingLong) {
    std::vector<NameParts> many;
    for (int i = 0; i < 5000; ++i) {
        many.push_back(parts("IMG_" + std::to_string(i % 50), i % 2 == 0 ? "jpg" : "JPG", std::to_string(i / 70)));
    }
    const auto names = namesOf(many);
    std::set<std::string> keys;
    for (const std::string& name : names) {
        keys.insert(nameKey(name));
    }
    EXPECT_EQ(keys.size(), many.size());
}

TEST(Printable, EscapesControlCharacters) {
    EXPECT_EQ(printable("a\nb\x1b[31m\u009b고양이"), "a\\x0ab\\x1b[31m\\xc2\\x9b고양이");
    EXPECT_EQ(printable(std::string(300, 'x')), std::string(300, 'x'));
}

TEST(FreePath, CountsUp) {
    const std::set<std::string> there = {"/o/cat.png", "/o/cat-2.png"};
    const auto taken = [&](const std::string& name) { return there.contains(name); };
    EXPECT_EQ(freePath("/o/cat.png", taken), "/o/cat-3.png");
    EXPECT_EQ(freePath("/o/dog.png", taken), "/o/dog.png");
    const std::string longest = "/o/" + std::string(251, 'x') + ".png";
    EXPECT_EQ(freePath(longest, [&](const std::string& name) { return name == longest; }),
              "/o/" + std::string(249, 'x') + "-2.png");
}

}  // namespace
}  // namespace maskwright::output
