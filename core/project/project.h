// A project as values: pictures, what is looked for in each, and what a hand has corrected. Immutable; parts that two
// projects have in common are shared, so that a copy costs a pointer a picture. Changes are made by apply() in edit.h.
// Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/image/refine.h"
#include "core/image/runs.h"
#include "core/visual_prompt/style.h"

namespace maskwright::project {

// Names a picture, a row or an example: from 1, and no two things of one project have the same. 0: none.
using Id = std::uint64_t;
using Colour = std::array<std::uint8_t, 3>;  // sRGB

// Rows of one picture at most: an index picture has a byte a pixel, and 0 is no row.
inline constexpr std::size_t kMostRows = 255;

// A mask that many steps of a history may hold. Null: no pixel.
using RunsPtr = std::shared_ptr<const Runs>;

// Which file is meant. The hash finds it again where it has been moved. A picture that was pasted has to be written to
// a file before it belongs to a project.
struct PictureFile {
    std::string path;         // absolute, UTF-8; in a project's file relative where it lies below the project's folder
    std::string sha256;       // 64 lower-case hexadecimal digits
    std::uint64_t bytes = 0;  // the file's size
    int width = 0, height = 0;  // of the picture as it is shown, turned as EXIF has it
    bool operator==(const PictureFile&) const = default;
};

// A marked object: what to find, or, when negative, what to leave out.
struct Example {
    Id id = 0;
    std::string name;  // for people
    PictureFile picture;
    RunsPtr region;     // of the picture's size; never null
    double weight = 1;  // among the examples of one row, 0..100
    bool enabled = true;
    bool negative = false;
    bool operator==(const Example& other) const;
};
using ExamplePtr = std::shared_ptr<const Example>;

// What a row asks the model, but for its examples: see session::Prompt, whose ranges these are.
struct Question {
    std::string phrase, negativePhrase;
    double mix = 0.5;
    double negativeWeight = 1;
    bool compete = false;
    visual_prompt::Style style;  // how all examples are shown to the encoder
    bool operator==(const Question&) const = default;
};

// Above which probability a pixel is inside.
struct Threshold {
    enum class Kind {
        model,      // the model's own
        value,      // `value`
        automatic,  // automaticThreshold() of the row's map, in mask.h
    };
    Kind kind = Kind::model;
    double value = 0.5;  // 0..1; kept while the kind is another
    bool operator==(const Threshold&) const = default;
};

// What a hand has changed, over the model's answer: it stays when the threshold moves. No pixel is in both; both have
// the picture's size.
struct Correction {
    RunsPtr added, removed;
    [[nodiscard]] bool empty() const { return !added && !removed; }
    bool operator==(const Correction& other) const;
};

// One thing of a picture, and its mask.
struct Row {
    Id id = 0;
    std::string name;  // for people; empty: label() takes the phrase
    Question question = {};
    std::vector<ExamplePtr> examples = {};
    RunsPtr object = {};  // not null: the row is this object, of the picture's size, and no model is asked
    Colour colour{};
    bool visible = true;  // rows that are not are left out of what is exported unless they are asked for
    Threshold threshold = {};
    bool refine = true;                   // the mask's edges follow the picture
    double refineRadius = kRefineRadius;  // kept while refine is off; see image/refine.h for its range
    Correction correction = {};
    bool operator==(const Row& other) const;
    // What files and people call it: the name, the phrase, the first example's name, or "object".
    [[nodiscard]] std::string label() const;
    // Whether a model has anything to look for.
    [[nodiscard]] bool asks() const;
};
using RowPtr = std::shared_ptr<const Row>;

struct Picture {
    Id id = 0;
    PictureFile file;
    std::vector<RowPtr> rows;  // from top to bottom; at most kMostRows
    bool operator==(const Picture& other) const;
};
using PicturePtr = std::shared_ptr<const Picture>;

struct Model {
    std::string name;    // a built-in model's, or for people
    std::string folder;  // absolute, UTF-8; empty for a built-in one
    std::string sha256;  // batch::contentHash() of the folder; empty: not known
    bool operator==(const Model&) const = default;
};

// What holds for all pictures.
struct Settings {
    std::int64_t size = 0;    // see session::EncodeOptions
    bool keepAspect = false;  // the same
    // The rows of a picture share no pixel: each has those where it is the surest, the first of equals. Hidden rows
    // take none from the others unless they are exported too. Corrections come after.
    bool compete = false;
    // What an export makes unless it is told otherwise.
    std::string exportKind = "mask";  // a name in output::kKinds
    std::string exportFormat;         // coco, labelme or yolo; empty: pictures of exportKind
    bool exportPolygons = false;      // of coco: polygons instead of runs
    std::string exportPattern;        // see output::filledPattern(); empty: the program's own names
    double overlayOpacity = 0.55;     // 0..1
    bool hardEdges = false;           // of cutouts: whole pixels
    bool operator==(const Settings&) const = default;
};

struct Project {
    Model model;
    Settings settings;
    std::vector<PicturePtr> pictures;
    // What is being typed and is no row yet; null for nothing. It belongs to no picture, so it has neither object nor
    // correction.
    RowPtr draft = {};
    bool operator==(const Project& other) const;

    // Null where there is none.
    [[nodiscard]] const Picture* picture(Id id) const;
    [[nodiscard]] const Row* row(Id picture, Id id) const;
    // The highest in use; 0 for none.
    [[nodiscard]] Id highestId() const;
};

}  // namespace maskwright::project
