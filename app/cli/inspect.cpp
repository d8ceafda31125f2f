// info, tokenize, noun-phrase, embed: what a model is and the vectors it works with.
#include <iostream>

#include "app/cli/common.h"
#include "app/cli/npy.h"
#include "core/batch/naming.h"
#include "core/proposals/classical.h"
#include "core/session/clipseg_method.h"
#include "core/session/global_local.h"
#include "core/session/model_kind.h"
#include "core/session/proposal_sources.h"
#include "core/session/segmenter_source.h"
#include "core/store/store.h"
#include "core/text/noun_phrases.h"

namespace maskwright::cli {

namespace {

// What may propose regions for `refer`, and what the licences of its weights are.
OrderedJson proposalsOf(session::ClipSegMethod& clipseg) {
    OrderedJson all = OrderedJson::array();
    std::vector<std::unique_ptr<proposals::Source>> sources;
    if (clipseg.facts().detects) {
        sources.push_back(session::detectorSource(clipseg));
    }
    sources.push_back(proposals::classical());
    sources.push_back(session::mapsSource(clipseg));
    for (const auto& source : sources) {
        const proposals::About about = source->about();
        all.push_back({{"name", about.name}, {"what", about.what.text()}, {"licence", about.licence.text()}});
    }
    return all;
}

void print(const OrderedJson& json, bool asJson) {
    if (asJson) {
        std::cout << dump(json) << "\n";
        return;
    }
    for (const auto& [key, value] : json.items()) {
        if (key == "proposals") {  // a line each
            for (const OrderedJson& one : value) {
                std::cout << "proposals         " << one["name"].get<std::string>() << ": "
                          << one["what"].get<std::string>() << "; licence: " << one["licence"].get<std::string>()
                          << "\n";
            }
            continue;
        }
        std::string name = key;
        std::replace(name.begin(), name.end(), '_', ' ');
        name.resize(std::max<std::size_t>(name.size(), 18), ' ');
        std::cout << name << (value.is_string() ? value.get<std::string>() : dump(value)) << "\n";
    }
}

// Of a network that only proposes.
int segmenterInfo(const std::string& kind, const InfoArguments& arguments) {
    const ModelArguments& model = arguments.model;
    const auto opened = session::openSegmenter(kind, {model.model, model.device, model.dtype, model.threads});
    if (!opened) {
        return report(opened.error());
    }
    const session::SegmenterInfo& info = (*opened)->info();
    const std::string source = info.kind + ":" + info.folder;
    print({{"name", info.name},
           {"folder", info.folder},
           {"version", MASKWRIGHT_VERSION},
           {"network", info.network},
           {"what", info.what.text()},
           {"licence", info.licence.text()},
           {"parameters", info.parameters},
           {"input_size", info.inputSize},
           {"device", info.device},
           {"dtype", info.dtype},
           {"use", "proposals IMAGE --source " + source + " -o FILE, refer IMAGE --proposals " + source}},
          arguments.json);
    return 0;
}

// Of a CLIP by itself, which finds nothing and compares regions with sentences.
int clipInfo(const InfoArguments& arguments) {
    const ModelArguments& model = arguments.model;
    const auto found = store::find(model.model);
    if (!found) {
        return report(found.error());
    }
    const auto opened = session::GlobalLocal::open({model.model, model.device, model.dtype, model.threads});
    if (!opened) {
        return report(opened.error());
    }
    const session::Facts& facts = (*opened)->facts();
    session::ModelInfo known;
    known.name = facts.name;
    known.folder = found->folder;
    print({{"name", facts.name},
           {"folder", found->folder},
           {"version", MASKWRIGHT_VERSION},
           {"network", "CLIP, " + facts.tower},
           {"what", "a CLIP by itself: it compares the regions of a picture with a sentence and finds nothing alone"},
           {"licence", session::licenceOf(known).text()},
           {"parameters", facts.parameters},
           {"input_size", facts.side},
           {"projection", facts.width},
           {"blocks", facts.blocks},
           {"use", "refer IMAGE --model " + found->folder + " --expression TEXT"}},
          arguments.json);
    return 0;
}

}  // namespace

int runInfo(const InfoArguments& arguments) {
    if (session::isClipAlone(arguments.model.model)) {
        return clipInfo(arguments);
    }
    if (const std::string kind = session::segmenterKind(arguments.model.model); !kind.empty()) {
        return segmenterInfo(kind, arguments);
    }
    const auto engine = openEngine(arguments.model);
    if (!engine) {
        return report(engine.error());
    }
    const auto clipseg = session::needClipSeg(**engine);
    if (!clipseg) {
        return report(clipseg.error());
    }
    const session::ModelInfo& info = (*engine)->info();
    const session::ClipSegFacts& facts = (*clipseg)->facts();
    std::vector<std::string> builtIn;
    for (const store::Model& model : store::builtInModels()) {
        builtIn.push_back(model.name);
    }
    const OrderedJson json = {{"name", info.name},
                              {"folder", info.folder},
                              {"version", MASKWRIGHT_VERSION},
                              {"vision", facts.vision},
                              {"tokenizer", facts.tokenizer},
                              {"head", facts.head},
                              {"parameters", info.parameters},
                              {"input_size", info.capabilities.inputSize},
                              {"size_multiple", info.capabilities.cell},
                              {"middle_only", info.capabilities.middleOnly},
                              {"extract_layers", facts.extractLayers},
                              {"reduce_dim", facts.reduceDim},
                              {"projection", facts.projection},
                              {"text_positions", facts.textPositions},
                              {"default_threshold", info.defaultThreshold},
                              {"device", info.device},
                              {"dtype", info.dtype},
                              {"threads", info.threads},
                              {"products", info.products},
                              {"instructions", info.instructions},
                              {"blas", info.blas},
                              {"blas_kernel", info.blasKernel},
                              {"slow_blas", info.slowBlas},
                              {"libtorch", info.torchVersion},
                              {"licence", session::licenceOf(info).text()},
                              {"proposals", proposalsOf(**clipseg)},
                              {"built_in_models", builtIn}};
    print(json, arguments.json);
    return 0;
}

int runTokenize(const TokenizeArguments& arguments) {
    for (const std::string& text : arguments.texts) {
        const auto tokens = session::tokenize(arguments.model, text);
        if (!tokens) {
            return report(tokens.error());
        }
        if (tokens->truncated) {
            warn("the text is longer than the model reads and was cut: " + quoted(text));
        }
        std::cout << dump(OrderedJson(tokens->ids)) << "\n";
    }
    return 0;
}

int runNounPhrase(const NounPhraseArguments& arguments) {
    for (const std::string& text : arguments.texts) {
        const text::NounPhrase phrase = text::nounPhrase(text);
        if (const Message told = remark(phrase); !told.empty()) {
            warn(quoted(text) + ": " + told.text());
        }
        if (arguments.json) {
            std::cout << dump(OrderedJson{{"expression", text}, {"noun_phrase", phrase.text}}) << "\n";
        } else {
            std::string line = text;
            std::replace_if(
                line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
            std::cout << line << "\t" << phrase.text << "\n";
        }
    }
    return 0;
}

int runEmbed(const EmbedArguments& arguments, const std::stop_token& stop) {
    const auto file = batch::planFile(arguments.output, arguments.phrase ? "phrase" : arguments.image,
                                      {arguments.region, arguments.model.model}, ".npy");
    if (!file) {
        return report(file.error());
    }
    const image_io::ReadOptions options = readOptions(arguments.maxMegapixels);
    if (!arguments.region.empty() && arguments.phrase) {
        return report(
            {ErrorKind::usage, "--region marks an object in a picture, not in a phrase", "use it with --image"});
    }
    if (arguments.region.empty() && arguments.regionLabel) {
        return report({ErrorKind::usage,
                       message("%1 chooses among the labels of a region, and there is none", "--region-label"),
                       message("give %1 with a mask picture", "--region")});
    }
    image_io::Picture picture;
    session::Prompt prompt;
    if (!arguments.phrase) {
        auto read = image_io::read(arguments.image, options);
        if (!read) {
            return report(read.error());
        }
        picture = std::move(*read);
        warnAll(picture.warnings);
    }
    if (!arguments.region.empty()) {
        const auto style = visual_prompt::parseStyle(arguments.style);
        if (!style) {
            return report(style.error());
        }
        auto mask = readRegion({arguments.region, arguments.image, arguments.regionLabel, false, picture.orientation},
                               picture.image, options);
        if (!mask) {
            return report(mask.error());
        }
        prompt.regions.push_back({std::make_shared<const Image>(picture.image),
                                  std::make_shared<const Mask>(std::move(*mask)), *style, 1.0});
    }
    const auto engine = openEngine(arguments.model);
    if (!engine) {
        return report(engine.error());
    }
    const auto needed = session::needClipSeg(**engine);
    if (!needed) {
        return report(needed.error());
    }
    session::ClipSegMethod& clipseg = **needed;
    Result<session::Condition> condition = session::Condition{};
    if (arguments.phrase) {
        condition = clipseg.textCondition(*arguments.phrase);
        if (condition && condition->truncated) {
            warn("the phrase is longer than the model reads and was cut");
        }
        for (const std::string& word : condition ? condition->words.unknown : std::vector<std::string>()) {
            warn("not a word this model knows: " + word);
        }
    } else if (!prompt.regions.empty()) {
        condition = clipseg.condition(prompt, stop);
    } else {
        const std::int64_t size = arguments.size != 0 ? arguments.size : clipseg.capabilities().inputSize;
        if (const auto fits = clipseg.checkSize(size); !fits) {
            return report(fits.error());
        }
        condition = clipseg.imageCondition(clipseg.asSeen(picture.image, {size, false}), stop);
    }
    if (!condition) {
        return report(condition.error());
    }
    const std::int64_t shape[] = {static_cast<std::int64_t>(condition->values.size())};
    if (const auto written = writeNpy(*file, shape, condition->values); !written) {
        return report(written.error());
    }
    return 0;
}

}  // namespace maskwright::cli
