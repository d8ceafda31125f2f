// One heap for all threads, for a program that loads the tokenizer's module (core/text/sentencepiece_library.cpp).
#pragma once

#include <malloc.h>

namespace maskwright {

// To be called first of all. With the module's C library in the process, the heaps that glibc gives to threads of their
// own were found damaged at exit (a HEIC picture read by one, beside a phrase: six runs of eight end with an abort). Why
// is not known. With one heap for all threads it was one run of twenty: rarer, not mended.
inline void useOneHeap() { mallopt(M_ARENA_MAX, 1); }

}  // namespace maskwright
