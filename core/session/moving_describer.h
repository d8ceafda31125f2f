// A describer that goes on on the processor where its device's memory is full. Private to core/session.
#pragma once

#include <functional>
#include <memory>

namespace maskwright::global_local {
class Describer;
}

namespace maskwright::session {

// The same describer somewhere with more memory; null where there is no such place.
using DescriberElsewhere = std::function<std::unique_ptr<global_local::Describer>()>;

// What runs out of memory in `first` is done again, once, by what `elsewhere` gives, and so is everything after it.
// Pictures of before stay good: they are encoded again when they are next asked about. Throws as both do.
std::unique_ptr<global_local::Describer> movingDescriber(std::unique_ptr<global_local::Describer> first,
                                                         DescriberElsewhere elsewhere);

}  // namespace maskwright::session
