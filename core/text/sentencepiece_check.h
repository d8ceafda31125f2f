// What must hold of a SentencePiece model file before libsentencepiece sees it: with some files the library reads past
// its arrays or ends the process (0.1.97, normalizer.cc and model_interface.cc). Private to core/text.
#pragma once

#include <string_view>

#include "core/base/message.h"

namespace maskwright::text {

// What is wrong with the file's bytes; empty where nothing is. Not said here: two pieces of one text,
// byte pieces that are missing; the library refuses those itself.
Message sentencePieceProblem(std::string_view bytes);

}  // namespace maskwright::text
