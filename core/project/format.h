// A project's file, NAME.maskwright: JSON in UTF-8, two spaces a level, the same bytes for the same project.
//
//   {
//     "format": "maskwright project",
//     "version": 1,
//     "model": {"name": "sight", "folder": "", "sha256": "..."},
//     "settings": {"size": 0, "keep_aspect": false, "compete": false,
//                  "export": {"kind": "mask", "format": "", "polygons": false, "pattern": "", "opacity": 0.55,
//                             "hard_edges": false}},
//     "draft": a row as below, or missing,
//     "pictures": [
//       {"id": 1, "path": "cats/cat.jpg", "sha256": "...", "bytes": 81234, "width": 640, "height": 480, "rows": [
//         {"id": 2, "name": "", "phrase": "cat", "negative_phrase": "", "mix": 0.5, "negative_weight": 1.0,
//          "compete": false, "style": "crop_blur_highlight352", "colour": "ff2e7e", "visible": true,
//          "threshold": {"kind": "model", "value": 0.5}, "refine": true, "refine_radius": 8.0,
//          "object": RUNS, "added": RUNS, "removed": RUNS,
//          "examples": [{"id": 3, "name": "Tom", "path": ..., "sha256": ..., "bytes": ..., "width": ..., "height": ...,
//                        "region": RUNS, "weight": 1.0, "enabled": true, "negative": false}]}]}]
//   }
//
// RUNS is null, or a mask as COCO keeps it: {"size": [height, width], "counts": its compressed string}. A path is
// relative to the file's folder where the picture lies below it, else absolute. `threshold.kind` is model, value or
// automatic. What is missing has the default shown in project.h; ids, paths, hashes and sizes must be there. Keys that
// are not listed are not looked at. Whoever adds a meaning raises the version, and a reader refuses a higher one than
// its own. Blocks; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/project/project.h"

namespace maskwright::project {

inline constexpr std::string_view kProjectEnding = ".maskwright";
inline constexpr int kFormatVersion = 1;

// `folder`: absolute, the one that the file lies or will lie in. Paths that are not UTF-8 get U+FFFD for what is not;
// such a picture is then found by its hash.
std::string textOf(const Project& project, const std::filesystem::path& folder);
// `name` opens every message. Errors: ErrorKind::input where it is no project, is damaged (the place is named), or of a
// newer version.
Result<Project> projectOf(std::string_view text, const std::string& name, const std::filesystem::path& folder);

// The file that a path means: absolute, and where it is a link the file behind it. What is locked, read and written,
// and what paths in the file are relative to.
std::filesystem::path fileBehind(const std::filesystem::path& path);

struct Loaded {
    Project project;
    std::string sha256;  // of the file's bytes: what a journal goes by
};
// Errors: those of projectOf(), and a file that cannot be read.
Result<Loaded> load(const std::filesystem::path& path);
// Of a text's bytes: 64 lower-case hexadecimal digits.
std::string sha256OfText(std::string_view text);
// Whole or not at all: on an error the file is as it was. -> the SHA-256 of its bytes. Errors: ErrorKind::output; also
// where the file there is a project of a newer version, which is never replaced.
Result<std::string> save(const Project& project, const std::filesystem::path& path);
// The same with what textOf() gave.
Result<std::string> saveText(const std::string& text, const std::filesystem::path& path);

}  // namespace maskwright::project
