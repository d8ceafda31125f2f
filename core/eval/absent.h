// Texts that stand for nothing in the pictures: how often do they leave a mask all the same?
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/eval/left.h"
#include "core/eval/measuring.h"

namespace maskwright::eval {

// `data` is a folder in COCO's format, of which the pictures alone are read.
struct AbsentOptions : Measuring {
    std::vector<std::string> texts;
    std::int64_t each = 5;  // pictures that a text is asked of, evenly from all of them; 0: all
};

struct AbsentReport {
    struct Text {
        std::string text;
        std::int64_t pictures = 0, masks = 0;  // asked of; of them left a mask at the model's threshold
        double presence = 0;                   // the highest
    };
    std::string model, data, split;
    std::int64_t size = 0, pictures = 0;
    std::vector<Text> texts;
    std::vector<Left> left;  // at the model's threshold, then those asked for
    double seconds = 0;

    [[nodiscard]] std::int64_t textsWithMask() const;
};

// Strings that are no words, all different, the same for the same seed: in turn 4 to 10 letters drawn evenly, and 2 to
// 4 syllables of a consonant and a vowel.
std::vector<std::string> gibberish(std::size_t count, std::uint64_t seed);

// Errors: the engine's, the reader's, cancelled; usage where there is no text.
Result<AbsentReport> evaluateAbsent(const AbsentOptions& options, const ProgressSink& progress = {},
                                    std::stop_token stop = {});

std::string asJson(const AbsentReport& report);      // every text
std::string asMarkdown(const AbsentReport& report);  // the figures, and the texts that left masks

}  // namespace maskwright::eval
