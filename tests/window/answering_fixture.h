// A window whose engine answers all that is asked, when the test says so.
#pragma once

#include "tests/support/fake_inference.h"
#include "window_fixture.h"

namespace maskwright::ui {

class AnsweringWindow : public WindowFixture {
  protected:
    void SetUp() override {
        open(engine_);
        answerAll();
    }
    void answerAll() {
        for (; answered_ < engine_.requests.size(); ++answered_) {
            const session::Request request = engine_.requests[answered_];
            engine_.answer(request, 0.9f);
        }
    }
    FakeInference engine_;
    std::size_t answered_ = 0;
};

}  // namespace maskwright::ui
