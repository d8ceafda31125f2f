// evaluate: a model measured on a data set, as reports and a contact sheet.
#include "core/eval/evaluate.h"

#include <filesystem>
#include <iostream>

#include "app/cli/common.h"
#include "core/base/file.h"

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

}  // namespace

int runEvaluate(const EvaluateArguments& arguments, const std::stop_token& stop) {
    std::error_code failed;
    if (!arguments.output.empty() && !fs::is_directory(arguments.output, failed) &&
        !fs::create_directories(arguments.output, failed)) {
        return report(
            {ErrorKind::output,
             message("the folder %1 cannot be made: %2", quoted(arguments.output), systemReason(failed.value())),
             "choose another"});
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
    options.thresholds = arguments.thresholds;
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
