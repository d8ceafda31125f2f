#include "app/cli/train_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addTrain(CLI::App& app, TrainArguments& a) {
    app.add_option("CONFIG", a.config, "Training configuration (JSON); its folders are relative to it");
    app.add_flag("--resume", a.resume, "Go on from the last checkpoint, to the same numbers");
    app.add_flag(
        "--overwrite", a.overwrite,
        "Replace a model that is in the output folder (its own files, once there is a new one; others stay), and "
        "begin anew where a run was saved: without this, training refuses to");
    app.add_option("--plot", a.plot, "Instead of training, draw this run's log.csv");
    app.add_option("-o,--output", a.output, "With --plot: the PNG to write");
    app.footer(
        "Example:\n"
        "  maskwright-cli train mini.json\n"
        "  maskwright-cli train mini.json --resume\n"
        "  maskwright-cli train --plot runs/mini/log.csv -o curves.png\n"
        "Ctrl-C saves a checkpoint and stops.");
}

namespace {

constexpr std::int64_t kMany = std::int64_t(1) << 40;

// What is asked for.
void addQuestions(CLI::App& app, EvaluateArguments& a) {
    addList(app, "--phrase", a.phrases, "Ask for these names only; default: the data's own");
    app.add_option("--names", a.names, "Ask for the names in this text file, one a line");
    app.add_option("--wording", a.wording, "What the model reads for a name or text, {} standing for it")
        ->capture_default_str();
    addList(app, "--also", a.also,
            "Ask in other words too, where the thing is there, and compare with the names themselves: synonyms, "
            "plurals, parents (names for several of them), or a language of --phrase-table (ko, de, ...)");
    app.add_option("--phrase-table", a.phraseTable,
                   "With --also, a file of lines language, phrase, row, set apart by tabs; phrases of one row say the "
                   "same, \"en\" is English");
    app.add_option("--support-split", a.supportSplit,
                   "One-shot: ask for each name by one marked object of this split instead of the word");
    app.add_option("--style", a.style, std::string("With --support-split, how the object is shown: ") + kStyleHelp)
        ->capture_default_str();
    app.add_option("--mix", a.mix, "With --support-split: 0 is the phrase alone, 1 the object alone")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--wordnet", a.wordnet,
                   "With --task kinds, the folder of WordNet 3.0's index.noun and data.noun: no picture is asked for a "
                   "name that is kin of its own");
    app.add_option("--texts", a.texts, "With --task absent, a text file of what must find nothing, one a line");
    app.add_option("--gibberish", a.gibberish, "With --task absent, ask for so many strings that are no words")
        ->check(CLI::Range(std::int64_t(1), std::int64_t(1) << 20));
    app.add_option("--each", a.each, "With --task absent, how many pictures each text is asked of; 0: all")
        ->check(CLI::Range(std::int64_t(0), kMany))
        ->capture_default_str();
    app.add_option("--seed", a.seed, "Of what is drawn: marked objects, other names, strings")
        ->check(CLI::Range(std::int64_t(0), kMany))
        ->capture_default_str();
}

// What --task refer takes.
void addReferring(CLI::App& app, EvaluateArguments& a) {
    app.add_option("--expressions", a.expressions,
                   "With --task refer, a JSON list of {\"image\", \"annotation\", \"expression\"} for the annotations "
                   "of --split; default: what the folder has");
    app.add_option("--split-by", a.splitBy, "With --task refer, whose splits of RefCOCO: unc, umd or google");
    app.add_option("--images", a.images, "With --task refer, the folder of the pictures, where it is elsewhere");
    addList(app, "--proposals", a.proposals,
            "With --task refer, where regions come from, as `refer` has it (`sam@16:FOLDER`: under 16 x 16 points), or "
            "`annotated`: what people drew; may be "
            "given several times (default detector)");
    app.add_flag("--ablations", a.ablations,
                 "With --task refer, compare with global and local features alone, sentence and noun phrase alone, and "
                 "other --v and --k");
    addMixing(app, a.mixing);
}

}  // namespace

void addEvaluate(CLI::App& app, EvaluateArguments& a) {
    app.add_option("--task", a.task,
                   "names: masks of names against annotated ones. kinds: is a picture's own name the surest of 20, and "
                   "do the others leave masks? absent: how often do --texts or --gibberish leave a mask? refer: does "
                   "an expression find the one that is meant?")
        ->check(CLI::IsMember({"names", "kinds", "absent", "refer"}))
        ->capture_default_str();
    app.add_option(
           "--data", a.data,
           "Folder with images/ and COCO annotations SPLIT.json; with --task kinds with kinds.json, a list of "
           "{file, name, synset, split}; with --task refer also RefCOCO's, with refs(unc).p and instances.json, or "
           "PhraseCut's")
        ->required();
    app.add_option("--split", a.split, "Which annotations")->capture_default_str();
    app.add_option("--pictures", a.pictures, "Only the pictures whose file names are in this text file, one a line");
    app.add_flag("--showing", a.showing, "Only pictures that show something of the names that are asked for");
    app.add_option("--limit", a.limit, "Only the first N pictures; 0: all")
        ->check(CLI::Range(std::int64_t(0), kMany))
        ->capture_default_str();
    addQuestions(app, a);
    addReferring(app, a);
    app.add_option("--threshold", a.thresholds, "Report this threshold too; may be given several times")
        ->check(CLI::Range(0.0, 1.0))
        ->allow_extra_args(false);
    app.add_option("--at-phantom", a.atPhantom,
                   "Report the best threshold whose phantom rate is at most this too; may be given several times")
        ->check(CLI::Range(0.0, 1.0))
        ->allow_extra_args(false);
    app.add_flag(
        "--strict", a.strict,
        "Stop at an entry of the data set that cannot be used or is not as COCO has it, instead of passing over "
        "it and saying how many there were");
    app.add_flag("--exif-as-stored", a.exifAsStored,
                 "The data set's sizes and masks are of the pictures as they are stored, before EXIF's turn");
    app.add_flag("--refine", a.refine, "Measure masks whose edges follow the picture, as `segment` writes them");
    app.add_option("-o,--output", a.output,
                   "Folder for report.json and report.md; with --task names report.csv and contact.png too, with "
                   "--task refer report.csv");
    app.add_flag("--json", a.json, "JSON instead of Markdown on standard output");
    app.add_flag("--record-threshold", a.recordThreshold, "Write the best threshold into the model's config.json");
    addSize(app, a.size);
    addTiles(app, a.tiles);
    addModel(app, a.model);
    app.footer(
        "Example:\n"
        "  maskwright-cli evaluate --data photos --split val -o report\n"
        "  maskwright-cli evaluate --data photos --pictures unseen.txt --also plurals --at-phantom 0.06\n"
        "  maskwright-cli evaluate --task kinds --data kinds --wordnet /usr/share/wordnet\n"
        "  maskwright-cli evaluate --task absent --data photos --gibberish 200\n"
        "  maskwright-cli evaluate --task refer --data refcoco --split testA --split-by unc --ablations");
}

}  // namespace maskwright::cli
