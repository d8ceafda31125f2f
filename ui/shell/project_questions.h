// What is asked before work that is in no file is given up, or taken up again. Each question is shown over `over` and
// answered once; a closed one is a cancelled one, and nothing is called. GUI thread.
#pragma once

#include <QString>
#include <functional>

#include "core/project/keeper.h"

class QMessageBox;
class QWidget;

namespace maskwright::ui {

// Before another project or the end. `name`: the project's; empty: it has none. `answer(true)`: save first;
// `answer(false)`: give up; `cancelled()`: stay.
QMessageBox* askUnsaved(QWidget& over, const QString& name, const std::function<void(bool)>& answer,
                        const std::function<void()>& cancelled);
// Of a project that was opened and has a journal.
QMessageBox* askRecover(QWidget& over, const project::Opened& found,
                        const std::function<void(project::Unsaved)>& answer);
// Of what an earlier process left, at the start. `answer(true)`: recover; `answer(false)`: discard.
QMessageBox* askLeft(QWidget& over, const project::LeftJournal& left, const std::function<void(bool)>& answer);

}  // namespace maskwright::ui
