#include "core/eval/asker.h"

#include <algorithm>

#include "core/base/stopwatch.h"
#include "core/image/refine.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kChunk = 20;  // things decoded at a time

double mean(double sum, std::int64_t count) { return sum / std::max<double>(1, static_cast<double>(count)); }

}  // namespace

Result<Asker> Asker::open(const Measuring& options) {
    auto engine = session::Engine::open(options.engine, options.warn);
    if (!engine) {
        return engine.error();
    }
    const auto clipseg = session::needClipSeg(**engine);
    if (!clipseg) {
        return clipseg.error();
    }
    Asker asker;
    asker.engine_ = std::move(*engine);
    asker.clipseg_ = *clipseg;
    asker.size_ = options.size;
    asker.tiles_ = options.tiles;
    return asker;
}

Result<std::size_t> Asker::add(const session::Prompt& prompt, const std::stop_token& stop) {
    auto condition = clipseg_->condition(prompt, stop);
    if (!condition) {
        return condition.error();
    }
    conditions_.push_back(std::move(*condition));
    if (tiles_ != session::kNoTiles) {
        prompts_.push_back(prompt);
    }
    return conditions_.size() - 1;
}

Result<void> Asker::ask(const Image& picture, std::span<const std::size_t> what, const Take& take,
                        const std::stop_token& stop) {
    if (tiles_ != session::kNoTiles) {
        return askInTiles(picture, what, take, stop);
    }
    session::EncodeOptions encode;
    encode.size = size_;
    const auto encoded = clipseg_->encode(picture, encode, stop);
    if (!encoded) {
        return encoded.error();
    }
    encodeSum_ += encoded->milliseconds;
    ++encoded_;
    for (std::size_t from = 0; from < what.size(); from += kChunk) {
        std::vector<session::Condition> some;
        for (std::size_t i = from; i < std::min(what.size(), from + kChunk); ++i) {
            some.push_back(conditions_[what[i]]);
        }
        const Stopwatch watch;
        // At the head's resolution, as `segment` makes its masks.
        auto logits = clipseg_->decode(*encoded, some, session::Resolution::head);
        if (!logits) {
            return logits.error();
        }
        decodeSum_ += watch.milliseconds();
        decoded_ += static_cast<std::int64_t>(some.size());
        for (std::size_t k = 0; k < some.size(); ++k) {
            Heatmap map = session::probability((*logits)[k].values);
            const float present = presence(map);
            MASKWRIGHT_TRY(take(from + k, {clipseg_->ofWholePicture(*encoded, std::move(map)), present}));
        }
    }
    return {};
}

Result<void> Asker::askInTiles(const Image& picture, std::span<const std::size_t> what, const Take& take,
                               const std::stop_token& stop) {
    ++encoded_;
    for (std::size_t from = 0; from < what.size(); from += kChunk) {
        std::vector<session::Prompt> some;
        for (std::size_t i = from; i < std::min(what.size(), from + kChunk); ++i) {
            some.push_back(prompts_[what[i]]);
        }
        auto answer = session::predictInTiles(*clipseg_, picture, {size_, false}, some, tiles_, stop);
        if (!answer) {
            return answer.error();
        }
        encodeSum_ += answer->timing.encode;
        decodeSum_ += answer->timing.decode;
        decoded_ += static_cast<std::int64_t>(some.size());
        for (std::size_t k = 0; k < some.size(); ++k) {
            MASKWRIGHT_TRY(take(from + k, {std::move(answer->maps[k]), answer->presence[k]}));
        }
    }
    return {};
}

double Asker::encodeMilliseconds() const { return mean(encodeSum_, encoded_); }
double Asker::decodeMilliseconds() const { return mean(decodeSum_, decoded_); }

}  // namespace maskwright::eval
