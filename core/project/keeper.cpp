#include "core/project/keeper.h"

#include <algorithm>
#include <random>
#include <utility>

#include "core/base/sha256.h"
#include "core/project/work.h"

namespace maskwright::project {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kJournalEnding = ".maskwright-journal";
constexpr std::string_view kUnnamed = "unsaved";

// What makes `after` of `before`, whatever lies between.
Edit difference(const Project& before, const Project& after) {
    Together all;
    // The rest alike: whether pictures or draft differ. Ids may have gone from one to the other.
    Project rest = after;
    rest.model = before.model;
    rest.settings = before.settings;
    if (!(rest == before)) {
        all.edits.emplace_back(SetDraft{});
        for (const PicturePtr& picture : before.pictures) {
            all.edits.emplace_back(RemovePicture{picture->id});
        }
        for (std::size_t i = 0; i < after.pictures.size(); ++i) {
            all.edits.emplace_back(AddPicture{i, after.pictures[i]});
        }
        all.edits.emplace_back(SetDraft{after.draft});
    }
    if (!(after.model == before.model)) {
        all.edits.emplace_back(SetModel{after.model});
    }
    if (!(after.settings == before.settings)) {
        all.edits.emplace_back(SetSettings{after.settings});
    }
    return all;
}

// NAME.d1f3c2a9.maskwright-journal: a name that no other process thinks of.
fs::path sparePath(const fs::path& folder, const fs::path& project) {
    constexpr std::size_t kLongest = 60;  // bytes of the name: a file's may have 255
    std::string name = project.empty() ? std::string(kUnnamed) : project.stem().string();
    if (name.size() > kLongest) {
        name = std::string(kUnnamed);
    }
    char number[16];
    std::snprintf(number, sizeof number, ".%08x", std::random_device()());
    return folder / (name + number + std::string(kJournalEnding));
}

std::string nameOf(const fs::path& spare) {
    const std::string name = spare.stem().stem().string();
    return name == kUnnamed ? std::string() : name;
}

// Gives a journal that is in the way another name, which nothing has. False where that cannot be.
bool keepAside(const fs::path& journal, Opened& opened) {
    std::error_code failed;
    fs::path aside;
    for (int i = 1; i == 1 || fs::exists(aside, failed); ++i) {
        aside = journal.string() + "-" + std::to_string(i);
    }
    fs::rename(journal, aside, failed);
    if (failed) {
        return false;
    }
    opened.notices.push_back(message("the journal was kept as %1", quoted(aside.string())));
    return true;
}

// The journal beside a file with this SHA-256, begun anew or gone on in; none where none can lie there. Errors:
// ErrorKind::resource where another process has it open.
Result<std::optional<Journal>> journalBeside(const fs::path& beside, const std::string& sha256, bool goesOn) {
    auto journal = goesOn ? Journal::resume(beside) : Journal::start(beside, sha256);
    if (!journal && journal.error().kind == ErrorKind::resource) {
        return journal.error();
    }
    return journal ? std::optional(std::move(*journal)) : std::nullopt;
}

Loaded nothing() { return {Project{}, std::string()}; }

bool isJournal(const fs::path& path) { return path.string().ends_with(kJournalEnding); }

struct Spare {
    fs::path journal;
    Recovered recovered;
};

// Of the journals in the program's own folder that go on from this very file and hold what it has not, the newest.
std::optional<Spare> spareOf(const fs::path& folder, const fs::path& file, const Loaded& loaded) {
    std::optional<Spare> newest;
    fs::file_time_type changed;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed); !failed && at != fs::directory_iterator(); at.increment(failed)) {
        std::error_code gone;
        const auto time = fs::last_write_time(at->path(), gone);
        if (gone || !isJournal(at->path()) || (newest && time < changed)) {
            continue;
        }
        auto left = project::recover(at->path(), nothing());
        if (left && *left && (*left)->edits > 0 && (*left)->whose.file == file &&
            (*left)->whose.sha256 == loaded.sha256 && !((*left)->project == loaded.project)) {
            newest = Spare{at->path(), std::move(**left)};
            changed = time;
        }
    }
    return newest;
}

