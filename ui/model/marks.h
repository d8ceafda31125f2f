// From a hand-drawn mask to an example in the document: makes a new one, or changes the one in hand. Also keeps which
// one that is, and what is being drawn right now, for the live preview. GUI thread.
#pragma once

#include <QObject>
#include <memory>

#include "ui/model/document.h"
#include "ui/model/marking.h"

namespace maskwright::ui {

class Marks : public QObject {
    Q_OBJECT

  public:
    explicit Marks(Document& document, QObject* parent = nullptr);

    void finish(const Mask& region, MarkMode mode);
    void draw(const Drawing& drawing);  // while the hand moves
    void giveUp();                      // it let go, and nothing came of it

    [[nodiscard]] const QString& active() const { return active_; }
    void setActive(const QString& id);
    // Null where none is active.
    [[nodiscard]] const Support* activeSupport() const;
    // The active one's region, when it lies in the open picture.
    [[nodiscard]] std::shared_ptr<const Mask> activeRegionHere() const;
    // What the style's preview shows: the mask being drawn, else the active example, else the first.
    struct Shown {
        std::shared_ptr<const Image> image;
        std::shared_ptr<const Mask> region;
    };
    [[nodiscard]] Shown shown() const;
    [[nodiscard]] bool anyShown() const;  // without making a mask

    void add(Support support);  // from a file or the library
    void remove(const QString& id);
    void change(const QString& id, const QString& title, const QString& merge,
                const std::function<void(Support&)>& edit);

  Q_SIGNALS:
    void activeChanged();
    void shownChanged();

  private:
    [[nodiscard]] QString nextName() const;
    void forgetDrawing();
    Document& document_;
    QString active_;
    Drawing drawing_;                            // empty for none
    mutable std::shared_ptr<const Mask> drawn_;  // its mask, once somebody has looked
};

}  // namespace maskwright::ui
