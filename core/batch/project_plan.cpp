#include "core/batch/project_plan.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/batch/earlier.h"
#include "core/batch/inputs.h"
#include "core/batch/naming.h"
#include "core/output/compose.h"
#include "core/output/names.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

static_assert(project::kMostRows <= output::IndexPicture::kMostPhrases);

template <class T>
bool wanted(const std::vector<T>& list, const T& one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
}

// The pictures as they are called. Those with names of their own stand beside the first of the others.
Inputs inputsOf(const ProjectPlan& plan, const std::map<project::Id, std::string>& own) {
    Inputs inputs;
    fs::path folder;
    std::set<std::string> used;
    for (const PictureWork& work : plan.pictures) {
        inputs.files.push_back(work.picture->file.path);
        inputs.roots.emplace_back();
        if (!own.contains(work.picture->id)) {
            folder = folder.empty() ? fs::path(work.picture->file.path).parent_path() : folder;
            used.insert(work.picture->file.path);
        }
    }
    for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
        if (const auto name = own.find(plan.pictures[i].picture->id); name != own.end()) {
            const std::string path =
                ((folder.empty() ? fs::path("/") : folder) / fs::path(name->second).filename()).string();
            inputs.files[i] = output::freePath(path, [&](const std::string& one) { return used.contains(one); });
            used.insert(inputs.files[i]);
        }
    }
    return inputs;
}

// Takes names, each once; what is equal on some disks counts as one.
class Names {
  public:
    explicit Names(const project::Project& project) {
        for (const project::PicturePtr& picture : project.pictures) {
            used_.insert(output::nameKey(picture->file.path));
        }
    }
    std::string take(const std::string& path) {
        std::string name =
            output::freePath(path, [&](const std::string& one) { return used_.contains(output::nameKey(one)); });
        used_.insert(output::nameKey(name));
        return name;
    }

  private:
    std::set<std::string> used_;
};

Result<std::string> patternOf(const ProjectRequest& request) {
    if (request.pattern.empty()) {
        return std::string(usualPattern(request.kind));
    }
    if (fs::path(request.pattern).extension() != ".png") {
        return Error{ErrorKind::usage, message("the pattern %1 does not end in .png", quoted(request.pattern)),
                     "results are PNG files"};
    }
    const std::string& pattern = request.pattern;
    for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
        const std::string place = pattern.substr(at, pattern.find('}', at) + 1 - at);
        if (!output::isPlace(place)) {
            return Error{ErrorKind::usage,
                         message("the pattern %1 has the place %2, which is unknown", quoted(pattern), quoted(place)),
                         message("the places are %1", output::placeNames())};
        }
    }
    return pattern;
}

// A project may come from somebody else: where its results go says the person who exports it.
Error leadsOut(const std::string& pattern, const fs::path& folder, const std::string& name) {
    return {ErrorKind::usage,
            message("the pattern %1 leads out of the folder %2, to %3", quoted(pattern), quoted(folder.string()),
                    quoted(name)),
            "leave \"..\" and the \"/\" in front out of the pattern; to write elsewhere choose another folder"};
}

Result<void> nameFiles(const project::Project& project, const ProjectRequest& request, ProjectPlan& plan) {
    const auto pattern = patternOf(request);
    if (!pattern) {
        return pattern.error();
    }
    const std::vector<output::NameParts> parts = nameParts(inputsOf(plan, request.names));
    Names names(project);
    const fs::path folder = fs::absolute(request.output).lexically_normal();
    for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
        PictureWork& work = plan.pictures[i];
        const bool one = request.kind == output::Kind::index;
        for (std::size_t k = 0; k < (one ? 1 : work.rows.size()); ++k) {
            const std::string label = one ? "index" : output::fileNamePart(work.rows[k]->label());
            const std::string name = output::filledPattern(*pattern, parts[i], label);
            if (!output::staysBelow(name)) {
                return leadsOut(*pattern, folder, name);
            }
            work.outputs.push_back(names.take((folder / name).string()));
            if (!request.overwrite && isThere(work.outputs.back())) {
                return Error{ErrorKind::output, message("%1 is there already", work.outputs.back()),
                             "choose another name, or ask for it to be replaced"};
            }
        }
    }
    return {};
}

}  // namespace

bool asks(const ProjectPlan& plan) {
    const auto needsModel = [](const project::RowPtr& row) { return row->asks(); };
    return std::any_of(plan.pictures.begin(), plan.pictures.end(), [&](const PictureWork& work) {
        return std::any_of(work.rows.begin(), work.rows.end(), needsModel) ||
               std::any_of(work.contest.begin(), work.contest.end(), needsModel);
    });
}

Result<ProjectPlan> planProject(const project::Project& project, const ProjectRequest& request) {
    ProjectPlan plan;
    for (const project::PicturePtr& picture : project.pictures) {
        if (!wanted(request.pictures, picture->id)) {
            continue;
        }
        if (picture->rows.size() > project::kMostRows) {  // a project's own and what is being typed
            return Error{ErrorKind::input,
                         message("%1 would have %2 rows, and %3 is the most", quoted(picture->file.path),
                                 picture->rows.size(), project::kMostRows),
                         "remove rows of this picture first"};
        }
        PictureWork work{picture, {}, {}};
        for (const project::RowPtr& row : picture->rows) {
            const bool chosen = request.rows.empty() ? row->visible : wanted(request.rows, row->id);
            if (chosen) {
                work.rows.push_back(row);
            }
            const bool rival = project.settings.compete && row->visible;
            if (rival || (chosen && (project.settings.compete || request.kind == output::Kind::index))) {
                work.contest.push_back(row);
            }
        }
        if (!work.rows.empty()) {
            plan.pictures.push_back(std::move(work));
        }
    }
    if (plan.pictures.empty()) {
        return Error{ErrorKind::input, "no picture of the project has a row that is visible",
                     "add a row, or show one that is hidden"};
    }
    plan.names = namesBelow(inputsOf(plan, request.names));
    if (!request.annotations) {
        MASKWRIGHT_TRY(nameFiles(project, request, plan));
    }
    return plan;
}

Result<std::vector<std::string>> filesOf(const ProjectPlan& plan, const ProjectRequest& request) {
    if (request.annotations) {
        return output::AnnotationWriter::filesOf(*request.annotations, request.output, plan.names);
    }
    std::vector<std::string> files;
    for (const PictureWork& work : plan.pictures) {
        files.insert(files.end(), work.outputs.begin(), work.outputs.end());
    }
    return files;
}

std::vector<std::string> thereAlready(std::vector<std::string> files) {
    std::erase_if(files, [](const std::string& file) { return !isThere(file); });
    return files;
}

}  // namespace maskwright::batch
