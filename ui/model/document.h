// What is open and what is asked of it: the picture, the rows (searches that are kept, each with a colour of its own),
// and the search that is being typed. All that can be saved is a project::Project under a project::History; the rows
// of the open picture are handed out as the window's own values. Everything the window shows about a search is read
// from here; every change of it goes through `edit` or one of the rows' own, so everything can be undone. GUI thread
// only; the values it hands out are immutable and may cross threads.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/image/image.h"
#include "core/project/history.h"
#include "ui/model/images.h"
#include "ui/model/pyramid.h"
#include "ui/model/search.h"

namespace maskwright::ui {

// A decoded picture with what the canvas needs to draw it.
struct OpenPicture {
    QString key;   // names it among all that are open: its path, or for one without a file a name of its own
    QString path;  // empty for one that was pasted or dropped as pixels
    QString name;  // for people
    std::shared_ptr<const Image> image;
    std::shared_ptr<const PicturePyramid> pyramid;
    std::shared_ptr<const Mask> alpha;  // its own transparency, of the image's size; null where it had none
    std::vector<Message> warnings;      // about its file
    project::PictureFile file = {};     // as a project names it; without a path where it lies in no file
};

class ProjectRows;

class Document : public QObject {
    Q_OBJECT

  public:
    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    // All that can be saved: the rows of all pictures, and what is typed. A picture is in it from its first row on.
    [[nodiscard]] const project::Project& project() const { return history_.project(); }
    // Replaces all of that; what was done before cannot be undone. `clean`: it is what its file has.
    void setProject(project::Project project, bool clean);
    // An undoable change of it that is not of the open picture's rows, such as of its settings or its model. Errors:
    // project::apply()'s; nothing has changed then.
    Result<void> editProject(const project::Edit& edit, const QString& title, const QString& merge = {});
    // The model that the masks were made with. It is a change of the project: not clean from then on, and in its
    // journal. No step of the history, though: an undo that closes one model and opens another would take seconds and
    // gigabytes for what the menu does, and stand between two strokes.
    void setModel(const project::Model& model);
    // The open picture's in projectShown(); 0: it is not in there.
    [[nodiscard]] project::Id pictureId() const;

    [[nodiscard]] const OpenPicture& picture() const { return picture_; }
    [[nodiscard]] bool hasPicture() const { return picture_.image != nullptr; }
    // What is typed stays: the same thing is looked for in the next picture. A picture has rows of its own; one that
    // has none yet is shown with those of the one before it, but for what is of its pixels: corrections and objects.
    // They are lent: no part of project() until one of them is changed or another row is kept beside them, in one step
    // with that, or keepLent() is called. Who only looks at pictures changes nothing.
    void setPicture(OpenPicture picture);
    // Whether the open picture's rows are lent.
    [[nodiscard]] bool lent() const { return shownLent() != nullptr; }
    // An edit: they become its own, for one was confirmed or a file was made of it. Nothing where none are lent.
    void keepLent();
    // project() with the open picture as it is shown: with the rows that are lent to it.
    [[nodiscard]] project::Project projectShown() const;
    // Of a picture that was open before; empty where it was not.
    [[nodiscard]] std::vector<Row> rowsOf(const QString& key) const;

    // What is being worked on: the current row's, or the one that is not kept yet.
    [[nodiscard]] const Search& search() const;
    // One undoable change of it. Consecutive changes with the same non-empty `merge` become one until `endMerge`.
    void edit(const QString& title, const QString& merge, const std::function<void(Search&)>& change);
    void endMerge() { history_.endMerge(); }
    void setPhrase(const QString& phrase);  // an edit; what is typed in one go is one

    [[nodiscard]] const project::History& history() const { return history_; }
    [[nodiscard]] bool canUndo() const { return history_.canUndo(); }
    [[nodiscard]] bool canRedo() const { return history_.canRedo(); }
    // For the menu, in the user's language; empty where there is nothing.
    [[nodiscard]] QString undoName() const;
    [[nodiscard]] QString redoName() const;
    void undo();
    void redo();
    // Whether all is as it was when setClean() was called last.
    [[nodiscard]] bool clean() const { return history_.clean(); }
    void setClean();

    // Whether no pixel is in two rows: project::Settings::compete.
    [[nodiscard]] bool rowsCompete() const { return project().settings.compete; }
    void setRowsCompete(bool compete);  // an edit

