#include "core/train/loop.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/nn/device.h"
#include "core/train/shards.h"

namespace maskwright::train {
namespace {

const std::string kKept = "kept";   // a checkpoint's note: whether the model after its step was kept, at the end
constexpr double kLastRate = 0.01;  // of the rate, where the cosine ends

using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

class Loop {
  public:
    Loop(const Context& context, const Plan& plan, Objective& objective, Checkpoint& state)
        : context_(context),
          plan_(plan),
          objective_(objective),
          state_(state),
          optimizer_(plan.optimizer),
          secondsBefore_(state.seconds) {
        optimizer_.restore(state.optimizer, state.step, context.device);
        for (auto& [name, tensor] : state.model) {
            tensor = tensor.to(context.device);
            tensor.set_requires_grad(!plan.learns || plan.learns(name));
        }
        lastLineStep_ = state.step;
    }

    void run() {
        // A run that was killed, or could not write, after its last step has still to keep what it learnt.
        if (const auto note = state_.extra.find(kKept);
            over() >= 1 && note != state_.extra.end() && note->second == "no") {
            keepLast();
        }
        Shards shards(state_.model, plan_.parts);
        while (over() < 1) {
            step(shards);
            const bool last = over() >= 1, stopped = context_.stop.stop_requested();
            const bool look = plan_.lookEvery > 0 && !stopped && (last || state_.step % plan_.lookEvery == 0);
            if (last && !everLearnt_) {
                if (passedOver_ > 0) {
                    throw noNumber(state_.step - 1);
                }
                throw TrainError({ErrorKind::input,
                                  message("the %1 stage found nothing to learn from in any of its steps", plan_.stage),
                                  "look at segment.min_area, segment.phrases and what the data set annotates"});
            }
            if (last || look || lineIsDue()) {
                writeLine(look, last);
            }
            if (last) {
                save(false);
                keepLast();
            } else if (stopped || look || secondsSince(lastSave_) > context_.options.checkpointSeconds) {
                save(false);
                if (look) {
                    objective_.keep(optimizer_.averaged(state_.model));
                }
                lastSave_ = Clock::now();
            }
            if (stopped && !last) {
                throw Interrupted{};
            }
        }
    }

  private:
    // How much of the training is.
    [[nodiscard]] double over() const {
        const double steps = static_cast<double>(state_.step) / static_cast<double>(plan_.steps);
        return std::min(std::max(steps, plan_.minutes > 0 ? state_.seconds / (60 * plan_.minutes) : 0.0), 1.0);
    }

    // The gradients of one step, in state_.model, and what its parts say. Where memory runs out, what was learnt up to
    // here is saved first.
    void gradients(Shards& shards, std::vector<Tally>& tallies, std::vector<double>& losses,
                   std::vector<char>& defined) {
        try {
            shards.run([&](std::size_t i, const nn::TensorMap& model) {
                const Part part{state_.step, static_cast<std::int64_t>(i), static_cast<std::int64_t>(shards.count())};
                const at::Tensor loss = objective_.loss(part, model, tallies[i]);
                defined[i] = loss.defined() ? 1 : 0;
                if (loss.defined()) {
                    losses[i] = loss.item<double>();
                    if (std::isfinite(losses[i])) {
                        loss.backward();
                    }
                }
            });
            shards.gather(state_.model);
        } catch (...) {
            if (nn::ranOutOfMemory()) {
                save(false);
            }
            throw;
        }
    }

    void step(Shards& shards) {
        objective_.prepare(state_.step, over());
        std::vector<Tally> tallies(shards.count());
        std::vector<double> losses(shards.count(), 0);
        std::vector<char> defined(shards.count(), 0);  // no vector of bool: the threads write side by side
        gradients(shards, tallies, losses, defined);
        double loss = 0;
        for (const double one : losses) {
            loss += one;
        }
        schedule_ = plan_.minutes > 0 ? cosineByTime(state_.step, plan_.warmup, over(), kLastRate)
                                      : warmupCosine(state_.step, plan_.warmup, plan_.steps, kLastRate);
        if (!std::isfinite(loss) || !std::isfinite(update())) {
            passOver(loss);
        } else {
            passedOver_ = 0;
            lossSum_ += loss;
            for (const Tally& tally : tallies) {
                sum_.add(tally);
            }
            const bool learnt = std::find(defined.begin(), defined.end(), 1) != defined.end();
            learntSteps_ += learnt ? 1 : 0;
            everLearnt_ = everLearnt_ || learnt;
        }
        ++state_.step;
        state_.seconds = secondsBefore_ + secondsSince(began_);
    }

    [[nodiscard]] TrainError noNumber(std::int64_t step) const {
        return TrainError({ErrorKind::resource,
                           message("the loss of the %1 stage is no number at step %2", plan_.stage, step),
                           message("lower %1.rate, and continue from the last checkpoint with --resume", plan_.stage)});
    }

