// A window on the offscreen platform with what tests look for in it.
#pragma once

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSlider>
#include <QStandardPaths>
#include <QTest>
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/support/event_loop.h"
#include "tests/support/fake_model_store.h"
#include "tests/support/qt_paths.h"
#include "ui/canvas/canvas.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/info_bar.h"
#include "ui/widgets/phrase_box.h"

namespace maskwright::ui {

class WindowFixture : public testing::Test {
  protected:
    void open(Inference& inference, const session::EngineOptions& engine = {}) {
        QSettings().clear();
        QDir(journals()).removeRecursively();
        start(inference, engine);
    }
    // With all that an earlier window has left.
    void start(Inference& inference, const session::EngineOptions& engine = {}) {
        openAgain(inference, modelStore_, engine);
    }
    // The same, with other models.
    void openAgain(Inference& inference, ModelStore& models, const session::EngineOptions& engine = {}) {
        window_.reset();
        theme_ = std::make_unique<Theme>(*qApp);
        language_ = std::make_unique<Language>();
        language_->use("en");
        window_ = std::make_unique<MainWindow>(inference, models, engine, *theme_, *language_);
        window_->resize(1000, 700);
        window_->show();
        window_->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(window_.get()));
        window_->start();
    }
    static QString journals() {
        return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/journals");
    }
    void TearDown() override {
        window_.reset();
        language_.reset();
        theme_.reset();
    }
    [[nodiscard]] PhraseBox& phrase() const { return *window_->findChild<PhraseBox*>("phrase"); }
    [[nodiscard]] Canvas& canvas() const { return *window_->findChild<Canvas*>("canvas"); }
    [[nodiscard]] InfoBar& bar() const { return *window_->findChild<InfoBar*>("infoBar"); }
    [[nodiscard]] StatusLine& status() const { return *window_->findChild<StatusLine*>("status"); }
    [[nodiscard]] QSlider& slider(const char* name) const {
        return *window_->findChild<QWidget*>(name)->findChild<QSlider*>();
    }
    // Of all menus, also of those within others.
    [[nodiscard]] QList<QAction*> menuActions() const { return leavesOf(window_->menuBar()->actions()); }
    // Of a menu, by its name (ui/shell/action_names.cpp).
    [[nodiscard]] QAction* actionCalled(const char* name) const {
        for (QAction* action : menuActions()) {
            if (action->objectName() == QLatin1String(name)) {
                return action;
            }
        }
        throw std::runtime_error(std::string("no action ") + name);
    }
    static QList<QAction*> leavesOf(const QList<QAction*>& actions) {
        QList<QAction*> found;
        for (QAction* action : actions) {
            if (action->menu() != nullptr) {
                found += leavesOf(action->menu()->actions());
            } else if (!action->isSeparator()) {
                found << action;
            }
        }
        return found;
    }
    // Of a menu, by its text.
    [[nodiscard]] QAction* actionNamed(const char* text) const {
        return actionIn(window_->menuBar()->actions(), QString::fromUtf8(text));
    }
    static QAction* actionIn(const QList<QAction*>& actions, const QString& text) {
        for (QAction* action : actions) {
            if (action->menu() == nullptr && action->text() == text) {
                return action;
            }
            if (QAction* below = action->menu() != nullptr ? actionIn(action->menu()->actions(), text) : nullptr) {
                return below;
            }
        }
        return nullptr;
    }
    void openCat() {
        window_->openFile(test::sourceFile("resources/examples/cat.png"));
        ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    }

    FakeModelStore modelStore_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Language> language_;
    std::unique_ptr<MainWindow> window_;
};

}  // namespace maskwright::ui
