#include "core/eval/protocols/question.h"

#include <algorithm>

namespace maskwright::eval {

Result<std::vector<Name>> namesOf(const data::DataSet& set, const std::vector<std::string>& wanted) {
    std::vector<Name> names;
    // Of several that share a name a closed one is meant, then one that has it first.
    std::vector<std::size_t> order = set.closed;
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        order.push_back(c);
    }
    for (const std::string& name : wanted) {
        const auto isCalled = [&](bool first) {
            return std::find_if(order.begin(), order.end(), [&](std::size_t c) {
                const std::vector<std::string>& all = set.categories[c].names;
                return first ? !all.empty() && all.front() == name
                             : std::find(all.begin(), all.end(), name) != all.end();
            });
        };
        auto found = isCalled(false);
        if (found == order.end()) {
            return Error{ErrorKind::usage, message("no category of %1 is called %2", set.file, quoted(name)),
                         "ask for one of its categories"};
        }
        const bool closed = static_cast<std::size_t>(found - order.begin()) < set.closed.size();
        if (const auto own = isCalled(true); !closed && own != order.end()) {
            found = own;
        }
        names.push_back({*found, name});
    }
    if (wanted.empty()) {
        for (const std::size_t category : set.closed) {
            names.push_back({category, set.categories[category].name});
        }
    }
    return names;
}

std::string worded(const std::string& wording, const std::string& name) {
    const std::size_t at = wording.find("{}");
    std::string phrase = wording;
    return at == std::string::npos ? name : phrase.replace(at, 2, name);
}

}  // namespace maskwright::eval
