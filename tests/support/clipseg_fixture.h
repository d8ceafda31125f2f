// A CLIPSeg model opened for a test, with one thread: the tiny models are faster so, and the same on every machine.
#pragma once

#include "core/session/clipseg_method.h"
#include "core/session/engine.h"
#include "tests/support/model_fixture.h"

namespace maskwright::test {

// Throws where the folder cannot be opened.
class OpenClipSeg {
  public:
    explicit OpenClipSeg(const std::string& folder)
        : engine_(valueOf(session::Engine::open({folder, "cpu", "float32", 1}))),
          clipseg_(valueOf(session::needClipSeg(*engine_))) {}
    session::ClipSegMethod& operator*() const { return *clipseg_; }
    session::ClipSegMethod* operator->() const { return clipseg_; }

  private:
    std::unique_ptr<session::Engine> engine_;
    session::ClipSegMethod* clipseg_;
};

}  // namespace maskwright::test
