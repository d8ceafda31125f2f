#include "core/session/worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/support/model_fixture.h"

namespace maskwright::session {

static void PrintTo(const Ticket& ticket, std::ostream* out) {
    *out << (ticket.lane == Lane::preview ? "preview " : "job ") << ticket.number;
}

namespace {

using namespace std::chrono_literals;

Ticket preview(std::uint64_t number) { return {Lane::preview, number}; }
Ticket job(std::uint64_t number) { return {Lane::jobs, number}; }

// Collects replies and lets a test hold the worker inside a stage.
class Observer {
  public:
    using Staged = std::pair<Ticket, Stage>;

    Worker::Deliver deliver() {
        return [this](Reply reply) {
            const std::lock_guard lock(mutex_);
            replies_.push_back(std::move(reply));
            changed_.notify_all();
        };
    }
    Worker::Tell tell() {
        return [this](Ticket ticket, Stage stage) {
            std::unique_lock lock(mutex_);
            stages_.emplace_back(ticket, stage);
            changed_.notify_all();
            changed_.wait(lock, [this] { return !held_; });
        };
    }
    // From the next stage on the worker stands still.
    void hold() {
        const std::lock_guard lock(mutex_);
        held_ = true;
    }
    void release() {
        const std::lock_guard lock(mutex_);
        held_ = false;
        changed_.notify_all();
    }
    // Waits until the request was answered. Ends with the test's own time limit if it never is.
    Reply replyTo(Ticket ticket) {
        std::unique_lock lock(mutex_);
        const Reply* found = nullptr;
        changed_.wait(lock, [&] {
            for (const Reply& reply : replies_) {
                found = reply.ticket == ticket ? &reply : found;
            }
            return found != nullptr;
        });
        return *found;
    }
    void waitForStage(Ticket ticket, Stage stage) {
        std::unique_lock lock(mutex_);
        changed_.wait(
            lock, [&] { return std::find(stages_.begin(), stages_.end(), Staged(ticket, stage)) != stages_.end(); });
    }
    std::vector<Ticket> answered() {
        const std::lock_guard lock(mutex_);
        std::vector<Ticket> all;
        for (const Reply& reply : replies_) {
            all.push_back(reply.ticket);
        }
        return all;
    }
    std::vector<Staged> stages() {
        const std::lock_guard lock(mutex_);
        return stages_;
    }
    // How often a model was read.
    std::ptrdiff_t loads() {
        const std::vector<Staged> all = stages();
        return std::count_if(all.begin(), all.end(), [](const Staged& s) { return s.second == Stage::loadingModel; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Reply> replies_;
    std::vector<Staged> stages_;
    bool held_ = false;
};

class WorkerTest : public testing::Test {
  protected:
    Request request(Ticket ticket, const std::string& phrase, std::shared_ptr<const Image> image) const {
        Request r;
        r.ticket = ticket;
        r.engine = {folder, "cpu", "float32", 1};
        r.image = std::move(image);
        if (!phrase.empty()) {
            Prompt prompt;
            prompt.phrase = phrase;
            r.prompts.push_back(prompt);
        }
        return r;
    }
    Request withModel(Request request, const std::string& model) const {
        request.engine.model = model;
        return request;
    }
    std::shared_ptr<const Image> copyOfPicture() const { return std::make_shared<const Image>(*picture); }
    test::TemporaryFolder place;
    std::string folder = test::copyModel(place, "plain");
    std::string refined = test::copyModel(place, "refined");
    std::shared_ptr<const Image> picture = std::make_shared<const Image>(test::expected("plain").picture("picture"));
    std::shared_ptr<const Image> other =
        std::make_shared<const Image>(test::expected("plain").picture("support_picture"));
    Observer observer;
};

TEST_F(WorkerTest, AnswersAtThePicturesSize) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "a cat", picture));
    const Reply answer = observer.replyTo(preview(1));
    ASSERT_FALSE(answer.error) << answer.error->line();
    EXPECT_EQ(answer.model.name, "plain");
    EXPECT_EQ(answer.image, picture);
    ASSERT_EQ(answer.maps.size(), 1u);
    EXPECT_EQ(answer.maps[0]->width, picture->width);
    EXPECT_EQ(answer.maps[0]->height, picture->height);
    EXPECT_GT(answer.timing.encode, 0);
    EXPECT_EQ(answer.presence.size(), 1u);
    EXPECT_EQ(observer.stages(),
              (std::vector<Observer::Staged>{{preview(1), Stage::loadingModel}, {preview(1), Stage::encoding}}));
}

TEST_F(WorkerTest, ANewPhraseKeepsThePicturesFeatures) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "a cat", picture));
    (void)observer.replyTo(preview(1));
    worker.submit(request(preview(2), "x", picture));
    EXPECT_EQ(observer.replyTo(preview(2)).timing.encode, 0);
    worker.submit(request(preview(3), "x", other));
    EXPECT_GT(observer.replyTo(preview(3)).timing.encode, 0);
    worker.submit(request(preview(4), "x", picture));
    EXPECT_EQ(observer.replyTo(preview(4)).timing.encode, 0);
    // A picture that is opened again is known by its content.
    worker.submit(request(preview(5), "x", copyOfPicture()));
    EXPECT_EQ(observer.replyTo(preview(5)).timing.encode, 0);
    EXPECT_EQ(*observer.replyTo(preview(5)).maps[0], *observer.replyTo(preview(4)).maps[0]);
}

