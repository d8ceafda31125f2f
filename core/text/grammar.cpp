#include "core/text/grammar.h"

#include <algorithm>
#include <vector>

namespace maskwright::text {
namespace {

// A word that is also the name of a thing in another of the languages is left out: "can", "man", "son", "or", "car".
constexpr std::string_view kEnglish[] = {
    "the",    "an",      "this",    "that",    "these",   "those",   "some",    "any",     "all",     "every",
    "each",   "both",    "no",      "not",     "none",    "of",      "in",      "on",      "at",      "to",
    "by",     "for",     "from",    "with",    "without", "into",    "onto",    "over",    "under",   "above",
    "below",  "behind",  "beside",  "between", "near",    "next",    "inside",  "outside", "around",  "against",
    "across", "along",   "through", "off",     "up",      "down",    "out",     "upon",    "beneath", "underneath",
    "toward", "towards", "and",     "but",     "as",      "than",    "is",      "are",     "was",     "were",
    "be",     "been",    "being",   "am",      "has",     "have",    "had",     "do",      "does",    "it",
    "its",    "he",      "she",     "they",    "we",      "you",     "me",      "him",     "her",     "them",
    "us",     "my",      "your",    "his",     "our",     "their",   "mine",    "who",     "which",   "whose",
    "what",   "where",   "there",   "here",    "very",    "only",    "also",    "too",     "other",   "another",
    "same",   "more",    "most",    "many",    "much",    "few",     "several", "one",     "two",     "three",
    "four",   "five",    "six",     "seven",   "eight",   "nine",    "ten",     "left",    "right",   "top",
    "bottom", "front",   "middle",  "closest", "nearest", "farthest"};
constexpr std::string_view kGerman[] = {
    "der",    "das",   "dem",    "den",    "des",   "ein",      "eine",   "einen",  "einem",  "einer",
    "eines",  "kein",  "keine",  "keinen", "mein",  "meine",    "meinen", "meinem", "meiner", "meines",
    "dein",   "deine", "deinen", "sein",   "seine", "seinen",   "seiner", "ihr",    "ihre",   "ihren",
    "ihrem",  "ihrer", "unser",  "unsere", "euer",  "eure",     "dieser", "diese",  "dieses", "diesen",
    "diesem", "jeder", "jede",   "jedes",  "und",   "oder",     "aber",   "mit",    "ohne",   "auf",
    "unter",  "über",  "neben",  "hinter", "vor",   "zwischen", "bei",    "beim",   "im",     "ins",
    "zum",    "zur",   "von",    "vom",    "aus",   "durch",    "für",    "gegen",  "um",     "nach",
    "zu",     "ich",   "du",     "er",     "sie",   "es",       "wir",    "mich",   "dich",   "sich",
    "ist",    "sind",  "hat",    "nicht",  "alle",  "viele",    "einige", "zwei",   "drei",   "vier",
    "fünf",   "links", "rechts", "oben",   "unten", "vorne",    "hinten", "sehr",   "als",    "wie"};
constexpr std::string_view kFrench[] = {
    "le",   "la",    "les",    "un",   "une",    "du",     "de",   "au",   "aux",   "et",    "ou",     "à",
    "dans", "sur",   "sous",   "avec", "sans",   "pour",   "par",  "chez", "vers",  "entre", "devant", "derrière",
    "mon",  "ma",    "mes",    "ton",  "ta",     "tes",    "sa",   "ses",  "notre", "nos",   "votre",  "vos",
    "leur", "leurs", "ce",     "cet",  "cette",  "ces",    "qui",  "que",  "dont",  "je",    "tu",     "il",
    "elle", "nous",  "vous",   "ils",  "elles",  "se",     "est",  "sont", "ne",    "pas",   "très",   "plusieurs",
    "deux", "trois", "quatre", "cinq", "gauche", "droite", "haut", "bas"};
constexpr std::string_view kSpanish[] = {
    "el",    "los",   "las",       "una",     "unos",   "unas",  "lo",      "del",    "al",      "en",      "con",
    "sin",   "sobre", "bajo",      "entre",   "hacia",  "hasta", "desde",   "para",   "por",     "y",       "e",
    "o",     "u",     "mi",        "mis",     "tu",     "tus",   "su",      "sus",    "nuestro", "nuestra", "este",
    "esta",  "estos", "estas",     "ese",     "esa",    "esos",  "esas",    "aquel",  "aquella", "que",     "quien",
    "es",    "son",   "está",      "están",   "muy",    "dos",   "tres",    "cuatro", "cinco",   "todo",    "toda",
    "todos", "todas", "izquierda", "derecha", "arriba", "abajo", "delante", "detrás", "junto"};
constexpr std::string_view kOthers[] = {
    // Korean
    "그", "저", "이", "내", "나의", "네", "너의", "우리", "한", "두", "세", "네", "다섯", "여러", "모든", "있는",
    "없는", "하는", "하고", "그리고", "또는", "위", "위에", "위의", "아래", "아래에", "아래의", "앞", "앞에", "앞의",
    "뒤", "뒤에", "뒤의", "옆", "옆에", "옆의", "안", "안에", "안의", "밖", "왼쪽", "오른쪽", "가운데", "개", "마리",
    "명", "대", "을", "를", "은", "는", "가", "의", "에", "에서", "와", "과", "도", "로", "으로", "들",
    // Japanese
    "の", "お", "ご", "を", "に", "と", "が", "は", "で", "も", "へ", "や", "な", "か", "から", "まで", "より", "だ",
    "です", "する", "いる", "ある", "って", "て", "た", "この", "その", "あの", "私の", "私", "僕", "僕の", "上", "下",
    "中", "前", "後ろ", "横", "隣", "左", "右", "一", "二", "三", "四", "五", "一つ", "二つ", "三つ", "匹", "台", "個",
    "枚", "本", "人の", "すべて", "全て",
    // Chinese
    "的", "了", "和", "与", "及", "或", "在", "是", "有", "没有", "把", "被", "从", "到", "对", "向", "里", "上面",
    "下面", "里面", "旁边", "前面", "后面", "左边", "右边", "中间", "我", "我的", "你", "你的", "他", "她", "它",
    "他的", "她的", "我们", "他们", "这", "那", "这个", "那个", "一个", "一只", "一条", "一张", "一把", "一辆", "一台",
    "两个", "两只", "只", "个", "条", "张", "把", "辆", "件", "些", "一些", "所有", "两", "几", "很", "最", "不"};

constexpr std::string_view kPictureWords[] = {
    "photo",    "photos",   "photograph", "photographs", "image", "images", "picture",      "pictures",
    "pic",      "foto",     "fotos",      "fotografie",  "bild",  "bilder", "photographie", "imagen",
    "imagenes", "imágenes", "fotografía", "사진",        "그림",  "이미지", "写真",         "画像",
    "絵",       "照片",     "图片",       "图像",        "相片"};

// What begins to say where a thing is, or with what: the thing itself comes before. Not "of" and "de": "a slice of
// pizza" is pizza.
constexpr std::string_view kPlaces[] = {
    "with",  "without", "in",    "on",     "at",      "by",     "near",    "behind",  "beside", "between",  "under",
    "over",  "above",   "below", "inside", "outside", "around", "against", "beneath", "next",   "from",     "who",
    "which", "that",    "mit",   "ohne",   "auf",     "unter",  "über",    "neben",   "hinter", "vor",      "bei",
    "im",    "am",      "aus",   "avec",   "sans",    "dans",   "sur",     "sous",    "devant", "derrière", "qui",
    "con",   "sin",     "en",    "sobre",  "bajo",    "detrás", "que"};

// Names of materials, colours and ages that describe what follows them.
constexpr std::string_view kAlsoDescribe[] = {
    "white",  "grey",  "small",  "young",   "light", "dark",   "orange",  "silver",   "gold",      "metal", "plastic",
    "wood",   "glass", "paper",  "leather", "stone", "brick",  "cotton",  "concrete", "ceramic",   "steel", "iron",
    "copper", "brass", "rubber", "toy",     "baby",  "infant", "antique", "vintage",  "chocolate", "cream"};

using Sorted = std::vector<std::string_view>;

template <std::size_t... N>
Sorted sorted(const std::string_view (&... lists)[N]) {
    Sorted all;
    (all.insert(all.end(), std::begin(lists), std::end(lists)), ...);
    std::sort(all.begin(), all.end());
    return all;
}

bool isIn(const Sorted& words, std::string_view folded) {
    return std::binary_search(words.begin(), words.end(), folded);
}

}  // namespace

bool isGrammar(std::string_view folded) {
    static const Sorted words = sorted(kEnglish, kGerman, kFrench, kSpanish, kOthers);
    return isIn(words, folded);
}

bool isGrammarBeside(std::string_view folded, std::string_view joiner) {
    static const Sorted english = sorted(kEnglish), german = sorted(kGerman), french = sorted(kFrench),
                        spanish = sorted(kSpanish);
    return joiner == "and"   ? isIn(english, folded)
           : joiner == "und" ? isIn(german, folded)
           : joiner == "et"  ? isIn(french, folded)
           : joiner == "y"   ? isIn(spanish, folded)
                             : isGrammar(folded);
}

bool saysWhere(std::string_view folded) {
    static const Sorted words = sorted(kPlaces);
    return isIn(words, folded);
}

bool alsoDescribes(std::string_view folded) {
    static const Sorted words = sorted(kAlsoDescribe);
    return isIn(words, folded);
}

bool isPossessive(std::string_view folded) {
    constexpr std::string_view kPossessives[] = {"my", "your", "his", "her", "its", "our", "their"};
    return std::find(std::begin(kPossessives), std::end(kPossessives), folded) != std::end(kPossessives);
}

bool isJoiner(std::string_view folded) {
    constexpr std::string_view kJoiners[] = {"and", "und", "et", "y", "그리고", "と", "や", "和", "与", "與", "及"};
    return std::find(std::begin(kJoiners), std::end(kJoiners), folded) != std::end(kJoiners);
}

std::string_view beforeJoiner(std::string_view folded) {
    for (const std::string_view joiner : {"이랑", "하고", "랑", "와", "과"}) {
        if (folded.size() > joiner.size() && folded.ends_with(joiner)) {
            return folded.substr(0, folded.size() - joiner.size());
        }
    }
    return {};
}

bool isPictureWord(std::string_view folded) {
    static const Sorted words = sorted(kPictureWords);
    return isIn(words, folded);
}

}  // namespace maskwright::text
