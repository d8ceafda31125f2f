// floor_plan ROOT [--write]: compares the drawing of core/README.md with tests/cmake/includes.table, or writes it
// there.
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "tests/cmake/floor_plan.h"

int main(int argc, char** argv) try {
    using namespace include_rules;
    const bool write = argc == 3 && std::string_view(argv[2]) == "--write";
    if (argc != 2 && !write) {
        std::fprintf(stderr, "usage: floor_plan ROOT [--write]\n");
        return 2;
    }
    const std::filesystem::path root = argv[1], page = root / "core/README.md";
    const Table table = readTable(textOf(root / "tests/cmake/includes.table"));
    const std::string text = textOf(page);
    const std::string wanted = pageWith(text, drawing(table, roomsOf(readTree(root, {"core", "ui", "app"}))));
    if (write) {
        std::ofstream file(page, std::ios::binary);
        file << wanted;
        file.close();
        return file ? 0 : 1;
    }
    if (text != wanted) {
        std::fprintf(stderr, "core/README.md does not show the floors of the table; run floor_plan %s --write\n",
                     argv[1]);
        return 1;
    }
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "floor_plan: %s\n", error.what());
    return 2;
}
