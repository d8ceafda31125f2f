// Models from a hub to use, as a person does it: the dialog over the real store, a hub on this computer, and the
// engine.
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <cstdlib>

#include "app/maskwright/local_model_store.h"
#include "engine_fixture.h"
#include "tests/support/hub_server.h"
#include "tests/support/model_fixture.h"
#include "tests/support/paths.h"
#include "ui/dialogs/models_dialog.h"

namespace maskwright::ui {
namespace {

using A = ModelAction;
using State = StoredModel::State;
using test::HttpAnswer;
using test::HttpAsked;

class ModelsFromAHub : public EngineWindow {
  protected:
    void SetUp() override {
        for (const char* variable : {"http_proxy", "HTTP_PROXY", "all_proxy", "HF_TOKEN", "MASKWRIGHT_MODELS"}) {
            unsetenv(variable);
        }
        setenv("XDG_DATA_HOME", data_.path().toLocal8Bit().constData(), 1);
        setenv("HF_ENDPOINT", hub_.url().c_str(), 1);
        const test::TemporaryFolder folder;
        for (const auto& file : std::filesystem::directory_iterator(test::copyModel(folder, "plain"))) {
            hub_.files[file.path().filename().string()] = test::readText(file.path());
        }
        EngineWindow::SetUp();
        if (inference_) {
            begin();
        }
    }
    void TearDown() override {
        EngineWindow::TearDown();
        store_.reset();
        unsetenv("XDG_DATA_HOME");
        unsetenv("HF_ENDPOINT");
    }
    // The window as at a start, with what the last one left.
    void begin() {
        window_.reset();
        store_.reset();
        store_ = std::make_unique<LocalModelStore>(QString::fromStdString(test::engineLibrary()));
        session::EngineOptions engine;
        engine.model = "mini";
        openAgain(*inference_, *store_, engine);
        actionNamed("&Models…")->trigger();
        dialog_ = window_->findChild<ModelsDialog*>("models");
        dialog_->confirm = [](const QString&, const QString&) { return true; };
    }
    [[nodiscard]] ModelRow& row() const { return *dialog_->row(refined); }
    [[nodiscard]] bool waitForButton(A action) const {
        return waitFor([&] { return row().button(action) != nullptr; });
    }
    void press(A action) {
        ASSERT_TRUE(waitForButton(action)) << qPrintable(row().text());
        row().button(action)->click();
    }
    // The first answer brings half of the weights and then nothing for a minute.
    void stallAtHalf() {
        const std::size_t half = hub_.files.at("model.safetensors").size() / 2;
        hub_.twistCdn = [half](const HttpAsked& asked, HttpAnswer& answer) {
            if (asked.header("range").empty()) {
                answer.cutAfter = half;
                answer.pauseAfterCut = std::chrono::seconds(60);
            }
        };
    }
    // Half of it is there.
    void beginDownload() {
        stallAtHalf();
        press(A::download);
        const std::filesystem::path part = std::filesystem::path(data_.path().toStdString()) / "maskwright" / "models" /
                                           ".clipseg-rd64-refined.part" / "model.safetensors.part";
        const auto half = hub_.files.at("model.safetensors").size() / 2;
        std::error_code none;
        ASSERT_TRUE(waitFor(
            [&] { return std::filesystem::exists(part, none) && std::filesystem::file_size(part, none) >= half; }));
    }
    void expectUsable() {
        press(A::use);
        ASSERT_TRUE(waitFor([this] { return window_->preview().model().name == refined.toStdString(); }));
        EXPECT_TRUE(row().text().contains("In use"));
    }

