// What the window's program finds in the engine's library. LibTorch needs half a second before main; so it is not
// linked into the program but lives, with all of core/session, in a library that is opened when the window is on the
// screen. Both sides are built together: `version` must match.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/session/worker.h"

namespace maskwright {

class InferenceThread {
  public:
    virtual ~InferenceThread() = default;
    virtual void submit(session::Request request) = 0;
    virtual void drop(session::Ticket ticket) = 0;
};

struct EngineApi {
    const char* version;
    std::unique_ptr<InferenceThread> (*start)(session::Worker::Deliver deliver, session::Worker::Tell tell);
    Result<void> (*tryModel)(const std::string& folder);  // session::tryModel
    // The library's log is its own; its lines are handed over. Null: no longer.
    void (*listenToLog)(void (*listener)(log::Level level, std::string_view text));
};

inline constexpr auto kEngineEntry = "maskwright_engine_api";
using EngineEntry = const EngineApi* (*)();

}  // namespace maskwright
