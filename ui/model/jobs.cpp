#include "ui/model/jobs.h"

namespace maskwright::ui {

Jobs::Jobs(const Preview& preview, Inference& inference, QObject* parent)
    : QObject(parent), preview_(preview), inference_(inference) {
    connect(&inference_, &Inference::answered, this, [this](const std::shared_ptr<const Finding>& finding) {
        const session::Ticket ticket = finding->answer.ticket;
        if (ticket.lane != session::Lane::jobs) {
            return;
        }
        // Unknown numbers are answers that were on their way when their job was dropped.
        if (const auto job = asked_.extract(ticket.number)) {
            job.mapped().done(finding);
        }
    });
}

void Jobs::run(QObject* owner, session::Request request, Done done) {
    connect(owner, &QObject::destroyed, this, &Jobs::drop, Qt::UniqueConnection);
    request.ticket = {session::Lane::jobs, ++issued_};
    asked_[issued_] = {owner, std::move(done)};
    inference_.submit(std::move(request));
}

void Jobs::drop(QObject* owner) {
    for (auto it = asked_.begin(); it != asked_.end();) {
        if (it->second.owner == owner) {
            inference_.drop({session::Lane::jobs, it->first});
            it = asked_.erase(it);
        } else {
            ++it;
        }
    }
}

}  // namespace maskwright::ui
