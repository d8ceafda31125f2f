#include "core/text/english_roles.h"

#include <algorithm>

namespace maskwright::text {
namespace {

using Words = std::string_view[];

constexpr Words kPrepositions = {
    "of",     "in",      "on",       "at",     "to",      "by",      "for",        "from",   "with",    "without",
    "w/",     "w",       "w/o",      "into",   "onto",    "over",    "under",      "above",  "below",   "behind",
    "beside", "besides", "between",  "inside", "outside", "around",  "against",    "across", "along",   "through",
    "off",    "up",      "down",     "out",    "upon",    "beneath", "underneath", "toward", "towards", "near",
    "next",   "atop",    "amongst",  "among",  "within",  "past",    "via",        "per",    "than",    "as",
    "like",   "during",  "opposite", "not",    "n't",     "while",   "because",    "but",    "if",      "except"};
// They stand before a noun as adjectives do: "outside chair".
constexpr Words kAdjectival = {"near", "next", "inside", "outside", "opposite", "up", "down", "off", "past", "like"};
constexpr Words kRelatives = {"that",  "that's", "who",   "who's",   "whos",    "which", "whose", "whom",
                              "where", "when",   "thats", "where's", "which's", "what",  "how"};
constexpr Words kAuxiliaries = {"is",     "are",    "was",   "were", "be",    "being",  "been",   "isn't", "isnt",
                                "aren't", "wasn't", "has",   "have", "had",   "having", "hasn't", "does",  "doesn't",
                                "do",     "don't",  "did",   "can",  "can't", "cannot", "could",  "will",  "would",
                                "should", "may",    "might", "must", "seems", "appears"};
constexpr Words kPronouns = {"he",       "she",       "it",       "they",      "we",      "you",    "i",
                             "me",       "him",       "them",     "us",        "he's",    "she's",  "it's",
                             "its",      "they're",   "you're",   "himself",   "herself", "itself", "someone",
                             "somebody", "something", "everyone", "everything"};
constexpr Words kDeterminers = {"the",  "a",    "an",  "this",    "these", "those", "some", "any",
                                "each", "both", "all", "another", "no",    "every", "such"};
constexpr Words kPossessives = {"her", "his", "my", "your", "their", "our"};
constexpr Words kOrdinals = {"first",  "second", "third", "fourth", "fifth", "sixth", "seventh",
                             "eighth", "ninth",  "tenth", "last",   "1st",   "2nd",   "3rd",
                             "4th",    "5th",    "6th",   "7th",    "8th",   "9th",   "10th"};
constexpr Words kNumbers = {"one",   "two",   "three", "four", "five",   "six",
                            "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
constexpr Words kSuperlatives = {"closest",  "nearest",   "farthest", "furthest",
                                 "leftmost", "rightmost", "most",     "least"};
constexpr Words kPositions = {"left",  "right", "top",   "bottom", "middle", "center", "centre",
                              "front", "back",  "upper", "lower",  "rear",   "far",    "very"};
constexpr Words kPartWords = {"side", "corner",  "end",  "edge",    "half",   "row",
                              "part", "portion", "area", "section", "quarter"};
constexpr Words kNamesInIng = {"building",  "painting",    "clothing",   "ceiling",  "railing",  "earring",  "awning",
                               "frosting",  "icing",       "topping",    "stuffing", "pudding",  "wedding",  "bedding",
                               "flooring",  "drawing",     "siding",     "dumpling", "string",   "swing",    "king",
                               "ring",      "wing",        "thing",      "spring",   "sling",    "duckling", "filling",
                               "lightning", "evening",     "morning",    "viking",   "sibling",  "earing",   "molding",
                               "paneling",  "scaffolding", "anything",   "nothing",  "stocking", "carving",  "tubing",
                               "fencing",   "writing",     "hotdogging", "swimming"};
constexpr Words kTakeObject = {"wearing", "holding",  "carrying", "riding",   "eating",   "using",
                               "facing",  "pulling",  "playing",  "drinking", "watching", "cutting",
                               "pushing", "touching", "throwing", "swinging", "hitting",  "showing",
                               "feeding", "petting",  "reading",  "wielding", "petting"};
constexpr Words kCompoundGerunds = {"cutting",  "frying",   "washing",  "dining",    "parking",  "sleeping", "rolling",
                                    "swimming", "mixing",   "baking",   "serving",   "living",   "waiting",  "rocking",
                                    "folding",  "steering", "shopping", "measuring", "ironing",  "fishing",  "surfing",
                                    "skiing",   "racing",   "bathing",  "landing",   "chopping", "drinking", "wrapping",
                                    "running",  "hiking",   "walking",  "boxing"};
constexpr Words kCompoundNouns = {
    "board", "boards", "pan",   "pans",  "machine", "table", "tables", "room",  "chair", "chairs", "lot",
    "meter", "meters", "bag",   "bags",  "pin",     "pool",  "bowl",   "bowls", "sheet", "dish",   "dishes",
    "tray",  "cup",    "wheel", "cart",  "carts",   "spoon", "gear",   "boat",  "boats", "suit",   "pole",
    "rod",   "paper",  "shoe",  "shoes", "stick",   "glove", "gloves", "glass", "cart",  "knife",  "fountain"};
// Irregular participles that the dictionary does not mark as such.
constexpr Words kParticiples = {"bitten", "eaten",  "worn",   "seen", "hidden", "broken", "torn",   "shown",
                                "taken",  "driven", "ridden", "hung", "drawn",  "grown",  "thrown", "frozen",
                                "held",   "made",   "cut",    "lit",  "bent",   "split",  "laid",   "facing"};
// Names although the dictionary also knows them as adjectives.
constexpr Words kNames = {"male",    "female",  "adult",     "human", "animal", "child",  "square", "kid",
                          "hot-dog", "chicken", "orange",    "meat",  "cream",  "lemon",  "pic",    "brick",
                          "elder",   "rider",   "vegetable", "one",   "ones",   "goalie", "giant",  "half",
                          "catcher", "umpire",  "dish",      "sheep", "dude"};
constexpr Words kForeign = {"der",      "das",   "dem",    "den",  "des",  "ein",   "eine",   "einen", "einem", "einer",
                            "mit",      "ohne",  "auf",    "und",  "oder", "neben", "hinter", "unter", "von",   "vom",
                            "zwischen", "links", "rechts", "im",   "le",   "la",    "les",    "un",    "une",   "du",
                            "de",       "au",    "aux",    "et",   "dans", "sur",   "sous",   "avec",  "à",     "el",
                            "los",      "las",   "una",    "unos", "del",  "al",    "en",     "con",   "sin",   "sobre",
                            "y",        "il",    "lo",     "gli",  "uno",  "della", "nel",    "het",   "een",   "met",
                            "op",       "van",   "um",     "uma",  "com",  "na",    "à"};
constexpr Words kForeignAndEnglish = {"van", "den", "met", "sin"};
// "dressed up": they belong to the participle before them.
constexpr Words kParticles = {"up", "down", "off", "out"};
constexpr std::size_t kShortestWithEnding = 5;  // "red", "king" have none

template <std::size_t N>
bool in(const std::string_view (&list)[N], std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool isDigits(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
}

// By endings, where there is no dictionary or the word is not in it.
WordClasses guess(std::string_view word) {
    WordClasses guessed;
    guessed.gerund = word.size() >= kShortestWithEnding && word.ends_with("ing");
    guessed.participle = word.size() >= kShortestWithEnding && word.ends_with("ed");
    guessed.adverb = word.size() >= kShortestWithEnding && word.ends_with("ly");
    return guessed;
}

Role openRole(const std::string& word, const WordClasses& classes) {
    if (in(kNames, word)) {
        return Role::name;
    }
    if (!in(kNamesInIng, word) && (classes.gerund || (word.ends_with("ing") && classes.verb))) {
        return Role::gerund;
    }
    if (in(kParticiples, word) || (classes.participle && word.ends_with("ed") && !classes.noun)) {
        return Role::participle;
    }
    if (classes.noun) {
        return classes.adjective ? Role::describes : Role::name;
    }
    if (classes.adjective) {
        return Role::adjective;
    }
    if (classes.verb) {
        return Role::verb;
    }
    return classes.adverb ? Role::adverb : Role::name;
}

Role roleOf(const std::string& word, const WordClasses& classes) {
    if (word.size() == 1 && std::string_view(",;:.!?()[]\"/|-").find(word.front()) != std::string_view::npos) {
        return Role::boundary;
    }
    const std::pair<bool, Role> closed[] = {{in(kPrepositions, word), Role::preposition},
                                            {in(kRelatives, word), Role::relative},
                                            {in(kAuxiliaries, word), Role::auxiliary},
                                            {in(kPossessives, word), Role::possessive},
                                            {in(kPronouns, word), Role::pronoun},
                                            {in(kDeterminers, word), Role::determiner},
                                            {word == "and" || word == "or" || word == "&", Role::conjunction},
                                            {in(kOrdinals, word), Role::ordinal},
                                            {in(kNumbers, word) || isDigits(word), Role::number},
                                            {in(kSuperlatives, word), Role::superlative},
                                            {in(kPositions, word), Role::position},
                                            {word.ends_with("'s") || word.ends_with("s'"), Role::possessive}};
    for (const auto& [fits, role] : closed) {
        if (fits) {
            return role;
        }
    }
    return openRole(word, classes);
}

// What depends on the words around.
void settle(std::vector<Token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Token& token = tokens[i];
        const Role after = i + 1 < tokens.size() ? tokens[i + 1].role : Role::boundary;
        const bool namesFollow =
            after == Role::name || after == Role::describes || after == Role::adjective || after == Role::position;
        if (token.word == "that" && i == 0 && namesFollow) {
            token.role = Role::determiner;  // "that man"
        } else if (in(kAdjectival, token.word) && namesFollow && (i == 0 || tokens[i - 1].role == Role::determiner)) {
            token.role = Role::adjective;
        } else if (in(kParticles, token.word) && namesFollow && i > 0 && tokens[i - 1].role == Role::participle &&
                   std::none_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(i),
                                [](const Token& one) { return one.role == Role::name; })) {
            token.role = Role::adjective;
        } else if (token.word == "her" && !namesFollow) {
            token.role = Role::pronoun;
        }
    }
}

}  // namespace

std::vector<Token> rolesOf(const std::vector<std::string>& words, const English* dictionary) {
    std::vector<Token> tokens;
    for (const std::string& word : words) {
        WordClasses classes = dictionary != nullptr ? dictionary->classes(word) : WordClasses{};
        if (!classes.known()) {
            classes = guess(word);
        }
        Token token{word, roleOf(word, classes)};
        token.verbToo =
            (token.role == Role::name || token.role == Role::describes) && classes.verb && word.ends_with("s");
        tokens.push_back(std::move(token));
    }
    settle(tokens);
    return tokens;
}

bool isPartWord(std::string_view word) { return in(kPartWords, word); }

bool takesObject(std::string_view gerund) { return in(kTakeObject, gerund); }

bool isCompound(std::string_view gerund, std::string_view noun) {
    return in(kCompoundGerunds, gerund) && in(kCompoundNouns, noun);
}

bool isEnglishToo(std::string_view word) { return in(kForeignAndEnglish, word); }

bool isForeignGrammar(std::string_view word) { return in(kForeign, word); }

}  // namespace maskwright::text
