#include "ui/folder/inference_segmenter.h"

namespace maskwright::ui {
namespace {

// Between the batch's thread, which waits, and the GUI thread. Whoever is last lets go of it.
struct Question {
    std::mutex mutex;
    std::condition_variable_any answered;
    std::shared_ptr<const Finding> finding;
    bool abandoned = false;
};

}  // namespace

Result<std::shared_ptr<const Finding>> InferenceSegmenter::ask(session::Request request, const std::stop_token& stop) {
    const auto question = std::make_shared<Question>();
    QMetaObject::invokeMethod(
        &here_,
        [this, question, request = std::move(request)]() mutable {
            {
                const std::lock_guard lock(question->mutex);
                if (question->abandoned) {
                    return;
                }
            }
            jobs_.run(&here_, std::move(request), [question](const std::shared_ptr<const Finding>& finding) {
                const std::lock_guard lock(question->mutex);
                question->finding = finding;
                question->answered.notify_all();
            });
        },
        Qt::QueuedConnection);

    std::unique_lock lock(question->mutex);
    if (!question->answered.wait(lock, stop, [&] { return question->finding != nullptr; })) {
        question->abandoned = true;
        // Behind the question in the GUI thread's queue, so it cannot come before it.
        QMetaObject::invokeMethod(
            &here_, [this] { jobs_.drop(&here_); }, Qt::QueuedConnection);
        return Error{ErrorKind::cancelled, "stopped", ""};
    }
    if (const auto& error = question->finding->answer.error) {
        return *error;
    }
    return question->finding;
}

void InferenceSegmenter::hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    released_.notify_all();
}

Result<session::ModelInfo> InferenceSegmenter::info(const std::stop_token& stop) {
    session::Request request;  // without a picture: opens the model and says its name
    request.engine = engine_;
    const auto finding = ask(std::move(request), stop);
    if (!finding) {
        return finding.error();
    }
    return (*finding)->answer.model;
}

Result<batch::Model> InferenceSegmenter::open(const std::stop_token& stop) {
    const auto model = info(stop);
    if (!model) {
        return model.error();
    }
    return batch::Model{model->name, model->dtype, model->folder, {}};
}

Result<void> InferenceSegmenter::segment(std::size_t /*index*/, const std::shared_ptr<const Image>& picture,
                                         const batch::Request& request, const batch::Give& give,
                                         const std::stop_token& stop) {
    {
        std::unique_lock lock(mutex_);
        released_.wait(lock, stop, [this] { return !held_; });
    }
    session::Request asked;
    asked.engine = engine_;
    asked.image = picture;
    asked.encode = request.encode;
    asked.tiles = request.tiles;
    asked.prompts = request.prompts;
    asked.refine = request.refine;
    asked.refineRadius = request.refineRadius;
    const auto finding = ask(std::move(asked), stop);
    if (!finding) {
        return finding.error();
    }
    const session::Reply& answer = (*finding)->answer;
    const std::size_t count = std::min({answer.maps.size(), answer.presence.size(), answer.truncated.size()});
    for (std::size_t k = 0; k < count; ++k) {
        MASKWRIGHT_TRY(give({answer.maps[k],
                             answer.presence[k],
                             answer.truncated[k],
                             {answer.timing.encode, answer.timing.text, answer.timing.decode, answer.timing.refine},
                             k < answer.words.size() ? answer.words[k] : session::Words{}}));
    }
    return {};
}

}  // namespace maskwright::ui
