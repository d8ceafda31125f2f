// A pass through a tower that was stopped between two blocks, for who goes on with it.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace maskwright::vision {

struct Halfway {
    at::Tensor x;            // what goes into `block`; undefined before the first
    std::int64_t block = 0;  // of all, from 0
};

}  // namespace maskwright::vision
