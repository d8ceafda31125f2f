#include "ui/model/export_source.h"

#include <QFileInfo>
#include <algorithm>

#include "core/image_io/endings.h"
#include "ui/model/kept_pictures.h"

namespace maskwright::ui {
namespace {

// The pictures that people know by another name than their file's.
std::map<project::Id, std::string> namesOf(const project::Project& project, const Document& document,
                                           const Pictures& pictures) {
    std::map<std::string, QString> byPath;
    const auto note = [&](const OpenPicture& picture) {
        if (picture.path.isEmpty() && !picture.file.path.empty()) {
            byPath[picture.file.path] = picture.name;
        }
    };
    for (const Pictures::Entry& entry : pictures.entries()) {
        if (entry.kept) {
            note(*entry.kept);
        }
    }
    note(document.picture());
    std::map<project::Id, std::string> names;
    for (const project::PicturePtr& picture : project.pictures) {
        const QString path = QString::fromStdString(picture->file.path);
        const auto known = byPath.find(picture->file.path);
        const QString name = known != byPath.end() ? known->second : isKept(path) ? nameOfPicture(path) : QString();
        if (!name.isEmpty()) {
            names[picture->id] = exportName(name);
        }
    }
    return names;
}

}  // namespace

std::string exportName(const QString& name) {
    const std::string text = name.toStdString();
    return image_io::hasPictureEnding(text) ? text : text + ".png";
}

ExportSource exportSource(const Document& document, const Pictures& pictures) {
    ExportSource source;
    source.project = document.projectShown();
    source.picture = document.pictureId();
    const std::vector<Row>& rows = document.rows();
    const auto current =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == document.currentRow(); });
    const project::Picture* open = source.project.picture(source.picture);
    const auto place = std::size_t(current - rows.begin());
    if (current != rows.end() && open != nullptr && place < open->rows.size()) {
        source.row = open->rows[place]->id;
    }
    if (current == rows.end() && document.hasPicture() && source.project.draft && source.project.draft->asks() &&
        !document.picture().file.path.empty()) {
        source = withDraft(std::move(source), document.picture().file, *document.project().draft);
    }
    source.names = namesOf(source.project, document, pictures);
    return source;
}

}  // namespace maskwright::ui
