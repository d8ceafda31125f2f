#include "app/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "app/cli/style_help.h"

namespace maskwright::cli {

namespace {

const std::map<std::string, Kind> kKinds = {
    {"mask", Kind::mask},       {"probability", Kind::probability}, {"probability16", Kind::probability16},
    {"overlay", Kind::overlay}, {"cutout", Kind::cutout},           {"index", Kind::index}};

constexpr const char* kRegionHelp = "x,y,width,height in pixels, or a mask picture (non-zero is inside)";
constexpr const char* kStyleHelp = "a preset (crop_blur_highlight352, ...; see `prompt --help`), key=value,... or both";

// An option that takes one value each time it is given.
CLI::Option* addList(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                     const std::string& help) {
    return app.add_option(name, values, help)->allow_extra_args(false);
}

void addModel(CLI::App& app, ModelArguments& model) {
    app.add_option("--model", model.model, "Built-in model's name, or a model folder")->capture_default_str();
    app.add_option("--device", model.device, "auto, cpu or cuda:N")->capture_default_str();
    app.add_option("--dtype", model.dtype, "float32 or bfloat16")
        ->check(CLI::IsMember({"float32", "bfloat16"}))
        ->capture_default_str();
    app.add_option("--threads", model.threads, "Threads to compute with; 0: as many as cores")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

void addSize(CLI::App& app, std::int64_t& size) {
    app.add_option("--size", size, "Side of the network's input in pixels; 0: the model's own")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1) << 30))
        ->capture_default_str();
}

void addMegapixels(CLI::App& app, double& limit) {
    app.add_option("--max-megapixels", limit, "Refuse larger pictures, before they are decoded")
        ->check(CLI::Range(0.001, 4000.0))
        ->capture_default_str();
}

void addSegment(CLI::App& app, SegmentArguments& a) {
    app.add_option("IMAGE", a.images, "Pictures, or folders of pictures")->required();
    addList(app, "--phrase", a.phrases, "What to look for; may be given several times");
    app.add_option("--wording", a.wording,
                   "What the model reads for a phrase, {} standing for it, e.g. \"a photo of a {}.\"")
        ->capture_default_str();
    app.add_option("-o,--output", a.output,
                   "PNG to write, a folder, or a pattern with {stem} (the picture's name) and {phrase}");
    std::vector<std::string> kinds;
    for (const auto& [name, kind] : kKinds) {
        kinds.push_back(name);
    }
    app.add_option_function<std::string>(
           "--kind", [&a](const std::string& name) { a.kind = kKinds.at(name); },
           "mask: 0 and 255; probability, probability16: grey of 8 or 16 bits; overlay: the mask laid over the "
           "picture; "
           "cutout: the object on nothing; index: one palette picture of the winning phrases")
        ->check(CLI::IsMember(kinds))
        ->default_str("mask");
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
    app.add_flag("!--no-refine", a.refine, "Plain bilinear masks instead of edges that follow the picture");
    addSize(app, a.size);
    app.add_flag("--keep-aspect", a.keepAspect, "Give the network the picture's shape instead of a square");
    app.add_option("--support", a.support.images, "Picture in which the object is marked; may be given several times")
        ->allow_extra_args(false);
    addList(app, "--region", a.support.regions,
            std::string("The marked object: ") + kRegionHelp + ". Without --support: in IMAGE itself");
    app.add_option("--style", a.style, std::string("How the marked object is shown to the model: ") + kStyleHelp)
        ->capture_default_str();
    app.add_option("--mix", a.mix, "With phrase and support: 0 is the phrase alone, 1 the support alone")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--negative", a.negative, "A phrase whose map is taken away: this, not that");
    addList(app, "--negative-support", a.negativeSupport.images, "Picture of what it is not");
    addList(app, "--negative-region", a.negativeSupport.regions, std::string("What it is not: ") + kRegionHelp);
    app.add_option("--negative-weight", a.negativeWeight, "How much of the negative map is taken away")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    app.add_flag("--compete", a.compete,
                 "With --negative: a pixel goes to the stronger of the two, instead of the difference");
    app.add_option("--save-logits", a.saveLogits,
                   "Also write float32 [phrases, height, width] as the network gave them (.npy)");
    app.add_flag("--json", a.json, "One JSON object a picture and phrase on standard output");
    app.add_flag("--rank", a.rank, "Report at the end, the surest find first");
    addMegapixels(app, a.maxMegapixels);
    app.add_option("--background", a.background, "Colour laid under transparent pixels, RRGGBB")->capture_default_str();
    addModel(app, a.model);
    app.footer(
        "Example:\n"
        "  maskwright-cli segment cat.jpg --phrase cat -o cat.png\n"
        "  maskwright-cli segment holiday/ --phrase dog --phrase ball -o 'masks/{stem}-{phrase}.png' --json\n"
        "  maskwright-cli segment holiday/ --support mug.jpg --region 40,60,120,110 --rank -o masks/\n"
        "`presence` in the report is the highest probability after a 3x3 mean at the resolution of the model's "
        "answer.");
}

