#include "core/referring/place_words.h"

#include <gtest/gtest.h>

namespace maskwright::referring {
namespace {

std::string read(const char* phrase) {
    const PlaceWords words = placeWordsOf(phrase);
    return words.rest + " | " + inWords(words.wishes).text();
}

TEST(PlaceWords, APlaceAtTheEnd) {
    EXPECT_EQ(read("the cup on the left"), "the cup | left");
    EXPECT_EQ(read("Cup on the far RIGHT"), "Cup | right");
    EXPECT_EQ(read("the person at the top right"), "the person | top, right");
    EXPECT_EQ(read("the bus in front"), "the bus | front");
    EXPECT_EQ(read("the bus behind on the right"), "the bus | back, right");
    EXPECT_EQ(read("the zebra behind the others"), "the zebra | back");
    EXPECT_EQ(read("person in the distance on the far right"), "person | back, right");
    EXPECT_EQ(read("the woman in the bottom left corner of the picture"), "the woman | bottom, left");
    EXPECT_EQ(read("woman right"), "woman | right");
    EXPECT_EQ(read("man left side"), "man | left");
    EXPECT_EQ(read("a glass of beer on the right"), "a glass of beer | right");
}

TEST(PlaceWords, WhatTheThingHasStays) {
    EXPECT_EQ(read("the man in the middle wearing a black jacket"), "the man wearing a black jacket | middle");
    EXPECT_EQ(read("the cup with a handle on the right"), "the cup with a handle | right");
    EXPECT_EQ(read("man in the middle reading"), "man reading | middle");
}

TEST(PlaceWords, BeforeAName) {
    EXPECT_EQ(read("left cup"), "cup | left");
    EXPECT_EQ(read("the right oven"), "the oven | right");
    EXPECT_EQ(read("bottom left suitcase"), "suitcase | bottom, left");
    EXPECT_EQ(read("the upper bird"), "the bird | top");
    EXPECT_EQ(read("the left-most glass"), "the glass | left");
    EXPECT_EQ(read("right most cup"), "cup | right");
}

TEST(PlaceWords, WhatCompares) {
    EXPECT_EQ(read("the biggest elephant"), "the elephant | biggest");
    EXPECT_EQ(read("the nearest car"), "the car | front");
    EXPECT_EQ(read("the bowl closest to the camera"), "the bowl | front");
    EXPECT_EQ(read("the boy closest to us"), "the boy | front");
    EXPECT_EQ(read("the bowl farther away"), "the bowl | back");
}

TEST(PlaceWords, Numbers) {
    EXPECT_EQ(read("the second woman from the left"), "the woman | number 2 from the left");
    EXPECT_EQ(read("third from the right"), " | number 3 from the right");
    EXPECT_EQ(read("the second largest elephant on the left"), "the elephant | number 2: biggest, left");
    EXPECT_EQ(read("the first elephant on the left"), "the elephant | number 1 from the left");
    EXPECT_EQ(read("the last elephant on the right"), "the elephant | right");
}

TEST(PlaceWords, TheThingIsWhatIsLeft) {
    for (const auto& [expression, thing] : {std::pair("the second horse from the left", "the horse"),
                                            {"the second horse", "the horse"},
                                            {"Third car", "car"},
                                            {"the last horse", "the horse"},
                                            {"second to last elephant", "elephant"},
                                            {"the cup on the left", "the cup"},
                                            {"왼쪽 컵", "컵"},
                                            {"top hat", "top hat"},
                                            {"second hand", "second hand"},
                                            {"the second floor", "the second floor"},
                                            {"a cup", "a cup"},
                                            {"the second", "the second"},
                                            {"the man behind the second car", "the man behind the second car"},
                                            {"", ""}}) {
        EXPECT_EQ(thingOf(expression), thing) << expression;
    }
    EXPECT_EQ(thingOf("third from the right"), "") << "nothing else is said";
}

TEST(PlaceWords, SeveralThings) {
    EXPECT_TRUE(placeWordsOf("the horses on the left").several);
    EXPECT_TRUE(placeWordsOf("people in the background").several);
    EXPECT_TRUE(placeWordsOf("glasses of beer on the right").several);
    EXPECT_FALSE(placeWordsOf("the bus on the left").several);
    EXPECT_FALSE(placeWordsOf("the glass on the left").several);
    EXPECT_FALSE(placeWordsOf("man with dogs on the left").several);
    EXPECT_FALSE(placeWordsOf("second cup of the cups from the left").several);
}

TEST(PlaceWords, OfOtherLanguages) {
    EXPECT_EQ(read("왼쪽 컵"), "컵 | left");
    EXPECT_EQ(read("오른쪽에 있는 의자"), "의자 | right");
    EXPECT_EQ(read("왼쪽에서 두 번째 말"), "말 | number 2 from the left");
    EXPECT_EQ(read("가장 큰 개"), "개 | biggest");
    EXPECT_EQ(read("左の猫"), "猫 | left");
    EXPECT_EQ(read("右から二番目の馬"), "馬 | number 2 from the right");
    EXPECT_EQ(read("一番大きい犬"), "犬 | biggest");
    EXPECT_EQ(read("左边的杯子"), "杯子 | left");
    EXPECT_EQ(read("右边第二匹马"), "马 | number 2 from the right");
    EXPECT_EQ(read("最小的狗"), "狗 | smallest");
    EXPECT_EQ(read("die Tasse links"), "die Tasse | left");
    EXPECT_EQ(read("der Hund oben rechts im Bild"), "der Hund | top, right");
    EXPECT_EQ(read("die linke Tasse"), "die Tasse | left");
    EXPECT_EQ(read("das zweite Pferd von rechts"), "das Pferd | number 2 from the right");
    EXPECT_EQ(read("la tasse à gauche"), "la tasse | left");
    EXPECT_EQ(read("le deuxième cheval en partant de la droite"), "le cheval | number 2 from the right");
    EXPECT_EQ(read("la taza de la izquierda"), "la taza | left");
    EXPECT_EQ(read("el perro más grande"), "el perro | biggest");
}

TEST(PlaceWords, OfOtherLanguagesNamesAndOtherThingsStay) {
    for (const char* text : {"식탁 위의 컵",
                             "컵",
                             "앞치마",
                             "왼쪽",
                             "두 번째 컵",
                             "テーブルの上の猫",
                             "左",
                             "上着",
                             "前照灯",
                             "右派",
                             "die linke Hand",
                             "Tasse links vom Teller",
                             "rechts",
                             "Untertasse",
                             "Oberhemd",
                             "la tasse à gauche de l'assiette",
                             "premier ministre",
                             "un verre",
                             "una mano",
                             "la mano derecha"}) {
        EXPECT_TRUE(placeWordsOf(text).wishes.empty()) << text;
        EXPECT_EQ(placeWordsOf(text).rest, text);
    }
}

TEST(PlaceWords, NamesAndOtherThingsArePhrasesAsTheyAre) {
    for (const char* text : {"",
                             "cup",
                             "top hat",
                             "crop top",
                             "front door",
                             "second hand",
                             "first-aid kit",
                             "big cat",
                             "small dog",
                             "baby",
                             "back porch",
                             "third base",
                             "left hand",
                             "man left of the table",
                             "bus in front of the house",
                             "cat on top of the car",
                             "right next to the tree",
                             "man on the biggest chair",
                             "cup beside the left plate",
                             "cup next to the plate on the left",
                             "the man behind the second car",
                             "view from the top",
                             "girl looking left",
                             "ball in the left hand",
                             "dog bigger than a cat",
                             "the bowl closest to the dog",
                             "두 마리",
                             "left",
                             "the left"}) {
        EXPECT_TRUE(placeWordsOf(text).wishes.empty()) << text;
        EXPECT_EQ(placeWordsOf(text).rest, text);
    }
    EXPECT_TRUE(placeWordsOf(std::string(100'000, 'a')).wishes.empty());
}

}  // namespace
}  // namespace maskwright::referring
