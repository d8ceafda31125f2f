// What is open and what is asked of it: the picture, the prompt, and the history of the prompt's changes. Everything
// the window shows about a search is read from here; every change of it goes through `edit`, so everything can be
// undone. GUI thread only; the values it hands out are immutable and may cross threads.
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/image/image.h"
#include "core/session/engine.h"
#include "core/visual_prompt/style.h"
#include "ui/model/pyramid.h"
#include "ui/model/region.h"

namespace maskwright::ui {

// A decoded picture with what the canvas needs to draw it.
struct OpenPicture {
    QString path;  // empty for one that was pasted or dropped as pixels
    QString name;  // for people
    std::shared_ptr<const Image> image;
    std::shared_ptr<const PicturePyramid> pyramid;
    std::shared_ptr<const Mask> alpha;  // its own transparency, of the image's size; null where it had none
    std::vector<Message> warnings;      // about its file
};

// An object marked in some picture: an example of what to find, or, when negative, of what to leave out.
struct Support {
    QString id;  // stays the same through edits; names the folder in the library
    QString name;
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Region> region;  // of the image's size
    double weight = 1;
    bool enabled = true;
    bool negative = false;
    bool operator==(const Support&) const = default;
};

// What to look for. A value; copies share pictures.
struct Search {
    QString phrase;
    QString negativePhrase;
    std::vector<Support> supports;
    visual_prompt::Style style;  // how all supports are shown to the encoder
    double mix = 0.5;            // weight of the supports against the phrase
    double negativeWeight = 1;
    bool compete = false;             // what is left out has the pixels where it is stronger
    std::optional<double> threshold;  // nothing: the model's own
    bool operator==(const Search&) const = default;
    // Whether there is anything to find.
    [[nodiscard]] bool empty() const;
    [[nodiscard]] session::Prompt prompt() const;
    // What a result is called by in its file: the phrase, or output::kSupportLabel.
    [[nodiscard]] std::string label() const;
};

class Document : public QObject {
    Q_OBJECT

  public:
    explicit Document(QObject* parent = nullptr);

    [[nodiscard]] const OpenPicture& picture() const { return picture_; }
    [[nodiscard]] bool hasPicture() const { return picture_.image != nullptr; }
    // The search stays: the same thing is looked for in the next picture.
    void setPicture(OpenPicture picture);

    [[nodiscard]] const Search& search() const { return search_; }
    // One undoable change. Consecutive changes with the same non-empty `merge` become one until `endMerge`.
    void edit(const QString& title, const QString& merge, const std::function<void(Search&)>& change);
    void endMerge() { ++session_; }
    void setPhrase(const QString& phrase);  // an edit; what is typed in one go is one
    [[nodiscard]] QUndoStack& history() { return history_; }

    // The threshold in force.
    [[nodiscard]] double threshold() const { return search_.threshold.value_or(modelThreshold_); }
    [[nodiscard]] double modelThreshold() const { return modelThreshold_; }
    void setModelThreshold(double threshold);
    // Whether modelThreshold() is a model's yet.
    [[nodiscard]] bool modelOpen() const { return modelOpen_; }

  Q_SIGNALS:
    void pictureChanged();
    void searchChanged();     // anything in search()
    void promptChanged();     // what is asked of the engine: not the threshold
    void thresholdChanged();  // the one in force

  private:
    friend class SearchEdit;
    void replaceSearch(const Search& search);
    OpenPicture picture_;
    Search search_;
    std::vector<std::shared_ptr<const Mask>> masks_;  // of the search's examples: each stays the same while it is there
    QUndoStack history_;
    double modelThreshold_ = 0.5;
    bool modelOpen_ = false;
    int session_ = 0;  // separates two edits of the same thing with a pause between
};

}  // namespace maskwright::ui
