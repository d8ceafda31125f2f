// What the open picture holds, whatever is looked for: the masks that a click of the Object tool chooses among. Asked
// for through the jobs' lane with the first click, and kept until the picture or the model is another. GUI thread.
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

#include "ui/model/document.h"
#include "ui/model/jobs.h"
#include "ui/model/preview.h"

namespace maskwright::ui {

class PictureObjects : public QObject {
    Q_OBJECT

  public:
    using Masks = std::vector<proposals::Proposal>;  // the surest first
    PictureObjects(Document& document, Jobs& jobs, QObject* parent = nullptr);

    // Calls `then` with them: at once where they are known, else when they have come. Of several wishes the latest
    // counts; none where the picture is another by then. An error where the model cannot say.
    void want(std::function<void(const Result<Masks>&)> then);
    [[nodiscard]] bool busy() const { return bool(then_); }

  Q_SIGNALS:
    void busyChanged(bool busy);

  private:
    void take(const Finding& finding);
    void forget();
    Document& document_;
    Jobs& jobs_;
    session::EngineOptions engine_;               // that was asked
    std::shared_ptr<const Image> image_;          // of the picture that was asked about; null: nothing was
    std::shared_ptr<const Result<Masks>> known_;  // null: not yet
    std::function<void(const Result<Masks>&)> then_;
};

}  // namespace maskwright::ui
