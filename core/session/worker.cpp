#include "core/session/worker.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/session/serving.h"

namespace maskwright::session {

namespace {

// Whether `next` makes the preview's work on `running` useless.
bool outdates(const Request& next, const Request& running) {
    return !(next.engine == running.engine) || (next.image && next.image != running.image);
}

// Whether both need the same features.
bool sharesPicture(const Request& a, const Request& b) {
    return a.image && a.image == b.image && a.encode == b.encode && a.engine == b.engine;
}

}  // namespace

struct Worker::Impl {
    // The request in hand. The worker's thread alone puts it there and takes it away, both under the mutex.
    struct Running {
        explicit Running(Request taken) : request(std::move(taken)) {}
        Request request;
        std::stop_source encoding, rest;
        bool dropped = false;
        bool aside = false;  // a job that the preview interrupts

        void stop() {
            encoding.request_stop();
            rest.request_stop();
        }
    };

    Deliver deliver;
    std::chrono::milliseconds keep;

    std::mutex mutex;  // of the next four
    std::condition_variable_any wake;
    std::optional<Request> preview;
    std::deque<Request> jobs;
    std::optional<Running> running;

    // The worker thread's own.
    Serving serving;
    EngineOptions previewModel;

    std::jthread thread;  // last: it must be joined before the rest goes

    Impl(Deliver d, Tell t, std::chrono::milliseconds k) : deliver(std::move(d)), keep(k), serving(std::move(t)) {}

    void loop(const std::stop_token& ending) {
        while (take(ending)) {
            const Stops stops{running->encoding.get_token(), running->rest.get_token()};
            Reply reply =
                serving.run(running->request, stops, [this](const EngineOptions& model) { return wanted(model); });
            const bool cancelled = reply.error && reply.error->kind == ErrorKind::cancelled;
            bool dropped = false;
            {
                const std::lock_guard lock(mutex);
                dropped = running->dropped;
                if (cancelled && running->aside && !dropped) {
                    jobs.push_front(std::move(running->request));
                }
                running.reset();
            }
            if (!cancelled && !dropped) {
                deliver(std::move(reply));
            }
        }
    }

    // Waits for a request and makes it the running one. False: the worker ends.
    bool take(const std::stop_token& ending) {
        std::unique_lock lock(mutex);
        const auto ready = [this] { return preview.has_value() || !jobs.empty(); };
        while (!ready() && !ending.stop_requested()) {
            if (serving.models().count() < 2) {
                wake.wait(lock, ending, ready);
            } else if (!wake.wait_for(lock, ending, keep, ready) && !ending.stop_requested()) {
                lock.unlock();  // closing a model takes a while
                serving.models().keepOne([this](const EngineOptions& model) { return model == previewModel; });
                lock.lock();
            }
        }
        if (ending.stop_requested()) {
            return false;
        }
        if (preview) {
            running.emplace(std::move(*preview));
            preview.reset();
            previewModel = running->request.engine;
            return true;
        }
        const auto open = std::find_if(jobs.begin(), jobs.end(), [this](const Request& job) {
            return serving.models().find(job.engine) != nullptr;
        });
        const auto job = open == jobs.end() ? jobs.begin() : open;
        running.emplace(std::move(*job));
        jobs.erase(job);
        return true;
    }

    // Whether the model stays open beside the one that the running request has read: the preview's during a job, that
    // of waiting jobs during the preview.
    bool wanted(const EngineOptions& model) {
        if (running->request.ticket.lane == Lane::jobs) {
            return model == previewModel;
        }
        const std::lock_guard lock(mutex);
        return std::any_of(jobs.begin(), jobs.end(), [&](const Request& job) { return job.engine == model; });
    }
};

Worker::Worker(Deliver deliver, Tell tell, std::chrono::milliseconds keep)
    : impl_(std::make_unique<Impl>(std::move(deliver), std::move(tell), keep)) {
    impl_->thread = std::jthread([impl = impl_.get()](const std::stop_token& ending) { impl->loop(ending); });
}

Worker::~Worker() {
    impl_->thread.request_stop();
    {
        const std::lock_guard lock(impl_->mutex);
        if (impl_->running) {
            impl_->running->stop();
        }
    }
    impl_->thread.join();
}

void Worker::submit(Request request) {
    {
        const std::lock_guard lock(impl_->mutex);
        if (request.ticket.lane == Lane::jobs) {
            impl_->jobs.push_back(std::move(request));
        } else {
            if (impl_->running) {
                Impl::Running& running = *impl_->running;
                if (running.request.ticket.lane == Lane::preview) {
                    if (outdates(request, running.request)) {
                        running.stop();
                    }
                } else {
                    running.aside = true;
                    running.rest.request_stop();
                    if (!sharesPicture(request, running.request)) {
                        running.encoding.request_stop();
                    }
                }
            }
            impl_->preview = std::move(request);
        }
    }
    impl_->wake.notify_one();
}

void Worker::drop(Ticket ticket) {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->running && impl_->running->request.ticket == ticket) {
        impl_->running->dropped = true;
        impl_->running->stop();
    }
    if (impl_->preview && impl_->preview->ticket == ticket) {
        impl_->preview.reset();
    }
    std::erase_if(impl_->jobs, [ticket](const Request& job) { return job.ticket == ticket; });
}

}  // namespace maskwright::session
