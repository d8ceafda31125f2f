// The loop by itself, on a straight line through points.
#include "core/train/loop.h"

#include <ATen/ATen.h>
#include <c10/util/Exception.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>

#include "core/train/leave_device.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

// y = 3 x - 1, learnt from batches of four that follow from the step. The bias is no part of what decays.
class Line : public Objective {
  public:
    void prepare(std::int64_t step, double) override { prepared = step; }
    at::Tensor loss(const Part& part, const nn::TensorMap& model, Tally& tally) override {
        EXPECT_EQ(prepared, part.step);
        const std::int64_t from = 4 * part.index / part.count, to = 4 * (part.index + 1) / part.count;
        if (part.step == fullAt) {
            throw c10::OutOfMemoryError({__func__, __FILE__, 1}, "CUDA out of memory. Tried to allocate 2.00 GiB");
        }
        if (from == to) {
            return {};
        }
        const at::Tensor x = at::arange(from, to, at::kFloat) - 1.5 + 0.1 * static_cast<double>(part.step % 3);
        const at::Tensor error = model.at("weight") * x + model.at("bias") - (3 * x - 1);
        tally.present += static_cast<double>(to - from);
        tally.iou += 0.5 * static_cast<double>(to - from);
        const at::Tensor loss = (error * error).sum() / 4;
        if (part.step == steepStep) {
            return loss +
                   0 * (model.at("weight") + model.at("bias")).sub(model.at("weight") + model.at("bias")).sqrt().sum();
        }
        return loss + (part.step >= badFrom && part.step <= badTo ? std::nan("") : 0.0);
    }
    void look(const nn::TensorMap&, bool last, LogLine& line) override {
        line.valIou = 0.25;
        lastLooks += last ? 1 : 0;
        ++looks;
    }
    void keep(const nn::TensorMap& averaged) override {
        if (diskIsFull) {
            throw TrainError({ErrorKind::output, "full", ""});
        }
        ++kept;
        weight = averaged.at("weight").item<double>();
    }
    [[nodiscard]] std::map<std::string, std::string> notes() const override { return {{"note", "kept"}}; }

    std::int64_t prepared = -1, badFrom = -1, badTo = -1, steepStep = -1, fullAt = -1;
    int looks = 0, lastLooks = 0, kept = 0;
    double weight = 0;
    bool diskIsFull = false;
};

class Loops : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("maskwright-loop-" + std::to_string(getpid()));
        fs::create_directories(folder_);
        options_.work = folder_.string();
        plan_.stage = "line";
        plan_.steps = 40;
        plan_.batch = 4;
        plan_.warmup = 2;
        plan_.rate = 0.2;
        plan_.parts = 2;
        plan_.optimizer = {.gradientNorm = 0, .emaDecay = 0.5};
        plan_.lineSteps = 10;
        plan_.checkpoint = (folder_ / "line.safetensors").string();
        context_.log = [this](const LogLine& line) { lines_.push_back(line); };
        context_.say = [](const std::string&) {};
    }
    void TearDown() override { fs::remove_all(folder_); }

    static nn::TensorMap fresh() { return {{"weight", at::zeros({1})}, {"bias", at::zeros({1})}}; }
    nn::TensorMap run(Line& line) {
        Checkpoint state = beginning(context_, plan_, fresh);
        runLoop(context_, plan_, line, state);
        return state.model;
    }

    fs::path folder_;
    Options options_;
    Context context_{options_, {}, false, at::kCPU, {}, {}, {}};
    Plan plan_;
    std::vector<LogLine> lines_;
};

TEST_F(Loops, LearnsAndTellsWhatItDoes) {
    Line line;
    const nn::TensorMap model = run(line);
    EXPECT_NEAR(model.at("weight").item<double>(), 3, 0.3);
    EXPECT_NEAR(model.at("bias").item<double>(), -1, 0.3);
    ASSERT_EQ(lines_.size(), 4u);
    EXPECT_EQ(lines_[0].stage, "line");
    EXPECT_EQ(lines_[1].step, 20);
    EXPECT_EQ(lines_[1].steps, 40);
    EXPECT_LT(lines_[3].loss, 0.1 * lines_[0].loss);
    EXPECT_DOUBLE_EQ(lines_[0].iou, 0.5);
    EXPECT_DOUBLE_EQ(lines_[0].valIou, -1) << "no look was asked for";
    EXPECT_LT(lines_[3].rate, lines_[0].rate);
    EXPECT_EQ(line.looks, 0);
    EXPECT_EQ(line.kept, 1) << "after the last step";
    EXPECT_EQ(need(readCheckpoint(plan_.checkpoint, "line"))->extra.at("note"), "kept");
}

