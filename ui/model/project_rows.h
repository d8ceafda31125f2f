// Between a project's rows and the window's: makes the window's values of the project's, and of a change of the
// window's the edits that bring it about. What did not change stays the very same object, because engine and history
// go by that. GUI thread.
#pragma once

#include <QString>
#include <map>
#include <utility>
#include <vector>

#include "core/project/history.h"
#include "ui/model/document.h"
#include "ui/model/images.h"

namespace maskwright::ui {

class ProjectRows {
  public:
    // New ids are the history's.
    ProjectRows(project::History& history, Images& images) : history_(history), images_(images) {}

    [[nodiscard]] Row row(const project::Row& row);
    [[nodiscard]] std::vector<Row> rows(const project::Picture& picture);
    [[nodiscard]] Search search(const project::Row& row);
    // What the window calls a row. Rows that a picture has from another one are called as that one's are.
    [[nodiscard]] QString nameOfRow(project::Id id) const;
    // Of a row of the picture; 0: there is none.
    [[nodiscard]] project::Id idOf(const project::Picture& picture, const QString& name) const;
    // Around making all values that are in use: those of examples that were not made between the two are let go.
    void beginAll();
    void endAll();

    // The edits that turn the rows `before`, which are the picture's, into `after`.
    [[nodiscard]] std::vector<project::Edit> rowEdits(const project::Picture& picture, const std::vector<Row>& before,
                                                      const std::vector<Row>& after);
    // The same for what is typed; `draft` may be null.
    [[nodiscard]] std::vector<project::Edit> draftEdits(const project::RowPtr& draft, const Search& before,
                                                        const Search& after);
    // The picture with rows like those of `other`, but for what is of its pixels: objects and corrections.
    [[nodiscard]] project::Picture startedLike(const project::Picture& other, const project::PictureFile& file);
    // The file of an example's picture.
    [[nodiscard]] project::PictureFile fileOf(const Support& support);

  private:
    using Edits = std::vector<project::Edit>;
    using Known = std::map<const project::Example*, std::pair<project::ExamplePtr, Support>>;
    [[nodiscard]] Support support(const project::ExamplePtr& example);
    [[nodiscard]] QString nameOfExample(project::Id id);
    [[nodiscard]] project::ExamplePtr example(const Support& support, project::Id id);
    [[nodiscard]] project::RowPtr newRow(const Row& row);
    // Of a row in `picture`, or of the draft where that is 0.
    void valueEdits(project::Id picture, const project::Row& row, const Search& before, const Search& after,
                    Edits& edits);
    void exampleEdits(project::Id picture, const project::Row& row, const std::vector<Support>& before,
                      const std::vector<Support>& after, Edits& edits);
    void changeEdits(project::Id picture, const project::Row& row, const Row& before, const Row& after, Edits& edits);
    project::History& history_;
    Images& images_;
    std::map<project::Id, QString> names_;  // of rows and examples that have another than their id
    Known known_, earlier_;                 // each while its example is in use
};

}  // namespace maskwright::ui
