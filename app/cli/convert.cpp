// convert: the original repository's decoder and a CLIP folder to a model folder.
#include "core/weights/convert.h"

#include <iostream>

#include "app/cli/common.h"

namespace maskwright::cli {

int runConvert(const ConvertArguments& arguments, const std::stop_token& stop) {
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
    std::string layers;
    for (const std::int64_t layer : model->extractLayers) {
        layers += (layers.empty() ? "" : ", ") + std::to_string(layer);
    }
    std::cout << arguments.output << ": " << model->parameters << " parameters, D = " << model->reduceDim << ", "
              << (model->refined ? "refined" : "plain") << " head, activations after blocks " << layers << "\n";
    return 0;
}

}  // namespace maskwright::cli
