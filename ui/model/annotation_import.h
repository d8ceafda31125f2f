// Masks that other programs have annotated, as rows of the pictures that are open: each object a row that asks no
// model. Values; importFrom() blocks, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/output/annotations.h"
#include "core/project/edit.h"

namespace maskwright::ui {

// A picture that may be meant.
struct ImportTarget {
    std::string path;
    project::PictureFile file = {};  // without a path: the picture is looked at where a file is about it
    std::string name = {};           // of one that was pasted, whose file's name says nothing; else empty
};

struct ImportedPicture {
    project::PictureFile file;
    std::vector<output::AnnotatedObject> objects;  // each has a pixel
};
struct ImportedAnnotations {
    std::vector<ImportedPicture> pictures;  // those that a file was about
    std::vector<Message> skipped;           // what was left out, and why
    [[nodiscard]] std::size_t objects() const;
};

// `files`: as output::AnnotationFile takes them. A file about one picture that none of the targets is called like is
// taken for `open`'s, a place among them. Errors: where nothing came of any file, the first's: ErrorKind::input.
Result<ImportedAnnotations> importFrom(const std::vector<std::string>& files, const std::vector<ImportTarget>& targets,
                                       std::optional<std::size_t> open);

// Adds them to the project: rows after those that are there, in colours that no other row of the picture has, and
// pictures where the project does not have them yet.
project::Edit importEdit(const project::Project& project, const ImportedAnnotations& imported);

}  // namespace maskwright::ui