void discardSpares(const fs::path& folder, const fs::path& file, const Loaded& loaded) {
    for (auto spare = spareOf(folder, file, loaded); spare; spare = spareOf(folder, file, loaded)) {
        std::error_code ignored;
        discardJournal(spare->journal);
        if (fs::exists(spare->journal, ignored)) {
            return;  // the folder cannot be written
        }
    }
}

void note(std::vector<LeftJournal>& left, const fs::path& journal, const fs::path& project, const std::string& name,
          const Recovered& recovered) {
    std::error_code failed;
    const auto changed = fs::last_write_time(journal, failed);
    if (!failed && recovered.edits > 0) {
        left.push_back({journal, project, name, recovered.edits, recovered.lost, changed});
    }
}

// One of the program's own folder. -> whether it holds nothing
bool takeSpare(const fs::path& journal, std::vector<LeftJournal>& left) {
    const auto recovered = project::recover(journal, nothing());
    if (!recovered || !*recovered) {
        return false;
    }
    const Recovered& found = **recovered;
    const auto loaded = found.whose.file.empty() ? Result<Loaded>(nothing()) : load(found.whose.file);
    const bool same = loaded && !found.whose.file.empty() && loaded->sha256 == found.whose.sha256;
    const bool nothingNew = same ? found.project == loaded->project
                                 : found.edits == 0 || (found.whose.file.empty() && !hasWork(found.project));
    if (nothingNew) {
        return found.lost == 0;
    }
    const fs::path& file = found.whose.file;
    note(left, journal, same ? file : fs::path(), file.empty() ? nameOf(journal) : file.stem().string(), found);
    return false;
}

}  // namespace

std::vector<LeftJournal> leftJournals(const fs::path& folder, const std::vector<fs::path>& projects) {
    std::vector<LeftJournal> left;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed); !failed && at != fs::directory_iterator(); at.increment(failed)) {
        if (const fs::path path = at->path(); isJournal(path) && takeSpare(path, left)) {
            discardJournal(path);
        }
    }
    for (const fs::path& project : projects) {
        if (const fs::path journal = journalPath(project); fs::exists(journal, failed)) {
            if (const auto loaded = load(project)) {
                if (const auto recovered = project::recover(journal, *loaded); recovered && *recovered) {
                    note(left, journal, project, project.stem().string(), **recovered);
                }
            }
        }
    }
    std::stable_sort(left.begin(), left.end(), [](const auto& a, const auto& b) { return a.changed > b.changed; });
    // open() asks about all of a project at once.
    std::vector<fs::path> seen;
    std::erase_if(left, [&](const LeftJournal& one) {
        const bool again = std::find(seen.begin(), seen.end(), one.project) != seen.end();
        if (!one.project.empty()) {
            seen.push_back(one.project);
        }
        return again;
    });
    return left;
}

void discardLeft(const LeftJournal& left, const fs::path& folder) {
    discardJournal(left.journal);
    if (!left.project.empty()) {
        if (const auto loaded = load(left.project)) {
            discardSpares(folder, left.project, *loaded);
        }
        discardJournal(journalPath(left.project));
    }
}

void discardJournal(const fs::path& journal) {
    if (auto ours = Journal::resume(journal)) {
        ours->remove();
    }
}

Keeper::Keeper(fs::path folder) : folder_(std::move(folder)) {}

void Keeper::begin() {
    closeJournals();
    takeFile(nothing(), {});
}

void Keeper::closeJournals() {
    for (std::optional<Journal>* journal : {&beside_, &spare_}) {
        if (*journal) {
            (*journal)->remove();
            journal->reset();
        }
    }
    besideFails_ = false;
}

void Keeper::takeFile(Loaded loaded, const fs::path& path) {
    path_ = path;
    sha256_ = std::move(loaded.sha256);
    kept_ = loaded.project;
    saved_ = std::move(loaded.project);
}

