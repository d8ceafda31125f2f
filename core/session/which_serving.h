// Answers which of a picture's things an expression means, for the worker's thread: proposals by the source and
// features by the model that the question names. Opened when it is first asked; of each the last. Private to
// core/session.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "core/proposals/from_file.h"
#include "core/session/lru.h"
#include "core/session/refer.h"
#include "core/session/stops.h"
#include "core/session/which.h"

namespace maskwright::session {

class WhichServing {
  public:
    // `engine` is the one that `options` opened, and outlives this.
    WhichServing(EngineOptions options, const Engine& engine) : options_(std::move(options)), engine_(engine) {}
    WhichServing(const WhichServing&) = delete;  // what it has opened tells it what happens
    WhichServing& operator=(const WhichServing&) = delete;

    // What was computed of the last two pictures is kept, told apart by pointer, and they with it: their proposals
    // until another source is named, their features until another model is. What is stopped by `stops.rest` goes on
    // where it was when it is asked again. Errors: those of opening a model, of the proposals and of GlobalLocal.
    Result<WhichAnswer> answer(const std::shared_ptr<const Image>& image, const WhichQuestion& question,
                               const Stops& stops);

  private:
    Result<void> open(const WhichQuestion& question);
    Result<void> openMethod(const std::string& model);
    Result<void> openSource(const WhichSource& wanted);
    ClipSegMethod* detecting(ClipSegMethod& own);
    [[nodiscard]] Tell listening();
    Result<proposals::Found> proposed(const std::shared_ptr<const Image>& image, const std::string& file,
                                      const Stops& stops);
    Result<Candidates> candidates(const std::shared_ptr<const Image>& image, const std::string& file,
                                  const Stops& stops);
    Result<void> answerExpression(const Candidates& of, const WhichQuestion& question, const GlobalOptions& options,
                                  const std::stop_token& stop, WhichAnswer& answer);

    EngineOptions options_;
    const Engine& engine_;
    std::vector<Message> told_;          // by what was opened, and in no answer yet
    std::unique_ptr<Engine> detecting_;  // where the engine's own model has no detector
    std::unique_ptr<proposals::Source> source_;
    std::optional<WhichSource> sourceOf_;        // what source_ was made for; none: nothing was opened
    std::shared_ptr<proposals::ReadJson> json_;  // of a file
    std::unique_ptr<GlobalLocal> method_;
    std::string methodOf_;                                          // WhichQuestion::model of it
    Lru<std::shared_ptr<const Image>, proposals::Found> found_{2};  // by source_
    Lru<std::shared_ptr<const Image>, Candidates> pictures_{2};     // with what method_ keeps of them
};

}  // namespace maskwright::session
