// A window over the real engine, in its library, with the built-in model from disk.
#pragma once

#include <QFileInfo>

#include "app/maskwright/engine_inference.h"
#include "tests/support/qt_paths.h"
#include "window_fixture.h"

namespace maskwright::ui {

class EngineWindow : public WindowFixture {
  protected:
    void SetUp() override {
        if (!QFileInfo::exists(test::sourceFile("models/mini/config.json"))) {
            GTEST_SKIP() << "the built-in model is not in this checkout";
        }
        inference_ = std::make_unique<EngineInference>(QString::fromStdString(test::engineLibrary()));
        session::EngineOptions engine;
        engine.model = test::sourcePath("models/mini");
        open(*inference_, engine);
    }
    void TearDown() override {
        WindowFixture::TearDown();
        inference_.reset();
    }
    // The window has nothing left to do.
    bool settled() {
        return waitFor(
            [this] { return !window_->preview().state().busy() && !window_->preview().model().name.empty(); });
    }
    std::unique_ptr<EngineInference> inference_;
};

}  // namespace maskwright::ui
