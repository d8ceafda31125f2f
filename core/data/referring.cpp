#include "core/data/referring.h"

#include <filesystem>

#include "core/data/formats/expression_list.h"
#include "core/data/formats/phrasecut.h"
#include "core/data/formats/refcoco.h"

namespace maskwright::data {

Result<ReferringSet> readReferring(const ReferringOptions& options) {
    if (!options.list.empty()) {
        return readExpressionList(options);
    }
    std::error_code failed;
    if (!std::filesystem::is_directory(options.folder, failed)) {
        return Error{ErrorKind::input, message("there is no folder %1", quoted(options.folder)),
                     "name the folder that holds the expressions"};
    }
    if (const auto refs = refsIn(options.folder); !refs.empty()) {
        return readRefCoco(options, refs);
    }
    const std::string phrases = phraseCutFile(options);
    if (std::filesystem::exists(phrases, failed)) {
        return readPhraseCut(options);
    }
    return Error{ErrorKind::input,
                 message("the folder %1 has neither a refs(...).p, as RefCOCO has, nor %2, as PhraseCut has",
                         quoted(options.folder), quoted(std::filesystem::path(phrases).filename().string())),
                 "name another folder or split, or give a list of expressions"};
}

Mask truthOf(const ReferringSet& set, const ReferringText& text) {
    const Photo& photo = set.data.photos[text.photo];
    Mask mask(photo.width, photo.height);
    for (const std::size_t annotation : text.annotations) {
        drawInto(set.data.annotations[annotation].runs, mask);
    }
    return mask;
}

Result<void> finishTexts(ReferringSet& set, std::size_t all) {
    if (set.texts.size() < all) {
        Message passed = message("%1 of %2 expressions were passed over, because their picture or object is not there",
                                 all - set.texts.size(), all);
        set.data.oddities =
            set.data.oddities.empty() ? std::move(passed) : message("%1; %2", set.data.oddities, std::move(passed));
    }
    if (set.texts.empty()) {
        return unusable(set.data, message("no expression of %1 can be used", quoted(set.file)),
                        "look whether the pictures are where they are looked for");
    }
    return {};
}

}  // namespace maskwright::data
