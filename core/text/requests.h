// What people put before the thing they ask for, and no part of it. Internal to core/text.
#pragma once

#include <string_view>

namespace maskwright::text {

// Of several that fit the longest counts.
inline constexpr std::string_view kRequests[] = {
    "please",          "can you",         "could you",     "would you",     "will you",    "i want to",
    "i want",          "i need to",       "i need",        "i mean",        "i meant",     "we want",
    "we need",         "i would like to", "i would like",  "i'd like to",   "i'd like",    "i am looking for",
    "i'm looking for", "im looking for",  "looking for",   "look for",      "search for",  "show me",
    "give me",         "find me",         "get me",        "tell me",       "let me see",  "do you see",
    "i can see",       "i see",           "we see",        "is there",      "are there",   "there is",
    "there are",       "there's",         "this is",       "it is",         "it's",        "here is",
    "here are",        "here's",          "where is",      "where are",     "where's",     "look at",
    "click on",        "tap on",          "point to",      "point at",      "point out",   "pick out",
    "cut out",         "zoom in on",      "a close up of", "a close-up of", "close up of", "close-up of",
    "closeup of"};

}  // namespace maskwright::text
