#include "ui/model/preview_reducer.h"

#include <algorithm>

namespace maskwright::ui {
namespace {

void submit(PreviewState& state, PreviewAction& action) { action.submit = ++state.issued; }

// Nothing asked so far is wanted any more.
void turnPage(PreviewState& state, PreviewAction& action) {
    state.epoch = state.issued + 1;
    state.shown = 0;
    action.clear = true;
}

struct Step {
    PreviewState& state;
    PreviewAction& action;

    void operator()(const PictureChanged& event) const {
        state.hasPicture = event.present;
        turnPage(state, action);
        if (event.present) {
            submit(state, action);
        } else {
            state.answered = state.issued;
            state.stage = PreviewStage::idle;
        }
    }
    void operator()(const ModelChanged&) const {
        turnPage(state, action);
        // Without a picture the request still opens the model, so that it is ready when one comes.
        submit(state, action);
    }
    void operator()(const PromptChanged& event) const {
        const bool had = state.hasPrompt;
        state.hasPrompt = !event.empty;
        if (event.empty) {
            if (had) {
                turnPage(state, action);
                // An answer still under way has nothing to say, but its picture's features are worth finishing.
                action.dismissError = true;
            }
            return;
        }
        if (state.hasPicture) {
            submit(state, action);
        }
    }
    void operator()(const Staged& event) const {
        if (event.number >= state.epoch && event.number > state.answered) {
            state.stage = event.stage;
        }
    }
    void operator()(const Answered& event) const {
        // The worker answers in order, each request once.
        if (event.number > state.issued || event.number <= state.answered) {
            return;
        }
        state.answered = event.number;
        if (!state.busy()) {
            state.stage = PreviewStage::idle;
        }
        if (event.number < state.epoch) {
            return;
        }
        switch (event.outcome) {
            case Outcome::ok:
                action.dismissError = true;
                if (event.maps > 0 && event.number > state.shown) {
                    state.shown = event.number;
                    action.show = true;
                }
                break;
            case Outcome::failed:
                if (event.number == state.issued) {
                    state.shown = 0;
                    action.clear = true;
                    action.reportError = true;
                }
                break;
            case Outcome::cancelled:
                break;
        }
    }
};

}  // namespace

std::pair<PreviewState, PreviewAction> reduce(PreviewState state, const PreviewEvent& event) {
    PreviewAction action;
    std::visit(Step{state, action}, event);
    return {state, action};
}

}  // namespace maskwright::ui
