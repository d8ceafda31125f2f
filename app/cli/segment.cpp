// segment: pictures and prompts to masks. Arguments become a plan and a request, core/batch does the work, outcomes
// become lines.
#include "app/cli/common.h"
#include "app/cli/engine_segmenter.h"
#include "app/cli/segment_report.h"
#include "core/base/blank.h"
#include "core/batch/runner.h"
#include "core/output/annotations.h"
#include "core/output/compose.h"
#include "core/output/names.h"
#include "core/text/wording.h"

namespace maskwright::cli {

namespace {

constexpr double kOverlayOpacity = 0.55;

// Everything that can be wrong before the first picture is opened.
struct Work {
    batch::Inputs inputs;
    batch::Plan plan;
    batch::Request request;
    std::unique_ptr<EngineSegmenter> segmenter;
    std::optional<output::AnnotationWriter> annotations;  // where --format asks for them
};

Error usage(Message what, Message advice) { return {ErrorKind::usage, std::move(what), std::move(advice)}; }

Result<void> checkLabel(const SupportArguments& support, const char* option, const char* partner) {
    if (support.label && support.regions.empty()) {
        return usage(message("%1 chooses among the labels of a region, and there is none", option),
                     message("give %1 with a mask picture", partner));
    }
    return {};
}

Result<void> checkFormat(const SegmentArguments& a) {
    if (a.polygons && !a.format.empty() && output::formatNamed(a.format) != output::Format::coco) {
        return usage("--polygons is for COCO's format alone", "give --format coco");
    }
    if (a.format.empty()) {
        return a.overwrite ? usage("--overwrite is for --format", "give --format, or leave --overwrite out")
                           : Result<void>();
    }
    if (a.output.empty()) {
        return usage("--format needs a place for its files", "give -o");
    }
    if (a.kind != output::Kind::mask && a.kind != output::Kind::index) {
        return usage(message("--format holds masks, not results of the kind %1", output::kindName(a.kind)),
                     "leave --kind out, or give index for masks that share no pixel");
    }
    if (a.skipExisting || a.shards != 0) {
        return usage("--format does not go with --skip-existing or --shard", "leave one of them out");
    }
    return {};
}

Result<void> check(const SegmentArguments& a) {
    if (a.phrases.empty() && a.support.regions.empty()) {
        return usage("there is nothing to look for", "give --phrase, or --support with --region");
    }
    for (const std::string& phrase : a.phrases) {
        if (isBlank(phrase)) {
            return usage("a phrase is empty", "say what to look for");
        }
    }
    MASKWRIGHT_TRY(checkLabel(a.support, "--region-label", "--region"));
    MASKWRIGHT_TRY(checkLabel(a.negativeSupport, "--negative-region-label", "--negative-region"));
    MASKWRIGHT_TRY(text::checkWording(a.wording));
    if (a.output.empty() && a.saveLogits.empty() && !a.json && !a.rank) {
        return usage("there is no output", "give -o, --save-logits, --json or --rank");
    }
    if (a.kind == output::Kind::index && a.phrases.size() > output::IndexPicture::kMostPhrases) {
        return usage(message("an index picture holds 255 phrases, not %1", a.phrases.size()), "give fewer phrases");
    }
    if (a.skipExisting && a.output.empty()) {
        return usage("--skip-existing is for results in files", "give -o, or leave --skip-existing out");
    }
    if (a.skipExisting && !a.saveLogits.empty()) {
        return usage("--skip-existing does not go with --save-logits", "leave one of them out");
    }
    if (a.tiles != session::kNoTiles && !a.saveLogits.empty()) {
        return usage("--tiles does not go with --save-logits: tiles have no logits of the whole picture",
                     "leave one of them out");
    }
    // The report has the areas of an index picture, and those of masks.
    if (a.output.empty() && a.kind != output::Kind::mask && a.kind != output::Kind::index) {
        return usage(message("--kind %1 is for results in files", output::kindName(a.kind)),
                     "give -o, or leave --kind out");
    }
    if (a.edge && a.kind != output::Kind::cutout) {
        return usage("--edge is for cutouts", "give --kind cutout, or leave --edge out");
    }
    return checkFormat(a);
}

// Of a whole plan what --shard asks for.
Result<void> keepPart(const SegmentArguments& a, Work& work, std::vector<std::string>& arrays) {
    if (work.plan.journal.empty()) {
        return usage(
            message("the results of %1 do not lie in one folder, and a shard's journal needs one", quoted(a.output)),
            "give a folder as -o, or a pattern with {folder} for its folders");
    }
    work.plan = batch::takePart(work.plan, {a.shard, a.shards}, work.inputs);
    if (!arrays.empty()) {
        std::vector<std::string> own;
        for (const std::size_t number : work.plan.part->numbers) {
            own.push_back(arrays[number]);
        }
        arrays = std::move(own);
    }
    if (work.plan.inputs.empty()) {
        warn(message("shard %1 has no picture: there are %2", work.plan.part->shard.text(), work.plan.part->pictures)
                 .text());
    }
    return {};
}

// Fills in the plan. -> the files for the raw logits
Result<std::vector<std::string>> planFiles(const SegmentArguments& a, Work& work) {
    batch::Naming naming;
    naming.inputs = work.inputs;
    for (const auto* list :
         {&a.support.images, &a.support.regions, &a.negativeSupport.images, &a.negativeSupport.regions}) {
        naming.alsoRead.insert(naming.alsoRead.end(), list->begin(), list->end());
    }
    std::string together;  // the name of a file that holds all phrases
    for (const std::string& label : work.request.labels) {
        together += (together.empty() ? "" : "-") + label;
    }
    work.plan.inputs = work.inputs.files;
    if (!a.output.empty() && a.format.empty()) {
        naming.output = a.output;
        naming.goesOn = a.skipExisting;
        naming.labels = a.kind == output::Kind::index ? std::vector<std::string>{together} : work.request.labels;
        auto planned = batch::planFiles(naming);
        if (!planned) {
            return planned.error();
        }
        work.plan.outputs = std::move(*planned);
        work.plan.existing = a.skipExisting ? batch::Existing::skip : batch::Existing::replace;
        if (work.inputs.fromFolder || a.skipExisting || a.shards != 0) {
            work.plan.journal = batch::journalPath(work.plan, a.output);
            work.plan.names = batch::namesBelow(work.inputs);
        }
    }
    std::vector<std::string> arrays;
    if (!a.saveLogits.empty()) {
        naming.output = a.saveLogits;
        naming.labels = {together};
        naming.ending = ".npy";
        const auto planned = batch::planFiles(naming);
        if (!planned) {
            return planned.error();
        }
        for (const auto& row : *planned) {
            arrays.push_back(row.front());
        }
    }
    if (a.shards != 0) {
        MASKWRIGHT_TRY(keepPart(a, work, arrays));
    }
    return arrays;
}

Result<void> makePrompts(const SegmentArguments& a, Work& work) {
    const auto style = visual_prompt::parseStyle(a.style);
    if (!style) {
        return style.error();
    }
    const std::string own = work.inputs.files.size() == 1 ? work.inputs.files.front() : "";
    session::Prompt prompt;  // but for the phrase
    const auto read = [&](const SupportArguments& support, const char* option, auto& into) -> Result<void> {
        if (support.images.empty() && support.regions.empty()) {
            return {};
        }
        auto found = readSupport(support, own, *style, work.request.read, option);
        if (!found) {
            return found.error();
        }
        into = std::move(*found);
        return {};
    };
    MASKWRIGHT_TRY(read(a.support, "--support", prompt.regions));
    MASKWRIGHT_TRY(read(a.negativeSupport, "--negative-support", prompt.negativeRegions));
    prompt.mix = a.mix;
    prompt.negativePhrase = a.negative;
    prompt.negativeWeight = a.negativeWeight;
    prompt.compete = a.compete;
    for (const std::string& label : work.request.labels) {
        if (!a.phrases.empty()) {
            prompt.phrase = text::worded(a.wording, label);
        }
        work.request.prompts.push_back(prompt);
    }
    return {};
}

Result<void> prepareFormat(const SegmentArguments& a, Work& work) {
    if (a.format.empty()) {
        return {};
    }
    const output::AnnotationOptions options{*output::formatNamed(a.format), a.polygons, a.overwrite};
    auto writer = output::AnnotationWriter::create(options, a.output, batch::namesBelow(work.inputs));
    if (!writer) {
        return writer.error();
    }
    work.annotations.emplace(std::move(*writer));
    work.request.keepRuns = true;
    return {};
}

// Of a picture that is done: its masks go to the files of --format, and the outcome says where they are.
void annotate(Work& work, const std::string& name, batch::Outcome& outcome) {
    if (!work.annotations || outcome.state != batch::State::done || outcome.entries.empty()) {
        return;
    }
    const Runs& first = *outcome.entries.front().runs;
    output::AnnotatedPicture picture{work.plan.inputs[outcome.index], name, first.width, first.height, {}};
    for (const batch::Entry& entry : outcome.entries) {
        picture.objects.push_back({work.request.labels[entry.phrase], *entry.runs, entry.presence});
    }
    const auto file = work.annotations->add(picture);
    for (batch::Entry& entry : outcome.entries) {
        entry.output = file ? *file : "";
    }
    if (!file) {
        outcome.state = batch::State::failed;
        outcome.error = file.error();
        outcome.entries.clear();
    }
}

Result<Work> prepare(const SegmentArguments& a) {
    MASKWRIGHT_TRY(check(a));
    Work work;
    auto inputs = batch::expandInputs(a.images, a.flat ? batch::Depth::one : batch::Depth::all);
    if (!inputs) {
        return inputs.error();
    }
    work.inputs = std::move(*inputs);
    const auto colour = parseColour(a.background);
    if (!colour) {
        return colour.error();
    }
    work.request.read = readOptions(a.maxMegapixels, *colour);
    work.request.kind = a.kind;
    work.request.labels = a.phrases.empty() ? std::vector<std::string>{std::string(output::kSupportLabel)} : a.phrases;
    work.request.encode = {a.size, a.keepAspect};
    work.request.tiles = a.tiles;
    work.request.refine = a.refine;
    work.request.refineRadius = a.refineRadius;
    work.request.appearance.opacity = kOverlayOpacity;
    work.request.appearance.cutoutEdge = a.edge.value_or(output::CutoutEdge::soft);
    auto arrays = planFiles(a, work);
    if (!arrays) {
        return arrays.error();
    }
    MASKWRIGHT_TRY(makePrompts(a, work));
    MASKWRIGHT_TRY(prepareFormat(a, work));
    auto engine = openEngine(a.model);
    if (!engine) {
        return engine.error();
    }
    const session::ModelInfo& model = (*engine)->info();
    MASKWRIGHT_TRY((*engine)->method().checkSize(a.size != 0 ? a.size : model.capabilities.inputSize));
    work.request.appearance.threshold = a.threshold.value_or(model.defaultThreshold);
    work.segmenter = std::make_unique<EngineSegmenter>(std::move(*engine), std::move(*arrays));
    return work;
}

}  // namespace

int runSegment(const SegmentArguments& arguments, const std::stop_token& stop) {
    if (arguments.merge) {
        return runMerge(arguments, stop);
    }
    auto prepared = prepare(arguments);
    if (!prepared) {
        return report(prepared.error());
    }
    Work& work = *prepared;
    SegmentReport lines(arguments.json, arguments.rank, work.plan, work.request);
    int code = lines.found(work.inputs.notices, work.inputs.skipped, work.inputs.bad);
    const std::vector<std::string> names = batch::namesBelow(work.inputs);
    const auto done = batch::run(
        work.plan, work.request, *work.segmenter,
        [&](const batch::Outcome& given) {
            batch::Outcome outcome = given;
            annotate(work, names[outcome.index], outcome);
            const int own = lines.add(outcome);
            code = code != 0 ? code : own;
        },
        stop);
    lines.flush();
    if (done && work.annotations) {
        const auto whole = work.annotations->finish();
        return whole || code != 0 ? code : report(whole.error());
    }
    if (done) {
        return code;
    }
    if (done.error().kind == ErrorKind::output && !work.plan.part) {
        // Only the journal is missing. Where the results cannot be written either, their lines say so.
        if (code == 0) {
            warn(done.error().line());
        }
        return code;
    }
    return report(done.error());
}

}  // namespace maskwright::cli
