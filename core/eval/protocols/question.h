// What a protocol asks a model: names of a data set's categories, and how each is put.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/session/engine.h"

namespace maskwright::eval {

// A name that is asked for, of a category of the measured data set.
struct Name {
    std::size_t category = 0;
    std::string text;
};

// The names `wanted`, in order, or the closed vocabulary where there are none. Where several categories share a name a
// closed one is meant, then the one that has it first among its names. Errors: usage for a name that no
// category has.
Result<std::vector<Name>> namesOf(const data::DataSet& set, const std::vector<std::string>& wanted);

struct Question {
    Name name;
    std::string example;  // the picture file that its example is from, which is not searched; empty: a phrase alone
    // What the model is given. The picture of an example is read here, and again at each call.
    std::function<Result<session::Prompt>()> prompt;
};

}  // namespace maskwright::eval
