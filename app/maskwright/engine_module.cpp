// The engine's library: core/session behind one C function.
#include "app/maskwright/engine_api.h"
#include "core/session/try_model.h"

namespace maskwright {
namespace {

class WorkerThread : public InferenceThread {
  public:
    WorkerThread(session::Worker::Deliver deliver, session::Worker::Tell tell)
        : worker_(std::move(deliver), std::move(tell)) {}
    void submit(session::Request request) override { worker_.submit(std::move(request)); }
    void drop(session::Ticket ticket) override { worker_.drop(ticket); }

  private:
    session::Worker worker_;
};

const EngineApi kApi{
    MASKWRIGHT_VERSION,
    [](session::Worker::Deliver deliver, session::Worker::Tell tell) -> std::unique_ptr<InferenceThread> {
        return std::make_unique<WorkerThread>(std::move(deliver), std::move(tell));
    },
    session::tryModel,
    [](void (*listener)(log::Level, std::string_view)) {
        log::listen(listener == nullptr ? log::Listener{} : log::Listener(listener));
    },
};

}  // namespace
}  // namespace maskwright

extern "C" __attribute__((visibility("default"))) const maskwright::EngineApi* maskwright_engine_api() {
    return &maskwright::kApi;
}
