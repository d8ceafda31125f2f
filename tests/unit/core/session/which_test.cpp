// Which of a picture's things is meant, as a request of the worker's: the built-in model, and one that detects nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "core/image_io/image_io.h"
#include "core/referring/ranking.h"
#include "core/session/worker.h"
#include "tests/support/model_fixture.h"
#include "tests/support/paths.h"

namespace maskwright::session {
namespace {

class WhichTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(test::sourcePath("models/sight/trunk.safetensors"))) {
            GTEST_SKIP() << "the built-in model is not in this checkout";
        }
        auto read = image_io::read(test::sourcePath("resources/examples/coffee.png"));
        ASSERT_TRUE(read.ok());
        picture_ = std::make_shared<const Image>(std::move(read->image));
    }
    Reply ask(const std::string& model, WhichQuestion question) {
        Request request;
        request.ticket = {Lane::jobs, ++asked_};
        request.engine.model = model;
        request.engine.device = "cpu";
        request.engine.threads = 1;
        request.image = picture_;
        request.which = std::move(question);
        std::promise<Reply> promise;
        answer_ = &promise;
        worker_.submit(std::move(request));
        return promise.get_future().get();
    }
    std::shared_ptr<const Image> picture_;
    std::promise<Reply>* answer_ = nullptr;
    std::uint64_t asked_ = 0;
    Worker worker_{[this](Reply reply) { answer_->set_value(std::move(reply)); }};
};

TEST_F(WhichTest, AheadOfAnExpressionThereAreCandidatesAloneThenWhatScoresAreMadeOf) {
    const Reply ahead = ask("sight", {" ", {}, 3});
    ASSERT_FALSE(ahead.error) << ahead.error->what.text();
    ASSERT_TRUE(ahead.which);
    ASSERT_GT(ahead.which->candidates.size(), 1u);
    EXPECT_EQ(ahead.which->compared.global.rows, 0);
    EXPECT_EQ(ahead.which->nounPhrase, "");
    EXPECT_EQ(ahead.which->blocks, 0);

    const Reply reply = ask("sight", {"the biggest cup", {}, 3});
    ASSERT_TRUE(reply.which) << reply.error->what.text();
    const WhichAnswer& which = *reply.which;
    EXPECT_EQ(which.candidates, ahead.which->candidates);
    EXPECT_EQ(which.nounPhrase, "the biggest cup") << "as refer has it";
    EXPECT_EQ(which.wishes, (std::vector<referring::Wish>{{referring::Order::biggest, 0}}));
    const auto count = static_cast<std::int64_t>(which.candidates.size());
    EXPECT_EQ(which.compared.global.rows, count);
    EXPECT_EQ(which.compared.local.rows, count);
    EXPECT_TRUE(which.words.known);
    std::vector<referring::Place> places;
    for (const auto& one : which.candidates) {
        places.push_back({one.box, one.area});
    }
    const auto ranking = referring::rank(which.compared, {}, which.wishes, places);
    const proposals::Proposal& best = which.candidates[ranking.order.front()];
    EXPECT_GT(toMask(best.runs).at(300, 150), 0) << "the cup is in the middle of the picture";

    const Reply other = ask("sight", {"the biggest cup", "spoon", 3});
    ASSERT_TRUE(other.which);
    EXPECT_EQ(other.which->nounPhrase, "spoon");
    EXPECT_NE(other.which->compared.nounPhrase.values, which.compared.nounPhrase.values);
    EXPECT_EQ(other.which->compared.sentence.values, which.compared.sentence.values);
}

TEST_F(WhichTest, AModelWithoutADetectorTakesTheBuiltInOnes) {
    const test::TemporaryFolder place;
    const std::string tiny = test::copyModel(place, "plain");
    const Reply reply = ask(tiny, {"cup", {}, 100});
    ASSERT_TRUE(reply.which) << reply.error->what.text();
    EXPECT_GT(reply.which->candidates.size(), 1u);
    EXPECT_GT(reply.which->blocks, 0) << "its CLIP is a transformer";
    EXPECT_EQ(reply.which->compared.local.rows, static_cast<std::int64_t>(reply.which->candidates.size()));
}

TEST_F(WhichTest, AnotherModelsFeaturesAreComparedWhereTheQuestionNamesIt) {
    const test::TemporaryFolder place;
    const std::string tiny = test::copyModel(place, "plain");
    const Reply own = ask("sight", {"cup", {}, 3, ""});
    const Reply other = ask("sight", {"cup", {}, 3, tiny});
    ASSERT_TRUE(own.which && other.which) << other.error->what.text();
    EXPECT_EQ(other.which->candidates, own.which->candidates) << "the detector stays";
    EXPECT_EQ(own.which->blocks, 0);
    EXPECT_GT(other.which->blocks, 0) << "the other one's CLIP is a transformer";
    EXPECT_NE(other.which->usualV, own.which->usualV);
    EXPECT_NE(other.which->compared.local.values, own.which->compared.local.values);
    const Reply gone = ask("sight", {"cup", {}, 3, place.path().string() + "/gone"});
    ASSERT_TRUE(gone.error);
    EXPECT_EQ(gone.error->kind, ErrorKind::weights);
    const Reply again = ask("sight", {"cup", {}, 3, ""});
    ASSERT_TRUE(again.which) << again.error->what.text();
    EXPECT_EQ(again.which->blocks, 0);
}

TEST_F(WhichTest, CandidatesComeFromTheSourceThatIsNamed) {
    WhichQuestion question;
    question.source = {WhichSource::Kind::classical, "", 0};
    const Reply classical = ask("sight", question);
    ASSERT_TRUE(classical.which) << classical.error->what.text();
    EXPECT_EQ(classical.which->about.name, "classical");
    EXPECT_GT(classical.which->candidates.size(), 1u);
    EXPECT_GE(classical.which->before, classical.which->candidates.size());

    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "masks.json").string();
    question.source = {WhichSource::Kind::file, file, 1};
    const Reply missing = ask("sight", question);
    ASSERT_TRUE(missing.error);
    EXPECT_NE(missing.error->what.text().find("masks.json"), std::string::npos);
    const auto write = [&](int width) {
        const Runs runs = runsFromMask(Mask(width, picture_->height, 255));
        std::ofstream(file) << R"([{"image_id": 1, "segmentation": {"size": [)" << runs.height << ", " << runs.width
                            << R"(], "counts": [0, )" << runs.width * runs.height << "]}}]";
    };
    write(picture_->width);
    const Reply one = ask("sight", question);
    ASSERT_TRUE(one.which) << one.error->what.text();
    EXPECT_EQ(one.which->candidates.size(), 1u);
    EXPECT_EQ(one.which->about.name, "file");
    // Read once, until it is asked for again.
    write(picture_->width + 1);
    EXPECT_TRUE(ask("sight", question).which);
    question.source.reading = 2;
    EXPECT_TRUE(ask("sight", question).error);

    question.source = {WhichSource::Kind::sam, folder.path().string(), 0};
    EXPECT_TRUE(ask("sight", question).error) << "no such model";
    question.source = {};
    EXPECT_EQ(ask("sight", question).which.value().about.name, "detector");
}

}  // namespace
}  // namespace maskwright::session
