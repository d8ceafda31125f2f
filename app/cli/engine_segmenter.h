// batch's port on the command line: the engine itself, on the thread that runs the batch. The only file of `segment`
// that asks the engine for maps.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/batch/segmenter.h"
#include "core/session/clipseg_method.h"
#include "core/session/engine.h"

namespace maskwright::cli {

class EngineSegmenter : public batch::Segmenter {
  public:
    // `arrays`: files for the raw logits, float32 [prompts, height, width] as the network gave them, one a picture; or
    // none.
    EngineSegmenter(std::unique_ptr<session::Engine> engine, std::vector<std::string> arrays)
        : engine_(std::move(engine)), arrays_(std::move(arrays)) {}

    Result<batch::Model> open(const std::stop_token& stop) override;
    Result<void> segment(std::size_t index, const std::shared_ptr<const Image>& picture, const batch::Request& request,
                         const batch::Give& give, const std::stop_token& stop) override;
    [[nodiscard]] session::Engine& engine() const { return *engine_; }

  private:
    // The logits only where they are to be written.
    Result<session::AnswerWithLogits> ask(const session::Encoded& encoded, std::span<const session::Prompt> prompts,
                                          const std::stop_token& stop);
    // The last picture's, where the same is asked again: by the picture's pointer.
    Result<session::Encoded> encoded(const std::shared_ptr<const Image>& picture, const session::EncodeOptions& options,
                                     const std::stop_token& stop);
    Result<session::AnswerWithLogits> askInTiles(const Image& picture, const batch::Request& request,
                                                 std::span<const session::Prompt> prompts, const std::stop_token& stop);
    std::unique_ptr<session::Engine> engine_;
    std::vector<std::string> arrays_;
    std::weak_ptr<const Image> lastPicture_;
    session::EncodeOptions lastOptions_;
    session::Encoded last_;
};

}  // namespace maskwright::cli
