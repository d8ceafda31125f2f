#include "core/batch/request.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/sha256.h"
#include "core/visual_prompt/style.h"

namespace maskwright::batch {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string hashOf(int width, int height, std::span<const std::uint8_t> pixels) {
    Sha256 hash;
    const std::string size = std::to_string(width) + "x" + std::to_string(height) + "\n";
    hash.update(std::as_bytes(std::span(size)));
    hash.update(std::as_bytes(pixels));
    return hash.finish();
}

OrderedJson regionsOf(const std::vector<session::SupportRegion>& regions) {
    OrderedJson all = OrderedJson::array();
    for (const session::SupportRegion& region : regions) {
        all.push_back({{"picture", hashOf(region.image->width, region.image->height, region.image->pixels)},
                       {"region", hashOf(region.region->width, region.region->height, region.region->pixels)},
                       {"style", visual_prompt::styleText(region.style)},
                       {"weight", region.weight}});
    }
    return all;
}

// Phrase and regions; `mix` only where there are both.
OrderedJson halfOf(const std::string& phrase, const std::vector<session::SupportRegion>& regions, double mix) {
    OrderedJson half = {{"phrase", phrase}, {"regions", regionsOf(regions)}};
    if (!phrase.empty() && !regions.empty()) {
        half["mix"] = mix;
    }
    return half;
}

OrderedJson promptOf(const session::Prompt& prompt) {
    OrderedJson json = halfOf(prompt.phrase, prompt.regions, prompt.mix);
    if (!prompt.negativePhrase.empty() || !prompt.negativeRegions.empty()) {
        json["negative"] = halfOf(prompt.negativePhrase, prompt.negativeRegions, prompt.mix);
        json["negative_weight"] = prompt.negativeWeight;
        json["compete"] = prompt.compete;
    }
    return json;
}

OrderedJson appearanceOf(output::Kind kind, const output::Appearance& a) {
    OrderedJson json = {{"threshold", a.threshold}};
    if (kind == output::Kind::cutout) {
        json["edge"] = a.cutoutEdge == output::CutoutEdge::soft ? "soft" : "hard";
    } else if (kind == output::Kind::overlay) {
        json["mode"] = static_cast<int>(a.mode);
        json["colour"] = a.colour ? OrderedJson(*a.colour) : OrderedJson();
        json["opacity"] = a.opacity;
        json["edge"] = a.edge;
        json["line"] = a.lineWidth;
    }
    return json;
}

}  // namespace

std::string contentHash(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code failed;
    std::map<std::string, std::string> files;  // hash by name
    for (auto at = fs::directory_iterator(folder, failed); !failed && at != fs::directory_iterator();
         at.increment(failed)) {
        const std::string ending = at->path().extension().string();
        if (ending == ".safetensors" || ending == ".bin" || ending == ".json" || ending == ".txt") {
            if (auto hash = sha256File(at->path())) {
                files[at->path().filename().string()] = std::move(*hash);
            }
        }
    }
    if (files.empty()) {
        return {};
    }
    Sha256 all;
    for (const auto& [name, hash] : files) {
        const std::string line = hash + " " + name + "\n";
        all.update(std::as_bytes(std::span(line)));
    }
    return all.finish();
}

std::string requestText(const Request& request, const Model& model) {
    OrderedJson json = {{"version", MASKWRIGHT_VERSION},
                        {"model", model.name},
                        {"model_content", model.content},
                        {"dtype", model.dtype},
                        {"kind", output::kindName(request.kind)},
                        {"appearance", appearanceOf(request.kind, request.appearance)},
                        {"labels", request.labels},
                        {"size", request.encode.size},
                        {"keep_aspect", request.encode.keepAspect},
                        {"refine", request.refine},
                        {"background", request.read.background}};
    if (request.refine && request.refineRadius != kRefineRadius) {
        json["refine_radius"] = request.refineRadius;
    }
    if (request.tiles != session::kNoTiles) {
        json["tiles"] = request.tiles;
    }
    for (const session::Prompt& prompt : request.prompts) {
        json["prompts"].push_back(promptOf(prompt));
    }
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string requestHash(const Request& request, const Model& model) {
    const std::string text = requestText(request, model);
    Sha256 hash;
    hash.update(std::as_bytes(std::span(text)));
    return hash.finish();
}

}  // namespace maskwright::batch
