// What is expected is what spaCy 3.8's spacy.blank("en") makes of the text in lower case, its tokens joined by spaces.
#include "core/text/token_spacing.h"

#include <gtest/gtest.h>

namespace maskwright::text {
namespace {

TEST(TokenSpacing, IsThatOfThePublishedProgram) {
    constexpr std::pair<const char*, const char*> kCases[] = {
        {"Lady in BLUE.", "lady in blue ."},
        {"  the   dog\t", "the dog"},
        {"the man's t-shirt, isn't it?", "the man 's t - shirt , is n't it ?"},
        {"guy who can't see", "guy who ca n't see"},
        {"dont look at the one thats left", "do nt look at the one that s left"},
        {"he's holding its handle", "he 's holding its handle"},
        {"\"big\" dog!!", "\" big \" dog ! !"},
        {"the one who'll win...", "the one who 'll win ..."},
        {"8-year-old girl", "8 - year - old girl"},
        {"the boys' hats", "the boys ' hats"},
        {"dog/cat and/or bird", "dog / cat and/or bird"},
        {"cannot gonna", "can not gon na"},
        {"[left] one #5 (2)", "[ left ] one # 5 ( 2 )"},
        {"left..right", "left .. right"},
        {"50% off, 10am", "50 % off , 10 am"},
        {"don\xe2\x80\x99t man\xe2\x80\x99s", "do n\xe2\x80\x99t man \xe2\x80\x99s"},
        {"ill man, well dressed", "ill man , well dressed"},
    };
    for (const auto& [text, spaced] : kCases) {
        EXPECT_EQ(tokenSpaced(text), spaced) << text;
    }
}

TEST(TokenSpacing, IsBoundedAndTakesAnything) {
    EXPECT_EQ(tokenSpaced(""), "");
    EXPECT_EQ(tokenSpaced(" \n"), "");
    EXPECT_EQ(tokenSpaced(std::string(10'000, 'a')).size(), 10'000u);
    EXPECT_EQ(tokenSpaced(std::string(10'000, '!')).size(), 19'999u);
    EXPECT_EQ(tokenSpaced("\xff").size(), 3u) << "what is no UTF-8 becomes U+FFFD";
    EXPECT_EQ(tokenSpaced("\xec\x99\xbc\xec\xaa\xbd \xea\xb0\x9c"), "\xec\x99\xbc\xec\xaa\xbd \xea\xb0\x9c");
}

}  // namespace
}  // namespace maskwright::text
