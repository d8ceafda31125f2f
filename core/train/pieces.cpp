#include "core/train/pieces.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "core/base/file.h"
#include "core/train/vocabulary_trainer/exit_codes.h"

extern char** environ;

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

fs::path findTrainer() {
    if (const char* given = std::getenv("MASKWRIGHT_VOCABULARY")) {
        return given;
    }
    std::error_code code;
    const fs::path here = fs::read_symlink("/proc/self/exe", code).parent_path();
    for (const fs::path& folder : {here, here / "../lib/maskwright", here / "../libexec/maskwright"}) {
        if (fs::exists(folder / "maskwright-vocabulary", code)) {
            return folder / "maskwright-vocabulary";
        }
    }
    return {};
}

}  // namespace

Result<void> trainPieces(const std::vector<std::string>& lines, std::int64_t count, const std::string& model) {
    const std::string program = findTrainer().string();
    std::error_code code;
    if (program.empty() || !fs::exists(program, code)) {
        return Error{ErrorKind::resource, "the program maskwright-vocabulary is not beside this one",
                     "build or install it, or name it in MASKWRIGHT_VOCABULARY"};
    }
    std::string text;
    for (std::string line : lines) {
        std::replace(line.begin(), line.end(), '\n', ' ');
        text += line + "\n";
    }
    const std::string source = model + ".lines", said = model + ".errors", pieces = std::to_string(count);
    MASKWRIGHT_TRY(writeFileAtomically(source, text));
    std::array<const char*, 5> arguments = {program.c_str(), pieces.c_str(), source.c_str(), model.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    const int failed =
        posix_spawn(&child, program.c_str(), &actions, nullptr, const_cast<char**>(arguments.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    if (failed == 0) {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    }
    std::string why;
    if (auto read = readFile(said, 1 << 20)) {
        why = *read;
    }
    fs::remove(source, code);
    fs::remove(said, code);
    if (failed != 0 || !WIFEXITED(status)) {
        return Error{ErrorKind::resource, message("the program %1 could not do its work", program),
                     "look whether it runs by itself"};
    }
    const std::string bound = why.substr(0, why.find('\n'));
    if (WEXITSTATUS(status) == kTooManyPieces) {
        return Error{ErrorKind::input,
                     message("the phrases give a vocabulary of at most %1 pieces, not %2", bound, count),
                     "set tokenizer.pieces lower, or give more phrases"};
    }
    if (WEXITSTATUS(status) == kTooFewPieces) {
        return Error{
            ErrorKind::input,
            message("the characters of the phrases take a vocabulary of at least %1 pieces, not %2", bound, count),
            "set tokenizer.pieces higher"};
    }
    if (WEXITSTATUS(status) != 0) {
        return Error{ErrorKind::input, message("the vocabulary could not be trained: %1", quoted(why, 300)),
                     "ask for fewer pieces or give more phrases"};
    }
    return {};
}

}  // namespace maskwright::train
