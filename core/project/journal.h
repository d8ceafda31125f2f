// What was done to a project since its file was last written: a file beside it to which every edit is appended at once,
// one line of JSON each. After an end by force nothing is lost that add() has returned from; after a failure of the
// whole machine at most what was added since the last sync(). The first line says of which bytes of the project file it
// goes on; a line marks each save, so that an end between the two files' changes loses nothing either.
//
//   {"format": "maskwright journal", "version": 1, "project": SHA-256 of the project's file, or ""}
//   {"edit": "set_row_visible", "picture": 1, "row": 2, "visible": false}
//   {"saved": SHA-256}
//
// Paths in it are relative as in the project's file. A journal in a folder of the program's own has all of the project,
// and "project" is "": it goes on from nothing. Where there is a file all the same (its folder cannot be written), the
// first line says which, and what it was then:
//
//   {"format": "maskwright journal", "version": 1, "project": "", "file": absolute path, "file_sha256": SHA-256}
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "core/project/edit.h"
#include "core/project/format.h"

namespace maskwright::project {

// cats.maskwright -> cats.maskwright-journal, in the same folder; of a link beside the file behind it.
std::filesystem::path journalPath(const std::filesystem::path& project);

// Errors: ErrorKind::resource where another process (or another Journal of this one) has it open.
Result<void> checkFree(const std::filesystem::path& journal);

// The project's file that a journal in the program's own folder belongs to; an empty path where it has none.
struct Whose {
    std::filesystem::path file;  // absolute
    std::string sha256;          // of the file when the journal was begun
};

// Writes. One thread at a time.
class Journal {
  public:
    // Starts a new one: what is at `path` is replaced. `project`: the SHA-256 of the file it goes on from; empty for a
    // project without one, and for one in the program's own folder, which `whose` names. Locked against other processes
    // for as long as it is open. Errors: ErrorKind::output; resource where another process has it open.
    static Result<Journal> start(const std::filesystem::path& path, const std::string& project,
                                 const Whose& whose = {});
    // Goes on with what recover() has read, at its end; a line that was cut is ended first.
    static Result<Journal> resume(const std::filesystem::path& path);
    Journal(Journal&& other) noexcept;
    Journal& operator=(Journal&& other) noexcept;
    Journal(const Journal&) = delete;
    ~Journal();  // the file stays

    // In the file when this returns. Forced to the disk by the first add() five seconds after the last time, and by
    // sync(). Errors: ErrorKind::output.
    Result<void> add(const Edit& edit);
    // Forces to the disk what is not there yet. A program calls it when nothing was added for some seconds.
    Result<void> sync();

    // Writes the project's file, and this journal begins anew from it. Errors: save()'s; the journal then goes on as
    // it was. -> the file's SHA-256
    Result<std::string> saved(const Project& project, const std::filesystem::path& file);
    // Closes and removes it: nothing is left to recover.
    void remove();

  private:
    Journal(std::filesystem::path path, int descriptor);
    Result<void> write(const std::string& line);
    std::filesystem::path path_;
    int descriptor_ = -1;
    bool written_ = false;  // since the last sync
    std::chrono::steady_clock::time_point synced_;
};

// What a journal has that the project's file has not.
struct Recovered {
    Project project;
    std::size_t edits = 0;  // of them, all that was typed being one; 0: the file has everything
    std::size_t lost = 0;   // lines at the end that could not be read or done: cut, damaged, and all after them
    Whose whose = {};
};
// `journal` read over `loaded`, the project's file as it is now (for a project without one: an empty project and an
// empty hash). None where there is no journal. Errors: ErrorKind::input where the journal cannot be read, is of a newer
// version, goes on from another file than this one (which was replaced or restored since), or is open in another
// process (ErrorKind::resource); it is left as it is.
Result<std::optional<Recovered>> recover(const std::filesystem::path& journal, const Loaded& loaded);

}  // namespace maskwright::project
