// The runner's port to whatever finds things: on the command line the engine itself, in the window a blocking call
// through the inference thread.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "core/base/result.h"
#include "core/batch/request.h"
#include "core/image/image.h"
#include "core/session/method.h"

namespace maskwright::batch {

// What was found for one prompt.
struct Answer {
    std::shared_ptr<const Heatmap> map;  // probabilities at the picture's size
    float presence = 0;                  // see image/refine.h
    bool truncated = false;              // a text of the prompt was longer than the model reads
    session::Timing timing;
    session::Words words;  // what the model makes of the prompt's words
};

// Called with the answers in the prompts' order, each as soon as it is there. May block while an earlier one is still
// written; with an error nothing more is wanted and the segmenter passes the error on.
using Give = std::function<Result<void>(Answer answer)>;

class Segmenter {
  public:
    virtual ~Segmenter() = default;

    // All methods are called on the thread that called run(), and block.

    // Once, before the first picture. The model stays the same for the whole batch. Any error ends the batch.
    virtual Result<Model> open(const std::stop_token& stop) = 0;
    // One picture, the plan's `index`-th. ErrorKind::cancelled and ErrorKind::usage end the batch, other errors are the
    // picture's.
    virtual Result<void> segment(std::size_t index, const std::shared_ptr<const Image>& picture, const Request& request,
                                 const Give& give, const std::stop_token& stop) = 0;
};

}  // namespace maskwright::batch
