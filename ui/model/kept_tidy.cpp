#include "ui/model/kept_tidy.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <map>
#include <optional>
#include <set>

#include "core/project/journal.h"
#include "ui/model/kept_pictures.h"

namespace maskwright::ui {
namespace {

using Names = std::set<QString>;  // of kept pictures: each has its SHA-256 in it

QString recordPath() { return QDir(keptFolder()).filePath(QStringLiteral("named.jsonl")); }

void append(const QJsonObject& line) {
    QFile file(recordPath());
    if (QDir().mkpath(keptFolder()) && file.open(QIODevice::Append)) {
        file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    }
}

struct Record {
    QDateTime since;                    // invalid: there is none
    std::map<QString, Names> projects;  // what each named when it was noted last
};

std::optional<QByteArray> bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

Record readRecord() {
    Record record;
    for (const QByteArray& line : bytesOf(recordPath()).value_or(QByteArray()).split('\n')) {
        const QJsonObject told = QJsonDocument::fromJson(line).object();
        if (told.contains("since")) {
            record.since = QDateTime::fromSecsSinceEpoch(told["since"].toInteger());
        } else if (told.contains("project")) {
            Names names;
            for (const auto& name : told["pictures"].toArray()) {
                names.insert(name.toString());
            }
            record.projects[told["project"].toString()] = names;
        }
    }
    return record;
}

void begin() { append({{"since", QDateTime::currentSecsSinceEpoch()}}); }

Names keptIn(const project::Project& project) {
    Names names;
    const auto note = [&](const project::PictureFile& file) {
        if (const QString path = QString::fromStdString(file.path); isKept(path)) {
            names.insert(QFileInfo(path).fileName());
        }
    };
    const auto noteExamples = [&](const project::Row& row) {
        for (const project::ExamplePtr& example : row.examples) {
            note(example->picture);
        }
    };
    for (const project::PicturePtr& picture : project.pictures) {
        note(picture->file);
        for (const project::RowPtr& row : picture->rows) {
            noteExamples(*row);
        }
    }
    if (project.draft) {
        noteExamples(*project.draft);
    }
    return names;
}

// Takes out of `names` what the text has: their hashes are in it, however the path is written.
void strike(Names& names, const QByteArray& text) {
    std::erase_if(names, [&](const QString& name) { return text.contains(QFileInfo(name).baseName().toLatin1()); });
}

// The same of a file that may be missing. -> whether it is missing or was read.
bool strikeFile(Names& names, const QString& path) {
    if (!QFileInfo::exists(path)) {
        return true;
    }
    const auto text = bytesOf(path);
    strike(names, text.value_or(QByteArray()));
    return text.has_value();
}

Names oldOnes(const QDateTime& since, int days) {
    Names names;
    const QDateTime before = QDateTime::currentDateTime().addDays(-days);
    for (const QFileInfo& file : QDir(keptFolder()).entryInfoList(QDir::Files)) {
        constexpr int kHash = 64;  // digits
        const bool picture = file.baseName().size() == kHash;
        if (picture && file.lastModified() < before && file.lastModified() >= since) {
            names.insert(file.fileName());
        }
    }
    return names;
}

}  // namespace

void noteKept(const QString& project, const project::Project& content) {
    const Names names = keptIn(content);
    const Record record = readRecord();
    const auto known = record.projects.find(project);
    if (known != record.projects.end() ? known->second == names : names.empty()) {
        return;
    }
    if (!record.since.isValid()) {
        begin();
    }
    QJsonArray pictures;
    for (const QString& name : names) {
        pictures.append(name);
    }
    append({{"project", project}, {"pictures", pictures}});
}

int tidyKept(const QString& journals, int days) {
    const Record record = readRecord();
    if (!record.since.isValid()) {
        if (QFileInfo::exists(keptFolder())) {
            begin();
        }
        return 0;
    }
    Names unnamed = oldOnes(record.since, days);
    if (unnamed.empty()) {
        return 0;
    }
    for (const QFileInfo& journal : QDir(journals).entryInfoList(QDir::Files | QDir::Hidden)) {
        if (!strikeFile(unnamed, journal.absoluteFilePath())) {
            return 0;
        }
    }
    for (const auto& [project, named] : record.projects) {
        if (!QFileInfo::exists(project)) {
            for (const QString& name : named) {
                unnamed.erase(name);
            }
        }
        const auto journal = project::journalPath(project.toStdString());
        if (!strikeFile(unnamed, project) || !strikeFile(unnamed, QString::fromStdString(journal.string()))) {
            return 0;
        }
    }
    int removed = 0;
    for (const QString& name : unnamed) {
        removed += QFile::remove(QDir(keptFolder()).filePath(name)) ? 1 : 0;
    }
    return removed;
}

}  // namespace maskwright::ui
