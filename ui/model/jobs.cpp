#include "ui/model/jobs.h"

#include <algorithm>

namespace maskwright::ui {

Jobs::Jobs(Preview& preview, Inference& inference, QObject* parent)
    : QObject(parent), preview_(preview), inference_(inference) {
    connect(&inference_, &Inference::answered, this, [this](const std::shared_ptr<const Finding>& finding) {
        const std::uint64_t generation = finding->answer.generation;
        if ((generation & kJobBit) == 0 || waiting_.empty() || generation != waiting_.front().request.generation) {
            return;
        }
        Job job = std::move(waiting_.front());
        waiting_.pop_front();
        running_ = false;
        if (job.owner) {
            job.done(finding);
        }
        next();
    });
    // When the preview has asked and been answered, what it pushed aside begins again.
    connect(&preview_, &Preview::stateChanged, this, [this] {
        if (preview_.state().busy()) {
            running_ = false;
        } else {
            next();
        }
    });
}

void Jobs::run(QObject* owner, session::Request request, Done done) {
    waiting_.push_back({owner, std::move(request), std::move(done)});
    next();
}

void Jobs::drop(QObject* owner) {
    const bool first = !waiting_.empty() && waiting_.front().owner == owner;
    waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(),
                                  [owner](const Job& e) { return e.owner == owner || !e.owner; }),
                   waiting_.end());
    if (first) {
        running_ = false;
        next();
    }
}

void Jobs::next() {
    while (!waiting_.empty() && !waiting_.front().owner) {
        waiting_.pop_front();
        running_ = false;
    }
    if (running_ || waiting_.empty() || preview_.state().busy()) {
        return;
    }
    running_ = true;
    session::Request& request = waiting_.front().request;
    // A new number each time: an answer to an earlier try must not count for this one.
    request.generation = kJobBit | ++issued_;
    request.engine = preview_.engine();
    inference_.submit(request);
}

}  // namespace maskwright::ui
