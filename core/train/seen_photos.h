// What the presence head reads of photographs (clipseg/presence.h), seen once: the trunk, which takes nearly all of the
// stage's time, does not run again in a run that is resumed or trained with other settings.
#pragma once

#include <string>
#include <vector>

#include "core/clip/preprocessing.h"
#include "core/clipseg/presence.h"
#include "core/data/dataset.h"
#include "core/data/formats/named_pictures.h"
#include "core/train/stages.h"

namespace maskwright::train {

struct SeenPhoto {
    clipseg::PresenceInput input;
    at::Tensor marked;                  // [M, P] conditions of objects marked in it
    std::vector<std::size_t> markedAs;  // [M] their categories
};

// Shows the model photographs; any number of threads. Files lie in `work`/seen/KEY, KEY a digest of the model's weights
// and its configuration.
class PhotoViewer {
  public:
    // `model`: whole; `config` is its configuration. Both must outlive it.
    PhotoViewer(const Context& context, const clipseg::Config& config, const nn::TensorMap& model);

    // At most `marks` of its annotated objects are marked, drawn by `random`, those of `least` of the picture or more.
    [[nodiscard]] SeenPhoto see(const nn::TensorMap& model, const data::DataSet& set, std::size_t photo,
                                std::size_t marks, double least) const;
    [[nodiscard]] SeenPhoto see(const nn::TensorMap& model, const data::NamedPicture& photo) const;

  private:
    [[nodiscard]] nn::TensorMap look(const nn::TensorMap& model, const Image& image,
                                     const std::vector<Mask>& marks) const;
    [[nodiscard]] std::string fileOf(const std::string& path) const;

    const Context& context_;
    const clipseg::Config& config_;
    const clip::Preprocessing preprocessing_;
    std::string folder_;
};

}  // namespace maskwright::train
