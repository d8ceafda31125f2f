// What models takes: values for the loaded part, options and help for the command line.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace maskwright::cli {

struct ModelsArguments {
    enum class Action { list, fetch, import, remove };
    Action action = Action::list;
    std::string model;             // to fetch or remove, by name; to import, a path
    std::string name;              // what an imported one is to be called; empty: as its folder or file
    std::string clip, vocabulary;  // beside an imported file; empty: none
    std::string mirror;            // empty: HF_ENDPOINT, else the hub
    bool json = false;
};

void addModels(CLI::App& app, ModelsArguments& a);

}  // namespace maskwright::cli
