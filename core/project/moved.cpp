#include "core/project/moved.h"

#include <set>

#include "core/base/sha256.h"

namespace maskwright::project {

namespace fs = std::filesystem;

namespace {

bool isMissing(const PictureFile& file) {
    std::error_code ignored;
    return !fs::is_regular_file(file.path, ignored);
}

bool isAnother(const PictureFile& file) {
    const auto now = sha256File(file.path);
    return now && *now != file.sha256;
}

template <class Hear>
void eachFile(const Project& project, Hear hear) {
    const auto hearExamples = [&hear](const Row& row) {
        for (const ExamplePtr& example : row.examples) {
            hear(example->picture);
        }
    };
    for (const PicturePtr& picture : project.pictures) {
        hear(picture->file);
        for (const RowPtr& row : picture->rows) {
            hearExamples(*row);
        }
    }
    if (project.draft) {
        hearExamples(*project.draft);
    }
}

// The new path; none where the file is there and is no other, or was not found.
std::optional<PictureFile> movedTo(const PictureFile& file, const std::map<std::string, std::string>& found) {
    const auto at = found.find(file.sha256);
    if (at == found.end() || !(isMissing(file) || isAnother(file))) {
        return std::nullopt;
    }
    PictureFile moved = file;
    moved.path = at->second;
    return moved;
}

}  // namespace

std::vector<PictureFile> missingFiles(const Project& project) {
    std::vector<PictureFile> missing;
    std::set<std::string> seen;
    eachFile(project, [&](const PictureFile& file) {
        if (seen.insert(file.path).second && isMissing(file)) {
            missing.push_back(file);
        }
    });
    return missing;
}

std::vector<PictureFile> replacedFiles(const Project& project, const std::stop_token& stop) {
    Project worked = project;
    std::erase_if(worked.pictures, [](const PicturePtr& picture) { return picture->rows.empty(); });
    std::vector<PictureFile> replaced;
    std::set<std::string> seen;
    eachFile(worked, [&](const PictureFile& file) {
        if (!stop.stop_requested() && seen.insert(file.path).second && !isMissing(file) && isAnother(file)) {
            replaced.push_back(file);
        }
    });
    return replaced;
}

Whereabouts lookForLost(const Project& project, const std::vector<PictureFile>& replaced, const fs::path& folder,
                        const std::stop_token& stop) {
    Whereabouts now;
    now.lost = missingFiles(project);
    now.lost.insert(now.lost.end(), replaced.begin(), replaced.end());
    if (!now.lost.empty() && !folder.empty()) {
        now.found = findMoved(now.lost, folder, stop);
    }
    return now;
}

std::map<std::string, std::string> findMoved(const std::vector<PictureFile>& missing, const fs::path& folder,
                                             const std::stop_token& stop) {
    std::map<std::string, std::string> found;
    std::set<std::uint64_t> sizes;
    std::set<std::string> wanted;
    for (const PictureFile& file : missing) {
        sizes.insert(file.bytes);
        wanted.insert(file.sha256);
    }
    std::error_code failed;
    std::size_t count = 0;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed);
    while (!failed && at != fs::recursive_directory_iterator() && !stop.stop_requested() && count++ < kMostFiles &&
           found.size() < wanted.size()) {
        std::error_code ignored;
        if (at->path().filename().string().starts_with('.')) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file(ignored) && sizes.contains(at->file_size(ignored))) {
            const auto hash = sha256File(at->path());
            if (hash && wanted.contains(*hash)) {
                found.emplace(*hash, fs::absolute(at->path()).lexically_normal().string());
            }
        }
        at.increment(failed);
    }
    return found;
}

std::optional<Edit> movedEdit(const Project& project, const std::map<std::string, std::string>& found) {
    Together all;
    const auto moveExamples = [&](Id picture, const Row& row) {
        for (const ExamplePtr& example : row.examples) {
            if (const auto moved = movedTo(example->picture, found)) {
                Example changed = *example;
                changed.picture = *moved;
                all.edits.emplace_back(
                    SetExample{picture, row.id, std::make_shared<const Example>(std::move(changed))});
            }
        }
    };
    for (const PicturePtr& picture : project.pictures) {
        if (const auto moved = movedTo(picture->file, found)) {
            all.edits.emplace_back(SetPictureFile{picture->id, *moved});
        }
        for (const RowPtr& row : picture->rows) {
            moveExamples(picture->id, *row);
        }
    }
    if (project.draft) {
        moveExamples(0, *project.draft);
    }
    return all.edits.empty() ? std::nullopt : std::optional<Edit>(std::move(all));
}

}  // namespace maskwright::project
