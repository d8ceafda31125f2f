// include_check ROOT: holds the #include lines of core, ui and app to tests/cmake/includes.table.
#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>

#include "tests/cmake/include_rules.h"

namespace {

std::string textOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        throw std::runtime_error(path.string() + " cannot be read");
    }
    return text.str();
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::fprintf(stderr, "usage: include_check ROOT\n");
        return 2;
    }
    const std::filesystem::path root = argv[1];
    const auto table = include_rules::readTable(textOf(root / "tests/cmake/includes.table"));
    const auto tree = include_rules::readTree(root, {"core", "ui", "app"});
    auto problems = include_rules::check(table, tree);
    const auto links = include_rules::compareWithLinks(table, textOf(root / "core/CMakeLists.txt"));
    problems.insert(problems.end(), links.begin(), links.end());
    for (const std::string& problem : problems) {
        std::fprintf(stderr, "%s\n", problem.c_str());
    }
    std::printf("%zu files, %zu problems\n", tree.size(), problems.size());
    return problems.empty() && !tree.empty() ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "include_check: %s\n", error.what());
    return 2;
}
