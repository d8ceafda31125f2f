#include "ui/widgets/line_edit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>

namespace maskwright::ui {

bool LineEdit::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        const QMimeData* mime = key->matches(QKeySequence::Paste) ? QGuiApplication::clipboard()->mimeData() : nullptr;
        const bool picture = mime != nullptr && (mime->hasUrls() || (mime->hasImage() && !mime->hasText()));
        // Ctrl+E is the window's, not the way to the line's end: the End key is that.
        const bool exports = key->key() == Qt::Key_E && key->modifiers() == Qt::ControlModifier;
        if (picture || exports || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QLineEdit::event(event);
}

}  // namespace maskwright::ui
