// The C door between core/text and the module that holds libsentencepiece. Private to core/text.
//
// Both sides have a C library and a C++ library of their own (sentencepiece_library.cpp says why): memory that one side
// allocates is freed by that side, and no C++ object, exception, FILE or locale goes through.
#pragma once

#include <cstddef>
#include <cstdint>

namespace maskwright::text {

struct SentencePieceDoor {
    // A model, or null and the reason in `problem` (`room` bytes with the final zero). `bytes` are copied.
    void* (*open)(const char* bytes, std::size_t size, char* problem, std::size_t room);
    void (*close)(void* model);
    std::int32_t (*pieces)(const void* model);  // ids are from 0 to this less 1
    // The number of ids of `text`, UTF-8, of which the first `room` are written; -1 where the library fails. Any
    // thread.
    std::int64_t (*encode)(const void* model, const char* text, std::size_t size, std::int32_t* ids, std::size_t room);
};

}  // namespace maskwright::text

// The module's one symbol; gives a door that lives as long as the module.
extern "C" __attribute__((visibility("default"))) const maskwright::text::SentencePieceDoor*
maskwrightSentencePieceDoor();
