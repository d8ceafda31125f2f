#include "core/eval/protocols/question.h"

#include <algorithm>

namespace maskwright::eval {

Result<std::vector<Name>> namesOf(const data::DataSet& set, const std::vector<std::string>& wanted) {
    std::vector<Name> names;
    for (const std::string& name : wanted) {
        const auto found =
            std::find_if(set.categories.begin(), set.categories.end(), [&](const data::Category& category) {
                return std::find(category.names.begin(), category.names.end(), name) != category.names.end();
            });
        if (found == set.categories.end()) {
            return Error{ErrorKind::usage, message("no category of %1 is called %2", set.file, quoted(name)),
                         "ask for one of its categories"};
        }
        names.push_back({static_cast<std::size_t>(found - set.categories.begin()), name});
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
