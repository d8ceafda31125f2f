// run: a project of the window without the window.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "app/cli/common.h"
#include "app/cli/engine_segmenter.h"
#include "core/batch/project_runner.h"
#include "core/output/names.h"
#include "core/project/journal.h"
#include "core/project/moved.h"

namespace maskwright::cli {

namespace fs = std::filesystem;

namespace {

// The project with its pictures where they are now, as the window finds them; says what was found elsewhere. Of what
// was not found runProject() tells.
Result<project::Project> whereTheyAre(project::Project project, const fs::path& folder, const std::stop_token& stop) {
    const auto replaced = project::replacedFiles(project, stop);
    const project::Whereabouts now = project::lookForLost(project, replaced, folder, stop);
    for (const project::PictureFile& file : now.lost) {
        const auto at = now.found.find(file.sha256);
        if (at == now.found.end()) {
            continue;
        }
        const bool another = std::find(replaced.begin(), replaced.end(), file) != replaced.end();
        warn((another ? message("%1 is another picture now; the project's is %2", file.path, at->second)
                      : message("%1 is now %2", file.path, at->second))
                 .text());
    }
    const auto edit = project::movedEdit(project, now.found);
    if (!edit) {
        return project;
    }
    auto moved = project::apply(project, *edit);
    return moved ? Result<project::Project>(std::move(moved->project)) : moved.error();
}

// Says too what was not saved.
Result<project::Project> openProject(const std::string& path, const std::stop_token& stop) {
    auto loaded = project::load(path);
    if (!loaded) {
        return loaded.error();
    }
    const auto unsaved = project::recover(project::journalPath(path), *loaded);
    if (unsaved && *unsaved && (*unsaved)->edits > 0) {
        warn(
            message("%1 has changes that were never saved (%2), which are left out here; open it in the window to have "
                    "them back",
                    path, (*unsaved)->edits)
                .text());
    }
    return whereTheyAre(std::move(loaded->project), project::fileBehind(path).parent_path(), stop);
}

// Which rows and pictures are meant. Errors: ErrorKind::usage for one that the project does not have.
Result<void> choose(const RunArguments& a, const project::Project& project, batch::ProjectRequest& request) {
    std::set<std::string> rows(a.rows.begin(), a.rows.end()), pictures(a.pictures.begin(), a.pictures.end());
    for (const project::PicturePtr& picture : project.pictures) {
        const fs::path path = picture->file.path;
        bool meant = a.pictures.empty();
        for (const std::string& one : a.pictures) {
            if (path.filename() == one || path == fs::absolute(one).lexically_normal()) {
                meant = true;
                pictures.erase(one);
            }
        }
        if (!meant) {
            continue;
        }
        request.pictures.push_back(picture->id);
        for (const project::RowPtr& row : picture->rows) {
            const bool named = std::find(a.rows.begin(), a.rows.end(), row->label()) != a.rows.end();
            rows.erase(row->label());
            if (named || (a.rows.empty() && (a.hidden || row->visible))) {
                request.rows.push_back(row->id);
            }
        }
    }
    if (!pictures.empty()) {
        return Error{ErrorKind::usage, message("the project has no picture %1", quoted(*pictures.begin())),
                     "give a picture's path or its file's name"};
    }
    if (!rows.empty()) {
        return Error{ErrorKind::usage, message("the pictures asked for have no row %1", quoted(*rows.begin())),
                     "give a row's name, or its phrase where it has none"};
    }
    if (request.rows.empty()) {
        request.rows = {0};  // nothing, where an empty list is everything
    }
    return {};
}

Result<batch::ProjectRequest> requestOf(const RunArguments& a, const project::Project& project) {
    const project::Settings& settings = project.settings;
    batch::ProjectRequest request;
    const auto own = output::kindNamed(settings.exportKind);
    if (!a.kind && !own) {
        return Error{
            ErrorKind::usage,
            message("the project asks for results of the kind %1, which is not known", quoted(settings.exportKind)),
            "give --kind"};
    }
    request.kind = a.kind.value_or(own.value_or(output::Kind::mask));
    const std::string format = !a.format.empty() ? a.format : a.kind ? "" : settings.exportFormat;
    if (!format.empty()) {
        const auto known = output::formatNamed(format);
        if (!known) {
            return Error{ErrorKind::usage,
                         message("the project asks for the format %1, which is not known", quoted(format)),
                         "give --format"};
        }
        const bool polygons = a.polygons || (a.format.empty() && settings.exportPolygons);
        request.annotations = {*known, polygons && *known == output::Format::coco, a.overwrite};
        if (request.kind != output::Kind::index) {
            request.kind = output::Kind::mask;
        }
    }
    const bool coco = request.annotations && request.annotations->format == output::Format::coco;
    if (a.polygons && !coco) {
        return Error{ErrorKind::usage, "--polygons is for COCO's format alone", "give --format coco"};
    }
    if (a.edge && (request.annotations || request.kind != output::Kind::cutout)) {
        return Error{ErrorKind::usage, "--edge is for cutouts", "give --kind cutout, or leave --edge out"};
    }
    if (a.opacity && (request.annotations || request.kind != output::Kind::overlay)) {
        return Error{ErrorKind::usage, "--opacity is for overlays", "give --kind overlay, or leave --opacity out"};
    }
    if (!a.pattern.empty() && request.annotations) {
        return Error{ErrorKind::usage, "--pattern is for PNG files", "give --kind, or leave --pattern out"};
    }
    MASKWRIGHT_TRY(choose(a, project, request));
    request.keepEmpty = a.keepEmpty;
    request.output = a.output;
    request.pattern = a.pattern.empty() ? settings.exportPattern : a.pattern;
    request.overwrite = a.overwrite;
    request.read = readOptions(a.maxMegapixels);
    return request;
}

struct Model {
    std::unique_ptr<EngineSegmenter> segmenter;  // null: missing, or nobody asks
    batch::ProjectModel asked;
};

// A model that cannot be opened is no error here: rows that are objects go on.
Model openModel(const RunArguments& a, const project::Model& wanted, bool needed) {
    Model model;
    if (!needed) {
        return model;
    }
    ModelArguments arguments = a.model;
    if (arguments.model.empty()) {
        arguments.model = !wanted.folder.empty() ? wanted.folder
                          : !wanted.name.empty() ? wanted.name
                                                 : session::kBuiltInModel;
    }
    auto engine = openEngine(arguments);
    if (!engine) {
        model.asked.missing = engine.error();
        return model;
    }
    const session::ModelInfo& info = (*engine)->info();
    if (a.model.model.empty() && !wanted.sha256.empty() && batch::contentHash(info.folder) != wanted.sha256) {
        warn(message("the model %1 is not the one that the project was made with: masks may differ", info.name).text());
    }
    model.asked.name = info.name;
    model.asked.threshold = info.defaultThreshold;
    model.segmenter = std::make_unique<EngineSegmenter>(std::move(*engine), std::vector<std::string>());
    model.asked.segmenter = model.segmenter.get();
    return model;
}

class RunReport {
  public:
    RunReport(bool json, const batch::ProjectPlan& plan) : json_(json), plan_(plan) {}
    // The exit code of the first failure, or 0.
    [[nodiscard]] int code() const { return code_; }
    void tellLeftOut() const {
        if (leftOut_ > 0) {
            warn(message("nothing was found for %1 rows, which are left out", leftOut_).text());
        }
    }

