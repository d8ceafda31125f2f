#include "core/batch/runner.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "core/batch/journal.h"
#include "core/image/refine.h"
#include "core/output/compose.h"
#include "core/output/names.h"
#include "core/output/write.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::batch {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

// Finds bright pixels: the map of prompt k is the red channel, less a tenth a prompt. What else happens is up to
// `before`, called with the picture's and the prompt's number before an answer is given.
class Bright : public Segmenter {
  public:
    std::function<Result<void>(std::size_t picture, std::size_t prompt)> before = [](auto, auto) {
        return Result<void>();
    };
    std::vector<std::size_t> asked;
    std::thread::id thread;
    Model model{"bright", "float32"};

    Result<Model> open(const std::stop_token& /*stop*/) override {
        thread = std::this_thread::get_id();
        return model;
    }
    Result<void> segment(std::size_t index, const std::shared_ptr<const Image>& picture, const Request& request,
                         const Give& give, const std::stop_token& stop) override {
        EXPECT_TRUE(std::this_thread::get_id() == thread);
        asked.push_back(index);
        for (std::size_t k = 0; k < request.prompts.size(); ++k) {
            MASKWRIGHT_TRY(before(index, k));
            if (stop.stop_requested()) {
                return Error{ErrorKind::cancelled, "finding was stopped", ""};
            }
            auto map = std::make_shared<Heatmap>(mapOf(*picture, k));
            const float most = *std::max_element(map->pixels.begin(), map->pixels.end());
            MASKWRIGHT_TRY(give({std::move(map), most, k == 1, {1, 2, 3, 4}}));
        }
        return {};
    }
    static Heatmap mapOf(const Image& picture, std::size_t prompt) {
        Heatmap map(picture.width, picture.height);
        for (std::size_t i = 0; i < map.pixels.size(); ++i) {
            map.pixels[i] = float(picture.pixels[3 * i]) / 255 - 0.1f * float(prompt);
        }
        return map;
    }
};

class Running : public testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(folder / "in");
        fs::create_directories(folder / "out");
        for (int i = 0; i < 5; ++i) {
            const Image image = test::picture(20 + i, 10);
            plan.inputs.push_back(folder / ("in/" + std::to_string(i) + ".png"));
            ASSERT_TRUE(image_io::writeImage(plan.inputs.back(), image));
            plan.outputs.push_back({out(std::to_string(i) + ".png")});
        }
        ask({"bright"});
    }
    [[nodiscard]] std::string out(const std::string& name) const { return folder / ("out/" + name); }
    // One file a phrase.
    void ask(const std::vector<std::string>& labels) {
        request.labels = labels;
        request.prompts.assign(labels.size(), {});
        for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
            plan.outputs[i].clear();
            for (const std::string& label : labels) {
                plan.outputs[i].push_back(out(std::to_string(i) + label + ".png"));
            }
        }
    }
    Result<void> run() {
        return batch::run(
            plan, request, segmenter, [this](const Outcome& outcome) { heard.push_back(outcome); }, stop.get_token());
    }
    [[nodiscard]] std::vector<State> states() const {
        std::vector<State> all;
        for (const Outcome& outcome : heard) {
            all.push_back(outcome.state);
        }
        return all;
    }
    // Every file in the results' folder is in an outcome, and no outcome names one that is not there.
    void expectFilesAndOutcomesAgree() const {
        std::set<std::string> there, told;
        for (const auto& entry : fs::directory_iterator(folder / "out")) {
            there.insert(entry.path().string());
        }
        for (const Outcome& outcome : heard) {
            for (const Entry& entry : outcome.entries) {
                told.insert(entry.output);
            }
        }
        told.erase("");
        there.erase(plan.journal);
        EXPECT_EQ(there, told);
    }
    test::OwnFolder folder;
    Plan plan;
    Request request;
    Bright segmenter;
    std::stop_source stop;
    std::vector<Outcome> heard;
};

