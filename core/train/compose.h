// Training pictures: crops, mosaics and pasted objects of a data set's photographs, with the coverage of every object
// on the head's grid.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

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

// One kind of thing in a composed picture. `cover` is row-major on the grid, 0..255 of a cell.
struct Layer {
    std::size_t category = 0;
    std::vector<std::uint8_t> cover;
};

struct Composed {
    std::size_t photo = 0;            // the (first) photograph
    std::int64_t side = 0, grid = 0;  // pixels; cells (side / 4)
    std::vector<float> pixels;        // [3, side, side], normalised
    std::vector<Layer> layers;        // annotated kinds, each once
    data::Coverage coverage = data::Coverage::closed;
};

class Composer {
  public:
    Composer(const data::DataSet& set, const PhotoStore& photos, const SegmentStage& stage, std::uint64_t seed);
    // Picture `item` of step `step`; the same for the same numbers.
    [[nodiscard]] Composed compose(std::int64_t step, std::int64_t item) const;
    // An object of `category` shown alone for use as a support picture: cropped with context, its background darkened
    // (after CLIPSeg's crop_blur_highlight, timojl/clipseg datasets/utils.py, without the blur). Empty when there is
    // none.
    [[nodiscard]] std::vector<float> support(std::size_t category, std::int64_t side, Random& random) const;

  private:
    std::size_t drawPhoto(Random& random) const;
    // The window of a photograph that a place shows: source = (x, y) + step * (pixel + 0.5).
    struct View {
        double x, y, stepX, stepY;
    };
    View drawView(const Image& image, const Box& place, Random& random) const;
    // Fills `place`, whose sides are multiples of four, with a crop of the photograph.
    void place(Composed& out, std::size_t photo, const Box& place, Random& random) const;
    void addCover(Composed& out, const data::Annotation& annotation, const Box& place, const View& view) const;
    void paste(Composed& out, Random& random) const;

    const data::DataSet& set_;
    const PhotoStore& photos_;
    const SegmentStage& stage_;
    std::uint64_t seed_;
    std::vector<double> cumulative_;                 // photographs' weights
    std::vector<std::vector<std::size_t>> objects_;  // by category: annotations fit for support and pasting
    std::vector<std::size_t> pasteable_;
};

}  // namespace maskwright::train
