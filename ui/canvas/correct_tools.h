// The hands that correct a mask on the canvas: brush and eraser, which are one tool with two uses, and the click that
// takes one object out of a mask; tools/. They tell strokes and places; what becomes of them is decided in
// ui/model/corrections.h. This object owns the tools, holds what they look at, and speaks for them. GUI thread.
#pragma once

#include <QObject>
#include <QPoint>
#include <QRect>
#include <memory>

#include "core/image/brush.h"
#include "ui/canvas/canvas_tool.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

class CorrectBrush;
class ObjectTool;

class CorrectTools : public QObject {
    Q_OBJECT

  public:
    explicit CorrectTools(QObject* parent = nullptr);
    ~CorrectTools() override;
    [[nodiscard]] CanvasTool* brushTool() const;
    [[nodiscard]] CanvasTool* objectTool() const;

    // Another picture ends what is half drawn, and has a brush that fits it.
    void setPicture(int width, int height);
    // What the model found, which a soft brush follows in its rim; null for none.
    void setFound(std::shared_ptr<const HeatPyramid> map, double threshold);
    // Without a mask there is nothing to correct.
    void setReady(bool ready);
    void setUse(BrushUse use);
    void setRadius(double pixels);  // of the picture; in one of another size as large a part of it
    void setHardness(double hardness);
    void giveUp();
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] bool ready() const { return ready_; }
    [[nodiscard]] BrushUse use() const { return use_; }
    [[nodiscard]] const Brush& brush() const { return brush_; }
    [[nodiscard]] double largestRadius() const;
    // The radius the person wants, as a share of the picture's longer side.
    [[nodiscard]] double share() const { return share_; }
    void setShare(double share);
    // Of what the brush is now; points into this object.
    [[nodiscard]] Evidence evidence() const;

  Q_SIGNALS:
    // While the hand moves: the stroke so far, and the pixels that the last movement may have changed.
    void stroking(const maskwright::Runs& stroke, maskwright::BrushUse use, const QRect& changed);
    void stroked(const maskwright::Runs& stroke, maskwright::BrushUse use);
    void gaveUp();  // what was half drawn is dropped
    // A stroke begins at this pixel, and there is no mask: whoever makes the tool ready lets it begin all the same.
    void nothingToCorrect(QPoint pixel);
    void swapped();              // the key asks for the other use
    void brushChanged();         // its size or hardness
    void pointed(QPoint pixel);  // an object is wanted

  private:
    void fitBrush();
    int width_ = 0, height_ = 0;
    std::shared_ptr<const HeatPyramid> found_;
    double threshold_ = 0.5;
    bool ready_ = false;
    BrushUse use_ = BrushUse::paint;
    Brush brush_;
    double share_;
    std::unique_ptr<CorrectBrush> brushTool_;
    std::unique_ptr<ObjectTool> objectTool_;
};

}  // namespace maskwright::ui