TEST_F(Running, WritesWhatASingleSaveWrites) {
    for (const auto kind : {output::Kind::mask, output::Kind::probability, output::Kind::probability16,
                            output::Kind::overlay, output::Kind::cutout}) {
        heard.clear();
        request.kind = kind;
        ask({"one", "two"});
        ASSERT_TRUE(run());
        ASSERT_EQ(heard.size(), 5u);
        for (std::size_t i = 0; i < 5; ++i) {
            EXPECT_EQ(heard[i].index, i);
            EXPECT_EQ(heard[i].state, State::done);
            ASSERT_EQ(heard[i].entries.size(), 2u);
            for (std::size_t k = 0; k < 2; ++k) {
                const Image image = image_io::read(plan.inputs[i])->image;
                const Heatmap map = Bright::mapOf(image, k);
                output::Request single;
                single.kind = kind;
                single.picture = &image;
                single.map = &map;
                single.number = k;
                single.labels = {request.labels[k]};
                single.model = "bright";
                ASSERT_TRUE(output::write(folder / "single.png", single));
                const Entry& entry = heard[i].entries[k];
                EXPECT_EQ(entry.output, plan.outputs[i][k]);
                EXPECT_EQ(test::bytesOf(entry.output), test::bytesOf(folder / "single.png")) << output::kindName(kind);
                EXPECT_EQ(entry.area, area(threshold(map, 0.5f)));
                EXPECT_EQ(entry.box, boundingBox(threshold(map, 0.5f)));
                EXPECT_EQ(entry.pixels, std::int64_t(map.pixels.size()));
                EXPECT_EQ(entry.truncated, k == 1);
                EXPECT_EQ(entry.timing.decode, 3);
            }
        }
    }
    expectFilesAndOutcomesAgree();
}

TEST_F(Running, AnIndexIsOneFileAPicture) {
    request.kind = output::Kind::index;
    ask({"one", "two"});
    for (auto& row : plan.outputs) {
        row.resize(1);
    }
    ASSERT_TRUE(run());
    const Image image = image_io::read(plan.inputs[0])->image;
    output::IndexPicture index(image.width, image.height, 0.5);
    index.add(Bright::mapOf(image, 0));
    index.add(Bright::mapOf(image, 1));
    ASSERT_EQ(heard[0].entries.size(), 2u);
    for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_EQ(heard[0].entries[k].output, plan.outputs[0][0]);
        EXPECT_EQ(heard[0].entries[k].area, area(index.maskOf(k)));
    }
    EXPECT_GT(heard[0].entries[0].area, 0);
    expectFilesAndOutcomesAgree();
}

TEST_F(Running, WithoutFilesItOnlyMeasures) {
    plan.outputs.clear();
    ASSERT_TRUE(run());
    ASSERT_EQ(heard.size(), 5u);
    EXPECT_EQ(heard[4].entries[0].output, "");
    EXPECT_GT(heard[4].entries[0].area, 0);
    EXPECT_TRUE(fs::is_empty(folder / "out"));
}

TEST_F(Running, ABadPictureIsAnOutcomeAndNoStop) {
    test::writeText(plan.inputs[0], "broken");
    fs::remove(plan.inputs[2]);
    segmenter.before = [](std::size_t picture, std::size_t) -> Result<void> {
        if (picture == 3) {
            return Error{ErrorKind::resource, "too large", ""};
        }
        if (picture == 4) {
            throw std::runtime_error("a surprise");
        }
        return {};
    };
    plan.journal = out(std::string(kJournalName));
    ASSERT_TRUE(run());
    EXPECT_THAT(states(), ElementsAre(State::failed, State::done, State::failed, State::failed, State::failed));
    EXPECT_EQ(heard[0].error->kind, ErrorKind::input);
    EXPECT_EQ(heard[3].error->line(), "too large");
    EXPECT_EQ(heard[4].error->line(), "stopped by an unexpected failure: a surprise");
    expectFilesAndOutcomesAgree();
    const auto journal = readJournal(plan.journal);
    ASSERT_EQ(journal->lines.size(), 5u);
    EXPECT_EQ(journal->lines[0].outcome, "failed");
    EXPECT_EQ(journal->lines[0].code, 3);
    EXPECT_EQ(journal->lines[0].inputHash.size(), 64u);
    EXPECT_EQ(journal->lines[2].inputHash, "") << "it is not there";
    EXPECT_EQ(journal->lines[1].input, "1.png");
    EXPECT_THAT(journal->lines[1].outputs, ElementsAre("1bright.png"));
    EXPECT_EQ(journal->lines[1].request, requestHash(request, {"bright", "float32"}));
}

