// The built-in list of words, and a small one.
#include "core/text/known_words.h"

#include <gtest/gtest.h>

#include <random>

#include "core/text/unicode.h"
#include "tests/support/paths.h"

namespace maskwright::text {
namespace {

KnownWords listOf(const std::string& text, const std::string& synonyms = {}) {
    auto list = WordList::parse(text, "words.txt");
    EXPECT_TRUE(list.ok());
    EXPECT_TRUE(list->addSynonyms(synonyms, "synonyms.txt"));
    return KnownWords(std::move(*list));
}

const KnownWords& builtIn() {
    static const KnownWords list = [] {
        auto loaded = WordList::load(test::sourcePath("models/sight/words.txt"));
        EXPECT_TRUE(loaded.ok()) << (loaded ? std::string() : loaded.error().line());
        return KnownWords(std::move(*loaded));
    }();
    return list;
}

std::vector<std::string> unknownAmong(const std::vector<std::string>& texts) {
    std::vector<std::string> unknown;
    for (const std::string& text : texts) {
        if (!builtIn().read(text).known) {
            unknown.push_back(text);
        }
    }
    return unknown;
}

double knownShare(const std::vector<std::string>& texts) {
    return 1 - static_cast<double>(unknownAmong(texts).size()) / static_cast<double>(texts.size());
}

TEST(KnownWords, APhraseGoesByItsKnownWords) {
    const KnownWords list = listOf("# a comment\ncup\ngrandmother\n+red\n-love\nseat\n");
    EXPECT_EQ(list.size(), 5u);
    EXPECT_EQ(list.read("my grandmother's red cup"), Reading{});
    EXPECT_EQ(list.read("MY GRANDMOTHER’S RED CUPS!"), Reading{});
    EXPECT_EQ(list.read("my grandmothr's red cup"), (Reading{true, {"grandmothr"}, false}));
    EXPECT_EQ(list.read("red"), Reading{});
    EXPECT_EQ(list.read("red Qwxzrt"), (Reading{false, {"Qwxzrt"}, false}));
    EXPECT_EQ(list.read("a photo of a qwxzrt"), (Reading{false, {"qwxzrt"}, false}));
    EXPECT_EQ(list.read("qwxzrt qwxzrt blorf"), (Reading{false, {"qwxzrt", "blorf"}, false}));
    EXPECT_EQ(list.read("love seat"), Reading{});
    EXPECT_EQ(list.read("red love"), Reading{}) << "what describes is enough where nothing is unknown";
    EXPECT_EQ(list.read("love"), (Reading{false, {"love"}, false}));
    EXPECT_EQ(list.read("кошка"), (Reading{false, {"кошка"}, false}));
}

TEST(KnownWords, ThePhraseIsAskedByItsHead) {
    const KnownWords list = listOf("cup\ngrandmother\n+red\ndog\nbowl\nphoto\nlady\nslipper\n");
    for (const auto& [text, asked] : {std::pair("my grandmother's red cup", "red cup"),
                                      {"my grandmothr's red cup", "red cup"},
                                      {"My cup", "cup"},
                                      {"the zorblatt dog", "the dog"},
                                      {"a cup of qwxzrt", "a cup"},
                                      {"a photo of a vorpal dog.", "a photo of a dog"},
                                      {"zorblatt’s cup", "cup"},
                                      {"dog, qwxzrt, cup", "dog cup"},
                                      {"lady's slipper", "lady's slipper"},
                                      {"a  red cup!", "a red cup"},
                                      {"qwxzrt", "qwxzrt"},
                                      {"my qwxzrt", "my qwxzrt"},
                                      {"", ""},
                                      {"cup\xff of qwxzrt", "cup"}}) {
        EXPECT_EQ(list.asked(text), asked);
    }
}

TEST(KnownWords, TheHeadIsANameWithoutWhatDescribesIt) {
    const KnownWords list =
        listOf("cat\ncup\ncoffee\nwhite\nplastic\ndog\nhot\n+sleepy\n+black\n+brown\n고양이\n猫\n+졸린\n");
    for (const auto& [asked, head] : {std::pair("sleepy cat", "cat"),
                                      {"a sleepy cat", "cat"},
                                      {"black and white cat", "cat"},
                                      {"white cat", "cat"},
                                      {"a white plastic cup", "cup"},
                                      {"white and brown", "white"},
                                      {"white", "white"},
                                      {"hot dog", "hot dog"},
                                      {"a cup of black coffee", "cup of coffee"},
                                      {"black", "black"},
                                      {"cat", "cat"},
                                      {"졸린 고양이", "고양이"},
                                      {"眠い猫", "猫"}}) {
        EXPECT_EQ(list.headOf(asked), head) << asked;
    }
}

TEST(KnownWords, WhereAThingIsOrWithWhatComesAfterItsHead) {
    const KnownWords list = listOf("cat\nhat\ncup\npizza\nslice\njack\nbox\nkatze\nhut\nchat\nchapeau\n+black\n");
    for (const auto& [asked, thing] : {std::pair("cat with a hat", "cat"),
                                       {"a black cat without hat", "cat"},
                                       {"Katze mit Hut", "Katze"},
                                       {"chat avec un chapeau", "chat"},
                                       {"slice of pizza", "slice of pizza"},
                                       {"jack-in-the-box", "jack in the box"},
                                       {"with a hat", "with a hat"},
                                       {"cat", "cat"}}) {
        EXPECT_EQ(list.headOf(asked), thing) << asked;
    }
}

TEST(KnownWords, NamesThatAreJoinedAreEachAName) {
    using Things = std::vector<std::string>;
    const KnownWords list = listOf(
        "cat\ndog\ncup\nman\nbaby\norange\nhat\nkatze\nhund\nglasses\nwhite\ngrey\n+"
        "black\n고양이\n개\n사과\n猫\n犬\n狗\n");
    EXPECT_EQ(list.joined("cat and dog"), (Things{"cat", "dog"}));
    EXPECT_EQ(list.joined("a cat and a black dog"), (Things{"a cat", "a black dog"}));
    EXPECT_EQ(list.joined("cat, dog and cup"), (Things{"cat", "dog", "cup"}));
    EXPECT_EQ(list.joined("cat and hat"), (Things{"cat", "hat"})) << "grammar in German alone";
    EXPECT_EQ(list.joined("baby and dog"), (Things{"baby", "dog"}));
    EXPECT_EQ(list.joined("orange and baby"), (Things{"orange", "baby"}));
    EXPECT_EQ(list.joined("a black hat and a cat"), (Things{"a black hat", "a cat"}));
    EXPECT_EQ(list.joined("Katze und Hund"), (Things{"Katze", "Hund"}));
    EXPECT_EQ(list.joined("고양이와 개"), (Things{"고양이", "개"}));
    EXPECT_EQ(list.joined("猫と犬"), (Things{"猫", "犬"}));
    EXPECT_EQ(list.joined("猫和狗"), (Things{"猫", "狗"}));
    for (const char* one :
         {"cat", "black and white cat", "white and black cat", "white and grey cat", "orange and black cat",
          "Hund und hat", "man with hat and glasses", "cat and qwxzrt", "and", "사과", "고양이와", "", "cat and"}) {
        EXPECT_EQ(list.joined(one), Things()) << one;
    }
}

TEST(KnownWords, WhatIsBeingTypedIsUnfinished) {
    const KnownWords list = listOf("elephant\nred\n고양이\n");
    EXPECT_EQ(list.read("elepha"), (Reading{false, {"elepha"}, true}));
    EXPECT_EQ(list.read("a red elepha"), (Reading{true, {"elepha"}, true}));
    EXPECT_EQ(list.read("elepha "), (Reading{false, {"elepha"}, false})) << "a space ends a word";
    EXPECT_EQ(list.read("elephx"), (Reading{false, {"elephx"}, false}));
    EXPECT_EQ(list.read("고야"), (Reading{false, {"고야"}, true})) << "a syllable half written";
    for (const char* grammar : {"a", "the", "the ", "2", "my"}) {
        EXPECT_FALSE(list.read(grammar).known) << grammar;
        EXPECT_TRUE(list.read(grammar).unfinished) << grammar;
    }
    for (const char* nothing : {"", "!!!", "\xf0\x9f\x90\xb1"}) {
        EXPECT_EQ(list.read(nothing), (Reading{false, {nothing}, true}));
    }
}

TEST(KnownWords, PunctuationIsNotAsked) {
    const KnownWords list = listOf("cat\ncup\nshirt\nt\n猫\n");
    for (const char* text : {"\"cat\"", "cat?", "CAT!!", "“cat”", "「cat」", "cat \xf0\x9f\x90\xb1", "\xff\xfe cat",
                             "cat\xe2\x80\xae", "  cat  ", "(cat)."}) {
        const std::string asked = list.asked(text);
        EXPECT_TRUE(asked == "cat" || asked == "CAT") << text << " is asked as " << asked;
        EXPECT_TRUE(list.read(text).known) << text;
    }
    EXPECT_EQ(list.asked("t-shirt"), "t-shirt");
    EXPECT_EQ(list.asked("cat, cup"), "cat cup");
    EXPECT_EQ(list.asked("?!"), "?!");
}

TEST(KnownWords, WhatHasASynonymIsAskedByIt) {
    EXPECT_FALSE(listOf("cup\noven\ntable\n+red\n").read("식탁").known);
    const KnownWords list = listOf("cup\noven\ntable\n+red\n",
                                   "# Korean\n식탁\ttable\nfour\toven\nmesa de comedor\ttable\r\nTisch\ttable\n");
    EXPECT_TRUE(list.read("식탁").known);
    EXPECT_EQ(list.asked("식탁"), "table");
    EXPECT_EQ(list.asked("red 식탁"), "red table");
    EXPECT_EQ(list.asked("la mesa de comedor"), "table");
    EXPECT_EQ(list.asked("der Tisch"), "table");
    EXPECT_EQ(list.asked("four"), "oven");
    EXPECT_EQ(list.asked("cup"), "cup");
    // In Latin letters the word may be another language's.
    EXPECT_TRUE(list.read("four cups").known);
    EXPECT_EQ(list.asked("four cups").find("oven"), std::string::npos);
    EXPECT_FALSE(list.read("qwxzrt").known);
}

TEST(KnownWords, GrammarThatIsAThingCountsAlone) {
    const KnownWords list = listOf("photo\ntop\ndog\n");
    EXPECT_TRUE(list.read("top").known);
    EXPECT_TRUE(list.read("a photo").known);
    EXPECT_FALSE(list.read("the top of the qwxzrt").known);
}

TEST(KnownWords, LongTextsTakeNoLongerThanTheirLength) {
    const KnownWords list = listOf("cat\n들은\n猫\n");
    for (const char* part : {"x", "들은", "猫犬", "さけ", "cat "}) {
        std::string text;
        while (text.size() < 200'000) {
            text += part;
        }
        EXPECT_LE(list.read(text).unknown.size(), 1u) << part;
    }
}

// None of these stands in the list as it is here.
TEST(BuiltInWords, InflectionsOfSevenLanguagesAreKnown) {
    const std::vector<std::string> texts = {
        // English
        "dogs", "the cats", "buses", "knives", "mice", "children's toys", "strawberries", "two sandwiches", "my keys",
        "wolves", "a photo of bicycles", "someone's umbrella", "the cup on the left", "spotted dog", "firemen",
        // German
        "Hunde", "Katzen", "Vögel", "Äpfel", "Bücher", "Fahrräder", "die Pferde", "zwei Tassen", "rote Autos",
        "Flaschen", "Stühle", "mit den Kindern", "Kaffeetasse", "Blumen", "des Hundes",
        // French
        "chiens", "chevaux", "oiseaux", "les voitures", "gâteaux", "l'éléphant", "des pommes", "bouteilles", "mon chat",
        "deux vélos", "chaises", "les arbres", "chapeaux", "d'oranges", "tasse rouge",
        // Spanish
        "perros", "gatos", "peces", "luces", "coches", "las sillas", "botellas", "flores", "dos pájaros", "mis gafas",
        "tazas rojas", "gatas", "relojes", "los árboles", "manzanas",
        // Korean
        "고양이를", "개들이", "자동차의", "컵이", "사과를", "책은", "의자에", "빨간컵", "고양이 사진", "자전거와",
        "나무들", "새가", "말을", "할머니의 컵", "침대에서",
        // Japanese
        "猫の写真", "赤いカップ", "自転車に乗る人", "机の上のりんご", "大型犬", "走っている犬", "青い空", "二匹の猫",
        "私の車", "木の椅子", "この花", "大きな木", "白い鳥", "帽子をかぶった男の人", "窓の外",
        // Chinese
        "红色的杯子", "一只小猫", "可爱的狗", "白猫", "我的自行车", "两个苹果", "椅子上的猫", "戴帽子的男人",
        "一辆汽车", "红色汽车", "树", "生气的猫", "大象的照片", "雨伞", "那个瓶子"};
    const std::vector<std::string> unknown = unknownAmong(texts);
    std::string all;
    for (const std::string& text : unknown) {
        all += text + "; ";
    }
    EXPECT_GE(knownShare(texts), 0.95) << all;
}

TEST(BuiltInWords, SynonymsMeanSomethingKnown) {
    EXPECT_EQ(builtIn().asked("식탁"), "dining table");
    EXPECT_EQ(builtIn().asked("冷蔵庫"), "refrigerator");
    EXPECT_EQ(builtIn().asked("Koffer"), "suitcase");
    EXPECT_TRUE(unknownAmong({"리모컨", "テーブル", "沙发", "Ampel", "sèche-cheveux", "reloj", "smartphone"}).empty());
}

TEST(BuiltInWords, ThingsWithoutAPictureAreUnknown) {
    EXPECT_EQ(unknownAmong({"freedom",
                            "justice",
                            "love",
                            "peace",
                            "truth",
                            "happiness",
                            "democracy",
                            "beauty",
                            "hope",
                            "Freiheit",
                            "Gerechtigkeit",
                            "Liebe",
                            "liberté",
                            "amour",
                            "libertad",
                            "amor",
                            "자유",
                            "정의",
                            "正義",
                            "正义",
                            "爱",
                            "Pikachu",
                            "qwxzrt",
                            "blorf",
                            "a photo of freedom"})
                  .size(),
              25u);
    EXPECT_TRUE(builtIn().read("statue of liberty").unknown.empty());
    EXPECT_TRUE(builtIn().read("love seat").unknown.empty());
}

class Gibberish {
  public:
    std::string letters() { return drawn("abcdefghijklmnopqrstuvwxyz", 4, 10); }
    std::string syllables() {
        std::string text;
        for (std::size_t i = 0, length = 4 + below(7); i < length; ++i) {
            text += drawn(i % 2 == 0 ? "bcdfghjklmnpqrstvwxz" : "aeiou", 1, 1);
        }
        return text;
    }
    std::string mash() {
        const char* rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
        return drawn(rows[below(3)], 2, 5) + drawn(rows[below(3)], 2, 5);
    }
    std::string shuffled() {
        const char* words[] = {"elephant", "bicycle",    "umbrella", "sandwich", "keyboard",
                               "giraffe",  "toothbrush", "airplane", "scissors", "refrigerator"};
        std::string text = words[below(10)];
        std::shuffle(text.begin(), text.end(), random_);
        return text;
    }
    std::string hangul() { return characters(0xac00, 0xd7a3); }
    std::string han() { return characters(0x4e00, 0x9fa5); }
    std::string kana() { return characters(0x3041, 0x3093); }

  private:
    std::size_t below(std::size_t count) { return random_() % count; }
    std::string drawn(std::string_view from, std::size_t least, std::size_t most) {
        std::string text;
        for (std::size_t i = 0, length = least + below(most - least + 1); i < length; ++i) {
            text += from[below(from.size())];
        }
        return text;
    }
    std::string characters(char32_t first, char32_t last) {
        std::string text;
        for (std::size_t i = 0, length = 3 + below(4); i < length; ++i) {
            appendUtf8(first + static_cast<char32_t>(below(last - first + 1)), text);
        }
        return text;
    }
    std::mt19937 random_{1};
};

TEST(BuiltInWords, GibberishIsUnknown) {
    Gibberish gibberish;
    std::vector<std::string> texts;
    for (int i = 0; i < 100; ++i) {
        for (const std::string& text :
             {gibberish.letters(), gibberish.syllables(), gibberish.mash(), gibberish.shuffled(),
              gibberish.letters() + " " + gibberish.mash(), gibberish.hangul(), gibberish.han(), gibberish.kana()}) {
            texts.push_back(text);
        }
    }
    EXPECT_LE(knownShare(texts), 0.02);
}

}  // namespace
}  // namespace maskwright::text
