#include "ui/model/picture_objects.h"

#include <utility>

namespace maskwright::ui {

PictureObjects::PictureObjects(Document& document, Jobs& jobs, QObject* parent)
    : QObject(parent), document_(document), jobs_(jobs) {
    connect(&document_, &Document::pictureChanged, this, &PictureObjects::forget);
}

void PictureObjects::want(std::function<void(const Result<Masks>&)> then) {
    if (image_ != document_.picture().image || !(engine_ == jobs_.engine())) {
        forget();
    }
    if (known_) {
        then(*known_);
        return;
    }
    then_ = std::move(then);
    if (image_) {
        return;  // they are on their way
    }
    image_ = document_.picture().image;
    engine_ = jobs_.engine();
    session::Request request;
    request.engine = engine_;
    request.image = image_;
    request.which = session::WhichQuestion{};  // no expression: what may be meant
    jobs_.run(this, std::move(request), [this](const std::shared_ptr<const Finding>& finding) { take(*finding); });
    Q_EMIT busyChanged(true);
}

void PictureObjects::take(const Finding& finding) {
    const session::Reply& reply = finding.answer;
    const auto answer = std::make_shared<const Result<Masks>>(reply.error   ? Result<Masks>(*reply.error)
                                                              : reply.which ? Result<Masks>(reply.which->candidates)
                                                                            : Result<Masks>(Masks()));
    if (*answer) {
        known_ = answer;
    } else {
        image_.reset();  // the same may be asked again
    }
    const auto then = std::exchange(then_, nullptr);
    Q_EMIT busyChanged(false);
    then(*answer);
}

void PictureObjects::forget() {
    jobs_.drop(this);
    image_.reset();
    known_.reset();
    if (std::exchange(then_, nullptr)) {
        Q_EMIT busyChanged(false);
    }
}

}  // namespace maskwright::ui
