#include "core/train/training_data.h"

#include <algorithm>

#include "core/data/formats/coco.h"

namespace maskwright::train {
namespace {

std::shared_ptr<const data::DataSet> read(const Context& context, const std::string& split,
                                          std::shared_ptr<data::PhotoWarnings> warnings) {
    const Options& options = context.options;
    auto set = need(data::readCoco(options.photos, split, {options.strict, options.exifAsStored}));
    set.warnings = std::move(warnings);
    return std::make_shared<const data::DataSet>(std::move(set));
}

void sayOddities(const Context& context, const data::DataSet& set) {
    if (!set.oddities.empty()) {
        context.say("warning: " + set.file + ": " + set.oddities.text());
    }
}

// Whether an object of a closed name is in a picture that is looked at.
bool hasPresent(const data::DataSet& set) {
    return std::any_of(set.photos.begin(), set.photos.end(), [&](const data::Photo& photo) {
        return photo.coverage != data::Coverage::listed &&
               std::any_of(set.closed.begin(), set.closed.end(),
                           [&](std::size_t category) { return set.holds(photo, category); });
    });
}

}  // namespace

void readTrainingData(Context& context) {
    const Options& options = context.options;
    const auto warnings = std::make_shared<data::PhotoWarnings>(
        [say = context.say](const Message& warning) { say("warning: " + warning.text()); });
    const bool masks = options.runs("segment") || options.runs("support") || options.runs("presence");
    const bool names = options.runs("words") && !options.photos.empty();
    if (masks || names || options.runs("text") || options.runs("joint") || options.runs("names")) {
        context.photos = read(context, options.split, warnings);
        if (masks && context.photos->annotations.empty()) {
            throw TrainError(data::unusable(
                *context.photos,
                message("none of its %1 pictures has a mask to learn from", context.photos->photos.size()),
                "annotate objects with polygons or runs, or name another split"));
        }
    }
    if (options.runs("segment") && !options.validation.empty() && options.segment.evaluateEvery > 0) {
        context.validation = read(context, options.validation, warnings);
        if (!hasPresent(*context.validation)) {
            throw TrainError(data::unusable(*context.validation,
                                            message("none of its %1 pictures has an object to measure the model on",
                                                    context.validation->photos.size()),
                                            "annotate some, name another split as validation, or set it to \"\""));
        }
    }
    context.shown = context.photos;
    if (masks && !options.keepOut.empty()) {
        context.keptOut = need(readKeptOut(options.keepOut, *context.photos));
        context.shown =
            std::make_shared<const data::DataSet>(data::without(*context.photos, context.keptOut.categories));
        context.say("keep_out: " + std::to_string(context.keptOut.categories.size()) + " names and " +
                    std::to_string(context.photos->photos.size() - context.shown->photos.size()) +
                    " pictures are kept out");
        if (context.shown->annotations.empty()) {
            throw TrainError(data::unusable(
                *context.photos, message("%1 leaves no mask to learn from", options.keepOut), "keep fewer names out"));
        }
    }
    for (const auto& set : {context.photos, context.validation}) {
        if (set) {
            sayOddities(context, *set);
        }
    }
}

}  // namespace maskwright::train
