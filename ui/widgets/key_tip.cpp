#include "ui/widgets/key_tip.h"

#include <QEvent>

namespace maskwright::ui {
namespace {

class KeyTip : public QObject {
  public:
    KeyTip(QWidget& widget, QAction& action)
        : QObject(&widget), widget_(widget), action_(action), text_(widget.toolTip()) {
        widget.installEventFilter(this);
        connect(&action, &QAction::changed, this, &KeyTip::show);
        show();
    }

  protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::ToolTipChange && widget_.toolTip() != shown_) {
            text_ = widget_.toolTip();
            show();
        }
        return false;
    }

  private:
    void show() {
        shown_ = text_.isEmpty() ? text_ : withKeys(text_, action_);
        widget_.setToolTip(shown_);
    }
    QWidget& widget_;
    QAction& action_;
    QString text_, shown_;  // without and with the keys
};

}  // namespace

QString withKeys(const QString& text, const QAction& action) {
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys);
}

void addKeys(QWidget& widget, QAction& action) { new KeyTip(widget, action); }

}  // namespace maskwright::ui
