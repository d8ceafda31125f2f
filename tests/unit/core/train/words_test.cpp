// The list of words, from a dozen phrases and a WordNet of a few nouns.
#include "core/train/words.h"

#include <gtest/gtest.h>

#include "tests/support/model_fixture.h"

namespace maskwright::train {
namespace {

class WordsOf : public testing::Test {
  protected:
    void SetUp() override {
        test::writeText(place_.path() / "index.noun",
                        "  1 a licence\n"
                        "love n 1 0 1 0 00000012\n"
                        "seat n 1 0 1 0 00000006\n"
                        "love_seat n 1 0 1 0 00000007\n"
                        "liberty n 1 0 1 0 00000026\n"
                        "statue n 1 0 1 0 00000006\n"
                        "red n 2 0 2 0 00000008 00000018\n"
                        "goose n 1 0 1 0 00000005\n"
                        "leg n 1 0 1 0 00000006\n"
                        "legs n 1 0 1 0 00000012\n");
        test::writeText(place_.path() / "data.noun",
                        "00000012 12 n 01 love 0 000 | a feeling\n"
                        "00000026 26 n 01 liberty 0 000 | a state\n"
                        "00000006 06 n 01 seat 0 000 | an artifact\n"
                        "00000007 06 n 01 love_seat 0 001 @ 00000006 n 0000 | for two\n"
                        "00000008 07 n 01 red 0 000 | a colour\n"
                        "00000018 18 n 01 red 0 000 | a person\n"
                        "00000005 05 n 01 goose 0 000 | a bird\n");
        test::writeText(place_.path() / "index.adj", "  1 a licence\nred a 1 0 1 0 00000001\n");
        test::writeText(place_.path() / "noun.exc", "geese goose\n");
        auto facts = WordFacts::load(place_.path().string());
        ASSERT_TRUE(facts.ok()) << facts.error().line();
        facts_ = std::move(*facts);
        std::size_t row = 0;
        for (const char* phrase :
             {"love seat", "seat", "red seat", "goose", "statue of liberty", "leg", "long legs", "the"}) {
            table_.phrases.push_back({"en", phrase, row++});
        }
        table_.phrases.push_back({"fr", "statue de la liberté", 4});
        table_.phrases.push_back({"ko", "자유의 여신상", 4});
        table_.phrases.push_back({"de", "Gans", 3});
        table_.phrases.push_back({"zh", "红色的座位", 2});
    }
    [[nodiscard]] static bool holds(const std::string& list, const std::string& line) {
        return list.find("\n" + line + "\n") != std::string::npos;
    }
    test::TemporaryFolder place_;
    WordFacts facts_;
    PhraseTable table_;
};

TEST_F(WordsOf, NamesDescriptionsAndWhatHasNoPicture) {
    const std::string list = listOfWords(table_, &facts_);
    for (const char* line : {"seat", "goose", "gans", "-love", "-liberty", "+red", "+long", "-liberté", "-자유의",
                             "-자유", "여신상", "legs", "geese"}) {
        EXPECT_TRUE(holds(list, line)) << line << " in\n" << list;
    }
    EXPECT_FALSE(holds(list, "of"));
    EXPECT_FALSE(holds(list, "la"));
}

TEST_F(WordsOf, WithoutWordNetAllAreNames) {
    const std::string list = listOfWords(table_, nullptr);
    for (const char* line : {"seat", "love", "red", "liberté"}) {
        EXPECT_TRUE(holds(list, line)) << line;
    }
    EXPECT_FALSE(holds(list, "geese"));
}

TEST_F(WordsOf, NamesLearnedLaterAreAdded) {
    const auto list = withNames(listOfWords(table_, &facts_), {"flange M8", "love", "red seat", "geese"});
    ASSERT_TRUE(list.ok());
    EXPECT_TRUE(holds(*list, "flange"));
    EXPECT_TRUE(holds(*list, "love")) << "a category may be called so";
    EXPECT_FALSE(holds(*list, "-love"));
    EXPECT_TRUE(holds(*list, "+red")) << "what was known stays what it was";
}

TEST_F(WordsOf, ABrokenFileIsNamed) {
    test::writeText(place_.path() / "noun.exc", "geese\n");
    const auto facts = WordFacts::load(place_.path().string());
    ASSERT_FALSE(facts.ok());
    EXPECT_NE(facts.error().line().find("noun.exc"), std::string::npos);
}

}  // namespace
}  // namespace maskwright::train
