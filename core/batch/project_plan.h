// Which files a project's results go to, decided before any work. Paths are UTF-8. Blocks; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/image_io/image_io.h"
#include "core/output/annotations.h"
#include "core/output/kind.h"
#include "core/project/project.h"

namespace maskwright::batch {

struct ProjectRequest {
    output::Kind kind = output::Kind::mask;
    std::optional<output::AnnotationOptions> annotations;  // instead of pictures
    std::string output;   // a folder, which is made; for one file of annotations see output::AnnotationWriter
    std::string pattern;  // of names in the folder, see output::filledPattern(); empty: usualPattern(). It may have
                          // folders, and leads below `output` only
    std::vector<project::Id> pictures;         // only these; none: all
    std::vector<project::Id> rows;             // only these; none: all that are visible
    std::map<project::Id, std::string> names;  // of pictures whose files have names of the program's own, because they
                                               // were pasted: what they are called instead, with an ending
    bool overwrite = false;                    // files that are there are replaced
    // Whether a mask, a cutout or an overlay of a row that was not found anywhere becomes a file too. Otherwise only
    // where it replaces one, so that nothing old stays. Annotations never have such rows; probabilities and index
    // pictures say something without them.
    bool keepEmpty = false;
    image_io::ReadOptions read;
};

// A file a row, or for index pictures one in all.
constexpr std::string_view usualPattern(output::Kind kind) {
    return kind == output::Kind::index ? "{stem}.png" : "{stem}-{phrase}.png";
}

// One picture's work.
struct PictureWork {
    project::PicturePtr picture;
    std::vector<project::RowPtr> rows;
    std::vector<std::string> outputs;  // one a row, for index one; none with annotations
    // Where rows share no pixel: those that a pixel may belong to, in the picture's order. With Settings::compete the
    // visible ones too that are not worked on, so that a row alone has the mask that it has among the others.
    std::vector<project::RowPtr> contest = {};
};

struct ProjectPlan {
    std::vector<PictureWork> pictures;  // those that have rows
    std::vector<std::string> names;     // of the pictures, as annotations have them
};

// No two results have one name, and none has that of a picture of the project. Errors: ErrorKind::usage for a pattern
// with an unknown place, another ending than .png, or names that do not stay below the folder; output where a file is
// there already and is not to be replaced; input where there is nothing to do.
Result<ProjectPlan> planProject(const project::Project& project, const ProjectRequest& request);

// Whether any row needs a model.
bool asks(const ProjectPlan& plan);

// The files that a run of the plan writes where all goes well, each once; those about all pictures last. Errors: those
// of output::AnnotationWriter::filesOf().
Result<std::vector<std::string>> filesOf(const ProjectPlan& plan, const ProjectRequest& request);
// Those of the files that are there.
std::vector<std::string> thereAlready(std::vector<std::string> files);

}  // namespace maskwright::batch
