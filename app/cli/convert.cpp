// convert: the original repository's decoder and a CLIP folder, OpenAI's CLIP, or a Segment Anything, to a model
// folder.
#include "core/weights/convert.h"

#include <iostream>

#include "app/cli/common.h"
#include "core/session/segmenter_source.h"
#include "core/weights/convert_openai.h"

namespace maskwright::cli {

namespace {

std::string joined(const std::vector<std::int64_t>& numbers) {
    std::string text;
    for (const std::int64_t number : numbers) {
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    }
    return text;
}

int convertClip(const ConvertArguments& arguments, const std::stop_token& stop) {
    if (arguments.vocabulary.empty()) {
        return report(Error{ErrorKind::usage, message("%1 is a CLIP without its vocabulary", arguments.decoder),
                            "give the folder that has vocab.json and merges.txt with --vocabulary"});
    }
    const auto model = weights::convertOpenAiClip(arguments.decoder, arguments.vocabulary, arguments.output, {}, stop);
    if (!model) {
        return report(model.error());
    }
    std::cout << arguments.output << ": " << model->parameters << " parameters, "
              << (model->resnet ? "modified ResNet" : "vision transformer") << ", width " << model->width << ", blocks "
              << joined(model->layers) << ", pictures of " << model->imageSize << " pixels\n";
    return 0;
}

int convertSegmenter(const ConvertArguments& arguments, const std::stop_token& stop) {
    const auto made = session::convertSegmenter(arguments.decoder, arguments.output, stop);
    if (!made) {
        return report(made.error());
    }
    std::cout << arguments.output << ": " << made->parameters << " parameters, " << made->network << ", pictures of "
              << made->inputSize << " pixels; it makes proposals (see proposals --help)\n";
    return 0;
}

}  // namespace

int runConvert(const ConvertArguments& arguments, const std::stop_token& stop) {
    const auto proposes = session::holdsSegmenter(arguments.decoder);
    if (!proposes) {
        return report(proposes.error());
    }
    if (*proposes) {
        return convertSegmenter(arguments, stop);
    }
    const auto whole = weights::holdsOpenAiClip(arguments.decoder);
    if (!whole) {
        return report(whole.error());
    }
    if (*whole) {
        return convertClip(arguments, stop);
    }
    if (const auto decoder = weights::checkDecoder(arguments.decoder); !decoder) {
        return report(decoder.error());
    }
    if (arguments.clip.empty()) {
        return report(Error{ErrorKind::usage, message("%1 is a decoder without its CLIP", arguments.decoder),
                            "give the CLIP folder that it was trained with as --clip"});
    }
    weights::ConvertOptions options;
    if (!arguments.extractLayers.empty()) {
        options.extractLayers = arguments.extractLayers;
    }
    options.decoderHeads = arguments.decoderHeads;
    options.conditionalLayer = arguments.conditionalLayer;
    const auto model =
        weights::convertOriginalDecoder(arguments.decoder, arguments.clip, arguments.output, options, {}, stop);
    if (!model) {
        return report(model.error());
    }
    std::cout << arguments.output << ": " << model->parameters << " parameters, D = " << model->reduceDim << ", "
              << (model->refined ? "refined" : "plain") << " head, activations after blocks "
              << joined(model->extractLayers) << "\n";
    return 0;
}

}  // namespace maskwright::cli
