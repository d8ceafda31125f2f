#include "ui/shell/project_questions.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>
#include <chrono>

namespace maskwright::ui {
namespace {

struct Projects {
    Q_DECLARE_TR_FUNCTIONS(maskwright::ui::Projects)
};

QMessageBox* question(const char* name, const QString& title, const QString& text, QWidget& over) {
    auto* box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, &over);
    box->setObjectName(QLatin1String(name));
    box->setAttribute(Qt::WA_DeleteOnClose);
    return box;
}

// The buttons, the first of which Enter presses and the last Escape; `answer` gets the place of the one pressed.
void show(QMessageBox& box, const QStringList& buttons, const std::function<void(int)>& answer) {
    QList<QAbstractButton*> made;
    for (int i = 0; i < buttons.size(); ++i) {
        const bool last = i == buttons.size() - 1;
        auto* button = box.addButton(buttons[i], i == 0 ? QMessageBox::AcceptRole
                                                 : last ? QMessageBox::RejectRole
                                                        : QMessageBox::DestructiveRole);
        if (i == 0) {
            box.setDefaultButton(button);
        }
        if (last) {
            box.setEscapeButton(button);
        }
        made << button;
    }
    QObject::connect(&box, &QMessageBox::buttonClicked, &box,
                     [made, answer](QAbstractButton* button) { answer(int(made.indexOf(button))); });
    box.open();
}

QString timeOf(std::filesystem::file_time_type time) {
    const auto since =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(time).time_since_epoch());
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(since.count()), QLocale::ShortFormat);
}

QString changes(std::size_t edits) { return Projects::tr("Changes that can be recovered: %n.", nullptr, int(edits)); }

QString unreadable(std::size_t lines) {
    return Projects::tr("Lines of the journal that cannot be read: %n.", nullptr, int(lines));
}

}  // namespace

QMessageBox* askUnsaved(QWidget& over, const QString& name, const std::function<void(bool)>& answer,
                        const std::function<void()>& cancelled) {
    auto* box = question("unsaved", Projects::tr("Unsaved changes"),
                         name.isEmpty() ? Projects::tr("Save this work as a project?")
                                        : Projects::tr("Save the changes to %1?").arg(name),
                         over);
    box->setInformativeText(Projects::tr("Rows and corrections that are not saved are lost."));
    show(*box, {Projects::tr("Save"), Projects::tr("Discard"), Projects::tr("Cancel")},
         [answer, cancelled](int button) { button == 0 || button == 1 ? answer(button == 0) : cancelled(); });
    return box;
}

QMessageBox* askRecover(QWidget& over, const project::Opened& found,
                        const std::function<void(project::Unsaved)>& answer) {
    const QString name = QFileInfo(QString::fromStdString(found.path.string())).fileName();
    const bool some = found.edits > 0;
    auto* box = question("recover", Projects::tr("Unsaved changes"),
                         some ? Projects::tr("%1 has changes that were never saved.").arg(name)
                              : Projects::tr("The unsaved changes of %1 are damaged.").arg(name),
                         over);
    QStringList more;
    if (some) {
        more << changes(found.edits);
    }
    if (found.lost > 0) {
        more << unreadable(found.lost);
    }
    box->setInformativeText(more.join(' '));
    const QStringList buttons =
        some ? QStringList{Projects::tr("Recover"), Projects::tr("Discard"), Projects::tr("Cancel")}
             : QStringList{Projects::tr("Open as it was saved"), Projects::tr("Cancel")};
    show(*box, buttons, [answer, some](int button) {
        if (button == 0) {
            answer(project::Unsaved::recover);
        } else if (some && button == 1) {
            answer(project::Unsaved::discard);
        }
    });
    return box;
}

QMessageBox* askLeft(QWidget& over, const project::LeftJournal& left, const std::function<void(bool)>& answer) {
    const QString name = QString::fromStdString(left.name);
    auto* box = question("left", Projects::tr("Unsaved changes"),
                         name.isEmpty() ? Projects::tr("Maskwright ended before your work was saved.")
                                        : Projects::tr("Maskwright ended before %1 was saved.").arg(name),
                         over);
    QStringList more{changes(left.edits), Projects::tr("The last was made at %1.").arg(timeOf(left.changed))};
    if (left.lost > 0) {
        more << unreadable(left.lost);
    }
    box->setInformativeText(more.join(' '));
    show(*box, {Projects::tr("Recover"), Projects::tr("Discard"), Projects::tr("Later")}, [answer](int button) {
        if (button == 0 || button == 1) {
            answer(button == 0);
        }
    });
    return box;
}

}  // namespace maskwright::ui
