// Training pictures: crops, mosaics and pasted objects of a data set's photographs, with the coverage of every object
// on the head's grid.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/clip/preprocessing.h"
#include "core/data/dataset.h"
#include "core/train/options.h"
#include "core/train/random.h"

namespace maskwright::train {

// Photographs kept decoded in memory, reduced to a shortest side.
class PhotoStore {
  public:
    // Reads all pictures of `set`. Errors: the reader's.
    static Result<PhotoStore> load(const data::DataSet& set, std::int64_t shortSide, std::size_t threads);
    [[nodiscard]] const Image& image(std::size_t photo) const { return images_[photo]; }

  private:
    std::vector<Image> images_;
};

// Pixels of a training picture; both multiples of 16.
struct Shape {
    std::int64_t width = 0, height = 0;
};

// One kind of thing in a composed picture. `cover` is row-major on the grid, 0..255 of a cell.
struct Layer {
    std::size_t category = 0;
    std::vector<std::uint8_t> cover;
};

struct Composed {
    std::size_t photo = 0;                       // the (first) photograph
    std::int64_t gridWidth = 0, gridHeight = 0;  // cells, four pixels wide
    std::vector<float> pixels;                   // [3, height, width], normalised
    std::vector<Layer> layers;                   // annotated kinds, each once
    std::vector<Layer> undrawn;                  // where more of a kind is than anybody drew: 255
    data::Coverage coverage = data::Coverage::closed;
    bool detected = false;  // a detector drew some of it
    bool vouched = true;    // people said of all of it which closed names are there
};

class Composer {
  public:
    // Pixels are normalised as `preprocessing` says.
    Composer(const data::DataSet& set, const PhotoStore& photos, const SegmentStage& stage, std::uint64_t seed,
             const clip::Preprocessing& preprocessing);
    // Picture `item` of step `step`; the same for the same numbers.
    [[nodiscard]] Composed compose(std::int64_t step, std::int64_t item, const Shape& shape) const;
    // An object of `category` shown alone for use as a support picture: cropped with context, its background darkened
    // where `darkens` (after CLIPSeg's crop_blur_highlight, timojl/clipseg datasets/utils.py, without the blur). Empty
    // when there is none.
    struct Shown {
        std::vector<float> pixels;         // [3, side, side]
        std::vector<std::uint8_t> region;  // [side, side]: 1 in the object
    };
    [[nodiscard]] Shown support(std::size_t category, std::int64_t side, bool darkens, Random& random) const;

  private:
    std::size_t drawPhoto(Random& random) const;
    // One whose own shape is not across `shape`, where pictures keep theirs.
    std::size_t drawPhotoLike(const Shape& shape, Random& random) const;
    // The window of a photograph that a place shows: source = (x, y) + step * (pixel + 0.5).
    struct View {
        double x, y, stepX, stepY;
    };
    View drawView(const Image& image, const Box& place, Random& random) const;
    // Fills `place`, whose sides are multiples of four, with a crop of the photograph.
    void place(Composed& out, std::size_t photo, const Box& place, Random& random) const;
    void addCover(Composed& out, const data::Annotation& annotation, const Box& place, const View& view) const;
    void addUndrawn(Composed& out, const data::Undrawn& box, const Box& place, const View& view) const;
    void store(Composed& out, std::int64_t x, std::int64_t y, const float* rgb) const;
    void paste(Composed& out, Random& random) const;

    const data::DataSet& set_;
    const PhotoStore& photos_;
    const SegmentStage& stage_;
    std::uint64_t seed_;
    clip::Preprocessing preprocessing_;
    std::vector<double> cumulative_;                 // photographs' weights
    std::vector<std::vector<std::size_t>> objects_;  // by category: annotations fit for support and pasting
    std::vector<std::size_t> pasteable_;
};

}  // namespace maskwright::train
