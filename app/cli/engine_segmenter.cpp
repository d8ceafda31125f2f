#include "app/cli/engine_segmenter.h"

#include <algorithm>
#include <optional>

#include "app/cli/npy.h"
#include "core/base/stopwatch.h"
#include "core/image/refine.h"

namespace maskwright::cli {

namespace {

// Bounds the maps held at a time, whatever the number of phrases; a GPU is worth more of them at once.
constexpr std::size_t kPromptsAtOnce = 32, kPromptsOnDevice = 256;

// The first map decides the array's shape.
Result<void> save(std::optional<NpyWriter>& array, const std::string& path, std::size_t prompts,
                  const Plane<float>& logits) {
    if (!array) {
        const std::int64_t shape[] = {static_cast<std::int64_t>(prompts), logits.height, logits.width};
        auto writer = NpyWriter::create(path, shape);
        if (!writer) {
            return writer.error();
        }
        array.emplace(std::move(*writer));
    }
    return array->write(logits.pixels);
}

}  // namespace

Result<batch::Model> EngineSegmenter::open(const std::stop_token& /*stop*/) {
    return batch::Model{engine_->info().name, engine_->info().dtype, engine_->info().folder, {}};
}

Result<session::AnswerWithLogits> EngineSegmenter::ask(const session::Encoded& encoded,
                                                       std::span<const session::Prompt> prompts,
                                                       const std::stop_token& stop) {
    if (!arrays_.empty()) {
        const auto clipseg = session::needClipSeg(*engine_);
        return clipseg ? (*clipseg)->predictWithLogits(encoded, prompts, stop) : clipseg.error();
    }
    auto answer = engine_->method().predict(encoded, prompts, stop);
    if (!answer) {
        return answer.error();
    }
    return session::AnswerWithLogits{std::move(*answer), {}};
}

Result<session::Encoded> EngineSegmenter::encoded(const std::shared_ptr<const Image>& picture,
                                                  const session::EncodeOptions& options, const std::stop_token& stop) {
    if (lastPicture_.lock() != picture || !(lastOptions_ == options)) {
        lastPicture_.reset();
        last_ = {};  // two pictures' activations are never in memory
        auto fresh = engine_->method().encode(*picture, options, stop);
        if (!fresh) {
            return fresh.error();
        }
        last_ = std::move(*fresh);
        lastPicture_ = picture;
        lastOptions_ = options;
    }
    return last_;
}

Result<session::AnswerWithLogits> EngineSegmenter::askInTiles(const Image& picture, const batch::Request& request,
                                                              std::span<const session::Prompt> prompts,
                                                              const std::stop_token& stop) {
    auto answer = session::predictInTiles(engine_->method(), picture, request.encode, prompts, request.tiles, stop);
    if (!answer) {
        return answer.error();
    }
    return session::AnswerWithLogits{std::move(*answer), {}};
}

Result<void> EngineSegmenter::segment(std::size_t index, const std::shared_ptr<const Image>& picture,
                                      const batch::Request& request, const batch::Give& give,
                                      const std::stop_token& stop) {
    const bool tiled = request.tiles != session::kNoTiles;
    session::Encoded encoded;
    if (!tiled) {
        auto made = this->encoded(picture, request.encode, stop);
        if (!made) {
            return made.error();
        }
        encoded = std::move(*made);
    }
    std::optional<NpyWriter> array;
    const std::size_t atOnce = engine_->method().info().device == "cpu" ? kPromptsAtOnce : kPromptsOnDevice;
    for (std::size_t begin = 0; begin < request.prompts.size(); begin += atOnce) {
        const std::size_t count = std::min(atOnce, request.prompts.size() - begin);
        const auto some = std::span(request.prompts).subspan(begin, count);
        auto found = tiled ? askInTiles(*picture, request, some, stop) : ask(encoded, some, stop);
        if (!found) {
            return found.error();
        }
        const auto& [answer, logits] = *found;
        for (std::size_t k = 0; k < count; ++k) {
            if (!arrays_.empty()) {
                MASKWRIGHT_TRY(save(array, arrays_[index], request.prompts.size(), logits[k].values));
            }
            const Stopwatch watch;
            auto map = std::make_shared<const Heatmap>(
                toPictureSize(answer.maps[k], *picture, request.refine, request.refineRadius));
            MASKWRIGHT_TRY(give({std::move(map),
                                 answer.presence[k],
                                 answer.truncated[k],
                                 {tiled ? answer.timing.encode : encoded.milliseconds, answer.timing.text,
                                  answer.timing.decode, watch.milliseconds()},
                                 k < answer.words.size() ? answer.words[k] : session::Words{}}));
        }
    }
    return array ? array->commit() : Result<void>();
}

}  // namespace maskwright::cli