TEST_F(Loops, LooksNowAndThenAndAtTheEnd) {
    plan_.lookEvery = 16;
    plan_.lineSteps = 0;
    Line line;
    run(line);
    EXPECT_EQ(line.looks, 3);
    EXPECT_EQ(line.lastLooks, 1);
    EXPECT_EQ(line.kept, 3);
    ASSERT_EQ(lines_.size(), 3u);
    EXPECT_EQ(lines_[1].step, 32);
    EXPECT_DOUBLE_EQ(lines_[1].valIou, 0.25);
}

TEST_F(Loops, AStopIsSavedAndGoneOnFromToTheSameNumbers) {
    Line whole;
    const nn::TensorMap expected = run(whole);
    fs::remove(plan_.checkpoint);
    std::stop_source stop;
    context_.stop = stop.get_token();
    context_.log = [&](const LogLine& line) {
        if (line.step == 20) {
            stop.request_stop();
        }
    };
    Line first;
    EXPECT_THROW(run(first), Interrupted);
    EXPECT_EQ(first.kept, 0);
    // The stop is heard after the step in which it came.
    EXPECT_EQ(need(readCheckpoint(plan_.checkpoint, "line"))->step, 21);
    context_.stop = {};
    context_.resume = true;
    Line second;
    const nn::TensorMap resumed = run(second);
    EXPECT_TRUE(at::equal(expected.at("weight"), resumed.at("weight")));
    EXPECT_TRUE(at::equal(expected.at("bias"), resumed.at("bias")));
    EXPECT_DOUBLE_EQ(whole.weight, second.weight) << "the average too";
}

TEST_F(Loops, WhereMemoryRunsOutWhatWasLearntIsSavedAndGoneOnFrom) {
    Line whole;
    const nn::TensorMap expected = run(whole);
    fs::remove(plan_.checkpoint);
    Line first, second;
    first.fullAt = 13;
    int runs = 0;
    std::string said;
    nn::TensorMap resumed;
    context_.device = at::Device(at::kCUDA, 0);
    context_.say = [&](const std::string& line) { said += line; };
    whereItFits(context_, [&] {
        Line& line = ++runs == 1 ? first : second;
        const auto onProcessor = Context{options_, {}, context_.resume, at::kCPU, context_.log, context_.say, {}};
        Checkpoint state = beginning(onProcessor, plan_, fresh);
        EXPECT_EQ(state.step, runs == 1 ? 0 : 13);
        runLoop(onProcessor, plan_, line, state);
        resumed = state.model;
    });
    EXPECT_EQ(runs, 2);
    EXPECT_TRUE(context_.device.is_cpu());
    EXPECT_EQ(said, "the memory of cuda:0 is full: training goes on on the processor, which takes longer");
    EXPECT_TRUE(at::equal(expected.at("weight"), resumed.at("weight")));
    EXPECT_DOUBLE_EQ(whole.weight, second.weight) << "the average too";
    // On the processor there is nowhere else to go.
    second.fullAt = 0;
    fs::remove(plan_.checkpoint);
    EXPECT_THROW(whereItFits(context_, [&] { run(second); }), c10::OutOfMemoryError);
    context_.device = at::Device(at::kCUDA, 0);
    EXPECT_THROW(whereItFits(context_, [&] { throw Interrupted{}; }), Interrupted) << "another reason";
    EXPECT_TRUE(context_.device.is_cuda());
}

// The last step was done and its model could not be written: a resumed run writes it, once.
TEST_F(Loops, AModelThatWasNotKeptAtTheEndIsKeptByTheResumedRun) {
    Line whole;
    run(whole);
    fs::remove(plan_.checkpoint);
    Line full;
    full.diskIsFull = true;
    EXPECT_THROW(run(full), TrainError);
    EXPECT_EQ(need(readCheckpoint(plan_.checkpoint, "line"))->step, 40);
    context_.resume = true;
    Line second, third;
    run(second);
    EXPECT_EQ(second.prepared, -1) << "no step is left";
    EXPECT_EQ(second.kept, 1);
    EXPECT_DOUBLE_EQ(second.weight, whole.weight);
    run(third);
    EXPECT_EQ(third.kept, 0);
    plan_.steps = 41;  // more steps: what was kept is older than they are
    Line fourth;
    fourth.diskIsFull = true;
    EXPECT_THROW(run(fourth), TrainError);
    Line fifth;
    run(fifth);
    EXPECT_EQ(fifth.kept, 1);
}

