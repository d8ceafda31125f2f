// Carries a project out: each picture's rows are asked, thresholded, corrected and written. The window's export and the
// command line's `run` are this one function, so that both write the same bytes. What cannot be done is an outcome of
// its row or its picture; the rest is done.
#pragma once

#include <functional>
#include <stop_token>

#include "core/batch/project_plan.h"
#include "core/batch/segmenter.h"

namespace maskwright::batch {

// What answers the rows that ask a model.
struct ProjectModel {
    Segmenter* segmenter = nullptr;  // null: there is no model, for the reason `missing`; rows that are objects go on
    std::string name;                // for the files' texts
    double threshold = 0.5;          // the model's own
    Error missing;
};

struct RowOutcome {
    project::Id row = 0;
    std::string label, output;  // the file that holds the result; empty: none
    float presence = 0;         // of an object 1
    double threshold = 0;
    std::int64_t area = 0;
    Box box;
    bool leftOut = false;  // not written, because no pixel is inside: see ProjectRequest::keepEmpty
    session::Words words;
    std::optional<Error> error;
};

struct PictureOutcome {
    std::size_t index = 0;  // in the plan
    std::vector<RowOutcome> rows;
    std::optional<Error> error;     // the picture could not be read: no row was worked on
    std::vector<Message> warnings;  // about its file and its examples'; of a file that was changed once a run
    std::string annotations;        // labelme and YOLO: the picture's own file, where it was written
};

// Called on the caller's thread, in the plan's order, once a picture.
using HearPicture = std::function<void(const PictureOutcome&)>;

// Blocks. Errors: ErrorKind::cancelled when it was stopped; output where the folder cannot be made or a file about all
// pictures not be written; usage and those of Segmenter::open() before the first picture.
Result<void> runProject(const project::Project& project, const ProjectPlan& plan, const ProjectRequest& request,
                        const ProjectModel& model, const HearPicture& hear, const std::stop_token& stop);

}  // namespace maskwright::batch
