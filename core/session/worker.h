// One inference thread for the program's life. It owns the Engine; only values cross. One slot, latest wins: a new
// request replaces a waiting one; the running one is stopped only when its picture or model is no longer wanted, so
// typing never starves the preview. Answers carry the request's generation; stale ones are the receiver's to drop.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/session/predict.h"
#include "core/session/styles.h"

namespace maskwright::session {

// compareStyles() as a request.
struct StyleQuestion {
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> region;
    std::string name;
};

// Immutable once submitted.
struct Request {
    std::uint64_t generation = 0;        // rises with each request; echoed in answers
    EngineOptions engine;                // a change reopens the model
    std::shared_ptr<const Image> image;  // identity by pointer: the same pointer keeps its features
    EncodeOptions encode;
    std::vector<Prompt> prompts;          // none: the picture is only encoded ahead
    bool refine = true;                   // edge-aware upsampling to the picture's size
    std::optional<StyleQuestion> styles;  // asked after the prompts
};

struct Answer {
    std::uint64_t generation = 0;
    std::optional<Error> error;
    ModelInfo model;                                   // valid when the model is open
    std::shared_ptr<const Image> image;                // the request's
    std::vector<std::shared_ptr<const Heatmap>> maps;  // one a prompt, at the picture's size
    std::vector<float> presence;                       // one a prompt (see image/refine.h)
    std::vector<bool> truncated;
    std::optional<StyleComparison> styles;
    Timing timing;
};

class Worker {
  public:
    // `deliver` is called on the worker's thread, once for every request that was run to an end (also with an error); a
    // request that was replaced while it waited, or stopped, is never answered. `stage` hears "loading model" and
    // "encoding" before those begin. Neither may throw.
    using Deliver = std::function<void(Answer)>;
    using Stage = std::function<void(std::uint64_t generation, const std::string& what)>;
    explicit Worker(Deliver deliver, Stage stage = {});
    ~Worker();  // asks the running work to stop, and joins
    void submit(Request request);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace maskwright::session