TEST_F(Loops, TheClockEndsItWhereThatIsSooner) {
    plan_.steps = 1'000'000'000;
    plan_.minutes = 0.01;
    plan_.lineSteps = 0;
    Line line;
    const nn::TensorMap model = run(line);
    EXPECT_NEAR(model.at("weight").item<double>(), 3, 0.5);
    ASSERT_EQ(lines_.size(), 1u) << "at the end";
    EXPECT_LT(lines_[0].rate, 0.5 * plan_.rate) << "it fell with the time";
    EXPECT_EQ(line.kept, 1);
    const Checkpoint state = std::move(*need(readCheckpoint(plan_.checkpoint, "line")));
    EXPECT_GE(state.seconds, 0.6);
    EXPECT_LT(state.seconds, 30) << "thousandths of a second a step";
    context_.resume = true;
    Line again;
    run(again);
    EXPECT_EQ(again.prepared, -1) << "the time was over";
}

TEST_F(Loops, TheNumberOfPartsChangesNothingButRounding) {
    Line one, three;
    plan_.parts = 1;
    const nn::TensorMap a = run(one);
    plan_.parts = 6;  // more parts than items: some are empty
    const nn::TensorMap b = run(three);
    EXPECT_NEAR(a.at("weight").item<double>(), b.at("weight").item<double>(), 1e-3);
    EXPECT_NEAR(lines_[0].loss, lines_[4].loss, 1e-4 * lines_[0].loss);
}

TEST_F(Loops, WhatDoesNotLearnStaysAndFactorsAndDecayHold) {
    plan_.learns = [](const std::string& name) { return name != "bias"; };
    Line line;
    const nn::TensorMap still = run(line);
    EXPECT_EQ(still.at("bias").item<float>(), 0.0f);
    EXPECT_NE(still.at("weight").item<float>(), 0.0f);
    plan_.learns = {};
    plan_.factor = [](const std::string& name) { return name == "bias" ? 0.0 : 1.0; };
    Line other;
    EXPECT_EQ(run(other).at("bias").item<float>(), 0.0f) << "it learns at a rate of 0";
    plan_.factor = {};
    plan_.decay = 1;
    plan_.decays = [](const std::string& name) { return name == "weight"; };
    Line decaying;
    const nn::TensorMap shrunk = run(decaying);
    EXPECT_LT(shrunk.at("weight").item<double>(), still.at("weight").item<double>() - 0.01);
}

TEST_F(Loops, AStepThatIsNoNumberIsPassedOver) {
    std::string said;
    context_.say = [&](const std::string& line) { said += line + "\n"; };
    Line line;
    line.badFrom = line.badTo = 12;
    const nn::TensorMap model = run(line);
    EXPECT_NE(said.find("line: step 12 is passed over: its loss is no number"), std::string::npos) << said;
    EXPECT_NEAR(model.at("weight").item<double>(), 3, 0.3);
    EXPECT_TRUE(std::isfinite(lines_[1].loss)) << "the line's mean is without it";

    said.clear();
    Line steep;
    steep.steepStep = 12;
    const nn::TensorMap other = run(steep);
    EXPECT_NE(said.find("line: step 12 is passed over: a gradient is no number, that of bias and of 1 more"),
              std::string::npos)
        << said;
    EXPECT_NEAR(other.at("weight").item<double>(), 3, 0.3);
}

TEST_F(Loops, LossesThatStayNoNumbersStopItBeforeTheyChangeAnything) {
    Line line;
    line.badFrom = 12;
    line.badTo = 40;
    plan_.lineSteps = 5;
    Checkpoint state = beginning(context_, plan_, fresh);
    try {
        runLoop(context_, plan_, line, state);
        FAIL() << "it went on";
    } catch (const TrainError& e) {
        EXPECT_EQ(e.error.kind, ErrorKind::resource);
        EXPECT_NE(e.error.line().find("line stage is no number at step 21"), std::string::npos) << e.error.line();
        EXPECT_NE(e.error.line().find("line.rate"), std::string::npos) << e.error.line();
    }
    EXPECT_TRUE(std::isfinite(state.model.at("weight").item<double>()));
    EXPECT_FALSE(fs::exists(plan_.checkpoint)) << "nothing is saved over a good state";
}

}  // namespace
}  // namespace maskwright::train