void addInfo(CLI::App& app, InfoArguments& a) {
    addModel(app, a.model);
    app.add_flag("--json", a.json, "As one JSON object");
    app.footer("Example:\n  maskwright-cli info --model mini --json");
}

void addTokenize(CLI::App& app, TokenizeArguments& a) {
    app.add_option("--model", a.model, "Built-in model's name, or a model folder")->capture_default_str();
    app.add_option("TEXT", a.texts, "Texts; each gives one line, a JSON list of ids with begin and end marker")
        ->required();
    app.footer("Example:\n  maskwright-cli tokenize --model mini \"a black cat\"");
}

void addEmbed(CLI::App& app, EmbedArguments& a) {
    auto* group = app.add_option_group("what", "What to embed: one of");
    group->add_option("--phrase", a.phrase, "A phrase");
    group->add_option("--image", a.image, "A picture, stretched to the network's input");
    group->require_option(1);
    app.add_option("--region", a.region, std::string("With --image, embed the marked object: ") + kRegionHelp);
    app.add_option("--style", a.style, std::string("With --region, how it is shown: ") + kStyleHelp)
        ->capture_default_str();
    app.add_option("-o,--output", a.output, "File for the condition vector, float32 [projection] (.npy)")->required();
    addSize(app, a.size);
    addMegapixels(app, a.maxMegapixels);
    addModel(app, a.model);
    app.footer("Example:\n  maskwright-cli embed --phrase \"a cat\" -o cat.npy");
}

void addPrompt(CLI::App& app, PromptArguments& a) {
    app.add_option("IMAGE", a.image, "Picture with the object")->required();
    app.add_option("--region", a.region, std::string("The object: ") + kRegionHelp)->required();
    app.add_option("--style", a.style, std::string("How it is shown: ") + kStyleHelp)->capture_default_str();
    app.add_flag("--as-reference", a.asReference,
                 "Picture and mask at their own size, with all the reference's quirks");
    app.add_option("-o,--output", a.output, "PNG for the engineered picture");
    app.add_option("--save-tensor", a.saveTensor, "float32 [3, height, width] in normalised space (.npy)");
    addMegapixels(app, a.maxMegapixels);
    app.footer(
        "Presets:\n"
        "  crop_blur_highlight352 (the paper's best at CLIPSeg's size) crop_blur_highlight crop_blur crop_10 crop\n"
        "  crop_small crop_large overlay highlight highlight2 blur_highlight blur3_highlight blur3_highlight01\n"
        "  blur_highlight_random background_50 background_10 background_0 background_blur background_blur_10\n"
        "  outline rect colorize grayscale shape image_only image_black\n"
        "  separate cls_last_layer cls_all_layers all_layers (inside CLIP's encoder; pixels stay)\n"
        "Keys, over a preset or the default:\n" +
        styleKeysHelp() +
        "Examples:\n"
        "  maskwright-cli prompt cat.jpg --region 40,60,120,110 -o seen.png\n"
        "  maskwright-cli prompt cat.jpg --region cat-mask.png --style crop,blur=6,context=0.3 -o seen.png");
}