TEST_F(WorkerTest, WithoutMemoryOnlyThePictureInHandIsKept) {
    Worker worker(observer.deliver(), observer.tell());
    const auto ask = [&](std::uint64_t number, const std::shared_ptr<const Image>& image) {
        Request r = request(preview(number), "x", image);
        r.engine.memory = 0;
        worker.submit(r);
        return observer.replyTo(preview(number)).timing.encode;
    };
    EXPECT_GT(ask(1, picture), 0);
    EXPECT_EQ(ask(2, picture), 0);
    EXPECT_GT(ask(3, other), 0);
    EXPECT_GT(ask(4, picture), 0);
}

TEST_F(WorkerTest, TheLatestWaitingRequestWins) {
    Worker worker(observer.deliver(), observer.tell());
    observer.hold();
    worker.submit(request(preview(1), "a cat", picture));
    observer.waitForStage(preview(1), Stage::loadingModel);
    for (std::uint64_t i = 2; i <= 100; ++i) {
        worker.submit(request(preview(i), "x" + std::to_string(i), picture));
    }
    observer.release();
    (void)observer.replyTo(preview(100));
    // The running one kept its picture, so it was answered; of those that waited only the last was run.
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), preview(100)}));
}

TEST_F(WorkerTest, AnotherPictureStopsTheRunningRequest) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "", picture));
    (void)observer.replyTo(preview(1));
    observer.hold();
    worker.submit(request(preview(2), "a cat", other));
    observer.waitForStage(preview(2), Stage::encoding);
    worker.submit(request(preview(3), "a cat", picture));
    observer.release();
    (void)observer.replyTo(preview(3));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), preview(3)}));
}

TEST_F(WorkerTest, AnotherModelIsOpened) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "a cat", picture));
    (void)observer.replyTo(preview(1));
    Request next = request(preview(2), "a cat", picture);
    next.engine.model = refined;
    worker.submit(next);
    const Reply answer = observer.replyTo(preview(2));
    ASSERT_FALSE(answer.error);
    EXPECT_EQ(answer.model.name, "refined");
    EXPECT_GT(answer.timing.encode, 0);
}

TEST_F(WorkerTest, ErrorsAreAnswersAndTheWorkerGoesOn) {
    Worker worker(observer.deliver(), observer.tell());
    Request broken = request(preview(1), "a cat", picture);
    broken.engine.model = place.path().string() + "/none";
    worker.submit(broken);
    const Reply failed = observer.replyTo(preview(1));
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->kind, ErrorKind::weights);
    Request empty = request(preview(2), "a cat", picture);
    empty.prompts.emplace_back();
    worker.submit(empty);
    const Reply second = observer.replyTo(preview(2));
    ASSERT_TRUE(second.error);
    EXPECT_TRUE(second.maps.empty());
    worker.submit(request(preview(3), "a cat", picture));
    EXPECT_FALSE(observer.replyTo(preview(3)).error);
}

TEST_F(WorkerTest, EndsWhileWorkWaits) {
    {
        Worker worker(observer.deliver(), observer.tell());
        for (std::uint64_t i = 1; i <= 50; ++i) {
            worker.submit(request(preview(i), "a cat", i % 2 == 0 ? picture : other));
        }
    }
    EXPECT_LE(observer.answered().size(), 50u);
}

TEST_F(WorkerTest, WithoutAPictureOnlyTheModelIsOpened) {
    Worker worker(observer.deliver());
    worker.submit(request(preview(1), "", nullptr));
    const Reply answer = observer.replyTo(preview(1));
    EXPECT_FALSE(answer.error);
    EXPECT_EQ(answer.model.name, "plain");
    EXPECT_TRUE(answer.maps.empty());
}

