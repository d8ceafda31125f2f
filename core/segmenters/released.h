// Tensors of a release's weight file. Internal to core/segmenters.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/weights/torch_pickle.h"

namespace maskwright::segmenters {

class Released {
  public:
    explicit Released(const weights::TorchFile& file) : file_(file) {}

    [[nodiscard]] bool has(const std::string& name) const { return file_.tensors().contains(name); }
    // Of a tensor's shape; what is missing or has another number of sides is remembered, and gives 1.
    std::int64_t side(const std::string& name, std::size_t rank, std::size_t axis);
    // How many of before0after, before1after, ... are there.
    [[nodiscard]] std::int64_t count(const std::string& before, const std::string& after) const;
    // What was remembered, or nothing.
    [[nodiscard]] const Message& problem() const { return problem_; }
    // All in float32, but those whose elements are whole numbers. Errors: ErrorKind::weights, cancelled.
    [[nodiscard]] Result<nn::TensorMap> read(const std::function<bool(const std::string&)>& wanted,
                                             const std::stop_token& stop) const;

  private:
    const weights::TorchFile& file_;
    Message problem_;
};

// What of `declared` is not in `tensors`, or has another shape there; nothing where all fits. `fileName`: how a
// declared tensor is called among them.
Message misfit(const nn::TensorMap& tensors, const nn::Parameters& declared,
               const std::function<std::string(const std::string&)>& fileName);

// `conv` and the batch norm `norm` behind it become a convolution with a bias (Ioffe and Szegedy 2015, inference);
// `eps`: PyTorch's BatchNorm2d.
void foldBatchNorm(nn::TensorMap& tensors, const std::string& conv, const std::string& norm, const std::string& to,
                   double eps = 1e-5);
// The same for every layer whose tensors' names begin alike: those with a tensor "<layer><mark>", of "<layer><conv>" and
// "<layer><norm>", to "<layer>".
void foldBatchNorms(nn::TensorMap& tensors, std::string_view mark, const std::string& conv, const std::string& norm);

}  // namespace maskwright::segmenters
