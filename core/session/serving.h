// What it means to answer a request: a model, a picture's features, maps. The worker's thread without its lanes.
// Private to core/session.
#pragma once

#include "core/session/open_models.h"
#include "core/session/stops.h"
#include "core/session/worker.h"

namespace maskwright::session {

class Serving {
  public:
    explicit Serving(Worker::Tell tell) : tell_(std::move(tell)) {}

    // `beside`: which of the open models stays open where another must be read. Errors are in the reply.
    Reply run(const Request& request, const Stops& stops, const OpenModels::Wanted& beside);
    [[nodiscard]] OpenModels& models() { return models_; }

  private:
    Result<void> work(const Request& request, const Stops& stops, const OpenModels::Wanted& beside, Reply& reply);
    Result<OpenModel*> open(const Request& request, const OpenModels::Wanted& beside);
    Result<Answer> ask(OpenModel& model, const Request& request, const Stops& stops, Timing& timing);
    Result<Encoded> encode(OpenModel& model, const Request& request, const std::stop_token& stop, Timing& timing);
    void tell(const Request& request, Stage stage) const;

    Worker::Tell tell_;
    OpenModels models_;
};

}  // namespace maskwright::session
