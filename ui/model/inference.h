// The window's view of the inference thread: requests go in, findings come out as queued signals. The window knows
// neither the engine nor its library; the program (app/maskwright) brings one, tests bring another.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

#include "core/session/worker.h"
#include "ui/model/preview_reducer.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

// An answer with its maps ready to draw.
struct Finding {
    session::Answer answer;
    std::vector<std::shared_ptr<const HeatPyramid>> maps;  // one a prompt
};
// Makes the pyramids; called on the inference thread.
std::shared_ptr<const Finding> makeFinding(session::Answer answer);
// The worker's stage text as the reducer's stage.
PreviewStage stageOf(const std::string& what);

class Inference : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    // Never blocks. The latest request wins.
    virtual void submit(session::Request request) = 0;
    // Names of the models that come with the program; empty until the engine's library is in.
    [[nodiscard]] virtual QStringList builtInModels() const = 0;

  Q_SIGNALS:
    // All delivered on the GUI thread.
    void answered(std::shared_ptr<const Finding> finding);
    void staged(quint64 generation, maskwright::ui::PreviewStage stage);
    void modelsKnown();
};

}  // namespace maskwright::ui