    // A step that is no number teaches nothing: its gradients go, and a line says which were none.
    void passOver(double loss) {
        if (++passedOver_ == kMostPassedOver) {
            throw noNumber(state_.step);
        }
        std::string what = "its loss is no number";
        std::size_t bad = 0;
        for (auto& [name, tensor] : state_.model) {
            if (const at::Tensor gradient = tensor.grad(); std::isfinite(loss) && gradient.defined()) {
                if (!gradient.isfinite().all().item<bool>() && bad++ == 0) {
                    what = "a gradient is no number, that of " + name;
                }
            }
            tensor.mutable_grad() = at::Tensor();
        }
        if (bad > 1) {
            what += " and of " + std::to_string(bad - 1) + " more";
        }
        context_.say(plan_.stage + ": step " + std::to_string(state_.step) + " is passed over: " + what);
    }

    // The norm of the gradients; where it is no number nothing was changed.
    double update() {
        return optimizer_.step(
            state_.model,
            [&](const std::string& name) {
                return (plan_.factor ? plan_.rate * plan_.factor(name) : plan_.rate) * schedule_;
            },
            [&](const std::string& name) { return plan_.decays && plan_.decays(name) ? plan_.decay : 0.0; });
    }

    [[nodiscard]] bool lineIsDue() const {
        return (plan_.lineSeconds > 0 && secondsSince(lastLine_) > plan_.lineSeconds) ||
               (plan_.lineSteps > 0 && state_.step % plan_.lineSteps == 0);
    }

    void writeLine(bool look, bool last) {
        const auto steps = static_cast<double>(state_.step - lastLineStep_);
        LogLine line;
        line.stage = plan_.stage;
        line.step = state_.step;
        line.steps = plan_.steps;
        line.loss = learntSteps_ > 0 ? lossSum_ / static_cast<double>(learntSteps_) : -1;
        if (sum_.present + sum_.absent > 0) {
            line.dense = sum_.dense / steps;
        }
        if (sum_.present > 0) {
            line.iou = sum_.iou / sum_.present;
        }
        if (sum_.absent > 0) {
            line.phantom = sum_.phantoms / sum_.absent;
        }
        line.rate = plan_.rate * schedule_;
        line.perSecond = steps * static_cast<double>(plan_.batch) / std::max(secondsSince(lastLine_), 1e-9);
        line.etaSeconds = static_cast<double>((plan_.steps - state_.step) * plan_.batch) / line.perSecond;
        if (plan_.minutes > 0) {
            line.etaSeconds = std::clamp(60 * plan_.minutes - state_.seconds, 0.0, line.etaSeconds);
        }
        if (look) {
            objective_.look(optimizer_.averaged(state_.model), last, line);
        }
        context_.log(line);
        sum_ = {};
        lossSum_ = 0;
        learntSteps_ = 0;
        lastLineStep_ = state_.step;
        lastLine_ = Clock::now();
    }

    // The end: the checkpoint says that its model was kept only once it was.
    void keepLast() {
        objective_.keep(optimizer_.averaged(state_.model));
        save(true);
    }

    void save(bool kept) {
        if (plan_.checkpoint.empty()) {
            return;
        }
        state_.optimizer = optimizer_.state();
        for (const auto& [name, text] : objective_.notes()) {
            state_.extra[name] = text;
        }
        state_.extra[kKept] = kept ? "yes" : "no";
        need(writeCheckpoint(plan_.checkpoint, state_));
    }

    const Context& context_;
    const Plan& plan_;
    Objective& objective_;
    Checkpoint& state_;
    AdamW optimizer_;
    const double secondsBefore_;
    const Clock::time_point began_ = Clock::now();
    Clock::time_point lastSave_ = began_, lastLine_ = began_;
    bool everLearnt_ = false;      // in this run
    std::int64_t passedOver_ = 0;  // steps that were no number, in a row up to now
    double schedule_ = 0;          // factor on the rate at this step
    // Since the last line.
    std::int64_t lastLineStep_ = 0;
    double lossSum_ = 0;
    std::int64_t learntSteps_ = 0;  // those in which some part had a loss
    Tally sum_;
};

}  // namespace

void Tally::add(const Tally& other) {
    dense += other.dense;
    iou += other.iou;
    present += other.present;
    phantoms += other.phantoms;
    absent += other.absent;
}

Checkpoint beginning(const Context& context, const Plan& plan, const std::function<nn::TensorMap()>& fresh) {
    if (context.resume && !plan.checkpoint.empty()) {
        if (auto saved = need(readCheckpoint(plan.checkpoint, plan.stage))) {
            return std::move(*saved);
        }
    }
    Checkpoint state;
    state.stage = plan.stage;
    state.model = fresh();
    return state;
}

void runLoop(const Context& context, const Plan& plan, Objective& objective, Checkpoint& state) {
    Loop(context, plan, objective, state).run();
}

}  // namespace maskwright::train
