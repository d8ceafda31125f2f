#include "core/batch/shard.h"

#include <span>

#include "core/base/sha256.h"
#include "core/batch/earlier.h"
#include "core/batch/plan.h"

namespace maskwright::batch {

namespace {

std::string planHash(const Plan& plan) {
    Sha256 hash;
    const auto add = [&](const std::string& name) {
        hash.update(std::as_bytes(std::span(name.c_str(), name.size() + 1)));  // with the zero that no name has
    };
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
        add(plan.names[i]);
        for (const std::string& path : plan.outputs[i]) {
            add(nameBesideJournal(path, plan.journal));
        }
        add("");
    }
    return hash.finish();
}

}  // namespace

std::vector<std::size_t> numbersOf(const Shard& shard, std::size_t pictures) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = shard.index - 1; i < pictures; i += shard.count) {
        numbers.push_back(i);
    }
    return numbers;
}

Plan takePart(const Plan& whole, const Shard& shard, const Inputs& inputs) {
    Plan own;
    own.existing = whole.existing;
    own.journal = whole.journal;
    own.part = Part{shard,
                    numbersOf(shard, whole.inputs.size()),
                    whole.inputs.size(),
                    planHash(whole),
                    inputs.bad,
                    inputs.skipped,
                    inputs.notices};
    for (const std::size_t number : own.part->numbers) {
        own.inputs.push_back(whole.inputs[number]);
        own.names.push_back(whole.names[number]);
        own.outputs.push_back(whole.outputs[number]);
    }
    return own;
}

}  // namespace maskwright::batch
