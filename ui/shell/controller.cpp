#include "ui/shell/controller.h"

#include <QMessageBox>
#include <QPushButton>

namespace maskwright::ui {

void Controller::askBeforeClosing(const char* name, const QString& title, const QString& text,
                                  const std::function<void(bool stop)>& closes) {
    auto* box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, &over_);
    box->setObjectName(QLatin1String(name));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* wait = box->addButton(tr("Close when done"), QMessageBox::AcceptRole);
    auto* now = box->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(wait);
    connect(box, &QMessageBox::buttonClicked, this, [wait, now, closes](QAbstractButton* button) {
        if (button == wait || button == now) {
            closes(button == now);
        }
    });
    box->open();
}

}  // namespace maskwright::ui
