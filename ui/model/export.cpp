#include "ui/model/export.h"

#include <algorithm>

namespace maskwright::ui {
namespace {

using project::Id;
using project::PicturePtr;
using project::RowPtr;

// Never a thing's id: a list with it alone wants nothing, where an empty one wants everything.
constexpr Id kNothing = 0;

// The rows of these pictures, or of them those with one label.
std::vector<Id> rowsOf(const ExportSource& source, const std::vector<Id>& pictures, const std::string* label) {
    std::vector<Id> rows;
    for (const PicturePtr& picture : source.project.pictures) {
        if (!pictures.empty() && std::find(pictures.begin(), pictures.end(), picture->id) == pictures.end()) {
            continue;
        }
        for (const RowPtr& row : picture->rows) {
            if (label == nullptr || row->label() == *label) {
                rows.push_back(row->id);
            }
        }
    }
    return rows.empty() ? std::vector<Id>{kNothing} : rows;
}

std::vector<Id> rowsOf(const ExportChoice& choice, const ExportSource& source, const std::vector<Id>& pictures) {
    if (choice.rows == ExportRows::visible) {
        return {};
    }
    if (choice.rows == ExportRows::all) {
        return rowsOf(source, pictures, nullptr);
    }
    const project::Row* current = source.project.row(source.picture, source.row);
    if (current == nullptr || !choice.allPictures) {
        return {current == nullptr ? kNothing : current->id};
    }
    const std::string label = current->label();
    return rowsOf(source, pictures, &label);
}

}  // namespace

project::Settings settingsOf(const ExportChoice& choice, project::Settings settings) {
    settings.exportKind = output::kindName(choice.what.kind);
    settings.exportFormat = choice.what.format ? output::formatName(*choice.what.format) : "";
    settings.exportPolygons = choice.what.format == output::Format::coco && choice.what.polygons;
    settings.exportPattern = choice.pattern.trimmed().toStdString();
    settings.overlayOpacity = choice.opacity;
    settings.hardEdges = choice.hardEdges;
    return settings;
}

void takeSettings(ExportChoice& choice, const project::Settings& settings) {
    choice.what.kind = output::kindNamed(settings.exportKind).value_or(output::Kind::mask);
    choice.what.format = output::formatNamed(settings.exportFormat);
    if (choice.what.format) {
        choice.what.kind = output::Kind::mask;
    }
    choice.what.polygons = settings.exportPolygons && choice.what.format == output::Format::coco;
    choice.pattern = QString::fromStdString(settings.exportPattern);
    choice.opacity = settings.overlayOpacity;
    choice.hardEdges = settings.hardEdges;
}

ExportSource withDraft(ExportSource source, const project::PictureFile& file, project::Row draft) {
    Id next = source.project.highestId();
    draft.id = ++next;
    source.row = draft.id;
    const auto row = std::make_shared<const project::Row>(std::move(draft));
    for (PicturePtr& picture : source.project.pictures) {
        if (picture->id == source.picture) {
            auto with = *picture;
            with.rows.push_back(row);
            picture = std::make_shared<const project::Picture>(std::move(with));
            return source;
        }
    }
    source.picture = ++next;
    source.project.pictures.push_back(
        std::make_shared<const project::Picture>(project::Picture{source.picture, file, {row}}));
    return source;
}

batch::ProjectRequest requestOf(const ExportChoice& choice, const ExportSource& source) {
    batch::ProjectRequest request;
    request.kind = choice.what.kind;
    request.overwrite = true;
    request.keepEmpty = choice.keepEmpty;
    if (choice.what.format) {
        request.annotations = output::AnnotationOptions{*choice.what.format, choice.what.polygons, true};
    }
    request.output = choice.folder.trimmed().toStdString();
    request.pattern = choice.pattern.trimmed().toStdString();
    if (!choice.allPictures) {
        request.pictures = {source.picture};
    }
    request.rows = rowsOf(choice, source, request.pictures);
    request.names = source.names;
    return request;
}

Result<ExportPlan> planExport(const ExportChoice& choice, const ExportSource& source) {
    ExportPlan plan{source.project, requestOf(choice, source), {}, {}, {}};
    plan.project.settings = settingsOf(choice, plan.project.settings);
    if (plan.request.output.empty()) {
        return Error{ErrorKind::usage, "no folder is chosen for the files", "choose one"};
    }
    auto planned = batch::planProject(plan.project, plan.request);
    if (!planned) {
        return planned.error();
    }
    plan.plan = std::move(*planned);
    auto files = batch::filesOf(plan.plan, plan.request);
    if (!files) {
        return files.error();
    }
    plan.files = std::move(*files);
    plan.replaced = batch::thereAlready(plan.files);
    return plan;
}

}  // namespace maskwright::ui
