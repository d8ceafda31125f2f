// A search and what it is made of, as values of the window: what can be changed, undone and asked. Immutable once
// handed out; they may cross threads. document.h keeps them.
#pragma once

#include <QString>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/image/image.h"
#include "core/image/refine.h"
#include "core/output/appearance.h"
#include "core/project/project.h"
#include "core/session/engine.h"
#include "core/visual_prompt/style.h"
#include "ui/model/region.h"

namespace maskwright::ui {

// An object marked in some picture: an example of what to find, or, when negative, of what to leave out.
struct Support {
    QString id;  // stays the same through edits; names the folder in the library
    QString name;
    std::shared_ptr<const Image> image;    // null while it is being read, and where it is missing: it asks nothing then
    std::shared_ptr<const Region> region;  // of the image's size
    double weight = 1;
    bool enabled = true;
    bool negative = false;
    project::PictureFile file = {};  // the image's; without a path: the document finds out
    bool missing = false;            // the image's file cannot be read
    // Regions of the same runs are the same.
    bool operator==(const Support& other) const;
};

// What to look for. A value; copies share pictures.
struct Search {
    QString phrase;
    QString negativePhrase;
    std::vector<Support> supports;
    visual_prompt::Style style;  // how all supports are shown to the encoder
    double mix = 0.5;            // weight of the supports against the phrase
    double negativeWeight = 1;
    bool compete = false;                 // what is left out has the pixels where it is stronger
    std::optional<double> threshold;      // nothing: the model's own
    bool automatic = false;               // instead of both: read off what was found, see image/automatic_threshold.h
    bool refine = true;                   // the mask's edges follow the picture,
    double refineRadius = kRefineRadius;  // so far: see image/refine.h
    bool operator==(const Search&) const = default;
    // Whether there is anything to find.
    [[nodiscard]] bool empty() const;
    // Whether anything is left out of it: only then do `negativeWeight` and `compete` mean something.
    [[nodiscard]] bool leavesOut() const;
    void leaveNothingOut();
    [[nodiscard]] session::Prompt prompt() const;
    // What a result is called by in its file: the phrase, or output::kSupportLabel.
    [[nodiscard]] std::string label() const;
};

// Whether both ask the engine for the same: the threshold is not its business, and edges are refined without it.
bool sameQuestion(const Search& a, const Search& b);
// Whether the same coarse map becomes the same mask but for the threshold.
bool sameEdges(const Search& a, const Search& b);

// Strong colours that are rare in photographs, told apart also without red or green.
inline constexpr std::array<output::Colour, 5> kOverlayColours = {
    {{255, 46, 126}, {255, 176, 0}, {31, 208, 127}, {47, 141, 255}, {154, 91, 255}}};

// A search that was kept.
struct Row {
    QString id;    // stays the same through edits
    QString name;  // as the person calls it; empty: the search's own label
    Search search;
    project::RunsPtr object = {};         // not null: the row is this object, and search asks nothing
    project::Correction correction = {};  // over what was found
    output::Colour colour{};
    bool visible = true;
    bool operator==(const Row&) const = default;
    // For people.
    [[nodiscard]] QString title() const;
};

}  // namespace maskwright::ui
