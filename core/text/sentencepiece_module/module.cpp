// The module libmaskwright_sentencepiece.so: libsentencepiece behind a C door. It is loaded into a link namespace of
// its own, so nothing here may be shared with the program, and it is built without sanitizers, whose runtimes are not
// there.
#include <sentencepiece_processor.h>

#include <algorithm>
#include <clocale>
#include <cstring>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "core/text/sentencepiece_door.h"

namespace maskwright::text {
namespace {

using sentencepiece::SentencePieceProcessor;

// This C library did not start the calling thread and has set up no character classes for it; uselocale does.
void prepareThread() { uselocale(LC_GLOBAL_LOCALE); }

void tell(std::string_view reason, char* problem, std::size_t room) {
    if (room > 0) {
        const std::size_t size = std::min(reason.size(), room - 1);
        std::memcpy(problem, reason.data(), size);
        problem[size] = '\0';
    }
}

// The library's messages open with "Internal: file.cc(12) [condition] ", which helps nobody who has a broken file.
std::string_view withoutPlace(std::string_view message) {
    const std::size_t place = message.find(".cc(");
    const std::size_t condition = place == std::string_view::npos ? place : message.find("] ", place);
    if (condition != std::string_view::npos) {
        return message.substr(condition + 2);
    }
    return message;
}

void* open(const char* bytes, std::size_t size, char* problem, std::size_t room) {
    prepareThread();
    // This namespace's own stream: the library comments on every model without a character map.
    [[maybe_unused]] static const auto silenced = std::cerr.rdbuf(nullptr);
    try {
        auto model = std::make_unique<SentencePieceProcessor>();
        const auto status = model->LoadFromSerializedProto({bytes, size});
        if (status.ok()) {
            return model.release();
        }
        const std::string_view reason = withoutPlace(status.error_message());
        tell(reason.empty() ? "its bytes are of another format" : reason, problem, room);
    } catch (const std::exception& error) {
        tell(error.what(), problem, room);
    }
    return nullptr;
}

void close(void* model) {
    prepareThread();
    delete static_cast<SentencePieceProcessor*>(model);
}

std::int32_t pieces(const void* model) { return static_cast<const SentencePieceProcessor*>(model)->GetPieceSize(); }

std::int64_t encode(const void* model, const char* text, std::size_t size, std::int32_t* ids, std::size_t room) {
    prepareThread();
    try {
        std::vector<int> all;
        if (!static_cast<const SentencePieceProcessor*>(model)->Encode({text, size}, &all).ok()) {
            return -1;
        }
        std::copy_n(all.begin(), std::min(all.size(), room), ids);
        return static_cast<std::int64_t>(all.size());
    } catch (const std::exception&) {
        return -1;
    }
}

}  // namespace
}  // namespace maskwright::text

extern "C" const maskwright::text::SentencePieceDoor* maskwrightSentencePieceDoor() {
    using namespace maskwright::text;
    static constexpr SentencePieceDoor kDoor{open, close, pieces, encode};
    return &kDoor;
}
