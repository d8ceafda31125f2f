#include "app/maskwright/engine_inference.h"

#include "app/maskwright/engine_library.h"
#include "ui/model/background.h"

namespace maskwright {
EngineInference::EngineInference(QString library, QObject* parent)
    : ui::Inference(parent), library_(std::move(library)) {}

EngineInference::~EngineInference() {
    if (opener_.joinable()) {
        opener_.join();
    }
    thread_.reset();  // joins the inference thread: nothing is delivered after this
}

void EngineInference::submit(session::Request request) {
    const session::Ticket ticket = request.ticket;
    const bool preview = ticket.lane == session::Lane::preview;
    std::optional<Error> broken;
    {
        const std::lock_guard lock(mutex_);
        if (thread_) {
            thread_->submit(std::move(request));
            return;
        }
        broken = broken_;
        if (!broken) {
            if (preview) {
                std::erase_if(waiting_, [](const auto& r) { return r.ticket.lane == session::Lane::preview; });
            }
            waiting_.push_back(std::move(request));
            if (!opener_.joinable()) {
                opener_ = std::thread([this] { open(); });
            }
        }
    }
    if (broken) {
        fail(ticket, *broken);
    } else if (preview) {
        Q_EMIT staged(ticket.number, ui::PreviewStage::startingEngine);
    }
}

void EngineInference::drop(session::Ticket ticket) {
    const std::lock_guard lock(mutex_);
    if (thread_) {
        thread_->drop(ticket);
    } else {
        std::erase_if(waiting_, [ticket](const session::Request& request) { return request.ticket == ticket; });
    }
}

void EngineInference::open() {
    auto opened = [this]() -> Result<void> {
        const EngineApi* api = nullptr;
        if (const std::optional<Error> problem = openEngineLibrary(library_, api)) {
            return *problem;
        }
        start(*api);
        return {};
    };
    const Result<void> done = ui::detail::guarded(opened);
    if (done) {
        return;
    }
    const Error& problem = done.error();
    std::vector<session::Request> unanswered;
    {
        const std::lock_guard lock(mutex_);
        broken_ = problem;
        unanswered.swap(waiting_);
    }
    for (const session::Request& request : unanswered) {
        fail(request.ticket, problem);
    }
}

void EngineInference::start(const EngineApi& api) {
    api.listenToLog([](log::Level level, std::string_view text) { log::keep(level, text); });
    auto thread = api.start([this](session::Reply reply) { deliver(std::move(reply)); },
                            [this](session::Ticket ticket, session::Stage stage) {
                                if (ticket.lane == session::Lane::preview) {
                                    QMetaObject::invokeMethod(this, [this, ticket, stage] {
                                        Q_EMIT staged(ticket.number, ui::stageOf(stage));
                                    });
                                }
                            });
    const std::lock_guard lock(mutex_);
    thread_ = std::move(thread);
    for (session::Request& request : waiting_) {
        thread_->submit(std::move(request));
    }
    waiting_.clear();
}

void EngineInference::deliver(session::Reply reply) {
    const session::Ticket ticket = reply.ticket;
    auto make = [&] { return ui::makeFinding(std::move(reply)); };  // takes memory for the map's smaller sizes
    if (const auto finding = ui::detail::guarded(make)) {
        QMetaObject::invokeMethod(this, [this, finding = *finding] { Q_EMIT answered(finding); });
    } else {
        fail(ticket, finding.error());
    }
}

void EngineInference::fail(session::Ticket ticket, const Error& error) {
    session::Reply reply;
    reply.ticket = ticket;
    reply.error = error;
    // Queued also from the GUI thread: submit must not answer before it returns.
    QMetaObject::invokeMethod(
        this, [this, finding = ui::makeFinding(std::move(reply))] { Q_EMIT answered(finding); }, Qt::QueuedConnection);
}

}  // namespace maskwright