    void add(const batch::PictureOutcome& outcome) {
        const std::string& path = plan_.pictures[outcome.index].picture->file.path;
        warnAll(outcome.warnings);
        if (outcome.error) {
            failed({{"path", path}}, *outcome.error);
        }
        for (const batch::RowOutcome& row : outcome.rows) {
            if (row.error) {
                const Error told{row.error->kind, message("%1: %2: %3", path, row.label, row.error->what),
                                 row.error->advice};
                failed({{"path", path}, {"row", row.label}}, told);
            } else if (!outcome.error) {
                done(path, row, plan_.pictures[outcome.index].picture->file);
            }
        }
    }

  private:
    void failed(OrderedJson json, const Error& error) {
        const int code = report(error);
        code_ = code_ != 0 ? code_ : code;
        json["error"] = error.line();
        json["code"] = code;
        if (json_) {
            std::cout << dump(json) + "\n" << std::flush;
        }
    }
    void done(const std::string& path, const batch::RowOutcome& row, const project::PictureFile& file) {
        leftOut_ += row.leftOut ? 1 : 0;
        if (json_) {
            std::cout << dump({{"path", path},
                               {"row", row.label},
                               {"output", row.leftOut ? OrderedJson() : OrderedJson(row.output)},
                               {"presence", row.presence},
                               {"threshold", row.threshold},
                               {"area", row.area},
                               {"box", {row.box.x, row.box.y, row.box.width, row.box.height}}}) +
                             "\n";
        } else {
            char numbers[96];
            std::snprintf(numbers, sizeof numbers, "presence %.3f, %.1f %% of the picture", double(row.presence),
                          100.0 * double(row.area) / (double(file.width) * file.height));
            std::cout << output::printable(path) + ": " + output::printable(row.label) + ": " + numbers + " -> " +
                             (row.leftOut ? "left out" : output::printable(row.output)) + "\n";
        }
        std::cout.flush();
    }
    bool json_;
    const batch::ProjectPlan& plan_;
    int code_ = 0;
    std::size_t leftOut_ = 0;
};

}  // namespace

int runProjectFile(const RunArguments& a, const std::stop_token& stop) {
    auto project = openProject(a.project, stop);
    if (!project) {
        return report(project.error());
    }
    project->settings.overlayOpacity = a.opacity.value_or(project->settings.overlayOpacity);
    if (a.edge) {
        project->settings.hardEdges = *a.edge == output::CutoutEdge::hard;
    }
    const auto request = requestOf(a, *project);
    if (!request) {
        return report(request.error());
    }
    const auto plan = batch::planProject(*project, *request);
    if (!plan) {
        return report(plan.error());
    }
    const Model model = openModel(a, project->model, batch::asks(*plan));
    RunReport lines(a.json, *plan);
    const auto done = batch::runProject(
        *project, *plan, *request, model.asked, [&](const batch::PictureOutcome& outcome) { lines.add(outcome); },
        stop);
    lines.tellLeftOut();
    return done ? lines.code() : report(done.error());
}

}  // namespace maskwright::cli