Result<Opened> Keeper::open(const fs::path& name, Unsaved unsaved) {
    const fs::path path = fileBehind(name), beside = journalPath(path);
    const bool again = path == path_;
    auto loaded = load(path);
    if (!loaded) {
        return loaded.error();
    }
    Opened opened{loaded->project, path, 0, 0, false, {}};
    auto left =
        again ? Result<std::optional<Recovered>>(std::optional<Recovered>()) : project::recover(beside, *loaded);
    if (!left && left.error().kind == ErrorKind::resource) {
        return left.error();
    }
    if (auto spare = again ? std::nullopt : spareOf(folder_, path, *loaded)) {
        opened.edits = spare->recovered.edits;
        opened.lost = spare->recovered.lost;
        if (unsaved == Unsaved::ask) {
            opened.asks = true;
            return opened;
        }
        if (unsaved == Unsaved::recover) {
            if (!left) {
                keepAside(beside, opened);
            }
            opened.project = std::move(spare->recovered.project);
            return openSpare(std::move(*loaded), std::move(opened), spare->journal);
        }
        opened.edits = opened.lost = 0;
    }
    const bool some = left && *left && ((*left)->edits > 0 || (*left)->lost > 0);
    if (some) {
        opened.edits = (*left)->edits;
        opened.lost = (*left)->lost;
        if (unsaved == Unsaved::ask) {
            opened.asks = true;
            return opened;
        }
    }
    const bool wanted = some && unsaved == Unsaved::recover, recovers = wanted && opened.edits > 0;
    bool blocked = false;
    // What cannot be gone on in stays for whoever can make something of it.
    if (!left || (wanted && opened.lost > 0)) {
        if (!left) {
            opened.notices.push_back(left.error().what);
        }
        blocked = !keepAside(beside, opened);
    }
    if (again) {
        beside_.reset();  // a second lock of the same process would wait for the first
    }
    const bool resumes = recovers && opened.lost == 0;
    std::optional<Journal> journal;
    if (!blocked) {
        auto made = journalBeside(beside, loaded->sha256, resumes);
        if (!made) {
            return made.error();
        }
        journal = std::move(*made);
    }
    closeJournals();
    if (unsaved == Unsaved::discard && !again) {
        discardSpares(folder_, path, *loaded);
    }
    beside_ = std::move(journal);
    if (recovers) {
        opened.project = (*left)->project;
    } else {
        opened.edits = opened.lost = 0;
    }
    takeFile(std::move(*loaded), path);
    if (resumes && beside_) {
        kept_ = opened.project;
    } else if (recovers) {
        keep(opened);
    }
    return opened;
}

// `opened` is what the journal in the program's own folder comes to.
Result<Opened> Keeper::openSpare(Loaded loaded, Opened opened, const fs::path& journal) {
    std::optional<Journal> beside, going;
    if (opened.lost == 0) {
        auto resumed = Journal::resume(journal);
        if (!resumed) {
            return resumed.error();
        }
        going = std::move(*resumed);
    }
    auto locked = journalBeside(journalPath(opened.path), loaded.sha256, false);
    if (!locked) {
        return locked.error();
    }
    beside = std::move(*locked);
    if (opened.lost > 0) {
        keepAside(journal, opened);  // lines after a damaged one would be lost too
    }
    closeJournals();
    beside_ = std::move(beside);
    takeFile(std::move(loaded), opened.path);
    if (going) {
        spare_ = std::move(going);
        sparePath_ = journal;
        kept_ = opened.project;
    } else {
        keep(opened);
    }
    return opened;
}

Result<Opened> Keeper::recover(const fs::path& journal) {
    auto left = project::recover(journal, nothing());
    if (!left) {
        return left.error();
    }
    Opened opened;
    if (!*left) {
        return opened;
    }
    opened.edits = (*left)->edits;
    opened.lost = (*left)->lost;
    opened.project = std::move((*left)->project);
    if (opened.lost > 0) {
        // Lines after a damaged one would be lost too.
        keepAside(journal, opened);
        begin();
        keep(opened);
        return opened;
    }
    auto going = Journal::resume(journal);
    if (!going) {
        return going.error();
    }
    begin();
    spare_ = std::move(*going);
    sparePath_ = journal;
    kept_ = opened.project;
    return opened;
}

