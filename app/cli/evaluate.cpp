// evaluate: a model measured on a data set, as reports and, of names, a contact sheet.
#include "core/eval/evaluate.h"

#include <filesystem>
#include <iostream>

#include "app/cli/common.h"
#include "app/cli/proposal_source.h"
#include "core/base/file.h"
#include "core/base/made_folders.h"
#include "core/batch/naming.h"
#include "core/eval/absent.h"
#include "core/eval/kinds.h"
#include "core/eval/refer.h"

namespace maskwright::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSheetRows = 8;  // of the best and the worst answers

template <class Report>
Result<void> writeReports(const fs::path& folder, const Report& result) {
    MASKWRIGHT_TRY(writeFileAtomically(folder / "report.json", eval::asJson(result)));
    return writeFileAtomically(folder / "report.md", eval::asMarkdown(result));
}

Result<void> writeSheet(const fs::path& folder, const eval::Report& result) {
    MASKWRIGHT_TRY(writeFileAtomically(folder / "report.csv", eval::asCsv(result)));
    const auto sheet = eval::contactSheet(result.extremes);
    if (!sheet) {
        return sheet.error();
    }
    return sheet->empty() ? Result<void>() : image_io::writeImage((folder / "contact.png").string(), *sheet);
}

// The files that are given beside the data.
std::vector<std::string> listsOf(const EvaluateArguments& a) {
    std::vector<std::string> read = {a.pictures,
                                     a.names,
                                     a.phraseTable,
                                     a.texts,
                                     a.expressions,
                                     a.data + "/" + a.split + ".json",
                                     a.data + "/" + a.supportSplit + ".json"};
    for (const std::string& source : a.proposals) {
        read.push_back(source == "annotated" ? "" : readBy(source));
    }
    return read;
}

// Makes the folder for the reports, none of which may be written over a file that is read.
Result<void> prepareOutput(const EvaluateArguments& a, MadeFolders& made) {
    const fs::path folder = a.output, data = a.data;
    MASKWRIGHT_TRY(made.make(folder));
    for (const char* name : {"report.json", "report.md", "report.csv", "contact.png"}) {
        const fs::path file = folder / name;
        std::vector<std::string> read = listsOf(a);
        std::error_code ignored;
        for (const fs::path& picture : {data / "images" / name, data / a.split / name, data / a.supportSplit / name}) {
            read.push_back(fs::exists(file, ignored) ? picture.string() : "");
        }
        MASKWRIGHT_TRY(batch::checkNotRead(file.string(), std::move(read)));
    }
    return {};
}

// The lines of a file; none where there is no file.
Result<std::vector<std::string>> linesOf(const std::string& file) {
    return file.empty() ? Result<std::vector<std::string>>(std::vector<std::string>()) : eval::readLines(file);
}

Result<void> fill(eval::Measuring& options, const EvaluateArguments& a) {
    const auto listed = linesOf(a.pictures);
    if (!listed) {
        return listed.error();
    }
    options.engine = {a.model.model, a.model.device, a.model.dtype, a.model.threads, a.model.memory};
    options.data = a.data;
    options.split = a.split;
    options.size = a.size;
    options.tiles = a.tiles;
    options.prompt = a.wording;
    options.list = eval::PictureList(*listed);
    options.pictures = a.limit;
    options.seed = static_cast<std::uint64_t>(a.seed);
    options.refine = a.refine;
    options.strict = a.strict;
    options.exifAsStored = a.exifAsStored;
    options.thresholds = a.thresholds;
    options.warn = [](const Message& what) { warn(Error{ErrorKind::input, what, {}}.line()); };
    return {};
}

ProgressSink onTerminal() {
    if (!isTerminal()) {
        return {};
    }
    return [](const Progress& at) {
        const std::string text = std::to_string(at.done) + " of " + std::to_string(at.total);
        std::cerr << "\r\x1b[K" + (at.done == at.total ? "" : text) << std::flush;
    };
}

Result<eval::Report> measureNames(const EvaluateArguments& a, const std::stop_token& stop) {
    eval::EvaluateOptions options;
    MASKWRIGHT_TRY(fill(options, a));
    const auto names = linesOf(a.names);
    if (!names) {
        return names.error();
    }
    options.phrases = a.phrases;
    options.phrases.insert(options.phrases.end(), names->begin(), names->end());
    options.wordings = {a.also, a.phraseTable};
    options.supportSplit = a.supportSplit;
    options.style = a.style;
    options.mix = a.mix;
    options.atPhantom = a.atPhantom;
    options.needsPresent = a.recordThreshold;
    options.showing = a.showing;
    options.sheetRows = a.output.empty() ? 0 : kSheetRows;
    return eval::evaluate(options, onTerminal(), stop);
}

