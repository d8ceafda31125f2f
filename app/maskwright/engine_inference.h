// The window's Inference, made of the engine's library: opened on a thread of its own at the first request; requests
// made before it is in wait, as they would in the worker: the latest of the preview's, and every job.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "app/maskwright/engine_api.h"
#include "ui/model/inference.h"

namespace maskwright {

class EngineInference : public ui::Inference {
  public:
    // `library`: the engine library's path; empty looks beside the program and where it is installed.
    explicit EngineInference(QString library = {}, QObject* parent = nullptr);
    ~EngineInference() override;

    void submit(session::Request request) override;
    void drop(session::Ticket ticket) override;

  private:
    void open();  // on opener_
    void start(const EngineApi& api);
    void deliver(session::Reply reply);
    void fail(session::Ticket ticket, const Error& error);

    QString library_;
    std::thread opener_;
    std::mutex mutex_;
    std::optional<Error> broken_;            // why the library could not be opened
    std::vector<session::Request> waiting_;  // while it is being opened
    std::unique_ptr<InferenceThread> thread_;
};

}  // namespace maskwright
