// The window's Inference, made of the engine's library: opened on a thread of its own at the first request; requests
// made before it is in wait, and only the latest of them counts.
#pragma once

#include <QStringList>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "app/maskwright/engine_api.h"
#include "ui/model/inference.h"

namespace maskwright {

class EngineInference : public ui::Inference {
  public:
    // `library`: the engine library's path; empty looks beside the program and where it is installed.
    explicit EngineInference(QString library = {}, QObject* parent = nullptr);
    ~EngineInference() override;

    void submit(session::Request request) override;
    [[nodiscard]] QStringList builtInModels() const override;

  private:
    void open();  // on opener_
    void deliver(session::Answer answer);
    void fail(std::uint64_t generation, const Error& error);

    QString library_;
    std::thread opener_;
    mutable std::mutex mutex_;
    const EngineApi* api_ = nullptr;
    std::optional<Error> broken_;              // why the library could not be opened
    std::optional<session::Request> waiting_;  // while it is being opened
    std::unique_ptr<InferenceThread> thread_;
    QStringList models_;
};

}  // namespace maskwright
