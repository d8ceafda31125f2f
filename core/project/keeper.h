// An open project on the disk: its file, and the journal of what was done since. Where no journal can lie beside the
// file (there is no file yet, its folder is read-only, full, or gone), it lies in a folder of the program's own and has
// the whole project, so that it can be recovered without the file. Blocks; one thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/project/journal.h"

namespace maskwright::project {

// What a process that has ended without closing its project has left.
struct LeftJournal {
    std::filesystem::path journal;
    // Whose it is: open() recovers it. Empty: recover() does, as a project without a file; there was none, or it is
    // gone or another by now.
    std::filesystem::path project;
    std::string name;                 // of the project; empty where it had none
    std::size_t edits = 0, lost = 0;  // as Recovered has them
    std::filesystem::file_time_type changed;
};

// Those in the program's own folder and beside `projects` that hold something, the newest first, of each project one.
// Those in the folder that hold nothing are removed, and so are those of projects without a file that have no work in
// them (work.h); those of other processes and those that cannot be read are passed over.
std::vector<LeftJournal> leftJournals(const std::filesystem::path& folder,
                                      const std::vector<std::filesystem::path>& projects = {});
// Removes it unless a process has it open.
void discardJournal(const std::filesystem::path& journal);
// The same, and what else is left of its project.
void discardLeft(const LeftJournal& left, const std::filesystem::path& folder);

// What to do with the changes that a project's journal has and its file has not.
enum class Unsaved { ask, recover, discard };

struct Opened {
    Project project;
    std::filesystem::path path;    // empty: it was never saved, or its file is not known any more
    std::size_t edits = 0;         // that come from a journal and are in no file
    std::size_t lost = 0;          // lines of the journal that could not be read
    bool asks = false;             // nothing was opened: `edits` and `lost` are to be decided on
    std::vector<Message> notices;  // what a person should know
};

class Keeper {
  public:
    // `folder`: the program's own; made when it is needed. Begins with a new project.
    explicit Keeper(std::filesystem::path folder);

    // Of the project's file, see fileBehind(); empty: never saved.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    // A new project; what was open is closed.
    void begin();
    // Closes what was open, once the new one is read. The path that is open now: its file is read again, and what is
    // unsaved is given up. Errors: load()'s, and ErrorKind::resource where another process has it open; what was open
    // stays open. A journal that does not fit the file, or is damaged, is kept under another name, which a notice says.
    // One in the program's own folder that goes on from this very file goes before the one beside it, which ended when
    // it began, and is gone on in until the file is saved.
    Result<Opened> open(const std::filesystem::path& path, Unsaved unsaved);
    // The project of a left journal, which goes on in it. Errors: recover()'s; what was open stays open.
    Result<Opened> recover(const std::filesystem::path& journal);

    // `edit` was done, and `after` is what the project is now. In a journal when this returns: if not beside the file
    // then in the program's own folder. Errors: ErrorKind::output where neither can be written; the next add() or
    // sync() that can makes up for it.
    Result<void> add(const Edit& edit, const Project& after);
    // Forces to the disk what was added, and makes up for what could not be. For every few seconds while there are
    // edits. Errors: add()'s.
    Result<void> sync(const Project& now);

    // Writes the file whole, and the journal begins anew. Errors: ErrorKind::output, also where the file was changed
    // since it was read or written; file and journal are as they were.
    Result<void> save(const Project& project);
    // The same under another name (or the same, whatever the file is by now), which the project has from then on.
    Result<void> saveAs(const Project& project, const std::filesystem::path& path);

    // Closes the project and removes its journals: all is saved, or given up. A new one follows.
    void close() { begin(); }

  private:
    // What the file is: its project and its SHA-256.
    void takeFile(Loaded loaded, const std::filesystem::path& path);
    void closeJournals();
    Result<Opened> openSpare(Loaded loaded, Opened opened, const std::filesystem::path& journal);
    void keep(Opened& opened);
    [[nodiscard]] bool besideIsThere() const;
    Result<void> addBeside(const Edit& edit);
    Result<void> addSpare(const Edit& edit, const Project& after);
    Result<void> write(const Project& project);
    std::filesystem::path folder_, path_, sparePath_;
    std::string sha256_;             // of the file; empty without one
    Project saved_;                  // what the file has
    Project kept_;                   // what the journal in use comes to
    std::optional<Journal> beside_;  // beside the file: also what keeps other processes out
    std::optional<Journal> spare_;   // in the program's own folder; the one in use where it is there
    bool besideFails_ = false;
};

}  // namespace maskwright::project
