// How maskwright-vocabulary ends, for the trainer that starts it.
#pragma once

namespace maskwright::train {

enum VocabularyExit {
    kVocabularyFailed = 3,  // with a sentence
    kTooManyPieces = 4,     // more than the lines give; with the most there can be, a number alone
    kTooFewPieces = 5,      // fewer than the lines' characters take; with the fewest, likewise
};

}  // namespace maskwright::train
