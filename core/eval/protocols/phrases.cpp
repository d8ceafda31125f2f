#include "core/eval/protocols/phrases.h"

#include "core/text/wording.h"

namespace maskwright::eval {

std::vector<Question> phraseQuestions(const std::vector<Name>& names, const std::string& wording) {
    std::vector<Question> questions;
    for (const Name& name : names) {
        session::Prompt prompt;
        prompt.phrase = text::worded(wording, name.text);
        questions.push_back({name, {}, [prompt]() -> Result<session::Prompt> { return prompt; }});
    }
    return questions;
}

}  // namespace maskwright::eval
