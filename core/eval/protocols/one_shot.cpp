#include "core/eval/protocols/one_shot.h"

#include <memory>
#include <optional>
#include <random>

#include "core/data/formats/coco.h"
#include "core/image/runs.h"
#include "core/text/wording.h"
#include "core/visual_prompt/style.h"

namespace maskwright::eval {
namespace {

// An example is an object of at least this share of its picture, where the split has one: what a person would mark.
constexpr double kLeastShare = 0.03;

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

Result<session::Prompt> promptOf(const data::DataSet& examples, const data::Annotation& marked,
                                 const visual_prompt::Style& style, double mix, const std::string& phrase) {
    auto image = data::readPhoto(examples, examples.photos[marked.photo]);
    if (!image) {
        return image.error();
    }
    session::Prompt prompt;
    prompt.mix = mix;
    prompt.phrase = mix < 1 ? phrase : std::string();
    prompt.regions.push_back(
        {std::make_shared<const Image>(std::move(*image)), std::make_shared<const Mask>(toMask(marked.runs)), style});
    return prompt;
}

}  // namespace

Result<std::vector<Question>> oneShotQuestions(const std::vector<Name>& names, const data::DataSet& set,
                                               const OneShot& protocol) {
    auto read = data::readCoco(protocol.folder, protocol.split, {protocol.strict, protocol.exifAsStored});
    if (!read) {
        return read.error();
    }
    read->warnings = set.warnings;
    const auto style = visual_prompt::parseStyle(protocol.style);
    if (!style) {
        return style.error();
    }
    const auto examples = std::make_shared<const data::DataSet>(std::move(*read));
    std::mt19937_64 random(protocol.seed);
    std::vector<Question> questions;
    for (const Name& name : names) {
        const auto chosen = drawExample(*examples, set.categories[name.category].id, random);
        if (!chosen) {
            continue;
        }
        const data::Annotation& marked = examples->annotations[*chosen];
        questions.push_back({name, examples->photos[marked.photo].file,
                             [examples, &marked, style = *style, mix = protocol.mix,
                              phrase = text::worded(protocol.wording, name.text)] {
                                 return promptOf(*examples, marked, style, mix, phrase);
                             }});
    }
    if (questions.empty()) {
        return Error{ErrorKind::usage, message("the split %1 has no object of any asked name", quoted(protocol.split)),
                     "take examples from another split"};
    }
    return questions;
}

}  // namespace maskwright::eval
