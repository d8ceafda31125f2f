#include "core/session/worker.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/image/refine.h"
#include "core/session/lru.h"
#include "core/session/translate.h"

namespace maskwright::session {

namespace {

constexpr std::size_t kPictures = 8;  // whose features are kept

struct PictureKey {
    std::weak_ptr<const Image> image;  // weak: the cache keeps no picture alive
    EncodeOptions encode;
};

bool sameImage(const std::weak_ptr<const Image>& a, const std::shared_ptr<const Image>& b) {
    return !a.expired() && !a.owner_before(b) && !b.owner_before(a);
}

// Whether `next` makes the work on `running` useless.
bool outdates(const Request& next, const Request& running) {
    return !(next.engine == running.engine) || (next.image && next.image != running.image);
}

}  // namespace

struct Worker::Impl {
    Deliver deliver;
    Stage stage;

    std::mutex mutex;
    std::condition_variable_any wake;
    std::optional<Request> waiting;
    // What is being run, for submit() to compare with; only its engine options and picture are looked at.
    std::optional<Request> running;
    std::stop_source stopRunning;

    // The worker thread's own.
    std::unique_ptr<Engine> engine;
    EngineOptions opened;
    Lru<PictureKey, Encoded> pictures{kPictures};

    std::jthread thread;  // last: it must be joined before the rest goes

    void loop(const std::stop_token& ending) {
        for (;;) {
            Request request;
            std::stop_token stop;
            {
                std::unique_lock lock(mutex);
                if (!wake.wait(lock, ending, [&] { return waiting.has_value(); })) {
                    return;
                }
                request = std::move(*waiting);
                waiting.reset();
                running = request;
                stopRunning = std::stop_source();
                if (ending.stop_requested()) {
                    stopRunning.request_stop();
                }
                stop = stopRunning.get_token();
            }
            Answer answer = run(request, stop);
            {
                const std::lock_guard lock(mutex);
                running.reset();
            }
            if (!answer.error || answer.error->kind != ErrorKind::cancelled) {
                deliver(std::move(answer));
            }
        }
    }

    Answer run(const Request& request, const std::stop_token& stop) {
        Answer answer;
        answer.generation = request.generation;
        answer.image = request.image;
        const Result<void> done = guarded("the request", [&] { return work(request, stop, answer); });
        if (!done) {
            answer.error = done.error();
            answer.maps.clear();
            answer.presence.clear();
            answer.truncated.clear();
        }
        return answer;
    }

    Result<void> work(const Request& request, const std::stop_token& stop, Answer& answer) {
        if (!engine || !(opened == request.engine)) {
            tell(request, "loading model");
            pictures.clear();
            engine.reset();  // before the next one is read: never two models in memory
            auto next = Engine::open(request.engine);
            if (!next) {
                return next.error();
            }
            engine = std::move(*next);
            opened = request.engine;
        }
        answer.model = engine->info();
        if (!request.image) {
            return {};
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "the request was stopped", ""};
        }
        auto encoded = encode(request, stop, answer.timing);
        if (!encoded) {
            return encoded.error();
        }
        auto predictions = predict(*engine, *encoded->picture, request.prompts, &answer.timing, nullptr, stop);
        if (!predictions) {
            return predictions.error();
        }
        const auto start = std::chrono::steady_clock::now();
        for (const Prediction& prediction : *predictions) {
            if (stop.stop_requested()) {
                return Error{ErrorKind::cancelled, "the request was stopped", ""};
            }
            answer.maps.push_back(
                std::make_shared<const Heatmap>(toPictureSize(prediction.map, *request.image, request.refine)));
            answer.presence.push_back(prediction.presence);
            answer.truncated.push_back(prediction.truncated);
        }
        answer.timing.refine =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        if (request.styles) {
            auto comparison =
                compareStyles(*engine, request.styles->image, request.styles->region, request.styles->name, {}, stop);
            if (!comparison) {
                return comparison.error();
            }
            answer.styles = std::move(*comparison);
        }
        return {};
    }

    Result<Encoded> encode(const Request& request, const std::stop_token& stop, Timing& timing) {
        const Encoded* cached = pictures.find(
            [&](const PictureKey& key) { return key.encode == request.encode && sameImage(key.image, request.image); });
        if (cached != nullptr) {
            return *cached;
        }
        tell(request, "encoding");
        auto encoded = engine->encode(*request.image, request.encode, stop);
        if (encoded) {
            timing.encode = encoded->milliseconds;
            pictures.put({request.image, request.encode}, *encoded);
        }
        return encoded;
    }

    void tell(const Request& request, const char* what) const {
        if (stage) {
            stage(request.generation, what);
        }
    }
};

Worker::Worker(Deliver deliver, Stage stage) : impl_(std::make_unique<Impl>()) {
    impl_->deliver = std::move(deliver);
    impl_->stage = std::move(stage);
    impl_->thread = std::jthread([impl = impl_.get()](const std::stop_token& ending) { impl->loop(ending); });
}

Worker::~Worker() {
    impl_->thread.request_stop();
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->waiting.reset();
        impl_->stopRunning.request_stop();
    }
    impl_->thread.join();
}

void Worker::submit(Request request) {
    {
        const std::lock_guard lock(impl_->mutex);
        if (impl_->running && outdates(request, *impl_->running)) {
            impl_->stopRunning.request_stop();
        }
        impl_->waiting = std::move(request);
    }
    impl_->wake.notify_one();
}

}  // namespace maskwright::session
