// Finds and opens the module libmaskwright_sentencepiece.so, once in a program's life. Private to core/text.
#pragma once

#include "core/base/result.h"
#include "core/text/sentencepiece_door.h"

namespace maskwright::text {

// The same answer at every call; thread-safe. Errors: ErrorKind::resource, when the module is not where
// tokenizer.h says or cannot be loaded.
Result<const SentencePieceDoor*> sentencePieceDoor();

}  // namespace maskwright::text
