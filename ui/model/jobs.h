// Work for the engine besides the preview: the strip of mixtures, a folder, a comparison of styles. One request at a
// time, and only while the preview wants nothing; a request the preview pushed out of the worker is made again. GUI
// thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <deque>
#include <functional>
#include <memory>

#include "ui/model/inference.h"
#include "ui/model/preview.h"

namespace maskwright::ui {

// Generations of jobs have this bit, the preview's do not: both share one worker.
inline constexpr std::uint64_t kJobBit = std::uint64_t(1) << 63;

class Jobs : public QObject {
    Q_OBJECT

  public:
    using Done = std::function<void(const std::shared_ptr<const Finding>&)>;
    Jobs(Preview& preview, Inference& inference, QObject* parent = nullptr);

    // `done` is called once, unless `owner` is gone or the job was dropped before. `request.generation` and
    // `request.engine` are filled in here.
    void run(QObject* owner, session::Request request, Done done);
    // Forgets everything `owner` has asked for.
    void drop(QObject* owner);
    [[nodiscard]] bool busy() const { return !waiting_.empty(); }

  private:
    struct Job {
        QPointer<QObject> owner;
        session::Request request;
        Done done;
    };
    void next();
    Preview& preview_;
    Inference& inference_;
    std::deque<Job> waiting_;  // the first is the one in hand
    std::uint64_t issued_ = 0;
    bool running_ = false;  // the first was given to the engine
};

}  // namespace maskwright::ui
