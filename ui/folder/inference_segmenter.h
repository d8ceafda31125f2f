// batch's port in the window. A batch has a thread of its own; what it asks goes to the GUI thread as a queued call,
// from there through Jobs to the inference thread, and the answer wakes the batch's thread. A stop wakes it too,
// without waiting for anybody: the GUI thread may stop a batch and wait for its end.
#pragma once

#include <QObject>
#include <condition_variable>
#include <mutex>

#include "core/batch/segmenter.h"
#include "ui/model/jobs.h"

namespace maskwright::ui {

class InferenceSegmenter : public batch::Segmenter {
  public:
    // Made and destroyed on the GUI thread, destroyed when the batch's thread has ended. `jobs` must outlive it.
    // `engine`: the model of the whole batch, whatever the window changes to meanwhile.
    InferenceSegmenter(Jobs& jobs, session::EngineOptions engine) : jobs_(jobs), engine_(std::move(engine)) {}
    // Whether the next picture waits; the one that is being asked for is finished. Any thread.
    void hold(bool held);

    // The model, which is opened where it is not yet. On the batch's thread. Errors: the engine's;
    // ErrorKind::cancelled.
    Result<session::ModelInfo> info(const std::stop_token& stop);
    Result<batch::Model> open(const std::stop_token& stop) override;
    Result<void> segment(std::size_t index, const std::shared_ptr<const Image>& picture, const batch::Request& request,
                         const batch::Give& give, const std::stop_token& stop) override;

  private:
    // Blocks until the engine has answered or `stop` is requested (ErrorKind::cancelled).
    Result<std::shared_ptr<const Finding>> ask(session::Request request, const std::stop_token& stop);
    Jobs& jobs_;
    session::EngineOptions engine_;
    std::mutex mutex_;
    std::condition_variable_any released_;
    bool held_ = false;
    QObject here_;  // of the GUI thread: asks in its name
};

}  // namespace maskwright::ui
