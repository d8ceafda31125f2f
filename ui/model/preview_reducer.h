// What the window does when something happens to the preview: pure, (state, event) -> (state, action), so that every
// order of typing, answers and pictures can be tested without a thread.
//
// Generations rise by one a request. An answer is worth showing when it belongs to the picture, the model and the kind
// of prompt still wanted (`epoch`) and is newer than what is on display; it need not be the newest, or fast typing
// would starve the preview. Errors count only from the newest request.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace maskwright::ui {

enum class PreviewStage { idle, startingEngine, loadingModel, encoding, finding };

struct PreviewState {
    bool hasPicture = false;
    bool hasPrompt = false;
    std::uint64_t issued = 0;    // the newest request's number
    std::uint64_t epoch = 1;     // answers below it are of no use any more
    std::uint64_t shown = 0;     // the number on display; 0: none
    std::uint64_t answered = 0;  // the newest number that was answered or given up
    PreviewStage stage = PreviewStage::idle;
    [[nodiscard]] bool busy() const { return issued > answered; }
    bool operator==(const PreviewState&) const = default;
};

struct PictureChanged {
    bool present = false;
};
struct ModelChanged {};
struct PromptChanged {
    bool empty = true;
};
struct Staged {
    std::uint64_t number = 0;
    PreviewStage stage = PreviewStage::idle;
};
enum class Outcome { ok, cancelled, failed };
struct Answered {
    std::uint64_t number = 0;
    Outcome outcome = Outcome::ok;
    int maps = 0;  // 0: the picture was only encoded ahead
};
using PreviewEvent = std::variant<PictureChanged, ModelChanged, PromptChanged, Staged, Answered>;

struct PreviewAction {
    std::optional<std::uint64_t> submit;  // make a request of this number from the document
    bool clear = false;                   // take the mask off the picture
    bool show = false;                    // put the answer's maps on the picture
    bool reportError = false;             // tell the person about the answer's error
    bool dismissError = false;            // what was complained about works again
    bool operator==(const PreviewAction&) const = default;
};

std::pair<PreviewState, PreviewAction> reduce(PreviewState state, const PreviewEvent& event);

}  // namespace maskwright::ui
