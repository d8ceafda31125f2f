// The published models that the program offers to fetch. Which files they have and what those must hash to is asked of
// the hub when one is fetched: nothing of it is written down here, where it could only grow old.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/message.h"

namespace maskwright::store {

struct Published {
    std::string name;         // what it is called here, and its folder
    std::string repository;   // on the hub, OWNER/NAME
    std::string licence;      // SPDX, as the repository's card says it, or its authors' repository
    std::uint64_t bytes = 0;  // of its weights, about: four for a parameter
    Message purpose;          // what it is for, one sentence
    bool clipseg = false;     // serves every command; else it is a CLIP, which serves `refer` alone
};

// In the order in which they are offered.
std::span<const Published> publishedModels();

// By its name here or its repository, in whatever case; null where there is none.
const Published* findPublished(std::string_view nameOrRepository);

}  // namespace maskwright::store
