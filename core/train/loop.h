// The one training loop: steps, warm-up, the moving average, log lines, looks at the model, checkpoints, a stop, a loss
// that is no number. A stage gives it parameters and, as an Objective, what a batch of them is worth. Called from one
// thread; an objective's loss() runs in as many at once as a batch has parts.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "core/nn/parameter.h"
#include "core/train/adamw.h"
#include "core/train/checkpoint.h"
#include "core/train/stages.h"

namespace maskwright::train {

// The part of a batch that one thread computes. Which items it holds, and in what order, follows from these numbers
// alone, so that a resumed run sees what the uninterrupted one would have seen.
struct Part {
    std::int64_t step = 0;
    std::int64_t index = 0, count = 1;  // of this part; how many there are
};

// What a part finds about its masks besides the loss; nothing where it asks for none.
struct Tally {
    double dense = 0;                 // the dense loss, as much of it as is in the batch's loss
    double iou = 0, present = 0;      // sum over present phrases, their number
    double phantoms = 0, absent = 0;  // masks of absent phrases that are phantoms, their number

    void add(const Tally& other);
};

class Objective {
  public:
    virtual ~Objective() = default;
    // Before the parts of a step: what they share. `over`: how much of the training is, 0..1.
    virtual void prepare(std::int64_t step, double over) { (void)step, (void)over; }
    // What this part adds to the loss of the whole batch, with a graph to `model`; undefined for an empty part. `model`
    // holds this thread's aliases of the parameters.
    virtual at::Tensor loss(const Part& part, const nn::TensorMap& model, Tally& tally) = 0;
    // Measures the averaged weights and puts the val* figures into `line`; `last`: after the last step.
    virtual void look(const nn::TensorMap& averaged, bool last, LogLine& line) {
        (void)averaged, (void)last, (void)line;
    }
    // After a look, and after the last step, when a checkpoint is on disk; again where a resumed run has no step left
    // and its checkpoint does not say that this was done.
    virtual void keep(const nn::TensorMap& averaged) { (void)averaged; }
    // What a checkpoint holds besides, as text.
    [[nodiscard]] virtual std::map<std::string, std::string> notes() const { return {}; }
};

struct Plan {
    std::string stage;  // in the log, in the checkpoint, and in the names of its settings
    std::int64_t steps = 0, batch = 0, warmup = 0;
    // 0: `steps` end it. Otherwise the clock does, if it is sooner, counting what earlier runs took, and the rate falls
    // with the time: such a run's numbers depend on the machine.
    double minutes = 0;
    double rate = 0, decay = 0;
    AdamW::Options optimizer;
    std::size_t parts = 1;       // of a batch: threads
    std::string checkpoint;      // file; empty: none is written, and a stopped run begins again
    std::int64_t lookEvery = 0;  // steps between looks, the last step included; 0: never
    // A log line after so many seconds, or so many steps; 0: not for this reason. Always at a look and at the end.
    double lineSeconds = 0;
    std::int64_t lineSteps = 0;
    // By tensor: whether it learns, the factor on `rate`, whether `decay` applies. Empty: all learn; 1; none decays.
    std::function<bool(const std::string& name)> learns;
    std::function<double(const std::string& name)> factor;
    std::function<bool(const std::string& name)> decays;
};

// What every stage's settings (options.h) say of its plan, and decay as the parameters' roles have it. Without a
// checkpoint.
template <class Stage>
Plan planOf(std::string name, const Stage& stage, const nn::Parameters& parameters) {
    Plan plan;
    plan.stage = std::move(name);
    plan.steps = stage.steps;
    plan.batch = stage.batch;
    plan.warmup = stage.warmup;
    plan.rate = stage.rate;
    plan.decay = stage.decay;
    plan.decays = [parameters](const std::string& tensor) { return nn::decays(parameters.at(tensor)); };
    return plan;
}

constexpr std::int64_t kMostPassedOver = 10;  // in a row: one is bad luck, more are bad weights

// Where a stage begins: at its checkpoint, when the run is resumed and has one, or with the model that `fresh` gives.
Checkpoint beginning(const Context& context, const Plan& plan, const std::function<nn::TensorMap()>& fresh);

// Trains `state` from its step to plan.steps. Afterwards state.model holds the trained weights, on the context's
// device. A step whose loss or gradient is no number changes nothing, and a line says so. Throws Interrupted at a stop,
// after a checkpoint, unless that step was the last; TrainError where kMostPassedOver steps in a row were no numbers
// (the last checkpoint stays as it is), where no step had a loss, or for a file that cannot be written.
void runLoop(const Context& context, const Plan& plan, Objective& objective, Checkpoint& state);

}  // namespace maskwright::train
