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

Result<void> EngineSegmenter::segment(std::size_t index, const std::shared_ptr<const Image>& picture,
                                      const batch::Request& request, const batch::Give& give,
                                      const std::stop_token& stop) {
    session::Method& method = engine_->method();
    const auto encoded = method.encode(*picture, request.encode, stop);
    if (!encoded) {
        return encoded.error();
    }
    std::optional<NpyWriter> array;
    const std::size_t atOnce = method.info().device == "cpu" ? kPromptsAtOnce : kPromptsOnDevice;
    for (std::size_t begin = 0; begin < request.prompts.size(); begin += atOnce) {
        const std::size_t count = std::min(atOnce, request.prompts.size() - begin);
        auto found = ask(*encoded, std::span(request.prompts).subspan(begin, count), stop);
        if (!found) {
            return found.error();
        }
        const auto& [answer, logits] = *found;
        for (std::size_t k = 0; k < count; ++k) {
            if (!arrays_.empty()) {
                MASKWRIGHT_TRY(save(array, arrays_[index], request.prompts.size(), logits[k].values));
            }
            const Stopwatch watch;
            auto map = std::make_shared<const Heatmap>(toPictureSize(answer.maps[k], *picture, request.refine));
            MASKWRIGHT_TRY(
                give({std::move(map),
                      answer.presence[k],
                      answer.truncated[k],
                      {encoded->milliseconds, answer.timing.text, answer.timing.decode, watch.milliseconds()},
                      k < answer.words.size() ? answer.words[k] : session::Words{}}));
        }
    }
    return array ? array->commit() : Result<void>();
}

}  // namespace maskwright::cli
