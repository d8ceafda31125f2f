#include "app/cli/segment_arguments.h"

#include <CLI/CLI.hpp>
#include <set>

#include "app/cli/options.h"

namespace maskwright::cli {

namespace {

// "2/8"
void readShard(const std::string& text, SegmentArguments& a) {
    constexpr std::size_t kMost = 100'000;  // batch::kMostShards
    const std::size_t slash = text.find('/');
    const auto number = [](const std::string& digits) -> std::size_t {
        const bool plain =
            !digits.empty() && digits.size() <= 6 && digits.find_first_not_of("0123456789") == digits.npos;
        return plain ? std::stoul(digits) : 0;
    };
    a.shard = number(text.substr(0, slash));
    a.shards = slash == std::string::npos ? 0 : number(text.substr(slash + 1));
    if (a.shard < 1 || a.shard > a.shards || a.shards > kMost) {
        throw CLI::ValidationError("--shard", text + " is not I/N with I from 1 to N and N at most 100000, e.g. 2/8");
    }
}

void addShards(CLI::App& app, SegmentArguments& a) {
    app.add_option_function<std::string>(
           "--shard", [&a](const std::string& text) { readShard(text, a); },
           "Only the I-th of N parts of the pictures, so that N machines share the work: every N-th picture from the "
           "I-th in the order of one run, with the names that one run gives its results. All may write to one folder, "
           "or "
           "each to its own. What was done is kept in the folder maskwright-shards beside the results; a part that was "
           "ended goes on with --skip-existing")
        ->type_name("I/N");
    app.add_flag(
        "--merge", a.merge,
        "IMAGE names folders that shards have written to: puts together what one run would have left, results "
        "and journal in -o (one folder needs none: it stays where it is), the report on standard output, also "
        "with --json and --rank, and its exit code. Refused, and nothing is changed, while a shard is missing, "
        "unfinished, at work or was asked something else");
}

// Which pictures, and where their results go.
void addPictures(CLI::App& app, SegmentArguments& a) {
    app.add_option("IMAGE", a.images, "Pictures, or folders, searched with all their subfolders")->required();
    app.add_flag("--flat", a.flat, "Only the pictures in a folder itself, not those in its subfolders");
    addList(
        app, "--phrase", a.phrases,
        "What to look for; may be given several times. Names that are joined (\"cat and dog\") are each looked for, "
        "where the model has a list of words, and make one mask");
    app.add_option("--wording", a.wording,
                   "What the model reads for a phrase, {} standing for it, e.g. \"a photo of a {}.\"")
        ->capture_default_str();
    app.add_option(
        "-o,--output", a.output,
        "PNG to write, a folder (names never meet there), or a pattern with {stem} (the picture's name), "
        "{phrase}, {ext} (the picture's ending), {folder} (where it lies below what was named; made where a / "
        "follows) and {n} (its number)");
    app.add_flag(
        "--skip-existing", a.skipExisting,
        "Go on with a run: leave pictures alone whose results are there and, as maskwright-journal.jsonl beside "
        "them says, were made of the same picture by the same request and model; make the others anew. What "
        "another program has written or changed is never replaced. Where there is no journal (results of an "
        "older version, or a pattern that spreads them over folders without {folder}) the names alone count");
    addShards(app, a);
}

// What is made of what is found.
void addResult(CLI::App& app, SegmentArguments& a) {
    std::set<std::string> kinds;
    for (const output::KindName& known : output::kKinds) {
        kinds.emplace(known.name);
    }
    app.add_option_function<std::string>(
           "--kind", [&a](const std::string& name) { a.kind = *output::kindNamed(name); },
           "mask: 0 and 255; probability, probability16: grey of 8 or 16 bits; overlay: the mask laid over the "
           "picture; "
           "cutout: the object on nothing, RGBA; index: one palette picture of the winning phrases")
        ->check(CLI::IsMember(kinds))
        ->default_str("mask");
    addFormat(app, a.format, a.polygons);
    app.add_flag("--overwrite", a.overwrite,
                 "With --format: replace files that are there; without it nothing is begun");
    app.add_option_function<std::string>(
           "--threshold",
           [&a](const std::string& text) {
               if (text == "auto") {
                   a.threshold.reset();
                   return;
               }
               double value = -1;
               if (!CLI::detail::lexical_cast(text, value) || !(value >= 0 && value <= 1)) {
                   throw CLI::ValidationError("--threshold", text + " is neither auto nor a number from 0 to 1");
               }
               a.threshold = value;
           },
           "Probability above which a pixel is in the mask, 0 to 1, or auto: the model's own")
        ->default_str("auto");
    app.add_option_function<std::string>(
           "--edge",
           [&a](const std::string& name) {
               a.edge = name == "hard" ? output::CutoutEdge::hard : output::CutoutEdge::soft;
           },
           "With --kind cutout: soft keeps pixels at the border in part, so that there are no steps on another "
           "background; hard keeps whole pixels, just those of the mask")
        ->check(CLI::IsMember({"hard", "soft"}))
        ->default_str("soft");
}

// How it is looked for.
void addMap(CLI::App& app, SegmentArguments& a) {
    app.add_flag("!--no-refine", a.refine, "Plain bilinear masks instead of edges that follow the picture");
    app.add_option("--refine-radius", a.refineRadius,
                   "How far from a mask's coarse border an edge of the picture is looked for, in pixels of a map 352 "
                   "pixels wide")
        ->check(CLI::Range(kLeastRefineRadius, kMostRefineRadius))
        ->capture_default_str();
    addSize(app, a.size);
    app.add_flag("--keep-aspect", a.keepAspect, "Give the network the picture's shape instead of a square");
    addTiles(app, a.tiles);
}

// Marked objects, and what is not meant.
void addObjects(CLI::App& app, SegmentArguments& a) {
    app.add_option("--support", a.support.images, "Picture in which the object is marked; may be given several times")
        ->allow_extra_args(false);
    addList(app, "--region", a.support.regions,
            std::string("The marked object: ") + kRegionHelp + ". Without --support: in IMAGE itself");
    addRegionLabel(app, "--region-label", a.support.label);
    app.add_option("--style", a.style, std::string("How the marked object is shown to the model: ") + kStyleHelp)
        ->capture_default_str();
    app.add_option("--mix", a.mix, "With phrase and support: 0 is the phrase alone, 1 the support alone")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--negative", a.negative, "A phrase whose map is taken away: this, not that");
    addList(app, "--negative-support", a.negativeSupport.images, "Picture of what it is not");
    addList(app, "--negative-region", a.negativeSupport.regions, std::string("What it is not: ") + kRegionHelp);
    addRegionLabel(app, "--negative-region-label", a.negativeSupport.label);
    app.add_option("--negative-weight", a.negativeWeight, "How much of the negative map is taken away")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    app.add_flag("--compete", a.compete,
                 "With --negative: a pixel goes to the stronger of the two, instead of the difference");
}

}  // namespace

void addSegment(CLI::App& app, SegmentArguments& a) {
    addPictures(app, a);
    addResult(app, a);
    addMap(app, a);
    addObjects(app, a);
    app.add_option(
        "--save-logits", a.saveLogits,
        "Also write float32 [phrases, height, width] as the network gave them (.npy); -20 all over for a phrase that "
        "the model does not know");
    app.add_flag("--json", a.json, "One JSON object a picture and phrase on standard output");
    app.add_flag("--rank", a.rank, "Report at the end, the surest find first");
    addMegapixels(app, a.maxMegapixels);
    app.add_option(
           "--background", a.background,
           "Colour the model sees under transparent pixels, RRGGBB; overlays show it, cutouts keep the picture's "
           "own transparency")
        ->capture_default_str();
    addModel(app, a.model);
    app.footer(
        "Example:\n"
        "  maskwright-cli segment cat.jpg --phrase cat -o cat.png\n"
        "  maskwright-cli segment holiday/ --phrase dog --phrase ball -o 'masks/{stem}-{phrase}.png' --json\n"
        "  maskwright-cli segment holiday/ --support mug.jpg --region 40,60,120,110 --rank -o masks/\n"
        "  maskwright-cli segment holiday/ --phrase dog --phrase cat --format coco -o holiday.json\n"
        "  maskwright-cli segment holiday/ --phrase dog -o masks/ --shard 2/8      and, when all eight have ended:\n"
        "  maskwright-cli segment --merge masks/\n"
        "`presence` in the report is the highest probability after a 3x3 mean at the resolution of the model's "
        "answer. A model with a list of its words (built in: sight) looks for nothing where a phrase has none of them: "
        "the mask is empty, one warning says \"not a word this model knows\", the report has \"known\": false and "
        "\"unknown_words\" (those of --negative are its \"negative_unknown_words\"), and the exit code is 0. What such "
        "a "
        "model's phrase says of place (\"the cup on the left\", \"second from the right\", \"biggest\") "
        "chooses among what the rest of it finds; the report has it as \"place\".");
}

}  // namespace maskwright::cli
