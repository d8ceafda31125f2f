// This program's side of a measurement: each step as it is done for a person, timed. A step prepares what belongs to it
// before the time is taken. Threads: one.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/engine_segmenter.h"
#include "app/cli/model_arguments.h"
#include "core/image/image.h"

namespace maskwright::cli::bench {

class Ours {
  public:
    // Errors: as openEngine().
    static Result<Ours> open(const ModelArguments& arguments, std::stop_token stop);

    [[nodiscard]] const session::ModelInfo& info() const { return engine().info(); }
    [[nodiscard]] session::Engine& engine() const { return segmenter_->engine(); }

    // All times in milliseconds; a mask is 0 or 255 a pixel, of the picture's size, its edges plain bilinear, as the
    // other side makes them. `size`: of the network's input; 0: the model's own.
    Result<double> encode(const Image& picture, std::int64_t size = 0);
    // Phrases on the picture that encode() had last, to maps of the network's size.
    Result<double> ask(const std::vector<std::string>& phrases);
    // The object under `region` of `support` on the picture that encode() had last.
    Result<double> askByExample(const std::shared_ptr<const Image>& support, const std::shared_ptr<const Mask>& region);
    // A picture in memory to masks.
    Result<double> masks(const Image& picture, const std::vector<std::string>& phrases);
    // A file to masks, which stay in made().
    Result<double> file(const std::string& file, const std::vector<std::string>& phrases);
    [[nodiscard]] const std::vector<Mask>& made() const { return made_; }
    // Files to PNG masks in `folder`, with a journal, as `segment FOLDER -o FOLDER` does it.
    Result<double> folder(const std::vector<std::string>& files, const std::string& phrase, const std::string& folder);

  private:
    Ours(std::unique_ptr<EngineSegmenter> segmenter, std::stop_token stop)
        : segmenter_(std::move(segmenter)), stop_(std::move(stop)) {}
    Result<void> maskAll(const Image& picture, const std::vector<std::string>& phrases);

    std::unique_ptr<EngineSegmenter> segmenter_;
    std::stop_token stop_;
    session::Encoded encoded_;
    std::vector<Mask> made_;
};

// Milliseconds in which a map of CLIPSeg's size is brought to the picture's, its edges following the picture. Errors:
// input for a picture without pixels.
Result<double> refining(const Image& picture);
// Milliseconds in which a map becomes a mask; `number` (0..39) moves the threshold.
double thresholding(const Heatmap& map, int number);
// What the window does in a frame while a threshold moves: a mask that lies on the screen at `map`'s size is drawn anew
// with the `number`-th threshold (core/output/overlay.h).
double redrawing(const Heatmap& map, int number);
// As large as a picture's map lies on a screen of 1920 x 1080 pixels.
Heatmap onScreen(const Heatmap& map);

}  // namespace maskwright::cli::bench
