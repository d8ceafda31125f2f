// One inference thread for the program's life. It owns the engines; only values cross. Two lanes share it:
//
// preview  one slot, the latest wins: a new request replaces a waiting one; the running one is stopped only when its
//          picture or model is no longer wanted, so typing never starves the preview.
// jobs     a queue, each request answered once: a folder's pictures, a strip of mixtures.
//
// The preview goes first. A job that is running when the preview asks is set aside between two blocks of the network
// and made again afterwards; where it was just encoding the preview's own picture, it finishes that for both.
//
// Each request says which model it wants, so a folder that was begun with one model is finished with it whatever the
// preview changes to. As long as jobs wait for another model than the preview's, both stay open; of the jobs, those go
// first whose model is open. There are never more than two models in memory, and the second is closed when a while
// passes without work.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/image/refine.h"
#include "core/session/engine.h"
#include "core/session/styles.h"
#include "core/session/which.h"

namespace maskwright::session {

enum class Lane { preview, jobs };

// Names a request. The numbers are the asker's own; none is used twice within a lane.
struct Ticket {
    Lane lane = Lane::preview;
    std::uint64_t number = 0;
    bool operator==(const Ticket&) const = default;
};

// compareStyles() as a request.
struct StyleQuestion {
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> region;
    std::string name;
};

// Immutable once submitted.
struct Request {
    Ticket ticket;
    EngineOptions engine;
    std::shared_ptr<const Image> image;  // identity by pointer: the same pointer keeps its features
    EncodeOptions encode;
    std::vector<Prompt> prompts;          // none: the picture is only encoded ahead
    int tiles = 0;                        // beside the whole picture, see tiles.h
    bool refine = true;                   // edge-aware upsampling to the picture's size
    double refineRadius = kRefineRadius;  // see image/refine.h
    std::optional<StyleQuestion> styles;  // asked after the prompts
    std::optional<WhichQuestion> which;   // asked last
};

struct Reply {
    Ticket ticket;  // the request's
    std::optional<Error> error;
    ModelInfo model;                                   // valid when the model is open
    std::shared_ptr<const Image> image;                // the request's
    std::vector<std::shared_ptr<const Heatmap>> maps;  // one a prompt, at the picture's size
    // What toPictureSize() made them from, so that others can be made without asking again.
    std::vector<std::shared_ptr<const Heatmap>> coarse;
    std::vector<float> presence;  // one a prompt (see image/refine.h)
    std::vector<bool> truncated;
    std::vector<Words> words;  // one a prompt
    std::optional<StyleComparison> styles;
    std::optional<WhichAnswer> which;
    Timing timing;
};

enum class Stage { loadingModel, encoding };

class Worker {
  public:
    // `deliver` is called on the worker's thread, once for every request that was run to an end (also with an error); a
    // preview request that was replaced or outdated, and whatever was dropped, is never answered. `tell` hears of a
    // stage before it begins. Neither may throw. `keep`: how long a second model stays open without work.
    using Deliver = std::function<void(Reply)>;
    using Tell = std::function<void(Ticket, Stage)>;
    explicit Worker(Deliver deliver, Tell tell = {}, std::chrono::milliseconds keep = std::chrono::seconds(10));
    ~Worker();  // asks the running work to stop, and joins; what waits is not answered
    // Never blocks.
    void submit(Request request);
    // The request is not wanted any more: removed if it waits, stopped if it runs. A reply that is already on its way
    // may still come. Unknown tickets are no mistake.
    void drop(Ticket ticket);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace maskwright::session