TEST_F(WorkerTest, EveryJobIsAnsweredInOrder) {
    Worker worker(observer.deliver(), observer.tell());
    for (std::uint64_t i = 1; i <= 5; ++i) {
        worker.submit(request(job(i), "a cat", copyOfPicture()));
    }
    (void)observer.replyTo(job(5));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{job(1), job(2), job(3), job(4), job(5)}));
    EXPECT_EQ(observer.loads(), 1);
}

TEST_F(WorkerTest, EqualNumbersInTwoLanesAreTwoRequests) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(job(1), "a cat", picture));
    (void)observer.replyTo(job(1));
    worker.submit(request(preview(1), "x", other));
    EXPECT_EQ(observer.replyTo(preview(1)).image, other);
    EXPECT_EQ(observer.replyTo(job(1)).image, picture);
}

TEST_F(WorkerTest, ThePreviewGoesBeforeWaitingJobs) {
    Worker worker(observer.deliver(), observer.tell());
    observer.hold();
    worker.submit(request(preview(1), "a cat", picture));
    observer.waitForStage(preview(1), Stage::loadingModel);
    worker.submit(request(job(1), "a cat", picture));
    worker.submit(request(job(2), "a cat", picture));
    worker.submit(request(preview(2), "x", picture));
    observer.release();
    (void)observer.replyTo(job(2));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), preview(2), job(1), job(2)}));
}

TEST_F(WorkerTest, ARunningJobIsSetAsideAndMadeAgain) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "", picture));
    (void)observer.replyTo(preview(1));
    observer.hold();
    worker.submit(request(job(1), "a cat", other));
    observer.waitForStage(job(1), Stage::encoding);
    worker.submit(request(job(2), "a cat", picture));
    worker.submit(request(preview(2), "x", picture));
    observer.release();
    (void)observer.replyTo(job(2));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), preview(2), job(1), job(2)}));
    const Reply again = observer.replyTo(job(1));
    ASSERT_FALSE(again.error) << again.error->line();
    EXPECT_EQ(again.maps.size(), 1u);
    EXPECT_EQ(again.image, other);
    // Its encoding was stopped and begun anew.
    const auto stages = observer.stages();
    EXPECT_EQ(std::count(stages.begin(), stages.end(), Observer::Staged(job(1), Stage::encoding)), 2);
}

TEST_F(WorkerTest, AJobThatEncodesThePreviewsPictureFinishesThat) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "", picture));
    (void)observer.replyTo(preview(1));
    observer.hold();
    worker.submit(request(job(1), "a cat", other));
    observer.waitForStage(job(1), Stage::encoding);
    worker.submit(request(preview(2), "x", other));
    observer.release();
    (void)observer.replyTo(job(1));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), preview(2), job(1)}));
    EXPECT_EQ(observer.replyTo(preview(2)).timing.encode, 0);
    EXPECT_EQ(observer.replyTo(job(1)).timing.encode, 0);
}

TEST_F(WorkerTest, DroppedJobsAreNeverAnswered) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "", picture));
    (void)observer.replyTo(preview(1));
    observer.hold();
    worker.submit(request(job(1), "a cat", other));
    observer.waitForStage(job(1), Stage::encoding);
    for (std::uint64_t i = 2; i <= 4; ++i) {
        worker.submit(request(job(i), "a cat", other));
    }
    worker.drop(job(1));   // running
    worker.drop(job(3));   // waiting
    worker.drop(job(99));  // never there
    worker.drop(preview(2));
    observer.release();
    (void)observer.replyTo(job(4));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), job(2), job(4)}));
}

TEST_F(WorkerTest, AJobSetAsideCanStillBeDropped) {
    Worker worker(observer.deliver(), observer.tell());
    worker.submit(request(preview(1), "", picture));
    (void)observer.replyTo(preview(1));
    observer.hold();
    worker.submit(request(job(1), "a cat", other));
    observer.waitForStage(job(1), Stage::encoding);
    worker.submit(request(preview(2), "x", copyOfPicture()));
    worker.drop(job(1));
    worker.submit(request(job(2), "a cat", other));
    observer.release();
    (void)observer.replyTo(job(2));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{preview(1), preview(2), job(2)}));
}

TEST_F(WorkerTest, ADroppedPreviewIsNotAnswered) {
    Worker worker(observer.deliver(), observer.tell());
    observer.hold();
    worker.submit(request(preview(1), "a cat", picture));
    observer.waitForStage(preview(1), Stage::loadingModel);
    worker.submit(request(preview(2), "x", picture));
    worker.submit(request(job(1), "x", picture));
    worker.drop(preview(1));
    worker.drop(preview(2));
    observer.release();
    (void)observer.replyTo(job(1));
    EXPECT_EQ(observer.answered(), (std::vector<Ticket>{job(1)}));
}

