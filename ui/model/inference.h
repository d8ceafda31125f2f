// The window's view of the inference thread: requests go in, findings come out as queued signals. The window knows
// neither the engine nor its library; the program (app/maskwright) brings one, tests bring another.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <vector>

#include "core/session/worker.h"
#include "ui/model/preview_reducer.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

// An answer with its maps ready to draw.
struct Finding {
    session::Reply answer;
    std::vector<std::shared_ptr<const HeatPyramid>> maps;  // one a prompt
};
// Makes the pyramids; called on the inference thread.
std::shared_ptr<const Finding> makeFinding(session::Reply answer);
// The worker's stage as the reducer's.
PreviewStage stageOf(session::Stage stage);

class Inference : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    // Neither blocks. What the lanes are: core/session/worker.h. After drop() an answer may still be on its way.
    virtual void submit(session::Request request) = 0;
    virtual void drop(session::Ticket ticket) = 0;

  Q_SIGNALS:
    // All delivered on the GUI thread.
    void answered(std::shared_ptr<const Finding> finding);
    // Of a request of the preview's lane.
    void staged(quint64 number, maskwright::ui::PreviewStage stage);
};

}  // namespace maskwright::ui