    [[nodiscard]] const std::vector<Row>& rows() const { return content_.rows; }
    // Null for an unknown id.
    [[nodiscard]] const Row* row(const QString& id) const;
    // The row that search() is of; empty: none.
    [[nodiscard]] const QString& currentRow() const { return content_.current; }
    // What a row that is kept now would be drawn in: the first of kOverlayColours, from `base` on, that no row has.
    [[nodiscard]] output::Colour nextColour(int base) const;
    // An edit: what is typed becomes a row, and the next thing can be typed. Of a row in hand just the latter, which is
    // no edit unless the row is lent. Nothing where there is nothing to find, or no picture.
    // `inHand`: it stays what is worked on.
    void keepRow(output::Colour colour, bool inHand = false);
    // An edit: below the others, in the next colour. Gives its id; what is worked on stays.
    QString addRow(const QString& title, Row row, output::Colour colour);
    // No edit: which row is worked on. Empty for none, that is what is not kept yet.
    void selectRow(const QString& id);
    // The row in hand stays as it is; its words are typed where nothing else is: for another question than the row's.
    void leaveRow();
    void editRow(const QString& id, const QString& title, const QString& merge,
                 const std::function<void(Row&)>& change);
    void removeRow(const QString& id);
    void moveRow(const QString& id, int places);  // down; negative: up
    // Hides all others; shows all where they are hidden already.
    void soloRow(const QString& id);

    // The threshold in force.
    [[nodiscard]] double threshold() const;
    [[nodiscard]] double thresholdOf(const Row& row) const;  // an object's is project::kObjectThreshold
    // What Search::automatic comes to for a row, or, with an empty id, for what is not kept yet: said by whoever has
    // the map (automatic_thresholds.h). The model's own until then.
    void setAutomatic(const QString& row, double threshold);
    [[nodiscard]] double modelThreshold() const { return modelThreshold_; }
    void setModelThreshold(double threshold);
    // Whether modelThreshold() is a model's yet.
    [[nodiscard]] bool modelOpen() const { return modelOpen_; }

  Q_SIGNALS:
    // What was undone, or else done again, is in another picture; `what` is its name.
    void pictureWanted(const QString& key, const QString& what, bool undone);
    void pictureChanged();
    void rowsChanged();  // which rows there are, anything in them, or which is the current one
    void rowsCompeteChanged();
    void searchChanged();     // anything in search()
    void promptChanged();     // what is asked of the engine: not the threshold
    void thresholdChanged();  // the one in force
    void historyChanged();    // what can be undone or redone, its names, or whether it is clean
    // Was done, undone or redone: project() has it. For a journal.
    void edited(const maskwright::project::Edit& edit);
    // See Images; an example's.
    void exampleReplaced(const maskwright::project::PictureFile& had, const maskwright::project::PictureFile& now);
    void refused(const maskwright::Error& error);  // an edit that does not fit the project: nothing has changed

  private:
    struct Content {
        std::vector<Row> rows;
        QString current;  // an id; empty: the draft
        Search draft;     // what is not kept yet
        bool operator==(const Content&) const = default;
    };
    static const Search& searchOf(const Content& content);
    // Null for an unknown id; const as `content` is.
    template <class C>
    static auto find(C& content, const QString& id) -> decltype(content.rows.data()) {
        for (auto& row : content.rows) {
            if (row.id == id) {
                return &row;
            }
        }
        return nullptr;
    }
    [[nodiscard]] double thresholdOf(const QString& row, const Search& search) const;
    // The edit that makes `after` of what is.
    void push(const QString& title, const QString& merge, const Content& after);
    // -> whether it was done.
    Result<bool> carryOut(const project::Edit& edit, const QString& title, const QString& merge);
    void wentOver(const std::optional<project::Edit>& edit, bool undone);  // undo or redo did that
    void replace(const Content& content);
    // Makes the content of the project anew; `current` is the row in hand where it is there.
    void refresh(const QString& current);
    // Null where the project has none.
    [[nodiscard]] const project::Picture* findPicture(const QString& key, const std::string& path) const;
    [[nodiscard]] const project::Picture* openPicture() const;
    [[nodiscard]] QString keyOf(project::Id picture) const;
    // The open picture is in the project, as that.
    void noteOpened(project::Id id);
    // The picture that was open last and is in the project; null for none.
    [[nodiscard]] const project::Picture* lastPicture() const;
    // Lends a picture that has never had rows of its own those of the one before it.
    void lend();
    // The open picture as it would be with the rows that are lent to it; null where none are.
    [[nodiscard]] const project::Picture* shownLent() const;
    // The edit that makes them its own.
    [[nodiscard]] project::Edit lentEdit();
    OpenPicture picture_;
    project::History history_;
    Images images_;
    std::unique_ptr<ProjectRows> values_;
    std::map<project::Id, QString> keys_;   // of the project's pictures that were open
    std::set<QString> seen_;                // keys of all that were open and were lent nothing
    std::vector<project::Id> opened_;       // pictures of the project in the order in which they were open last
    std::optional<project::Picture> lent_;  // the open picture with rows that are lent to it, while they fit it
    Content content_;
    std::vector<std::shared_ptr<const Mask>> masks_;  // of the search's examples: each stays the same while it is there
    double modelThreshold_ = 0.5;
    std::map<QString, double> automatic_;  // by row
    bool modelOpen_ = false;
    bool competed_ = false;  // rowsCompete() when it was told last
};

}  // namespace maskwright::ui
