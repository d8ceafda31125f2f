#include "core/session/worker.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

// Collects answers and lets a test hold the worker inside a stage.
class Observer {
  public:
    Worker::Deliver deliver() {
        return [this](Answer answer) {
            const std::lock_guard lock(mutex_);
            answers_.push_back(std::move(answer));
            changed_.notify_all();
        };
    }
    Worker::Stage stage() {
        return [this](std::uint64_t generation, const std::string& what) {
            std::unique_lock lock(mutex_);
            stages_.push_back(what + " " + std::to_string(generation));
            changed_.notify_all();
            changed_.wait(lock, [this] { return !held_; });
        };
    }
    void hold() {
        const std::lock_guard lock(mutex_);
        held_ = true;
    }
    void release() {
        const std::lock_guard lock(mutex_);
        held_ = false;
        changed_.notify_all();
    }
    // Waits until the generation was answered. Ends with the test's own time limit if it never is.
    Answer answerTo(std::uint64_t generation) {
        std::unique_lock lock(mutex_);
        const Answer* found = nullptr;
        changed_.wait(lock, [&] {
            for (const Answer& answer : answers_) {
                found = answer.generation == generation ? &answer : found;
            }
            return found != nullptr;
        });
        return *found;
    }
    void waitForStage(const std::string& text) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return std::find(stages_.begin(), stages_.end(), text) != stages_.end(); });
    }
    std::vector<std::uint64_t> generations() {
        const std::lock_guard lock(mutex_);
        std::vector<std::uint64_t> all;
        for (const Answer& answer : answers_) {
            all.push_back(answer.generation);
        }
        return all;
    }
    std::vector<std::string> stages() {
        const std::lock_guard lock(mutex_);
        return stages_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Answer> answers_;
    std::vector<std::string> stages_;
    bool held_ = false;
};

class WorkerTest : public testing::Test {
  protected:
    Request request(std::uint64_t generation, const std::string& phrase, std::shared_ptr<const Image> image) const {
        Request r;
        r.generation = generation;
        r.engine = {folder, "cpu", "float32", 1};
        r.image = std::move(image);
        if (!phrase.empty()) {
            Prompt prompt;
            prompt.phrase = phrase;
            r.prompts.push_back(prompt);
        }
        return r;
    }
    test::TemporaryFolder place;
    std::string folder = test::copyModel(place, "plain");
    std::shared_ptr<const Image> picture = std::make_shared<const Image>(test::expected("plain").picture("picture"));
    std::shared_ptr<const Image> other =
        std::make_shared<const Image>(test::expected("plain").picture("support_picture"));
    Observer observer;
};

TEST_F(WorkerTest, AnswersAtThePicturesSize) {
    Worker worker(observer.deliver(), observer.stage());
    worker.submit(request(1, "a cat", picture));
    const Answer answer = observer.answerTo(1);
    ASSERT_FALSE(answer.error) << answer.error->line();
    EXPECT_EQ(answer.model.name, "plain");
    EXPECT_EQ(answer.image, picture);
    ASSERT_EQ(answer.maps.size(), 1u);
    EXPECT_EQ(answer.maps[0]->width, picture->width);
    EXPECT_EQ(answer.maps[0]->height, picture->height);
    EXPECT_GT(answer.timing.encode, 0);
    EXPECT_EQ(answer.presence.size(), 1u);
    EXPECT_EQ(observer.stages(), (std::vector<std::string>{"loading model 1", "encoding 1"}));
}

TEST_F(WorkerTest, ANewPhraseKeepsThePicturesFeatures) {
    Worker worker(observer.deliver(), observer.stage());
    worker.submit(request(1, "a cat", picture));
    (void)observer.answerTo(1);
    worker.submit(request(2, "x", picture));
    EXPECT_EQ(observer.answerTo(2).timing.encode, 0);
    worker.submit(request(3, "x", other));
    EXPECT_GT(observer.answerTo(3).timing.encode, 0);
    worker.submit(request(4, "x", picture));
    EXPECT_EQ(observer.answerTo(4).timing.encode, 0);
    // An equal picture elsewhere in memory is another picture.
    worker.submit(request(5, "x", std::make_shared<const Image>(*picture)));
    EXPECT_GT(observer.answerTo(5).timing.encode, 0);
}

TEST_F(WorkerTest, TheLatestWaitingRequestWins) {
    Worker worker(observer.deliver(), observer.stage());
    observer.hold();
    worker.submit(request(1, "a cat", picture));
    observer.waitForStage("loading model 1");
    for (std::uint64_t i = 2; i <= 100; ++i) {
        worker.submit(request(i, "x" + std::to_string(i), picture));
    }
    observer.release();
    (void)observer.answerTo(100);
    // The running one kept its picture, so it was answered; of those that waited only the last was run.
    EXPECT_EQ(observer.generations(), (std::vector<std::uint64_t>{1, 100}));
}

TEST_F(WorkerTest, AnotherPictureStopsTheRunningRequest) {
    Worker worker(observer.deliver(), observer.stage());
    worker.submit(request(1, "", picture));
    (void)observer.answerTo(1);
    observer.hold();
    worker.submit(request(2, "a cat", other));
    observer.waitForStage("encoding 2");
    worker.submit(request(3, "a cat", picture));
    observer.release();
    (void)observer.answerTo(3);
    EXPECT_EQ(observer.generations(), (std::vector<std::uint64_t>{1, 3}));
}

TEST_F(WorkerTest, AnotherModelIsOpened) {
    Worker worker(observer.deliver(), observer.stage());
    worker.submit(request(1, "a cat", picture));
    (void)observer.answerTo(1);
    Request next = request(2, "a cat", picture);
    next.engine.model = test::copyModel(place, "refined");
    worker.submit(next);
    const Answer answer = observer.answerTo(2);
    ASSERT_FALSE(answer.error);
    EXPECT_EQ(answer.model.name, "refined");
    EXPECT_GT(answer.timing.encode, 0);
}

TEST_F(WorkerTest, ErrorsAreAnswersAndTheWorkerGoesOn) {
    Worker worker(observer.deliver(), observer.stage());
    Request broken = request(1, "a cat", picture);
    broken.engine.model = place.path().string() + "/none";
    worker.submit(broken);
    const Answer failed = observer.answerTo(1);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->kind, ErrorKind::weights);
    Request empty = request(2, "a cat", picture);
    empty.prompts.emplace_back();
    worker.submit(empty);
    const Answer second = observer.answerTo(2);
    ASSERT_TRUE(second.error);
    EXPECT_TRUE(second.maps.empty());
    worker.submit(request(3, "a cat", picture));
    EXPECT_FALSE(observer.answerTo(3).error);
}

TEST_F(WorkerTest, EndsWhileWorkWaits) {
    {
        Worker worker(observer.deliver(), observer.stage());
        for (std::uint64_t i = 1; i <= 50; ++i) {
            worker.submit(request(i, "a cat", i % 2 == 0 ? picture : other));
        }
    }
    EXPECT_LE(observer.generations().size(), 50u);
}

TEST_F(WorkerTest, WithoutAPictureOnlyTheModelIsOpened) {
    Worker worker(observer.deliver());
    worker.submit(request(1, "", nullptr));
    const Answer answer = observer.answerTo(1);
    EXPECT_FALSE(answer.error);
    EXPECT_EQ(answer.model.head, "plain");
    EXPECT_TRUE(answer.maps.empty());
}

}  // namespace
}  // namespace maskwright::session
