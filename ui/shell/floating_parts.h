// What floats over the canvas: the page before a picture is open, the hint, messages that go by themselves, and the way
// back to a folder. Puts them in their places when the canvas changes its size. All are the canvas's children but the
// zoom, which would cover a corner of the picture: it goes where the window puts it.
#pragma once

#include <QObject>

class QFrame;
class QLabel;
class QToolButton;

namespace maskwright::ui {

class Actions;
class Canvas;
class EmptyState;
class Pill;

class FloatingParts : public QObject {
    Q_OBJECT

  public:
    explicit FloatingParts(Canvas& canvas);
    // The buttons of the zoom.
    void setActions(const Actions& actions);
    [[nodiscard]] EmptyState& empty() const { return *empty_; }
    [[nodiscard]] QFrame& zoom() const { return *zoom_; }
    void setHint(const QString& hint);  // empty for none
    void say(const QString& message, int milliseconds);
    // The picture that should be here and cannot be shown, by its name; empty: none.
    void setLacking(const QString& name);
    // What there is: a picture, and a folder to go back to; and whether that is on display.
    void setState(bool picture, bool folder, bool folderShown);

  Q_SIGNALS:
    void folderWanted();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void place();
    void retranslate();
    Canvas& canvas_;
    EmptyState* empty_;
    QLabel* lackingText_;
    QString lacking_;
    Pill *hint_, *toast_;
    QFrame* zoom_;
    QToolButton *zoomText_, *folder_;
};

}  // namespace maskwright::ui
