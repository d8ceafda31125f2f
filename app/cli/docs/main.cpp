// maskwright-cli-docs FOLDER: writes the manual pages and the completion that are installed with maskwright-cli.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "app/cli/arguments.h"
#include "app/cli/docs/pages.h"
#include "core/base/file.h"

namespace {

namespace fs = std::filesystem;
using namespace maskwright::cli;

bool write(const fs::path& path, const std::string& text) {
    const auto written = maskwright::writeFileAtomically(path, text);
    if (!written) {
        std::cerr << "maskwright-cli-docs: " + written.error().line() + "\n";
    }
    return written.ok();
}

}  // namespace

int main(int count, char** values) {
    if (count != 2) {
        std::cerr << "usage: maskwright-cli-docs FOLDER\n";
        return 2;
    }
    docs::Command program;
    showArguments([&](CLI::App& app) { program = docs::read(app); });
    const fs::path folder = values[1];
    std::error_code failed;
    for (const char* name : {"man1", "bash", "zsh", "fish"}) {
        fs::create_directories(folder / name, failed);
    }
    bool all = write(folder / "man1" / "maskwright-cli.1", docs::manualPage(program, program, MASKWRIGHT_VERSION));
    for (const docs::Command& command : program.below) {
        all = write(folder / "man1" / ("maskwright-cli-" + command.name + ".1"),
                    docs::manualPage(program, command, MASKWRIGHT_VERSION)) &&
              all;
    }
    all = write(folder / "bash" / "maskwright-cli", docs::bashCompletion(program)) && all;
    all = write(folder / "zsh" / "_maskwright-cli", docs::zshCompletion(program)) && all;
    all = write(folder / "fish" / "maskwright-cli.fish", docs::fishCompletion(program)) && all;
    return all ? 0 : 6;
}
