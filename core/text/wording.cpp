#include "core/text/wording.h"

namespace maskwright::text {

namespace {

constexpr std::string_view kPlace = "{}";

}  // namespace

std::string worded(std::string_view wording, std::string_view phrase) {
    std::string out;
    std::size_t from = 0;
    for (std::size_t place = wording.find(kPlace); place != std::string_view::npos;
         place = wording.find(kPlace, from)) {
        out.append(wording, from, place - from).append(phrase);
        from = place + kPlace.size();
    }
    return out.append(wording.substr(from));
}

Result<void> checkWording(std::string_view wording) {
    if (wording.find(kPlace) == std::string_view::npos) {
        return Error{ErrorKind::usage, message("the wording %1 has no {} for the phrase", quoted(wording)),
                     "e.g. \"a photo of a {}.\""};
    }
    return {};
}

}  // namespace maskwright::text
