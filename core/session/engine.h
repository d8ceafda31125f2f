// The engine a program talks to: a loaded model, pictures encoded once, prompts decoded as often as wanted. No torch in
// sight. Threads: an Engine belongs to one thread (every thread that computes gets an OpenMP team of its own).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"
#include "core/visual_prompt/style.h"

namespace maskwright::session {

struct EngineOptions {
    std::string model = "mini";     // a built-in model's name, or a model folder (UTF-8 path)
    std::string device = "auto";    // auto, cpu, cuda:N
    std::string dtype = "float32";  // or bfloat16
    int threads = 0;                // 0: as many as cores
    bool operator==(const EngineOptions&) const = default;
};

struct ModelInfo {
    std::string name, folder, device, dtype, blas, torchVersion, visionType, tokenizer;
    std::string head;  // plain, refined, pyramid
    bool slowBlas = false;
    int threads = 0;
    std::int64_t parameters = 0, inputSize = 0, cell = 0, reduceDim = 0, projection = 0, textPositions = 0;
    std::vector<std::int64_t> extractLayers;
    double defaultThreshold = 0.5;
    double logitScale = 1;  // what cosines of picture and text are multiplied by before a softmax

    // Whether tokens can be hidden inside the encoder (visual_prompt::TokenMasking).
    [[nodiscard]] bool hasTokens() const { return visionType != "efficientnet_lite"; }
};

struct EncodeOptions {
    std::int64_t size = 0;  // network input side in pixels, a multiple of info().cell; 0: the model's
    // false: square stretch, the reference's way; true: the longer side is `size`, both sides multiples of cell.
    bool keepAspect = false;
    bool operator==(const EncodeOptions&) const = default;
};

// Network input sides that encode() takes, in pixels.
inline constexpr std::int64_t kMinSize = 16, kMaxSize = 4096;

// A picture's activations; opaque, immutable, owned by whoever keeps the pointer.
class EncodedPicture;
struct Encoded {
    std::shared_ptr<const EncodedPicture> picture;
    int inputWidth = 0, inputHeight = 0;  // what the network saw
    double milliseconds = 0;
};

// The condition vector c, raw (not L2-normalised), [projection].
struct Condition {
    std::vector<float> values;
    bool truncated = false;  // the text did not fit the model's context and was cut
    double milliseconds = 0;
};

// A marked object in some picture, shown to the encoder the way `style` says.
struct SupportRegion {
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> region;  // of the image's size
    visual_prompt::Style style;
    double weight = 1;  // among the regions of one prompt
};

// What to look for: x = mix * image + (1 - mix) * text on raw embeddings (facts.md section 5). With no phrase mix
// counts as 1, with no region as 0. `negative` takes its map away from this one's: probability = clamp(p -
// negativeWeight * pNegative); or, with `compete`, has the pixels where it is the stronger: probability = p where p >
// negativeWeight * pNegative, else 0 (the winner of CLIPSegMultiLabel's argmax, facts.md section 5).
struct Prompt {
    std::string phrase;
    std::vector<SupportRegion> regions;
    double mix = 0.5;
    std::string negativePhrase;
    std::vector<SupportRegion> negativeRegions;
    double negativeWeight = 1;
    bool compete = false;
};

// The network's answer for one condition.
struct Logits {
    Plane<float> values;  // at the network's resolution, before the sigmoid
};

class Engine {
  public:
    // Errors: ErrorKind::weights, resource (device, memory), usage (unknown device or dtype name).
    static Result<std::unique_ptr<Engine>> open(const EngineOptions& options);
    ~Engine();
    Engine(const Engine&) = delete;

    [[nodiscard]] const ModelInfo& info() const;

    // What encode() says of a size, without a picture. Errors: usage, naming the nearest sizes that fit.
    [[nodiscard]] Result<void> checkSize(std::int64_t size) const;
    // Errors: usage (size), resource (memory), cancelled.
    Result<Encoded> encode(const Image& image, const EncodeOptions& options = {}, std::stop_token stop = {});
    // Cached by phrase. `phrase` is used as it is (templates are the caller's).
    Result<Condition> textCondition(const std::string& phrase);
    // The pooled embedding of a picture as the encoder gets it: already engineered, at its own size (multiples of
    // cell).
    Result<Condition> imageCondition(const Image& engineered, std::stop_token stop = {});
    // The same from a normalised tensor (parity with the reference's engineered tensors).
    Result<Condition> imageCondition(const Planar& normalised, std::stop_token stop = {});
    // Phrase, regions and mixture to one vector. Region embeddings are cached by (image, region, style).
    Result<Condition> condition(const Prompt& prompt, std::stop_token stop = {});
    // One logit map a condition, at the network's input size (or as the head gives it, with `raw`).
    Result<std::vector<Logits>> decode(const EncodedPicture& picture, std::span<const Condition> conditions,
                                       bool raw = false);
    // Token ids with markers.
    Result<std::vector<std::int64_t>> tokenize(const std::string& text) const;

  private:
    struct Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Token ids with markers by a model's tokenizer alone: its weights are not read.
struct TokenIds {
    std::vector<std::int64_t> ids;
    bool truncated = false;  // the text did not fit the model's context and was cut
};
Result<TokenIds> tokenize(const std::string& model, const std::string& text);

// sigmoid of every logit.
Heatmap probability(const Plane<float>& logits);

// Where built-in models are looked for: MASKWRIGHT_MODELS, beside the program, the installed share folder, the source
// tree. "mini" -> its folder; anything with a slash or an existing folder is taken as a path.
Result<std::string> findModel(const std::string& nameOrFolder);
// Names of the built-in models that are there.
std::vector<std::string> builtInModels();

}  // namespace maskwright::session
