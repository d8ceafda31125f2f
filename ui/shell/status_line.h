// The line at the bottom: what is going on, the picture, the model with its device and precision, how long the answer
// took, and the program's memory, which is looked at once a second while the line is on the screen.
#pragma once

#include <QFrame>
#include <QList>
#include <QTimer>
#include <utility>

#include "core/session/worker.h"
#include "ui/model/preview_reducer.h"

class QLabel;

namespace maskwright::ui {

class Canvas;

class StatusLine : public QFrame {
    Q_OBJECT

  public:
    explicit StatusLine(QWidget* parent = nullptr);
    void addTool(QWidget* tool);  // at the right end
    void setStage(bool busy, PreviewStage stage);
    // Shown in place of the stage while `by` does something else ("Reading cat.jpg"); empty: it is done. Of several at
    // work the one that began last is shown.
    void setWork(const QObject* by, const QString& text);
    void setPicture(int width, int height);  // 0: none
    // The pixel under the pointer, and what was found there.
    void showPointer(const Canvas& canvas, QPointF at, bool inside);
    void setModel(const session::ModelInfo& model);
    void setTiming(const session::Timing& timing);
    void clearTiming();
    [[nodiscard]] QString text() const;

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    void refresh();
    void refreshModel();
    void refreshTiming();
    void refreshMemory();
    bool busy_ = false;
    PreviewStage stage_ = PreviewStage::idle;
    QList<std::pair<const QObject*, QString>> works_;  // in the order in which they began
    int width_ = 0, height_ = 0;
    session::ModelInfo model_;
    session::Timing timing_;
    bool timed_ = false;
    QTimer memoryTimer_;
    QLabel *left_, *pointer_, *picture_, *name_, *device_, *precision_, *time_, *memory_;
};

}  // namespace maskwright::ui
