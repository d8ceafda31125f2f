// The stages of a training run, in order: tokenizer, text, joint (or, on a trunk that
// detects, names in place of the three), words, segment, support, presence. Each reads what the ones before it
// left in `work` and leaves its own result there, so that a run can be stopped and resumed between and within them.
// Everything throws TrainError; train.cpp translates.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>

#include "core/base/made_folders.h"
#include "core/clipseg/config.h"
#include "core/data/dataset.h"
#include "core/nn/params.h"
#include "core/text/tokenizer.h"
#include "core/train/kept_out.h"
#include "core/train/options.h"
#include "core/train/train.h"

namespace maskwright::train {

struct TrainError : std::runtime_error {
    explicit TrainError(Error e) : std::runtime_error(e.line()), error(std::move(e)) {}
    Error error;
};
// The value, or a TrainError.
template <class T>
T need(Result<T> result) {
    if (!result) {
        throw TrainError(result.error());
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

struct Context {
    const Options& options;
    clipseg::Config config;
    bool resume = false;
    at::Device device{at::kCPU};
    std::function<void(const LogLine&)> log;
    std::function<void(const std::string&)> say;
    std::stop_token stop;
    // The data set of `split`, for the stages that read it, and that of `validation`, where the model is looked at.
    std::shared_ptr<const data::DataSet> photos = nullptr, validation = nullptr;
    MadeFolders* folders = nullptr;  // makes what is to be gone again if it stays empty
    // `photos` without what is kept out, for the stages that show pictures; the same where nothing is.
    std::shared_ptr<const data::DataSet> shown = nullptr;
    KeptOut keptOut = {};

    [[nodiscard]] std::string workFile(const std::string& name) const;
    // Parts a batch is cut in: the threads on a CPU, 1 elsewhere.
    [[nodiscard]] std::size_t shards() const;
};
struct Interrupted {};  // a stop was asked; all is saved

std::unique_ptr<text::Tokenizer> openTokenizer(const Context& context);

// work/tokenizer.model
void tokenizerStage(const Context& context);
// work/text.safetensors: clip.text_model.* and text_targets.weight [targets, hidden].
void textStage(const Context& context);
// work/joint.safetensors: every tensor of the model, ready to be trained on pictures.
void jointStage(const Context& context);
// work/names.safetensors: every tensor of a model on a trunk with a detector, its text tower text_model's, its is-a
// head trained; and text_model's vocabulary.
void namesStage(const Context& context);
// work/words.txt: the words of text_data, and the names of the data set where there is one (train/words.h).
void wordsStage(const Context& context);
// work/segment.safetensors (checkpoint), and the model folder `output`.
void segmentStage(const Context& context);
// The model folder `output`: that of `start` or of the stage before, with a head for support pictures.
void supportStage(const Context& context);
// The model folder `output`: that of `start` or of the stage before, with a head that tells what is there at all.
void presenceStage(const Context& context);

// Ids of several phrases, padded: {ids [N, T], ends [N]}.
std::pair<at::Tensor, at::Tensor> idsOf(const text::Tokenizer& tokenizer, std::span<const std::string> phrases,
                                        std::int64_t limit);

}  // namespace maskwright::train
