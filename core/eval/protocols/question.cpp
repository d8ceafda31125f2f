#include "core/eval/protocols/question.h"

namespace maskwright::eval {

Result<std::vector<Name>> namesOf(const data::DataSet& set, const std::vector<std::string>& wanted) {
    std::vector<Name> names;
    for (const std::string& name : wanted) {
        const auto found = data::categoryCalled(set, name);
        if (!found) {
            return Error{ErrorKind::usage, message("no category of %1 is called %2", set.file, quoted(name)),
                         "ask for one of its categories"};
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

}  // namespace maskwright::eval
