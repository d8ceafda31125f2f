// What is done where a device's memory is full. Private to core/session.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/session/translate.h"

namespace maskwright::session {

// work(), and where that runs out of memory, after what moves it to more memory, once more. `move` says whether it did.
// Throws what the last of the two throws.
template <class Work, class Move>
auto orElsewhere(Work&& work, Move&& move) -> decltype(work()) {
    try {
        return work();
    } catch (...) {
        if (!ranOutOfMemory() || !move()) {
            throw;
        }
    }
    return work();
}

// work(begin, end) for all of 0 .. count, `atOnce` at a time, and fewer from where memory runs out; throws where one
// alone is too much. What work() has begun when it throws must be as if it had not.
template <class Work>
void inParts(std::size_t count, std::size_t atOnce, Work&& work) {
    for (std::size_t begin = 0; begin < count;) {
        const std::size_t end = begin + std::min(atOnce, count - begin);
        try {
            work(begin, end);
            begin = end;
        } catch (...) {
            if (end - begin < 2 || !ranOutOfMemory()) {
                throw;
            }
            atOnce = (end - begin) / 2;
        }
    }
}

}  // namespace maskwright::session