void addStyles(CLI::App& app, StylesArguments& a) {
    app.add_option("IMAGE", a.image, "Picture with the object")->required();
    app.add_option("--region", a.region, std::string("The object: ") + kRegionHelp)->required();
    app.add_option("--phrase", a.phrase, "The object's name")->required();
    addList(app, "--rival", a.rivals,
            "What else is in the picture, which the name is to be told from; default: forty everyday names");
    app.add_option("-o,--output", a.output, "PNG for the chart: what the model sees, its mask, the gain");
    app.add_flag("--json", a.json, "The table as one JSON object");
    addSize(app, a.size);
    addMegapixels(app, a.maxMegapixels);
    addModel(app, a.model);
    app.footer("Example:\n  maskwright-cli styles cat.jpg --region cat-mask.png --phrase cat -o chart.png");
}

void addConvert(CLI::App& app, ConvertArguments& a) {
    app.add_option("DECODER", a.decoder, "The original repository's decoder weights (.pth), plain tensors only")
        ->required();
    app.add_option("--clip", a.clip, "Folder of the CLIP model the decoder was trained with (Hugging Face layout)")
        ->required();
    app.add_option("-o,--output", a.output, "Model folder to write; it must not exist yet")->required();
    app.add_option("--extract-layers", a.extractLayers,
                   "0-based blocks the decoder reads, e.g. 3,6,9 (the released weights') or 3,7,9 (the paper's text)")
        ->delimiter(',');
    app.add_option("--decoder-heads", a.decoderHeads, "The original's n_heads")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    app.add_option("--conditional-layer", a.conditionalLayer, "The original's cond_layer")
        ->check(CLI::Range(0, 31))
        ->capture_default_str();
    app.footer(
        "Example:\n  maskwright-cli convert rd64-uni-refined.pth --clip clip-vit-base-patch16 -o clipseg-rd64-refined");
}

void addBench(CLI::App& app, BenchArguments& a) {
    app.add_option("IMAGE", a.image, "Picture to measure with")->required();
    addList(app, "--phrase", a.phrases, "Phrases to decode together; default: cat");
    app.add_option("--runs", a.runs, "Runs; the median is reported")->check(CLI::Range(1, 1000))->capture_default_str();
    app.add_flag("!--no-refine", a.refine, "Plain bilinear masks");
    app.add_flag("--json", a.json, "As one JSON object");
    addSize(app, a.size);
    addModel(app, a.model);
    app.footer("Example:\n  maskwright-cli bench photo.jpg --phrase cat --phrase dog --runs 10");
}

void addTrain(CLI::App& app, TrainArguments& a) {
    app.add_option("CONFIG", a.config, "Training configuration (JSON); its folders are relative to it");
    app.add_flag("--resume", a.resume, "Go on from the last checkpoint, to the same numbers");
    app.add_option("--plot", a.plot, "Instead of training, draw this run's log.csv");
    app.add_option("-o,--output", a.output, "With --plot: the PNG to write");
    app.footer(
        "Example:\n"
        "  maskwright-cli train mini.json\n"
        "  maskwright-cli train mini.json --resume\n"
        "  maskwright-cli train --plot runs/mini/log.csv -o curves.png\n"
        "Ctrl-C saves a checkpoint and stops.");
}

void addEvaluate(CLI::App& app, EvaluateArguments& a) {
    app.add_option("--data", a.data, "Folder with images/ and COCO annotations SPLIT.json")->required();
    app.add_option("--split", a.split, "Which annotations")->capture_default_str();
    addList(app, "--phrase", a.phrases, "Ask for these names only; default: the data's own");
    app.add_option("--wording", a.wording, "What the model reads for a name, {} standing for it")
        ->capture_default_str();
    app.add_option("--support-split", a.supportSplit,
                   "One-shot: ask for each name by one marked object of this split instead of the word");
    app.add_option("--style", a.style, std::string("With --support-split, how the object is shown: ") + kStyleHelp)
        ->capture_default_str();
    app.add_option("--mix", a.mix, "With --support-split: 0 is the phrase alone, 1 the object alone")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--seed", a.seed, "With --support-split: which objects are drawn")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1) << 40))
        ->capture_default_str();
    app.add_option("--threshold", a.thresholds, "Report this threshold too; may be given several times")
        ->check(CLI::Range(0.0, 1.0))
        ->allow_extra_args(false);
    app.add_option("--limit", a.limit, "Only the first N pictures; 0: all")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1) << 40))
        ->capture_default_str();
    app.add_flag("--refine", a.refine, "Measure masks whose edges follow the picture, as `segment` writes them");
    app.add_option("-o,--output", a.output, "Folder for report.json, report.csv, report.md and contact.png");
    app.add_flag("--json", a.json, "JSON instead of Markdown on standard output");
    app.add_flag("--record-threshold", a.recordThreshold, "Write the best threshold into the model's config.json");
    addSize(app, a.size);
    addModel(app, a.model);
    app.footer("Example:\n  maskwright-cli evaluate --model mini --data photos --split val -o report");
}

