#include <optional>

#include "core/base/file.h"
#include "core/clipseg/model.h"
#include "core/text/word_list.h"
#include "core/train/stages.h"
#include "core/train/words.h"

namespace maskwright::train {

void wordsStage(const Context& context) {
    const PhraseTable table = need(readPhrases(context.options.text));
    std::optional<WordFacts> facts;
    if (!context.options.wordnet.empty()) {
        facts = need(WordFacts::load(context.options.wordnet));
    }
    std::string list = listOfWords(table, facts ? &*facts : nullptr);
    if (context.photos) {
        list = need(withNames(list, namesOf(*context.photos)));
    }
    need(writeFileAtomically(context.workFile(clipseg::kWordsFile), list));
    const auto read = need(text::WordList::parse(list, clipseg::kWordsFile));
    context.say("words: " + std::to_string(read.words().size()) + " from " + std::to_string(table.phrases.size()) +
                " phrases");
}

}  // namespace maskwright::train
