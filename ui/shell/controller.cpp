#include "ui/shell/controller.h"

#include "ui/widgets/question.h"

namespace maskwright::ui {

void Controller::askBeforeClosing(const char* name, const QString& title, const QString& text,
                                  const std::function<void(bool stop)>& closes) {
    const QStringList buttons{tr("Close when done"), tr("Stop and close"), tr("Cancel")};
    ask(over_, {name, title, text, {}, {}, buttons}, [closes](int button) {
        if (button < 2) {
            closes(button == 1);
        }
    });
}

}  // namespace maskwright::ui
