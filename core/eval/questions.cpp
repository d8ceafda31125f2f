#include "core/eval/questions.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <random>

namespace maskwright::eval {
namespace {

// An example is an object of at least this share of its picture, where the split has one: what a person would mark.
constexpr double kLeastShare = 0.03;

std::string fillIn(const std::string& prompt, const std::string& name) {
    const std::size_t at = prompt.find("{}");
    std::string phrase = prompt;
    return at == std::string::npos ? name : phrase.replace(at, 2, name);
}

// One object of the category with this id, drawn evenly; nothing where there is none.
std::optional<std::size_t> drawExample(const data::DataSet& set, std::int64_t id, std::mt19937_64& random) {
    std::vector<std::size_t> large, any;
    for (std::size_t i = 0; i < set.annotations.size(); ++i) {
        const data::Annotation& a = set.annotations[i];
        if (set.categories[a.category].id != id || a.crowd || a.area == 0) {
            continue;
        }
        const data::Photo& photo = set.photos[a.photo];
        any.push_back(i);
        if (static_cast<double>(a.area) >= kLeastShare * photo.width * photo.height) {
            large.push_back(i);
        }
    }
    const std::vector<std::size_t>& from = large.empty() ? any : large;
    return from.empty() ? std::nullopt : std::optional(from[random() % from.size()]);
}

}  // namespace

Result<std::vector<Question>> questions(session::ClipSegMethod& clipseg, const EvaluateOptions& options,
                                        const data::DataSet& set, std::stop_token stop) {
    std::vector<Question> asked;
    for (const std::string& name : options.phrases) {
        const auto found =
            std::find_if(set.categories.begin(), set.categories.end(), [&](const data::Category& category) {
                return std::find(category.names.begin(), category.names.end(), name) != category.names.end();
            });
        if (found == set.categories.end()) {
            return Error{ErrorKind::usage, "no category of " + set.file + " is called " + quoted(name),
                         "ask for one of its categories"};
        }
        asked.push_back({static_cast<std::size_t>(found - set.categories.begin()), name, {}, {}});
    }
    if (options.phrases.empty()) {
        for (const std::size_t category : set.closed) {
            asked.push_back({category, set.categories[category].name, {}, {}});
        }
    }
    std::optional<data::DataSet> examples;
    visual_prompt::Style style;
    if (!options.supportSplit.empty()) {
        auto read = data::readCoco(options.data, options.supportSplit);
        if (!read) {
            return read.error();
        }
        examples = std::move(*read);
        auto parsed = visual_prompt::parseStyle(options.style);
        if (!parsed) {
            return parsed.error();
        }
        style = *parsed;
    }
    std::mt19937_64 random(options.seed);
    std::vector<Question> answerable;
    for (Question& question : asked) {
        session::Prompt prompt;
        prompt.phrase = fillIn(options.prompt, question.name);
        if (examples) {
            const auto chosen = drawExample(*examples, set.categories[question.category].id, random);
            if (!chosen) {
                continue;
            }
            const data::Annotation& annotation = examples->annotations[*chosen];
            const data::Photo& photo = examples->photos[annotation.photo];
            auto image = data::readPhoto(*examples, photo);
            if (!image) {
                return image.error();
            }
            prompt.mix = options.mix;
            if (options.mix >= 1) {
                prompt.phrase.clear();
            }
            prompt.regions.push_back({std::make_shared<const Image>(std::move(*image)),
                                      std::make_shared<const Mask>(data::toMask(annotation.runs)), style});
            question.example = photo.file;
        }
        auto condition = clipseg.condition(prompt, stop);
        if (!condition) {
            return condition.error();
        }
        question.condition = std::move(*condition);
        answerable.push_back(std::move(question));
    }
    if (answerable.empty()) {
        return Error{ErrorKind::usage, "the split " + quoted(options.supportSplit) + " has no object of any asked name",
                     "take examples from another split"};
    }
    return answerable;
}

}  // namespace maskwright::eval
