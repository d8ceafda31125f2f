#include "core/project/check.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "core/base/hex.h"
#include "core/image/run_ops.h"

namespace maskwright::project {

namespace {

Error wrong(Message what) { return {ErrorKind::input, std::move(what), ""}; }

// Not for numbers that are none.
bool within(double value, double low, double high) { return value >= low && value <= high; }

// What is not of the picture's size.
Result<void> checkValues(const Row& row) {
    MASKWRIGHT_TRY(check(row.question));
    MASKWRIGHT_TRY(check(row.threshold));
    MASKWRIGHT_TRY(checkRefineRadius(row.refineRadius));
    for (const ExamplePtr& example : row.examples) {
        MASKWRIGHT_TRY(check(*example));
    }
    return {};
}

}  // namespace

Result<void> check(const PictureFile& file) {
    if (file.path.empty()) {
        return wrong("a picture has no file");
    }
    if (!isHex(file.sha256, 64)) {
        return wrong(message("the SHA-256 of %1 is none", quoted(file.path)));
    }
    if (file.width < 1 || file.height < 1 || file.width > kMostPixelsASide || file.height > kMostPixelsASide ||
        std::int64_t(file.width) * file.height > std::int64_t{0xffffffff}) {
        return wrong(
            message("%1 has the size %2x%3, which no picture has", quoted(file.path), file.width, file.height));
    }
    return {};
}

Result<void> check(const Question& question) {
    if (!within(question.mix, 0, 1) || !within(question.negativeWeight, 0, 100)) {
        return wrong("the mixture or the weight of a row is out of its range");
    }
    return visual_prompt::validate(question.style);
}

Result<void> check(const Threshold& threshold) {
    return within(threshold.value, 0, 1) ? Result<void>() : wrong("a threshold is not between 0 and 1");
}

Result<void> checkRefineRadius(double radius) {
    return within(radius, kLeastRefineRadius, kMostRefineRadius)
               ? Result<void>()
               : wrong(message("the radius of a refined edge is not between %1 and %2", int(kLeastRefineRadius),
                               int(kMostRefineRadius)));
}

Result<void> check(const Settings& settings) {
    // The model itself says which sizes between these it takes.
    if (settings.size < 0 || settings.size > 1 << 16 || !within(settings.overlayOpacity, 0, 1)) {
        return wrong("a setting of the project is out of its range");
    }
    return {};
}

Result<void> checkRuns(const RunsPtr& runs, const PictureFile& file) {
    if (runs && (runs->width != file.width || runs->height != file.height)) {
        return wrong(
            message("a mask has %1x%2 pixels, its picture %3x%4", runs->width, runs->height, file.width, file.height));
    }
    return {};
}

Result<void> check(const Example& example) {
    MASKWRIGHT_TRY(check(example.picture));
    if (!example.region) {
        return wrong("an example marks nothing");
    }
    if (!within(example.weight, 0, 100)) {
        return wrong("the weight of an example is not between 0 and 100");
    }
    return checkRuns(example.region, example.picture);
}

Result<void> check(const Correction& correction, const PictureFile& file) {
    MASKWRIGHT_TRY(checkRuns(correction.added, file));
    MASKWRIGHT_TRY(checkRuns(correction.removed, file));
    if (correction.added && correction.removed && meet(*correction.added, *correction.removed)) {
        return wrong("a correction adds and removes the same pixel");
    }
    return {};
}

Result<void> check(const Row& row, const PictureFile& file) {
    MASKWRIGHT_TRY(checkRuns(row.object, file));
    MASKWRIGHT_TRY(check(row.correction, file));
    return checkValues(row);
}

Result<void> checkDraft(const Row& row) {
    if (row.object || !row.correction.empty()) {
        return wrong("what is being typed belongs to no picture, and has a mask");
    }
    return checkValues(row);
}

Result<void> checkRowCount(std::size_t rows, const PictureFile& file) {
    if (rows > kMostRows) {
        return Error{ErrorKind::input,
                     message("%1 would have %2 rows, and %3 is the most", quoted(file.path), rows, kMostRows),
                     "remove rows of this picture first"};
    }
    return {};
}

Result<void> check(const Picture& picture) {
    MASKWRIGHT_TRY(check(picture.file));
    MASKWRIGHT_TRY(checkRowCount(picture.rows.size(), picture.file));
    for (const RowPtr& row : picture.rows) {
        MASKWRIGHT_TRY(check(*row, picture.file));
    }
    return {};
}

std::vector<Id> idsOf(const Row& row) {
    std::vector<Id> ids = {row.id};
    for (const ExamplePtr& example : row.examples) {
        ids.push_back(example->id);
    }
    return ids;
}

std::vector<Id> idsOf(const Picture& picture) {
    std::vector<Id> ids = {picture.id};
    for (const RowPtr& row : picture.rows) {
        const std::vector<Id> own = idsOf(*row);
        ids.insert(ids.end(), own.begin(), own.end());
    }
    return ids;
}

Result<void> checkIds(const Project& project, const std::vector<Id>& added) {
    std::unordered_set<Id> fresh;
    for (const Id id : added) {
        if (id < 1 || id > kHighestId) {
            return wrong(message("%1 is no id", id));
        }
        if (!fresh.insert(id).second) {
            return wrong(message("two things have the id %1", id));
        }
    }
    const auto taken = [&fresh](const std::vector<Id>& ids) {
        return std::find_if(ids.begin(), ids.end(), [&](Id id) { return fresh.contains(id); });
    };
    for (const PicturePtr& picture : project.pictures) {
        const std::vector<Id> ids = idsOf(*picture);
        if (const auto id = taken(ids); id != ids.end()) {
            return wrong(message("two things have the id %1", *id));
        }
    }
    if (project.draft) {
        const std::vector<Id> ids = idsOf(*project.draft);
        if (const auto id = taken(ids); id != ids.end()) {
            return wrong(message("two things have the id %1", *id));
        }
    }
    return {};
}

}  // namespace maskwright::project
