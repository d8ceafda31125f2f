// A loaded model that is asked for things: every picture is encoded once, whatever is asked of it. Threads: as
// session::Method.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "core/eval/measuring.h"
#include "core/session/clipseg_method.h"

namespace maskwright::eval {

// What is found of one thing in one picture.
struct Found {
    Heatmap map;         // of the whole picture, at the resolution of the model's head
    float presence = 0;  // as `segment` reports it
};

class Asker {
  public:
    // Errors: the engine's; usage for a model that is no CLIPSeg.
    static Result<Asker> open(const Measuring& options);

    [[nodiscard]] const session::ModelInfo& info() const { return clipseg_->info(); }
    [[nodiscard]] std::int64_t size() const { return size_ > 0 ? size_ : clipseg_->capabilities().inputSize; }

    // What may be asked for; its number. Errors: the model's.
    Result<std::size_t> add(const session::Prompt& prompt, const std::stop_token& stop);
    // Encodes the picture and calls take(place in `what`, found) for each of the things with these numbers, in order.
    // Errors: the model's, and the first of take().
    using Take = std::function<Result<void>(std::size_t, Found)>;
    Result<void> ask(const Image& picture, std::span<const std::size_t> what, const Take& take,
                     const std::stop_token& stop);

    // Whether the model knows a word of what has this number.
    [[nodiscard]] bool knows(std::size_t what) const { return conditions_[what].words.known; }
    // Means so far, a picture and a thing; 0 where there was none.
    [[nodiscard]] double encodeMilliseconds() const;
    [[nodiscard]] double decodeMilliseconds() const;

  private:
    Asker() = default;
    Result<void> askInTiles(const Image& picture, std::span<const std::size_t> what, const Take& take,
                            const std::stop_token& stop);
    std::shared_ptr<session::Engine> engine_;
    session::ClipSegMethod* clipseg_ = nullptr;  // the engine's
    std::int64_t size_ = 0;
    int tiles_ = session::kNoTiles;
    std::vector<session::Prompt> prompts_;  // with tiles only
    std::vector<session::Condition> conditions_;
    std::int64_t encoded_ = 0, decoded_ = 0;
    double encodeSum_ = 0, decodeSum_ = 0;
};

}  // namespace maskwright::eval
