#include "ui/shell/project_questions.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QStringList>
#include <chrono>

#include "ui/widgets/question.h"

namespace maskwright::ui {
namespace {

struct Projects {
    Q_DECLARE_TR_FUNCTIONS(maskwright::ui::Projects)
};

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
    const Question question{"unsaved",
                            Projects::tr("Unsaved changes"),
                            name.isEmpty() ? Projects::tr("Save this work as a project?")
                                           : Projects::tr("Save the changes to %1?").arg(name),
                            Projects::tr("Rows and corrections that are not saved are lost."),
                            {},
                            {Projects::tr("Save"), Projects::tr("Discard"), Projects::tr("Cancel")}};
    return ask(over, question, [answer, cancelled](int button) { button < 2 ? answer(button == 0) : cancelled(); });
}

QMessageBox* askRecover(QWidget& over, const project::Opened& found,
                        const std::function<void(project::Unsaved)>& answer) {
    const QString name = QFileInfo(QString::fromStdString(found.path.string())).fileName();
    const bool some = found.edits > 0;
    QStringList more;
    if (some) {
        more << changes(found.edits);
    }
    if (found.lost > 0) {
        more << unreadable(found.lost);
    }
    const Question question{"recover",
                            Projects::tr("Unsaved changes"),
                            some ? Projects::tr("%1 has changes that were never saved.").arg(name)
                                 : Projects::tr("The unsaved changes of %1 are damaged.").arg(name),
                            more.join(' '),
                            {},
                            some ? QStringList{Projects::tr("Recover"), Projects::tr("Discard"), Projects::tr("Cancel")}
                                 : QStringList{Projects::tr("Open as it was saved"), Projects::tr("Cancel")}};
    return ask(over, question, [answer, some](int button) {
        if (button == 0) {
            answer(project::Unsaved::recover);
        } else if (some && button == 1) {
            answer(project::Unsaved::discard);
        }
    });
}

QMessageBox* askLeft(QWidget& over, const project::LeftJournal& left, const std::function<void(bool)>& answer) {
    const QString name = QString::fromStdString(left.name);
    QStringList more{changes(left.edits), Projects::tr("The last was made at %1.").arg(timeOf(left.changed))};
    if (left.lost > 0) {
        more << unreadable(left.lost);
    }
    const Question question{"left",
                            Projects::tr("Unsaved changes"),
                            name.isEmpty() ? Projects::tr("Maskwright ended before your work was saved.")
                                           : Projects::tr("Maskwright ended before %1 was saved.").arg(name),
                            more.join(' '),
                            {},
                            {Projects::tr("Recover"), Projects::tr("Discard"), Projects::tr("Later")}};
    return ask(over, question, [answer](int button) {
        if (button < 2) {
            answer(button == 0);
        }
    });
}

}  // namespace maskwright::ui