TEST_F(Running, AResultThatCannotBeWrittenFailsItsPicture) {
    ask({"one", "two", "three"});
    plan.outputs[1][1] = folder / "none/x.png";
    ASSERT_TRUE(run());
    EXPECT_THAT(states(), ElementsAre(State::done, State::failed, State::done, State::done, State::done));
    EXPECT_EQ(heard[1].error->kind, ErrorKind::output);
    ASSERT_EQ(heard[1].entries.size(), 1u) << "what was written before is told";
    EXPECT_EQ(heard[1].entries[0].output, plan.outputs[1][0]);
    expectFilesAndOutcomesAgree();
}

TEST_F(Running, ALastResultThatCannotBeWrittenFailsItsPictureToo) {
    plan.outputs[4][0] = folder / "none/x.png";
    ASSERT_TRUE(run());
    EXPECT_EQ(heard.back().state, State::failed);
    EXPECT_EQ(heard.size(), 5u);
    EXPECT_TRUE(heard.back().entries.empty());
    ASSERT_EQ(heard.back().unwritten.size(), 1u) << "what was found is told all the same";
    EXPECT_EQ(heard.back().unwritten[0].pixels, 24 * 10);
    EXPECT_GT(heard.back().unwritten[0].area, 0);
}

// Wherever the stop comes, what is on the disk is what was told.
TEST_F(Running, StoppedAnywhereFilesAndOutcomesAgree) {
    ask({"one", "two", "three"});
    for (std::size_t at = 0; at < 15; ++at) {
        fs::remove_all(folder / "out");
        fs::create_directories(folder / "out");
        heard.clear();
        segmenter.asked.clear();
        stop = std::stop_source();
        std::size_t answers = 0;
        segmenter.before = [&](std::size_t, std::size_t) {
            if (answers++ == at) {
                stop.request_stop();
            }
            return Result<void>();
        };
        const auto done = run();
        ASSERT_FALSE(done) << at;
        EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
        EXPECT_EQ(segmenter.asked.size(), at / 3 + 1) << "no picture is begun afterwards";
        EXPECT_EQ(heard.size(), at / 3 + (at % 3 > 0 ? 1 : 0)) << at;
        if (at % 3 > 0) {
            EXPECT_EQ(heard.back().state, State::stopped);
            EXPECT_EQ(heard.back().entries.size(), at % 3);
        }
        expectFilesAndOutcomesAgree();
    }
}

