#include "ui/widgets/question.h"

#include <QMessageBox>
#include <QPushButton>

#include "ui/widgets/icons.h"

namespace maskwright::ui {

void setIcon(QMessageBox& box) {
    constexpr QSize kIcon(32, 32);
    box.setIconPixmap(icon("info").pixmap(kIcon, box.devicePixelRatioF()));
}

QMessageBox* ask(QWidget& over, const Question& question, const std::function<void(int)>& answer) {
    auto* box = new QMessageBox(QMessageBox::Question, question.title, question.text, QMessageBox::NoButton, &over);
    box->setObjectName(QLatin1String(question.name));
    setIcon(*box);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);  // names may look like markup
    box->setInformativeText(question.more);
    if (!question.details.isEmpty()) {
        box->setDetailedText(question.details);
    }
    QList<QAbstractButton*> made;
    for (const QString& text : question.buttons) {
        const auto place = made.size();
        const auto role = place == question.buttons.size() - 1 ? QMessageBox::RejectRole
                          : place == 0                         ? QMessageBox::AcceptRole
                                                               : QMessageBox::DestructiveRole;
        QPushButton* button = box->addButton(text, role);
        if (place == question.usual) {
            box->setDefaultButton(button);
        }
        if (role == QMessageBox::RejectRole) {
            box->setEscapeButton(button);
        }
        made << button;
    }
    QObject::connect(box, &QMessageBox::buttonClicked, box,
                     [made, answer](QAbstractButton* button) { answer(int(made.indexOf(button))); });
    box->open();
    return box;
}

}  // namespace maskwright::ui
