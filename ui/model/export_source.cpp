#include "ui/model/export_source.h"

#include <QFileInfo>
#include <algorithm>

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
        if (const auto known = byPath.find(picture->file.path); known != byPath.end() && !known->second.isEmpty()) {
            names[picture->id] = known->second.toStdString() + ".png";
        }
    }
    return names;
}

// TEMPORARY
project::Row tempRow(const Search& search, project::Id id) {
    project::Row row;
    row.id = id;
    row.question.phrase = search.phrase.toStdString();
    row.question.negativePhrase = search.negativePhrase.toStdString();
    if (search.threshold) row.threshold = {project::Threshold::Kind::value, *search.threshold};
    return row;
}

}  // namespace

ExportSource exportSource(const Document& document, const Pictures& pictures) {
    ExportSource source;
    source.project = document.project();
    project::PictureFile file{document.picture().path.toStdString(), std::string(64, 'a'), 1,
                              document.picture().image->width, document.picture().image->height};
    project::Picture pic{1, file, {}};
    project::Id next = 2;
    for (const Row& row : document.rows()) {
        project::Row r = tempRow(row.search, next++);
        if (row.id == document.currentRow()) source.row = r.id;
        r.name = row.name.toStdString(); r.colour = row.colour; r.visible = row.visible; r.object = row.object; r.correction = row.correction;
        pic.rows.push_back(std::make_shared<const project::Row>(r));
    }
    source.picture = 1;
    source.project.pictures.push_back(std::make_shared<const project::Picture>(pic));
    if (document.currentRow().isEmpty() && !document.search().empty()) {
        source = withDraft(std::move(source), file, tempRow(document.search(), 0));
    }
    source.names = namesOf(source.project, document, pictures);
    return source;
}

}  // namespace maskwright::ui
