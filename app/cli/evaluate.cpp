// evaluate: a model measured on a data set, as reports and a contact sheet.
#include "core/eval/evaluate.h"

#include <filesystem>
#include <iostream>

#include "app/cli/common.h"
#include "core/base/file.h"
#include "core/base/made_folders.h"

namespace maskwright::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSheetRows = 8;  // of the best and the worst answers

Result<void> writeReports(const fs::path& folder, const eval::Report& result) {
    MASKWRIGHT_TRY(writeFileAtomically(folder / "report.json", eval::asJson(result)));
    MASKWRIGHT_TRY(writeFileAtomically(folder / "report.csv", eval::asCsv(result)));
    MASKWRIGHT_TRY(writeFileAtomically(folder / "report.md", eval::asMarkdown(result)));
    const auto sheet = eval::contactSheet(result.extremes);
    if (!sheet) {
        return sheet.error();
    }
    return sheet->empty() ? Result<void>() : image_io::writeImage((folder / "contact.png").string(), *sheet);
}

// Makes the folder for the reports, none of which may be written over a file that is read.
Result<void> prepareOutput(const EvaluateArguments& a, MadeFolders& made) {
    const fs::path folder = a.output, data = a.data;
    MASKWRIGHT_TRY(made.make(folder));
    std::error_code ignored;
    for (const char* name : {"report.json", "contact.png"}) {
        for (const fs::path& read : {data / (a.split + ".json"), data / (a.supportSplit + ".json"),
                                     data / "images" / name, data / a.split / name, data / a.supportSplit / name}) {
            if (fs::exists(folder / name, ignored) && fs::equivalent(folder / name, read, ignored)) {
                return Error{ErrorKind::output,
                             message("%1 would be written over, and it is of the data set", quoted(read.string())),
                             "choose another folder for the reports"};
            }
        }
    }
    return {};
}

}  // namespace

int runEvaluate(const EvaluateArguments& arguments, const std::stop_token& stop) {
    MadeFolders made;  // a run that fails leaves no empty folder
    if (!arguments.output.empty()) {
        if (const auto ready = prepareOutput(arguments, made); !ready) {
            return report(ready.error());
        }
    }
    eval::EvaluateOptions options;
    options.engine = {arguments.model.model, arguments.model.device, arguments.model.dtype, arguments.model.threads};
    options.data = arguments.data;
    options.split = arguments.split;
    options.size = arguments.size;
    options.prompt = arguments.wording;
    options.phrases = arguments.phrases;
    options.supportSplit = arguments.supportSplit;
    options.style = arguments.style;
    options.mix = arguments.mix;
    options.seed = static_cast<std::uint64_t>(arguments.seed);
    options.pictures = arguments.limit;
    options.refine = arguments.refine;
    options.strict = arguments.strict;
    options.exifAsStored = arguments.exifAsStored;
    options.needsPresent = arguments.recordThreshold;
    options.thresholds = arguments.thresholds;
    options.warn = [](const Message& what) { warn(Error{ErrorKind::input, what, {}}.line()); };
    options.sheetRows = arguments.output.empty() ? 0 : kSheetRows;
    ProgressSink progress;
    if (isTerminal()) {
        progress = [](const Progress& at) {
            const std::string text = std::to_string(at.done) + " of " + std::to_string(at.total);
            std::cerr << "\r\x1b[K" + (at.done == at.total ? "" : text) << std::flush;
        };
    }
    const auto result = eval::evaluate(options, progress, stop);
    if (!result) {
        return report(result.error());
    }
    if (!arguments.output.empty()) {
        if (const auto written = writeReports(arguments.output, *result); !written) {
            return report(written.error());
        }
    }
    if (arguments.recordThreshold) {
        if (const auto written = eval::recordThreshold(result->folder, result->atBest().threshold); !written) {
            return report(written.error());
        }
    }
    std::cout << (arguments.json ? eval::asJson(*result) : eval::asMarkdown(*result)) << "\n";
    return 0;
}

}  // namespace maskwright::cli
