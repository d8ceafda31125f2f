// Prompts to condition vectors: phrases and marked objects through the two towers, and their mixture. Keeps what it has
// computed. Throws what the tensor code throws. Private to core/session.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>

#include "core/image/resize.h"
#include "core/session/clipseg_method.h"
#include "core/session/kept.h"
#include "core/session/lru.h"

namespace maskwright::clip {
struct Preprocessing;
}

namespace maskwright::vision {
struct TokenMask;
}

namespace maskwright::clipseg {
class Model;
}

namespace maskwright::session {

class Conditions {
  public:
    // All three are the owner's and outlive this.
    Conditions(const clipseg::Model& model, const clip::Preprocessing& preprocessing, const ModelInfo& info)
        : model_(model), preprocessing_(preprocessing), info_(info) {}

    // Encodes the phrases of all prompts together: on a GPU launches are dear, and CLIP's tower is read once for all.
    // Nothing on the processor for a model with a list of its words, whose phrases may be asked in several ways.
    void prepare(std::span<const Prompt> prompts);
    Result<Condition> ofPhrase(const std::string& phrase);
    // A picture as the tower reads it, at its own size.
    Result<Condition> ofPixels(const Planar& pixels, std::stop_token stop);
    // See ClipSegMethod::condition.
    Result<Condition> ofPrompt(const Prompt& prompt, const std::stop_token& stop);

  private:
    // The condition that is kept under the key, which then cost nothing this time, or what `compute` makes.
    template <class Compute>
    Result<Condition> keptOr(const std::string& key, Compute compute);

    // Weak pointers, so that a kept embedding keeps no picture alive.
    struct RegionKey {
        std::weak_ptr<const Image> image;
        std::weak_ptr<const Mask> region;
        visual_prompt::Style style;
    };

    struct Embedded;  // a text's embedding as it is, raw, on the model's device
    struct Ahead;     // what prepare() made, by text
    [[nodiscard]] Embedded embedding(const std::string& text) const;
    [[nodiscard]] Embedded embeddingOrHeads(const std::string& phrase) const;
    [[nodiscard]] Result<void> checkHiding(const visual_prompt::Style& style) const;
    Result<Condition> ofPixels(const Planar& pixels, std::stop_token stop, const vision::TokenMask& hidden);
    Result<Condition> computed(const std::string& whole);
    Result<Condition> ofRegion(const SupportRegion& support, const std::stop_token& stop);
    // Of a region that is not kept, as the style shows it.
    Result<Condition> byStyle(const SupportRegion& support, const std::stop_token& stop);
    // The same for models that express it in names (clipseg/marked.h): they look at the picture and not at a style of
    // it.
    Result<Condition> byNames(const SupportRegion& support, const std::stop_token& stop);
    Result<Condition> ofRegions(std::span<const SupportRegion> supports, const std::stop_token& stop);

    const clipseg::Model& model_;
    const clip::Preprocessing& preprocessing_;
    const ModelInfo& info_;
    std::shared_ptr<Ahead> ahead_;  // null before prepare()
    // Some 2,000 of 512 numbers, of phrases by their text and of regions by what the encoder gets. They are small
    // beside what they cost, so they are not of --memory.
    Kept kept_{std::int64_t(4) << 20};
    // A way to them without a look at the pixels.
    Lru<RegionKey, Condition> regions_{256};
};

}  // namespace maskwright::session
