// The engine's conditions: phrases, marked objects, and their mixtures.
#include "core/session/engine_impl.h"
#include "core/session/translate.h"

namespace maskwright::session {

namespace {

// Weak pointers so that a cached embedding keeps no picture alive; compared by owner, so a reused address never
// matches.
template <class T>
bool sameOwner(const std::weak_ptr<T>& a, const std::shared_ptr<T>& b) {
    return !a.owner_before(b) && !b.owner_before(a) && !a.expired();
}

}  // namespace

Result<Condition> Engine::Impl::embedPixels(const Planar& pixels, std::stop_token stop, clip::TokenMask tokenMask) {
    const std::int64_t cell = info.cell;
    if (pixels.width < cell || pixels.height < cell || pixels.width % cell != 0 || pixels.height % cell != 0 ||
        pixels.width > kMaxSize || pixels.height > kMaxSize) {
        return Error{ErrorKind::usage,
                     "an engineered picture of " + std::to_string(pixels.width) + "x" + std::to_string(pixels.height) +
                         " does not fit the model " + info.name,
                     "its sides must be multiples of " + std::to_string(cell) + " up to " + std::to_string(kMaxSize)};
    }
    MASKWRIGHT_TRY(checkMemory(pixels.width, pixels.height));
    const Clock::time_point start = Clock::now();
    Condition condition;
    condition.values = asVector(model->imageCondition(asTensor(pixels), std::move(stop), std::move(tokenMask)));
    MASKWRIGHT_TRY(checkFinite(condition.values));
    condition.milliseconds = millisecondsSince(start);
    return condition;
}

Result<Condition> Engine::Impl::embedRegion(const SupportRegion& support, std::stop_token stop) {
    if (!support.image || !support.region) {
        return Error{ErrorKind::usage, "a support region has no picture or no mask", ""};
    }
    using visual_prompt::TokenMasking;
    const TokenMasking masking = support.style.tokenMasking;
    if (masking != TokenMasking::none && !model->config().clip.vision.isVit()) {
        return Error{ErrorKind::usage,
                     "the model " + info.name + " has no tokens to hide: its encoder is not a transformer",
                     "choose a style that changes pixels, such as crop_blur_highlight352, or a CLIPSeg model"};
    }
    if (masking != TokenMasking::none && support.style.crop) {
        return Error{ErrorKind::usage, "hiding tokens inside the encoder needs the whole picture, not a crop",
                     "give the style crop=off as well"};
    }
    const std::int64_t blocks = model->config().clip.vision.layers;
    if (masking != TokenMasking::none && support.style.maskFromLayer >= blocks) {
        // Without this the style would do nothing and say nothing.
        return Error{ErrorKind::usage,
                     "the model " + info.name + " has " + std::to_string(blocks) + " blocks, none of them is block " +
                         std::to_string(support.style.maskFromLayer),
                     "give tokens= a block from 0 to " + std::to_string(blocks - 1)};
    }
    if (const Condition* cached = regions.find([&](const RegionKey& key) {
            return key.style == support.style && sameOwner(key.image, support.image) &&
                   sameOwner(key.region, support.region);
        })) {
        Condition condition = *cached;
        condition.milliseconds = 0;
        return condition;
    }
    const auto engineered = visual_prompt::engineer(*support.image, *support.region, support.style);
    if (!engineered) {
        return engineered.error();
    }
    clip::TokenMask tokenMask;
    if (masking != TokenMasking::none) {
        const int grid = engineered->width / static_cast<int>(info.cell);
        const std::vector<float> inside = visual_prompt::tokenMask(*support.region, grid);
        tokenMask.queries =
            masking == TokenMasking::clsOnly ? clip::TokenMask::Queries::classToken : clip::TokenMask::Queries::patches;
        tokenMask.fromBlock = masking == TokenMasking::allLayers ? 0 : support.style.maskFromLayer;
        tokenMask.inside = at::tensor(inside, at::kFloat).reshape({1, std::int64_t(grid) * grid});
    }
    auto condition = embedPixels(pixelsOf(*engineered), std::move(stop), tokenMask);
    if (condition) {
        regions.put({support.image, support.region, support.style}, *condition);
    }
    return condition;
}

Result<Condition> Engine::Impl::embedRegions(std::span<const SupportRegion> supports, const std::stop_token& stop) {
    double total = 0;
    for (const SupportRegion& support : supports) {
        if (!std::isfinite(support.weight) || support.weight < 0) {
            return Error{ErrorKind::usage, "a support region's weight is negative or not a number",
                         "weights are 0 or more"};
        }
        total += support.weight;
    }
    if (!(total > 0)) {
        return Error{ErrorKind::usage, "every support region has the weight 0", "give at least one a weight above 0"};
    }
    Condition mean;
    mean.values.assign(static_cast<std::size_t>(info.projection), 0.0f);
    for (const SupportRegion& support : supports) {
        if (support.weight == 0) {
            continue;
        }
        const auto one = embedRegion(support, stop);
        if (!one) {
            return one.error();
        }
        for (std::size_t i = 0; i < mean.values.size(); ++i) {
            mean.values[i] += static_cast<float>(support.weight / total) * one->values[i];
        }
        mean.milliseconds += one->milliseconds;
    }
    return mean;
}

Result<Condition> Engine::textCondition(const std::string& phrase) {
    return guarded("encoding the phrase", [&]() -> Result<Condition> {
        if (const Condition* cached = impl_->texts.find([&](const std::string& key) { return key == phrase; })) {
            Condition condition = *cached;
            condition.milliseconds = 0;
            return condition;
        }
        const Clock::time_point start = Clock::now();
        const text::Tokens tokens = impl_->model->tokenizer().encode(phrase, impl_->info.textPositions);
        Condition condition;
        condition.values = asVector(impl_->model->textCondition(tokens));
        MASKWRIGHT_TRY(impl_->checkFinite(condition.values));
        condition.truncated = tokens.truncated;
        condition.milliseconds = millisecondsSince(start);
        return impl_->texts.put(phrase, condition);
    });
}

Result<Condition> Engine::imageCondition(const Image& engineered, std::stop_token stop) {
    return guarded("encoding the support picture",
                   [&] { return impl_->embedPixels(impl_->pixelsOf(engineered), std::move(stop)); });
}

Result<Condition> Engine::imageCondition(const Planar& normalised, std::stop_token stop) {
    return guarded("encoding the support picture", [&] { return impl_->embedPixels(normalised, std::move(stop)); });
}

Result<Condition> Engine::condition(const Prompt& prompt, std::stop_token stop) {
    return guarded("encoding the prompt", [&]() -> Result<Condition> {
        if (prompt.phrase.empty() && prompt.regions.empty()) {
            return Error{ErrorKind::usage, "the prompt has neither a phrase nor a support region", "give one of them"};
        }
        if (!(prompt.mix >= 0 && prompt.mix <= 1)) {
            return Error{ErrorKind::usage, "the mixture is outside 0 to 1",
                         "0 is the phrase alone, 1 the support alone"};
        }
        const double a = prompt.phrase.empty() ? 1 : prompt.regions.empty() ? 0 : prompt.mix;
        Condition mixed;
        mixed.values.assign(static_cast<std::size_t>(impl_->info.projection), 0.0f);
        // Both are computed whatever the mixture, so a slider's way from end to end finds both in the caches.
        if (!prompt.phrase.empty()) {
            const auto text = textCondition(prompt.phrase);
            if (!text) {
                return text.error();
            }
            for (std::size_t i = 0; i < mixed.values.size(); ++i) {
                mixed.values[i] += static_cast<float>(1 - a) * text->values[i];
            }
            mixed.truncated = text->truncated;
            mixed.milliseconds += text->milliseconds;
        }
        if (!prompt.regions.empty()) {
            const auto image = impl_->embedRegions(prompt.regions, stop);
            if (!image) {
                return image.error();
            }
            for (std::size_t i = 0; i < mixed.values.size(); ++i) {
                mixed.values[i] += static_cast<float>(a) * image->values[i];
            }
            mixed.milliseconds += image->milliseconds;
        }
        return mixed;
    });
}

}  // namespace maskwright::session
