#include "core/text/word_list.h"

#include <gtest/gtest.h>

namespace maskwright::text {
namespace {

WordList listOf(const std::string& text) {
    auto list = WordList::parse(text, "words.txt");
    EXPECT_TRUE(list.ok());
    return std::move(*list);
}

TEST(WordList, WhatIsWrittenIsRead) {
    const std::map<std::string, WordKind> words = {{"cat", WordKind::name},
                                                   {"love", WordKind::noPicture},
                                                   {"red", WordKind::describes},
                                                   {"고양이", WordKind::name}};
    const std::string comment = "# Of a test.\n# Two lines.\n", text = writtenList(comment, words);
    EXPECT_EQ(text, comment + "# words: 4\ncat\n-love\n+red\n고양이\n");
    const WordList list = listOf(text);
    EXPECT_EQ(list.comment(), comment);
    ASSERT_EQ(list.words().size(), words.size());
    for (const auto& [word, kind] : words) {
        EXPECT_EQ(list.kindOf(word), kind) << word;
    }
    EXPECT_EQ(list.kindOf("ca"), WordKind::unknown);
    EXPECT_TRUE(list.begins("ca"));
    EXPECT_FALSE(list.begins("ct"));
}

TEST(WordList, AListThatWasCutOffIsNoticed) {
    EXPECT_TRUE(WordList::parse("# words: 2\ncat\ndog\n", "words.txt").ok());
    EXPECT_TRUE(WordList::parse("# words of a model\ncat\n", "words.txt").ok()) << "a comment without a number";
    const auto cut = WordList::parse("# words: 3\ncat\ndog\n", "words.txt");
    ASSERT_FALSE(cut.ok());
    EXPECT_NE(cut.error().line().find("words.txt: it has 2 words and says that they are 3"), std::string::npos)
        << cut.error().line();
}

TEST(WordList, BadSynonymsAreRefused) {
    WordList list = listOf("cup\n");
    for (const char* bad : {"식탁\n", "식탁\t\n", "\ttable\n"}) {
        const auto refused = list.addSynonyms(bad, "synonyms.txt");
        ASSERT_FALSE(refused) << bad;
        EXPECT_NE(refused.error().line().find("synonyms.txt"), std::string::npos) << refused.error().line();
        EXPECT_NE(refused.error().line().find("line 1"), std::string::npos) << refused.error().line();
    }
}

TEST(WordList, BadListsAreRefused) {
    for (const char* text : {"", "# only a comment\n", "two words\n", "cup\n+\n"}) {
        const auto list = WordList::parse(text, "words.txt");
        ASSERT_FALSE(list.ok()) << text;
        EXPECT_EQ(list.error().kind, ErrorKind::weights);
        EXPECT_NE(list.error().line().find("words.txt"), std::string::npos);
    }
    const auto missing = WordList::load("/nowhere/words.txt");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, ErrorKind::weights);
}

TEST(WordList, AListOutOfOrderIsReadAllTheSame) {
    const WordList list = listOf("zebra\r\nApple\r\n");
    EXPECT_EQ(list.kindOf("apple"), WordKind::name);
    EXPECT_EQ(list.kindOf("zebra"), WordKind::name);
}

}  // namespace
}  // namespace maskwright::text
