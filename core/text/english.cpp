#include "core/text/english.h"

#include <link-grammar/dict-api.h>
#include <link-grammar/link-includes.h>

#include <mutex>
#include <string_view>

namespace maskwright::text {
namespace {

constexpr std::size_t kLongestWord = 40;      // longer ones are in no dictionary
constexpr std::size_t kLongestSentence = 16;  // a parse grows with the cube of the words
constexpr int kAlternatives = 20;             // linkages kept; only the first is read
constexpr double kCostliest = 2.7;            // link-parser's own limit of a disjunct's cost
constexpr int kMostSkipped = 2;               // words that a parse may leave out
constexpr char kSubscript = '\3';             // link-grammar parts a word and its class by it ("black\3a")

void add(WordClasses& classes, std::string_view mark) {
    switch (mark.empty() ? '\0' : mark.front()) {
        case 'n':
        case 's':
        case 'p':
        case 't':
            classes.noun = true;
            break;
        case 'a':
            classes.adjective = true;
            break;
        case 'v':
        case 'w':
        case 'q':
            classes.verb = true;
            classes.participle = classes.participle || mark.ends_with("-d");
            break;
        case 'g':
            classes.gerund = true;
            break;
        case 'e':
            classes.adverb = true;
            break;
        default:
            break;
    }
}

}  // namespace

struct English::Library {
    Dictionary dictionary = nullptr;
    Parse_Options options = nullptr;
    std::mutex mutex;

    ~Library() {
        if (options != nullptr) {
            parse_options_delete(options);
        }
        if (dictionary != nullptr) {
            dictionary_delete(dictionary);
        }
    }
};

English::English() : library_(std::make_unique<Library>()) {
    lg_error_set_handler(nullptr, nullptr);  // it would speak of locales on standard error
    library_->dictionary = dictionary_create_lang("en");
    library_->options = parse_options_create();
    parse_options_set_verbosity(library_->options, 0);
    parse_options_set_linkage_limit(library_->options, kAlternatives);
    parse_options_set_disjunct_cost(library_->options, kCostliest);
    parse_options_set_max_parse_time(library_->options, 1);
    parse_options_set_spell_guess(library_->options, 0);
    parse_options_set_min_null_count(library_->options, 0);
    parse_options_set_max_null_count(library_->options, kMostSkipped);
}

English::~English() = default;

const English* English::dictionary() {
    static const English english;
    return english.library_->dictionary == nullptr ? nullptr : &english;
}

WordClasses English::classes(const std::string& word) const {
    WordClasses classes;
    if (word.empty() || word.size() > kLongestWord) {
        return classes;
    }
    const std::lock_guard lock(library_->mutex);
    Dict_node* const found = dictionary_lookup_list(library_->dictionary, word.c_str());
    for (const Dict_node* node = found; node != nullptr; node = node->right) {
        const std::string_view entry = node->string;
        const std::size_t at = entry.rfind(kSubscript);
        add(classes, at == std::string_view::npos ? std::string_view("e") : entry.substr(at + 1));
    }
    free_lookup_list(library_->dictionary, found);
    return classes;
}

bool English::isVerb(std::span<const std::string> words, std::size_t index) const {
    if (words.size() > kLongestSentence) {
        return false;
    }
    std::string sentence = "the";
    for (const std::string& word : words) {
        if (word.size() > kLongestWord) {
            return false;
        }
        sentence += " " + word;
    }
    const std::lock_guard lock(library_->mutex);
    const Sentence parsed = sentence_create((sentence + " .").c_str(), library_->dictionary);
    bool verb = false;
    parse_options_reset_resources(library_->options);
    if (sentence_split(parsed, library_->options) >= 0 && sentence_parse(parsed, library_->options) > 0) {
        if (const Linkage linkage = linkage_create(0, parsed, library_->options)) {
            const std::string prefix = words[index] + ".v";
            for (std::size_t i = 0; i < linkage_get_num_words(linkage); ++i) {
                verb = verb || std::string_view(linkage_get_word(linkage, i)).starts_with(prefix);
            }
            linkage_delete(linkage);
        }
    }
    sentence_delete(parsed);
    return verb;
}

}  // namespace maskwright::text
