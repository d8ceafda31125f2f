// A saving of a folder's masks that has begun and not ended is remembered, so that it can be gone on with after the
// program was closed or killed: what is done already the batch's journal knows. One at a time; GUI thread.
#pragma once

#include <QString>
#include <optional>

#include "core/output/kind.h"
#include "ui/folder/folder_masks.h"

namespace maskwright::ui {

struct UnfinishedMasks {
    QString root, folder;  // of the pictures; where the masks go
    output::Kind kind = output::Kind::mask;
    QString phrase, negativePhrase;
    double negativeWeight = 1;
    bool compete = false;
    double threshold = 0.5;  // the masks'
};

// Nothing where examples take part: they are not written down.
std::optional<UnfinishedMasks> unfinishedOf(const FolderMasksJob& job);
void remember(const UnfinishedMasks& masks);
void forgetUnfinished();
// What remember() has put there, if its folders are still there.
std::optional<UnfinishedMasks> unfinished();

}  // namespace maskwright::ui
