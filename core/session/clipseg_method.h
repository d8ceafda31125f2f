// CLIPSeg as a Method, and what it alone has: condition vectors and logits, for parity with the reference, for `embed`
// and `--save-logits`, for evaluation and the comparison of styles. Torch-free. Threads: as Method.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/referring/place_words.h"
#include "core/session/method.h"

namespace maskwright::session {

// The condition vector c, raw (not L2-normalised), [projection].
struct Condition {
    std::vector<float> values;
    // Of a phrase that joins names ("cat and dog") one for each: what is found of any of them is found, and `values`,
    // the whole phrase's, is not asked.
    std::vector<std::vector<float>> each;
    bool truncated = false;       // the text did not fit the model's context and was cut
    referring::PlaceWords place;  // what its phrase says of place; predict() chooses by it
    Words words;                  // of its phrase; where they are not known it is answered with kNothing
    double milliseconds = 0;
};

// The logit at every place for words that the model does not know: a probability of 2e-9.
inline constexpr float kNothing = -20;

// The network's answer for one condition, before the sigmoid.
struct Logits {
    Plane<float> values;
};
// sigmoid of every logit.
Heatmap probability(const Plane<float>& logits);

// Of which size decode() gives its maps: as the model's head makes them, or (bilinearly) what the network saw. They
// differ with the pyramid head alone.
enum class Resolution { head, input };

// Two answers that belong together: what predict() gives, and the positive prompts' maps it was made from.
struct AnswerWithLogits {
    Answer answer;
    std::vector<Logits> logits;  // one a prompt, at Resolution::input
};

// What the configuration of a CLIPSeg model says beside ModelInfo.
struct ClipSegFacts {
    std::string vision, tokenizer;  // which tower, which tokenizer
    std::string head;               // plain, refined, pyramid
    std::vector<std::int64_t> extractLayers;
    std::int64_t reduceDim = 0, projection = 0, textPositions = 0;
    double logitScale = 1;  // what cosines of picture and text are multiplied by before a softmax
    bool detects = false;   // sightings() has an answer
};

// Something the model's detector sees, whatever it takes it for.
struct Sighting {
    float score = 0;  // 0..1
    // Shares of the picture's width and height, within 0..1.
    double left = 0, top = 0, right = 0, bottom = 0;
    Heatmap mask;  // of the whole picture at a quarter of the network's input, not cut to the box
};

class ClipSegMethod final : public Method {
  public:
    // `folder`: a model folder. Errors: weights, resource (device, memory), usage (unknown device or dtype name).
    // Where a GPU's memory does not suffice, now or later, the model moves to the CPU, is said to have (`tell`,
    // ModelInfo::leftDevice), and does there what it was asked; what was encoded before stays good.
    static Result<std::unique_ptr<ClipSegMethod>> open(const std::string& folder, const Place& place, Tell tell = {});
    ~ClipSegMethod() override;

    [[nodiscard]] const ModelInfo& info() const override;
    [[nodiscard]] const ClipSegFacts& facts() const;
    [[nodiscard]] Result<void> checkSize(std::int64_t size) const override;
    Result<Encoded> encode(const Image& image, const EncodeOptions& options = {}, std::stop_token stop = {}) override;
    Result<Answer> predict(const Encoded& encoded, std::span<const Prompt> prompts, std::stop_token stop = {}) override;
    Result<AnswerWithLogits> predictWithLogits(const Encoded& encoded, std::span<const Prompt> prompts,
                                               std::stop_token stop = {});

    // Ahead of condition() for each of them: their phrases are encoded together where that is faster.
    Result<void> prepare(std::span<const Prompt> prompts);
    // Cached by phrase. A model with a list of its words is asked without those it does not know.
    Result<Condition> textCondition(const std::string& phrase);
    // The pooled embedding of a picture as the encoder gets it: already engineered, at its own size (multiples of the
    // model's cell).
    Result<Condition> imageCondition(const Image& engineered, std::stop_token stop = {});
    // The same from a normalised tensor (parity with the reference's engineered tensors).
    Result<Condition> imageCondition(const Planar& normalised, std::stop_token stop = {});
    // Phrase, regions and mixture to one vector; what is not meant plays no part. Of a phrase that the model does not
    // know a mixture takes the regions alone. Region embeddings are cached by (image, region, style).
    Result<Condition> condition(const Prompt& prompt, std::stop_token stop = {});
    // One map a condition, in order; kNothing all over where its words are not known; of what the network saw, which
    // may be the picture's middle alone.
    Result<std::vector<Logits>> decode(const Encoded& encoded, std::span<const Condition> conditions,
                                       Resolution resolution);
    // A map of what the network saw of this model's `encoded` as a map of the whole picture: 0 where it saw nothing.
    [[nodiscard]] Heatmap ofWholePicture(const Encoded& encoded, Heatmap map) const;
    // What its detector sees, the surest first, at most `most`; a box goes where one that is surer overlaps it by more
    // than 0.7. Errors: as encode(); usage where the model has no detector.
    Result<std::vector<Sighting>> sightings(const Image& image, std::size_t most, std::stop_token stop = {});
    // The same of a picture that is encoded already; shares and masks are of what the network saw. None where the model
    // has no detector.
    Result<std::vector<Sighting>> sightingsIn(const Encoded& encoded, std::stop_token stop = {});
    // The picture as encode() shows it to the network, 8 bits. `size` is within checkSize().
    [[nodiscard]] Image asSeen(const Image& image, const EncodeOptions& options) const;
    // Token ids with markers.
    [[nodiscard]] Result<std::vector<std::int64_t>> tokenize(const std::string& text) const;

  private:
    struct Impl;
    explicit ClipSegMethod(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Token ids with markers by a CLIPSeg model's tokenizer alone: its weights are not read.
struct TokenIds {
    std::vector<std::int64_t> ids;
    bool truncated = false;  // the text did not fit the model's context and was cut
};
// `model`: a built-in model's name or a model folder. Errors: weights, usage (an empty name).
Result<TokenIds> tokenize(const std::string& model, const std::string& text);

}  // namespace maskwright::session
