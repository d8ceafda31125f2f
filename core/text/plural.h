// The English plural of a name.
#pragma once

#include <string>

namespace maskwright::text {

// English plural by the common rules ("box" -> "boxes", "city" -> "cities", a short list of irregular ones) of the last
// word.
std::string plural(const std::string& phrase);

}  // namespace maskwright::text