TEST_F(Running, StoppedBetweenPicturesTheLastIsWhole) {
    segmenter.before = [](auto, auto) { return Result<void>(); };
    const auto done = batch::run(
        plan, request, segmenter,
        [this](const Outcome& outcome) {
            heard.push_back(outcome);
            stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
    EXPECT_GE(heard.size(), 1u);
    EXPECT_LE(heard.size(), 3u);
    for (const State state : states()) {
        EXPECT_EQ(state, State::done);
    }
    expectFilesAndOutcomesAgree();
}

TEST_F(Running, AUsageErrorEndsTheBatch) {
    segmenter.before = [](std::size_t picture, std::size_t) -> Result<void> {
        return picture == 1 ? Result<void>(Error{ErrorKind::usage, "wrong", ""}) : Result<void>();
    };
    const auto done = run();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().line(), "wrong");
    EXPECT_THAT(states(), ElementsAre(State::done));
}

TEST_F(Running, FilesThatAreThereAreSkippedUnread) {
    test::writeText(plan.outputs[1][0], "there");
    test::writeText(plan.inputs[1], "broken");
    ASSERT_TRUE(settle(plan, Existing::skip));
    ASSERT_TRUE(run());
    EXPECT_THAT(states(), ElementsAre(State::done, State::skipped, State::done, State::done, State::done));
    EXPECT_TRUE(heard[1].entries[0].skipped);
    EXPECT_EQ(heard[1].entries[0].output, "");
    EXPECT_EQ(test::bytesOf(plan.outputs[1][0]), "there");
    EXPECT_THAT(segmenter.asked, ElementsAre(0, 2, 3, 4));
}

// A run with a journal, then others that go on with it.
class GoingOn : public Running {
  protected:
    void SetUp() override {
        Running::SetUp();
        plan.journal = out(std::string(kJournalName));
        ASSERT_TRUE(run());
    }
    // What the next run asks the segmenter for.
    std::vector<std::size_t> again() {
        heard.clear();
        segmenter.asked.clear();
        EXPECT_TRUE(settle(plan, Existing::skip));
        EXPECT_TRUE(run());
        return segmenter.asked;
    }
    [[nodiscard]] std::string bytes(std::size_t picture) const { return test::bytesOf(plan.outputs[picture][0]); }
    void replacePicture(std::size_t picture) const {
        ASSERT_TRUE(image_io::writeImage(plan.inputs[picture], test::picture(40, 20)));
    }
};

TEST_F(GoingOn, WhatIsDoneIsNotMadeAgain) {
    EXPECT_THAT(again(), ElementsAre());
    EXPECT_THAT(states(), testing::Each(State::skipped));
    EXPECT_EQ(heard[3].entries[0].note.text(), "");
    fs::remove(plan.outputs[2][0]);
    EXPECT_THAT(again(), ElementsAre(2));
    EXPECT_THAT(again(), ElementsAre()) << "also after a run that skipped";
    fs::remove(plan.outputs[2][0]);
    fs::remove(plan.inputs[1]);
    EXPECT_THAT(again(), ElementsAre(2));
    EXPECT_EQ(heard[1].state, State::failed) << "a picture that is gone is no other's";
}

TEST_F(GoingOn, AnotherRequestOrModelOrPictureIsMadeAnew) {
    const std::string first = bytes(0);
    request.appearance.threshold = 0.2;
    EXPECT_THAT(again(), ElementsAre(0, 1, 2, 3, 4));
    EXPECT_NE(bytes(0), first);
    EXPECT_THAT(again(), ElementsAre());
    request.prompts[0].phrase = "dark";
    EXPECT_THAT(again(), ElementsAre(0, 1, 2, 3, 4));
    replacePicture(3);
    EXPECT_THAT(again(), ElementsAre(3));
    EXPECT_EQ(image_io::readMask(plan.outputs[3][0])->width, 40);
    EXPECT_EQ(heard[3].entries[0].note.text(), "") << "nothing is lost that could not be made anew";
    EXPECT_THAT(again(), ElementsAre());
    test::writeText(folder / "model.safetensors", "weights");
    segmenter.model = {"bright", "float32", folder / "", {}};
    EXPECT_THAT(again(), ElementsAre(0, 1, 2, 3, 4));
    EXPECT_THAT(again(), ElementsAre());
    test::writeText(folder / "model.safetensors", "trained");
    EXPECT_THAT(again(), ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(GoingOn, NumberedNamesThatShiftAreNotTakenForDone) {
    const std::string last = bytes(4);
    plan.inputs.insert(plan.inputs.begin() + 2, folder / "in/new.png");
    ASSERT_TRUE(image_io::writeImage(plan.inputs[2], test::picture(33, 10)));
    plan.outputs.push_back({out("5bright.png")});  // each file's number is its place
    EXPECT_THAT(again(), ElementsAre(2, 3, 4, 5));
    EXPECT_EQ(image_io::readMask(plan.outputs[2][0])->width, 33);
    EXPECT_EQ(bytes(5), last);
    EXPECT_THAT(again(), ElementsAre());
}

TEST_F(GoingOn, AChangedMaskIsNeverReplaced) {
    // By a program that leaves the PNG's texts as they are, and by one that does not.
    const auto before = image_io::readMask(plan.outputs[1][0]);
    Heatmap edited(before->width, before->height);
    edited.pixels.assign(edited.pixels.size(), 1);
    output::Request own;
    own.map = &edited;
    own.labels = {"bright"};
    ASSERT_TRUE(output::write(plan.outputs[1][0], own));
    ASSERT_TRUE(output::isOurs(plan.outputs[1][0]));
    test::writeText(plan.outputs[2][0], "somebody's own");
    const std::string one = bytes(1), two = bytes(2);
    EXPECT_THAT(again(), ElementsAre()) << "the journal knows them";
    request.appearance.threshold = 0.2;
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(again().size(), i == 0 ? 3u : 0u);
        for (const std::size_t picture : {std::size_t(1), std::size_t(2)}) {
            EXPECT_EQ(heard[picture].state, State::skipped);
            EXPECT_THAT(heard[picture].entries[0].note.text(), testing::HasSubstr(plan.outputs[picture][0]));
        }
        EXPECT_EQ(bytes(1), one);
        EXPECT_EQ(bytes(2), two);
    }
}

TEST_F(GoingOn, WhatNoLineExplainsIsMadeAnewAndTold) {
    fs::copy_file(plan.outputs[0][0], out("other.png"));
    plan.outputs[1][0] = out("other.png");
    EXPECT_THAT(again(), ElementsAre(1));
    EXPECT_THAT(heard[1].entries[0].note.text(), testing::HasSubstr("other.png was replaced"));
    EXPECT_THAT(again(), ElementsAre());
    // A journal that cannot be read is no reason to make everything anew over what is there.
    fs::remove(plan.journal);
    fs::create_directory(plan.journal);
    const auto done = run();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::input);
    EXPECT_THAT(done.error().line(), testing::HasSubstr(std::string(kJournalName)));
}

TEST_F(GoingOn, WithoutAJournalNamesCountAndStandFromThenOn) {
    fs::remove(plan.journal);
    fs::remove(plan.outputs[4][0]);
    EXPECT_THAT(again(), ElementsAre(4));
    EXPECT_THAT(again(), ElementsAre());
    request.appearance.threshold = 0.2;
    EXPECT_THAT(again(), ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(GoingOn, OfSeveralPhrasesWhatIsMissingIsMade) {
    ask({"one", "two"});
    EXPECT_THAT(again(), ElementsAre(0, 1, 2, 3, 4));
    const std::string one = bytes(3);
    fs::remove(plan.outputs[3][1]);
    EXPECT_THAT(again(), ElementsAre(3));
    EXPECT_TRUE(heard[3].entries[0].skipped);
    EXPECT_FALSE(heard[3].entries[1].skipped);
    EXPECT_EQ(bytes(3), one);
    EXPECT_THAT(again(), ElementsAre());
}

TEST_F(Running, NothingIsReplacedUnlessThatWasSaid) {
    ASSERT_TRUE(settle(plan, Existing::keepBoth));
    // It comes while the batch runs.
    segmenter.before = [this](std::size_t picture, std::size_t) {
        if (picture == 2) {
            test::writeText(plan.outputs[2][0], "there");
        }
        return Result<void>();
    };
    ASSERT_TRUE(run());
    EXPECT_EQ(heard[2].state, State::failed);
    EXPECT_EQ(heard[2].error->kind, ErrorKind::output);
    EXPECT_EQ(test::bytesOf(plan.outputs[2][0]), "there");
    heard.clear();
    segmenter.before = [](auto, auto) { return Result<void>(); };
    ASSERT_TRUE(settle(plan, Existing::replace));
    ASSERT_TRUE(run());
    EXPECT_EQ(heard[2].state, State::done);
    EXPECT_NE(test::bytesOf(plan.outputs[2][0]), "there");
}

TEST_F(Running, TheJournalIsTheSameBytesForTheSameRequest) {
    plan.journal = out(std::string(kJournalName));
    ASSERT_TRUE(run());
    const std::string first = test::bytesOf(plan.journal);
    fs::remove(plan.journal);
    ASSERT_TRUE(run());
    EXPECT_EQ(test::bytesOf(plan.journal), first);
    plan.journal = folder / "none/j.jsonl";
    heard.clear();
    const auto done = run();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::output);
    EXPECT_EQ(heard.size(), plan.inputs.size()) << "the results do not depend on it";
}

TEST_F(Running, AModelThatDoesNotOpenEndsTheBatch) {
    class Closed : public Bright {
        Result<Model> open(const std::stop_token& /*stop*/) override {
            return Error{ErrorKind::weights, "no model", ""};
        }
    } closed;
    const auto done = batch::run(
        plan, request, closed, [](const Outcome&) { FAIL(); }, stop.get_token());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::weights);
}

}  // namespace
}  // namespace maskwright::batch
