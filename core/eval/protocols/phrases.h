// The protocol "by phrase": every name is asked in words.
#pragma once

#include "core/eval/protocols/question.h"

namespace maskwright::eval {

std::vector<Question> phraseQuestions(const std::vector<Name>& names, const std::string& wording);

}  // namespace maskwright::eval
