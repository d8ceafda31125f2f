#include "core/store/catalogue.h"

#include <algorithm>
#include <array>

#include "core/store/ascii_case.h"

namespace maskwright::store {
namespace {

// Parameters, in millions: CLIPSeg's as `maskwright-cli info` counts a model of that configuration; CLIP's as open_clip
// lists them (docs/model_profile.csv: ViT-B-32 151.28, ViT-B-16 149.62, RN50 102.01).
constexpr std::uint64_t kMillion = 1'000'000, kFloat = 4;

}  // namespace

std::span<const Published> publishedModels() {
    static const std::array kModels = {
        Published{"clipseg-rd64-refined", "CIDAS/clipseg-rd64-refined", "Apache-2.0", 151 * kMillion * kFloat,
                  "CLIPSeg with the finer head: any English phrase, the sharpest masks of the three", true},
        Published{"clipseg-rd64", "CIDAS/clipseg-rd64", "Apache-2.0", 151 * kMillion * kFloat,
                  "CLIPSeg as its paper measures it, to compare with", true},
        Published{"clipseg-rd16", "CIDAS/clipseg-rd16", "Apache-2.0", 150 * kMillion * kFloat,
                  "CLIPSeg with the small decoder, to compare with", true},
        Published{"clip-vit-base-patch32", "openai/clip-vit-base-patch32", "MIT", 151 * kMillion * kFloat,
                  "CLIP for choosing by an expression: the quickest, and the one of Global-Local CLIP's paper", false},
        Published{"clip-vit-base-patch16", "openai/clip-vit-base-patch16", "MIT", 150 * kMillion * kFloat,
                  "CLIP for choosing by an expression: finer, and slower", false},
        Published{"clip-rn50", "timm/resnet50_clip.openai", "MIT", 102 * kMillion * kFloat,
                  "CLIP on a convolutional network for choosing by an expression", false},
    };
    return kModels;
}

const Published* findPublished(std::string_view nameOrRepository) {
    const auto models = publishedModels();
    const auto found = std::find_if(models.begin(), models.end(), [&](const Published& one) {
        return sameButForCase(one.name, nameOrRepository) || sameButForCase(one.repository, nameOrRepository);
    });
    return found == models.end() ? nullptr : &*found;
}

}  // namespace maskwright::store
