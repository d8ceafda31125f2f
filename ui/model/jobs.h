// Work for the engine besides the preview: the strip of mixtures, a folder, a comparison of styles. Thin: what goes
// before what, and what is made again, is the worker's (core/session/worker.h); here is who asked. GUI thread.
#pragma once

#include <QObject>
#include <functional>
#include <map>
#include <memory>

#include "ui/model/inference.h"
#include "ui/model/preview.h"

namespace maskwright::ui {

class Jobs : public QObject {
    Q_OBJECT

  public:
    using Done = std::function<void(const std::shared_ptr<const Finding>&)>;
    Jobs(const Preview& preview, Inference& inference, QObject* parent = nullptr);

    // The model in use now. An owner of several jobs takes it once, when it begins, so that all of them are answered by
    // the same one.
    [[nodiscard]] const session::EngineOptions& engine() const { return preview_.engine(); }
    // `done` is called once, unless `owner` is gone or its jobs were dropped before. `request.engine` is the caller's,
    // `request.ticket` is filled in here.
    void run(QObject* owner, session::Request request, Done done);
    // Forgets everything `owner` has asked for.
    void drop(QObject* owner);
    [[nodiscard]] bool busy() const { return !asked_.empty(); }

  private:
    struct Job {
        QObject* owner = nullptr;  // alive: jobs go before their owner does
        Done done;
    };
    const Preview& preview_;
    Inference& inference_;
    std::map<std::uint64_t, Job> asked_;  // by ticket number
    std::uint64_t issued_ = 0;
};

}  // namespace maskwright::ui
