// The engine's library: core/session behind one C function.
#include "app/maskwright/engine_api.h"

namespace maskwright {
namespace {

class WorkerThread : public InferenceThread {
  public:
    WorkerThread(session::Worker::Deliver deliver, session::Worker::Stage stage)
        : worker_(std::move(deliver), std::move(stage)) {}
    void submit(session::Request request) override { worker_.submit(std::move(request)); }

  private:
    session::Worker worker_;
};

const EngineApi kApi{
    MASKWRIGHT_VERSION,
    [](session::Worker::Deliver deliver, session::Worker::Stage stage) -> std::unique_ptr<InferenceThread> {
        return std::make_unique<WorkerThread>(std::move(deliver), std::move(stage));
    },
    [] { return session::builtInModels(); },
};

}  // namespace
}  // namespace maskwright

extern "C" __attribute__((visibility("default"))) const maskwright::EngineApi* maskwright_engine_api() {
    return &maskwright::kApi;
}
