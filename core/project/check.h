// Whether values may stand in a project. For the files of this room. Errors: ErrorKind::input.
#pragma once

#include "core/project/project.h"

namespace maskwright::project {

// JSON's numbers are whole up to here in every program that reads them.
inline constexpr Id kHighestId = (Id{1} << 53) - 1;
// Sides of a picture: as many as the decoders take (JPEG's and WebP's limits lie below it).
inline constexpr int kMostPixelsASide = 1 << 20;

Result<void> check(const PictureFile& file);
Result<void> check(const Question& question);
Result<void> check(const Threshold& threshold);
Result<void> checkRefineRadius(double radius);
Result<void> check(const Settings& settings);
Result<void> check(const Example& example);
// Of a picture of that size.
Result<void> checkRuns(const RunsPtr& runs, const PictureFile& file);
Result<void> check(const Correction& correction, const PictureFile& file);
Result<void> check(const Row& row, const PictureFile& file);
Result<void> check(const Picture& picture);
// Whether a picture may have so many rows.
Result<void> checkRowCount(std::size_t rows, const PictureFile& file);
// What is being typed.
Result<void> checkDraft(const Row& row);

// Whether the ids of what is added are good, new, and each there once.
Result<void> checkIds(const Project& project, const std::vector<Id>& added);
std::vector<Id> idsOf(const Row& row);
std::vector<Id> idsOf(const Picture& picture);

}  // namespace maskwright::project