// A folder that was begun with one model, and a preview that changes to another in the middle.
TEST_F(WorkerTest, JobsKeepTheirModelAndNoneIsReadTwice) {
    Worker worker(observer.deliver(), observer.tell());
    observer.hold();
    worker.submit(request(preview(1), "a cat", picture));
    observer.waitForStage(preview(1), Stage::loadingModel);
    for (std::uint64_t i = 1; i <= 4; ++i) {
        worker.submit(request(job(i), "a cat", copyOfPicture()));
    }
    worker.submit(withModel(request(preview(2), "a cat", picture), refined));
    observer.release();
    EXPECT_EQ(observer.replyTo(preview(2)).model.name, "refined");
    for (std::uint64_t i = 1; i <= 4; ++i) {
        EXPECT_EQ(observer.replyTo(job(i)).model.name, "plain");
        worker.submit(withModel(request(preview(2 + i), "x", picture), refined));
        EXPECT_EQ(observer.replyTo(preview(2 + i)).model.name, "refined");
    }
    EXPECT_EQ(observer.loads(), 2);
}

TEST_F(WorkerTest, JobsOfTwoModelsDoNotTakeTurnsReadingThem) {
    Worker worker(observer.deliver(), observer.tell());
    observer.hold();
    worker.submit(request(job(1), "a cat", picture));
    observer.waitForStage(job(1), Stage::loadingModel);
    for (std::uint64_t i = 2; i <= 7; ++i) {
        const Request next = request(job(i), "a cat", copyOfPicture());
        worker.submit(i % 2 == 0 ? withModel(next, refined) : next);
    }
    observer.release();
    for (std::uint64_t i = 1; i <= 7; ++i) {
        EXPECT_EQ(observer.replyTo(job(i)).model.name, i % 2 == 0 ? "refined" : "plain");
    }
    EXPECT_EQ(observer.loads(), 2);
}

TEST_F(WorkerTest, TheSecondModelIsClosedWhenNothingIsToDo) {
    Worker worker(observer.deliver(), observer.tell(), 50ms);
    worker.submit(request(preview(1), "a cat", picture));
    (void)observer.replyTo(preview(1));
    worker.submit(withModel(request(job(1), "a cat", picture), refined));
    (void)observer.replyTo(job(1));
    EXPECT_EQ(observer.loads(), 2);
    std::this_thread::sleep_for(1s);
    worker.submit(request(preview(2), "a cat", picture));
    EXPECT_EQ(observer.replyTo(preview(2)).timing.encode, 0) << "the preview's model was closed";
    worker.submit(withModel(request(job(2), "a cat", picture), refined));
    (void)observer.replyTo(job(2));
    EXPECT_EQ(observer.loads(), 3);
}

TEST_F(WorkerTest, EndsWhileBothLanesAreFull) {
    for (int round = 0; round < 10; ++round) {
        Worker worker(observer.deliver(), observer.tell());
        for (std::uint64_t i = 1; i <= 10; ++i) {
            worker.submit(request(job(i), "a cat", i % 2 == 0 ? picture : other));
            worker.submit(request(preview(i), "a cat", i % 2 == 0 ? picture : other));
        }
        worker.drop(job(3));
        std::this_thread::sleep_for(round * 2ms);  // in the middle of this or that
    }
    EXPECT_LE(observer.answered().size(), 200u);
}

TEST_F(WorkerTest, ManyAskAtOnce) {
    Worker worker(observer.deliver(), observer.tell());
    std::vector<std::thread> askers;
    for (std::uint64_t asker = 0; asker < 3; ++asker) {
        askers.emplace_back([&, asker] {
            for (std::uint64_t i = 1; i <= 20; ++i) {
                const std::uint64_t number = asker * 100 + i;
                worker.submit(request(asker == 0 ? preview(number) : job(number), "a cat", i % 2 ? picture : other));
                if (asker == 2 && i % 2 == 0) {
                    worker.drop(job(number));
                }
            }
        });
    }
    for (std::thread& asker : askers) {
        asker.join();
    }
    (void)observer.replyTo(preview(20));
    for (std::uint64_t i = 1; i <= 20; ++i) {
        EXPECT_FALSE(observer.replyTo(job(100 + i)).error);
        if (i % 2 == 1) {
            EXPECT_FALSE(observer.replyTo(job(200 + i)).error);
        }
    }
}

}  // namespace
}  // namespace maskwright::session