std::string oneLine(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) {
            c = ' ';
        }
    }
    return text;
}

}  // namespace

std::variant<Command, int> parseArguments(int count, const char* const* values) {
    CLI::App app(
        "Maskwright: a phrase or a marked object gives a mask. Results go to standard output and files, errors to "
        "standard error, one line each. Exit codes: 0 done, 2 usage, 3 input, 4 model weights, 5 memory or device, "
        "6 output, 130 stopped.",
        "maskwright-cli");
    app.set_version_flag("--version", std::string("maskwright-cli ") + MASKWRIGHT_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Example:\n  maskwright-cli segment cat.jpg --phrase cat -o cat.png\n`maskwright-cli SUBCOMMAND --help` tells "
        "the rest.");

    SegmentArguments segment;
    InfoArguments info;
    TokenizeArguments tokenize;
    EmbedArguments embed;
    PromptArguments prompt;
    StylesArguments styles;
    ConvertArguments convert;
    BenchArguments bench;
    TrainArguments train;
    EvaluateArguments evaluate;
    const auto add = [&](const char* name, const char* help, auto& arguments, auto fill) {
        CLI::App* sub = app.add_subcommand(name, help);
        fill(*sub, arguments);
        return sub;
    };
    const CLI::App* chosen[] = {
        add("segment", "Masks of pictures by phrases, by marked objects, or both", segment, addSegment),
        add("info", "What a model is and how it will be computed", info, addInfo),
        add("tokenize", "Token ids of texts", tokenize, addTokenize),
        add("embed", "The condition vector of a phrase or a picture", embed, addEmbed),
        add("prompt", "The engineered picture of a marked object, as the model sees it", prompt, addPrompt),
        add("styles", "Which way of showing a marked object the model understands best", styles, addStyles),
        add("convert", "The original CLIPSeg decoder and a CLIP folder to a model folder", convert, addConvert),
        add("bench", "How long each step takes, and how much memory", bench, addBench),
        add("train", "Train a model, or go on training", train, addTrain),
        add("evaluate", "Measure a model on annotated pictures", evaluate, addEvaluate),
    };
    for (int i = 1; i < count; ++i) {
        // CLI11 would take the next argument as the value.
        const std::string_view value = values[i];
        if (value.starts_with("--") && value.find('=') + 1 == value.size()) {
            return report({ErrorKind::usage, quoted(std::string(value)) + " has no value", "write it after the ="});
        }
    }
    try {
        app.parse(count, values);
    } catch (const CLI::Success& help) {  // --help, --version
        app.exit(help);
        std::cout.flush();
        if (!std::cout) {
            return report({ErrorKind::output, "standard output cannot be written", "look where it goes"});
        }
        return 0;
    } catch (const CLI::ParseError& error) {
        if (app.get_subcommands().empty() && count > 1 && *values[1] != '-') {
            return report(
                {ErrorKind::usage, "there is no subcommand " + quoted(values[1]), "see maskwright-cli --help"});
        }
        std::string name = "maskwright-cli";
        for (const CLI::App* sub : app.get_subcommands()) {
            name += " " + sub->get_name();
        }
        return report({ErrorKind::usage, oneLine(error.what()), "see " + name + " --help"});
    }
    const Command commands[] = {segment, info, tokenize, embed, prompt, styles, convert, bench, train, evaluate};
    for (std::size_t i = 0; i < std::size(chosen); ++i) {
        if (chosen[i]->parsed()) {
            return commands[i];
        }
    }
    return report({ErrorKind::usage, "no subcommand was given", "see maskwright-cli --help"});
}

}  // namespace maskwright::cli
