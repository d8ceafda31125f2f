// Keeps the finding up to date with the document: feeds the reducer (preview_reducer.h), carries out what it says, and
// tells the window what to show. GUI thread.
#pragma once

#include <QObject>
#include <map>
#include <memory>

#include "core/session/engine.h"
#include "ui/model/document.h"
#include "ui/model/inference.h"
#include "ui/model/preview_reducer.h"

namespace maskwright::ui {

class Preview : public QObject {
    Q_OBJECT

  public:
    Preview(Document& document, Inference& inference, session::EngineOptions engine, QObject* parent = nullptr);

    // Opens the model ahead of the first picture.
    void start();
    void setModel(const QString& model);
    // Opens the model anew, with other options.
    void setEngine(const session::EngineOptions& engine);
    [[nodiscard]] const session::EngineOptions& engine() const { return engine_; }
    // What is on display; null for nothing.
    [[nodiscard]] const std::shared_ptr<const Finding>& finding() const { return finding_; }
    // What that was found for.
    [[nodiscard]] const Search& foundFor() const { return foundFor_; }
    // The model in use; its name is empty until one is open.
    [[nodiscard]] const session::ModelInfo& model() const { return model_; }
    [[nodiscard]] const PreviewState& state() const { return state_; }

  Q_SIGNALS:
    void findingChanged();
    void stateChanged();  // busy or not, and with what
    void modelOpened();
    void failed(const maskwright::Error& error);
    void recovered();  // what failed last works again

  private:
    void take(const PreviewEvent& event, const std::shared_ptr<const Finding>& finding = nullptr);
    void submit(std::uint64_t number);
    void followEdges();
    Document& document_;
    Inference& inference_;
    session::EngineOptions engine_;
    PreviewState state_;
    std::shared_ptr<const Finding> finding_;
    Search foundFor_;
    bool refining_ = false;                  // edges are being made anew
    std::map<std::uint64_t, Search> asked_;  // by number, until answered
    session::ModelInfo model_;
};

}  // namespace maskwright::ui