    const QString refined = "clipseg-rd64-refined";
    QTemporaryDir data_;
    test::HubServer hub_{"CIDAS/clipseg-rd64-refined"};
    std::unique_ptr<LocalModelStore> store_;
    ModelsDialog* dialog_ = nullptr;
};

TEST_F(ModelsFromAHub, FromTheListToUse) {
    EXPECT_TRUE(hub_.server().asked().empty()) << "nothing is asked unasked";
    press(A::download);
    expectUsable();
}

TEST_F(ModelsFromAHub, ByItsRepositoryToUse) {
    dialog_->findChild<QLineEdit*>("repository")->setText("CIDAS/clipseg-rd64-refined");
    dialog_->findChild<QPushButton*>("getRepository")->click();
    expectUsable();
}

TEST_F(ModelsFromAHub, PausedEndedAndGoneOnWithAtTheNextStart) {
    beginDownload();
    press(A::pause);
    ASSERT_TRUE(waitForButton(A::resume));
    EXPECT_EQ(row().error(), "");
    begin();
    EXPECT_EQ(hub_.cdn().askedFor("model.safetensors").size(), 1u) << "a start asks nothing";
    press(A::resume);
    expectUsable();
    EXPECT_TRUE(hub_.cdn().askedFor("model.safetensors").back().header("range").starts_with("bytes="));
}

TEST_F(ModelsFromAHub, AnExitStopsItCleanly) {
    beginDownload();
    begin();  // the old store ends its threads and waits for them
    ASSERT_TRUE(waitForButton(A::resume));
    EXPECT_TRUE(row().text().contains("are here")) << qPrintable(row().text());
    press(A::cancel);
    ASSERT_TRUE(waitForButton(A::download));
}

TEST_F(ModelsFromAHub, CancelledWhileItRunsItLeavesNothing) {
    beginDownload();
    press(A::cancel);
    ASSERT_TRUE(waitForButton(A::download));
    EXPECT_TRUE(QDir(data_.filePath("maskwright/models"))
                    .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                    .isEmpty());
}

TEST_F(ModelsFromAHub, WhatGoesWrongIsSaidInTheRow) {
    hub_.twistHub = [](const HttpAsked&, HttpAnswer& answer) { answer = {404, {}, "Repository not found"}; };
    press(A::download);
    ASSERT_TRUE(waitFor([this] { return !row().error().isEmpty(); }));
    EXPECT_TRUE(row().error().contains("404")) << qPrintable(row().error());
    hub_.twistHub = [](const HttpAsked&, HttpAnswer& answer) { answer = {429, {{"Retry-After", "3600"}}, ""}; };
    press(A::download);
    ASSERT_TRUE(waitFor([this] { return row().error().contains("3600"); })) << qPrintable(row().error());
    hub_.twistHub = {};
    hub_.twistCdn = [](const HttpAsked&, HttpAnswer& answer) {
        if (answer.body.size() > 7) {
            answer.body[7] = static_cast<char>(answer.body[7] ^ 1);
        }
    };
    press(A::download);
    ASSERT_TRUE(waitFor([this] { return row().error().contains("hash"); })) << qPrintable(row().error());
    hub_.twistCdn = {};
    row().button(row().button(A::resume) != nullptr ? A::resume : A::download)->click();
    expectUsable();
}

TEST_F(ModelsFromAHub, AModelThatDoesNotOpenDoesNotCountAsThere) {
    hub_.files.at("config.json") = R"({"model_type": "clipseg", "reduce_dim": 7})";
    press(A::download);
    ASSERT_TRUE(waitFor([this] { return !row().error().isEmpty(); }));
    EXPECT_EQ(row().button(A::use), nullptr);
}

TEST_F(ModelsFromAHub, AFolderIsImportedUsedAndRemoved) {
    const test::TemporaryFolder folder;
    const QString path = QString::fromStdString(test::copyModel(folder, "plain"));
    dialog_->import(path);
    const QString name = QFileInfo(path).fileName();
    ASSERT_TRUE(waitFor([&] { return dialog_->row(name) != nullptr; }));
    dialog_->row(name)->button(A::use)->click();
    ASSERT_TRUE(waitFor([&] { return window_->preview().model().name == name.toStdString(); }));
    EXPECT_EQ(dialog_->row(name)->button(A::remove), nullptr);
    dialog_->row("mini")->button(A::use)->click();
    ASSERT_TRUE(waitFor([&] { return dialog_->row(name)->button(A::remove) != nullptr; }));
    dialog_->row(name)->button(A::remove)->click();
    EXPECT_EQ(dialog_->row(name), nullptr);
    dialog_->import(path + "-missing");
    ASSERT_TRUE(waitFor([&] {
        return dialog_->row(path + "-missing") != nullptr && !dialog_->row(path + "-missing")->error().isEmpty();
    }));
}

}  // namespace
}  // namespace maskwright::ui
