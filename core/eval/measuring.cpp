#include "core/eval/measuring.h"

#include "core/text/wording.h"

namespace maskwright::eval {

Result<void> checkMeasuring(const Measuring& options) {
    for (const double value : options.thresholds) {
        if (!(value >= 0 && value <= 1)) {
            return Error{ErrorKind::usage, "a threshold is outside 0 to 1", "give probabilities"};
        }
    }
    return text::checkWording(options.prompt);
}

Result<std::vector<std::size_t>> chosenOf(const Measuring& options, const std::vector<std::string>& files,
                                          const std::string& owner) {
    auto chosen = options.list.chosen(files, options.pictures, owner);
    if (chosen && options.pictures == 0 && chosen->size() < options.list.size() && options.warn) {
        options.warn(
            message("%1: only %2 of the %3 listed pictures are in it", owner, chosen->size(), options.list.size()));
    }
    return chosen;
}

}  // namespace maskwright::eval
