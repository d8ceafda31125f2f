// include_check ROOT: holds the #include lines of core, ui and app to tests/cmake/includes.table.
#include <cstdio>
#include <exception>

#include "tests/cmake/floor_plan.h"
#include "tests/cmake/include_rules.h"

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::fprintf(stderr, "usage: include_check ROOT\n");
        return 2;
    }
    const std::filesystem::path root = argv[1];
    const auto table = include_rules::readTable(include_rules::textOf(root / "tests/cmake/includes.table"));
    const auto tree = include_rules::readTree(root, {"core", "ui", "app"});
    auto problems = include_rules::check(table, tree);
    for (const auto& more :
         {include_rules::compareWithLinks(table, include_rules::textOf(root / "core/CMakeLists.txt")),
          include_rules::checkFloors(table, include_rules::roomsOf(tree))}) {
        problems.insert(problems.end(), more.begin(), more.end());
    }
    for (const std::string& problem : problems) {
        std::fprintf(stderr, "%s\n", problem.c_str());
    }
    std::printf("%zu files, %zu problems\n", tree.size(), problems.size());
    return problems.empty() && !tree.empty() ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "include_check: %s\n", error.what());
    return 2;
}