Result<eval::KindsReport> measureKinds(const EvaluateArguments& a, const std::stop_token& stop) {
    eval::KindsOptions options;
    MASKWRIGHT_TRY(fill(options, a));
    options.wordnet = a.wordnet;
    return eval::evaluateKinds(options, onTerminal(), stop);
}

Result<eval::AbsentReport> measureAbsent(const EvaluateArguments& a, const std::stop_token& stop) {
    eval::AbsentOptions options;
    MASKWRIGHT_TRY(fill(options, a));
    auto texts = linesOf(a.texts);
    if (!texts) {
        return texts.error();
    }
    options.texts = std::move(*texts);
    const auto strings = eval::gibberish(static_cast<std::size_t>(a.gibberish), options.seed);
    options.texts.insert(options.texts.end(), strings.begin(), strings.end());
    options.each = a.each;
    return eval::evaluateAbsent(options, onTerminal(), stop);
}

Result<eval::ReferReport> measureRefer(const EvaluateArguments& a, const std::stop_token& stop) {
    eval::ReferOptions options;
    MASKWRIGHT_TRY(fill(options, a));
    auto method = session::GlobalLocal::open(options.engine, options.warn);
    if (!method) {
        return method.error();
    }
    options.expressions = a.expressions;
    options.splitBy = a.splitBy;
    options.images = a.images;
    const double v = a.mixing.v < 0 ? session::usualV((*method)->facts()) : a.mixing.v;
    options.setting = {{v, a.mixing.r}, a.mixing.k, a.mixing.prior == "on"};
    options.silencing = silencingNamed(a.mixing.masking);
    options.ablations = a.ablations;
    const std::vector<std::string> byDefault = {"detector"};
    for (const std::string& name : a.proposals.empty() ? byDefault : a.proposals) {
        eval::Proposing proposing{name, {}};
        if (name != "annotated") {
            const SourceOptions source{name, "", {}, {}, {}, {}, false};
            auto opener = std::make_shared<SourceOpener>(source, proposingModel(a.model, **method));
            proposing.open = [opener](const std::string& picture) { return opener->forPicture(picture); };
        }
        options.sources.push_back(std::move(proposing));
    }
    return eval::evaluateRefer(options, **method, onTerminal(), stop);
}

// What follows a measurement: files, and the report on standard output.
template <class Report>
Result<void> tell(const EvaluateArguments& a, const Report& result) {
    if (!a.output.empty()) {
        MASKWRIGHT_TRY(writeReports(a.output, result));
        if constexpr (std::is_same_v<Report, eval::Report>) {
            MASKWRIGHT_TRY(writeSheet(a.output, result));
        }
        if constexpr (std::is_same_v<Report, eval::ReferReport>) {
            MASKWRIGHT_TRY(writeFileAtomically(fs::path(a.output) / "report.csv", eval::asCsv(result)));
        }
    }
    if constexpr (std::is_same_v<Report, eval::Report>) {
        if (a.recordThreshold) {
            MASKWRIGHT_TRY(eval::recordThreshold(result.folder, result.atBest().threshold));
        }
    }
    std::cout << (a.json ? eval::asJson(result) : eval::asMarkdown(result)) << "\n";
    return {};
}

template <class Report>
int finish(const EvaluateArguments& a, const Result<Report>& result) {
    if (!result) {
        return report(result.error());
    }
    const auto told = tell(a, *result);
    return told ? 0 : report(told.error());
}

}  // namespace

int runEvaluate(const EvaluateArguments& arguments, const std::stop_token& stop) {
    MadeFolders made;  // a run that fails leaves no empty folder
    if (!arguments.output.empty()) {
        if (const auto ready = prepareOutput(arguments, made); !ready) {
            return report(ready.error());
        }
    }
    if (arguments.task == "kinds") {
        return finish(arguments, measureKinds(arguments, stop));
    }
    if (arguments.task == "absent") {
        return finish(arguments, measureAbsent(arguments, stop));
    }
    if (arguments.task == "refer") {
        return finish(arguments, measureRefer(arguments, stop));
    }
    return finish(arguments, measureNames(arguments, stop));
}

}  // namespace maskwright::cli
