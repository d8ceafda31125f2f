// All ways of showing one marked object, side by side: what the model gets, what it then finds in the open picture, and
// how much better it knows the object by its name (the paper's Table 2 on one's own picture). A click takes one over.
#pragma once

#include <QDialog>
#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "core/output/appearance.h"
#include "core/session/styles.h"
#include "ui/model/document.h"
#include "ui/model/jobs.h"
#include "ui/model/marks.h"

class QLabel;
class QLineEdit;
class QProgressBar;

namespace maskwright::ui {

struct StyleRow {
    visual_prompt::Preset preset;
    QImage shown, found;                   // small; null until they are known
    std::optional<double> presence, gain;  // 0..1; percentage points over the plain picture
    QString problem;                       // why this model cannot
};

class CompareStyles : public QDialog {
    Q_OBJECT

  public:
    CompareStyles(Document& document, Jobs& jobs, const Marks::Shown& object, const QString& name,
                  const output::Appearance& overlay, QWidget* parent = nullptr);
    [[nodiscard]] const std::vector<StyleRow>& rows() const { return rows_; }

  private:
    void askMasks();
    void askNames();
    void take(int row);
    void follow();
    Document& document_;
    Jobs& jobs_;
    session::EngineOptions engine_;  // the model that is compared with, whatever the window changes to
    Marks::Shown object_;
    std::shared_ptr<const Image> query_;
    std::shared_ptr<const PicturePyramid> pyramid_;
    output::Appearance overlay_;
    std::vector<StyleRow> rows_;
    std::size_t answered_ = 0;
    bool named_ = false;
    std::optional<double> plain_;
    QLineEdit* name_;
    QLabel* text_;
    QProgressBar* bar_;
    class StyleRows* view_;
};

}  // namespace maskwright::ui
