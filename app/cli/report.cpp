#include <iostream>

#include "app/cli/commands.h"

namespace maskwright::cli {

int report(const Error& error) {
    std::cout.flush();
    std::cerr << "maskwright-cli: " + error.line() + "\n";
    return static_cast<int>(error.kind);
}

}  // namespace maskwright::cli
