// The store's Transport by Qt Network: the only place in the program that opens a connection.
#pragma once

#include <chrono>
#include <memory>

#include "core/store/transport.h"

namespace maskwright::net {

// Asks through the system's proxy (http_proxy, https_proxy, no_proxy), checks certificates against the system's, speaks
// HTTP/1.1. Makes everything of Qt's within each call, on the calling thread, so that it may be made on one thread and
// used on another. Wants a QCoreApplication in the process; makes one where there is none and none is made later.
class QtTransport final : public store::Transport {
  public:
    // `patience`: how long nothing may come before an exchange is broken.
    explicit QtTransport(std::chrono::milliseconds patience = std::chrono::seconds(30)) : patience_(patience) {}
    store::HttpOutcome get(const store::HttpRequest& request, const store::HttpSink& sink,
                           const std::stop_token& stop) override;

  private:
    std::chrono::milliseconds patience_;
};

}  // namespace maskwright::net
