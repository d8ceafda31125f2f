#include "app/cli/run_arguments.h"

#include <CLI/CLI.hpp>
#include <set>

#include "app/cli/options.h"

namespace maskwright::cli {

void addRun(CLI::App& app, RunArguments& a) {
    app.add_option("PROJECT", a.project, "A project of the window, NAME.maskwright")->required();
    app.add_option(
           "-o,--output", a.output,
           "Folder for the results, made where it is missing; with --format coco also a file that ends in .json")
        ->required();
    std::set<std::string> kinds;
    for (const output::KindName& known : output::kKinds) {
        kinds.emplace(known.name);
    }
    app.add_option_function<std::string>(
           "--kind", [&a](const std::string& name) { a.kind = *output::kindNamed(name); },
           "What to make of each row, as of segment: index is one picture of all rows, in which no pixel is two rows'; "
           "default: what the project says")
        ->check(CLI::IsMember(kinds));
    addFormat(app, a.format, a.polygons);
    app.get_option("--polygons")
        ->description(
            "With COCO's format, given or the project's: polygons in place of runs; default: runs with --format, else "
            "what "
            "the project says");
    addList(app, "--row", a.rows, "Only the rows that are called this, hidden ones too; may be given several times");
    app.add_flag("--hidden", a.hidden, "Hidden rows too");
    addList(app, "--picture", a.pictures,
            "Only this picture of the project, by its path or its file's name; may be given several times");
    app.add_flag("--keep-empty", a.keepEmpty,
                 "Also write masks, cutouts and overlays of rows of which nothing was found; without it they are left "
                 "out, but where such a file would stay from before. Annotations never have such rows");
    app.add_option_function<double>(
           "--opacity", [&a](double value) { a.opacity = value; }, "Of overlays, 0 to 1; default: the project's")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option_function<std::string>(
           "--edge",
           [&a](const std::string& name) {
               a.edge = name == "hard" ? output::CutoutEdge::hard : output::CutoutEdge::soft;
           },
           "Of cutouts, as of segment; default: the project's")
        ->check(CLI::IsMember({"hard", "soft"}));
    app.add_option(
        "--pattern", a.pattern,
        "Names of PNG files below the folder, with {stem}, {phrase} (the row), {ext}, {folder} and {n}; default: "
        "the project's, else {stem}-{phrase}.png");
    app.add_flag("--overwrite", a.overwrite, "Replace files that are there; without it nothing is begun");
    app.add_flag("--json", a.json, "One JSON object a picture and row on standard output");
    addMegapixels(app, a.maxMegapixels);
    a.model.model.clear();
    addModel(app, a.model);
    app.get_option("--model")->description("Built-in model's name, or a model folder, in place of the project's");
    app.footer(
        "Example:\n"
        "  maskwright-cli run cats.maskwright -o masks/\n"
        "  maskwright-cli run cats.maskwright -o cats.json --format coco\n"
        "Rows that are visible are worked on. Where the project says that no pixel is in two rows, visible rows that "
        "are "
        "not asked for keep their pixels too. A picture that was "
        "moved, or in whose place another lies, is looked for below the project's folder, by what is in it; until it "
        "is found, another of the same size is worked on with a warning, one of another size is refused. What cannot "
        "be done (a lost picture, a row "
        "without anything to look for, a model that is not there) is said, one line each, and the rest is done; the "
        "exit code is then that of the first.");
}

}  // namespace maskwright::cli