// Into a journal anew, what came from another.
void Keeper::keep(Opened& opened) {
    if (const auto kept = sync(opened.project); !kept) {
        opened.notices.push_back(kept.error().what);
    }
}

bool Keeper::besideIsThere() const {
    std::error_code ignored;
    return fs::exists(journalPath(path_), ignored);
}

Result<void> Keeper::addBeside(const Edit& edit) {
    if (!besideIsThere()) {
        // Its folder was removed, or is not mounted any more: what is written would go nowhere.
        return Error{ErrorKind::output, message("%1 is not there any more", quoted(journalPath(path_).string())),
                     "save the project elsewhere: changes are not kept otherwise"};
    }
    return beside_->add(edit);
}

Result<void> Keeper::addSpare(const Edit& edit, const Project& after) {
    std::error_code ignored;
    if (spare_ && fs::exists(sparePath_, ignored)) {
        return spare_->add(edit);
    }
    fs::create_directories(folder_, ignored);
    sparePath_ = sparePath(folder_, path_);
    auto journal = Journal::start(sparePath_, "", {path_, sha256_});
    if (!journal) {
        return journal.error();
    }
    if (const auto added = journal->add(difference({}, after)); !added) {
        journal->remove();
        return added.error();
    }
    spare_ = std::move(*journal);
    return {};
}

Result<void> Keeper::add(const Edit& edit, const Project& after) {
    // After a failure the journal is behind: it is brought to where the project is now.
    auto from = apply(kept_, edit);
    const Edit whole = from && from->project == after ? edit : difference(kept_, after);
    if (!spare_ && beside_ && !besideFails_) {
        if (addBeside(whole)) {
            kept_ = after;
            return {};
        }
        besideFails_ = true;
    }
    MASKWRIGHT_TRY(addSpare(whole, after));
    kept_ = after;
    return {};
}

Result<void> Keeper::sync(const Project& now) {
    const bool gone = beside_ && !spare_ && !besideIsThere();
    if (!(kept_ == now) || (gone && !(now == saved_))) {
        MASKWRIGHT_TRY(add(difference(kept_, now), now));
    }
    Journal* journal = spare_ ? &*spare_ : beside_ ? &*beside_ : nullptr;
    return journal != nullptr ? journal->sync() : Result<void>();
}

Result<void> Keeper::save(const Project& project) {
    std::error_code ignored;
    if (fs::exists(path_, ignored)) {
        const auto now = sha256File(path_);
        if (now && *now != sha256_) {
            return Error{ErrorKind::output,
                         message("%1 was changed by another program since it was opened", quoted(path_.string())),
                         "save the project under another name, or under the same to replace the file"};
        }
    }
    return write(project);
}

// To path_, and the journals begin anew.
Result<void> Keeper::write(const Project& project) {
    const bool there = beside_ && besideIsThere();
    const auto sha256 = there ? beside_->saved(project, path_) : project::save(project, path_);
    if (!sha256) {
        return sha256.error();
    }
    if (!there) {
        beside_.reset();
        if (auto journal = Journal::start(journalPath(path_), *sha256)) {
            beside_ = std::move(*journal);
        }
    }
    besideFails_ = false;
    if (spare_) {
        spare_->remove();
        spare_.reset();
    }
    takeFile({project, *sha256}, path_);
    return {};
}

Result<void> Keeper::saveAs(const Project& project, const fs::path& name) {
    const fs::path path = fileBehind(name);
    if (path == path_) {
        return write(project);
    }
    MASKWRIGHT_TRY(checkFree(journalPath(path)));
    const auto sha256 = project::save(project, path);
    if (!sha256) {
        return sha256.error();
    }
    closeJournals();
    takeFile({project, *sha256}, path);
    if (auto journal = Journal::start(journalPath(path), *sha256)) {
        beside_ = std::move(*journal);
    }
    return {};
}

}  // namespace maskwright::project
