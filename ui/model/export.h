// What an export makes of a project: the values that the dialog changes, and how they become a request of
// core/batch/project_plan.h, which the command line's `run` carries out too. Any thread; planExport() looks at the
// disk.
#pragma once

#include <QString>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/batch/project_plan.h"
#include "core/output/annotations.h"
#include "core/output/kind.h"
#include "core/project/project.h"

namespace maskwright::ui {

// Pictures of one kind, or files of annotations.
struct ExportWhat {
    output::Kind kind = output::Kind::mask;
    std::optional<output::Format> format = {};
    bool polygons = false;  // COCO's, instead of runs
    bool operator==(const ExportWhat&) const = default;
};
// In the order in which they are offered.
inline constexpr std::array<ExportWhat, 10> kExportWhats = {{{output::Kind::mask},
                                                             {output::Kind::cutout},
                                                             {output::Kind::overlay},
                                                             {output::Kind::probability},
                                                             {output::Kind::probability16},
                                                             {output::Kind::index},
                                                             {output::Kind::mask, output::Format::coco, false},
                                                             {output::Kind::mask, output::Format::coco, true},
                                                             {output::Kind::mask, output::Format::labelme, false},
                                                             {output::Kind::mask, output::Format::yolo, false}}};

enum class ExportRows {
    current,  // the one that is worked on, and what is called the same in other pictures
    visible,
    all,
};

struct ExportChoice {
    ExportWhat what;
    ExportRows rows = ExportRows::visible;
    bool allPictures = false;  // false: the open one
    QString folder;
    QString pattern;         // of names, see output::filledPattern(); empty: the program's own
    double opacity = 0.55;   // 0..1, of overlays
    bool hardEdges = false;  // of cutouts
    bool keepEmpty = false;  // batch::ProjectRequest's
    bool operator==(const ExportChoice&) const = default;
};
// Of the choices, those that a project keeps.
project::Settings settingsOf(const ExportChoice& choice, project::Settings settings);
void takeSettings(ExportChoice& choice, const project::Settings& settings);

struct ExportSource {
    project::Project project;
    project::Id picture = 0;                   // the open one; 0: none
    project::Id row = 0;                       // the one that is worked on; 0: none
    std::map<project::Id, std::string> names;  // batch::ProjectRequest's
};
// With a row that is not kept (a search that is being typed), in the open picture, as the last and the one that is
// worked on. Both get ids of their own; a picture that the project does not have yet is added.
ExportSource withDraft(ExportSource source, const project::PictureFile& file, project::Row draft);

batch::ProjectRequest requestOf(const ExportChoice& choice, const ExportSource& source);

// All that runProject() is given.
struct ExportPlan {
    project::Project project;  // with the choice's settings
    batch::ProjectRequest request;
    batch::ProjectPlan plan;
    std::vector<std::string> files;     // that will be written, where all goes well
    std::vector<std::string> replaced;  // of those, what is there already: nobody is asked any more
};
// Errors: ErrorKind::usage without a folder, and planProject()'s.
Result<ExportPlan> planExport(const ExportChoice& choice, const ExportSource& source);

}  // namespace maskwright::ui
