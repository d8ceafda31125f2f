// A network whose work it is to find the things in a picture, whatever they are. A kind is one file (sam.cpp,
// solo.cpp). Throws; session translates.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"
#include "core/image/runs.h"

namespace maskwright::segmenters {

struct Candidate {
    Runs runs;        // of the picture's size, never empty
    float score = 0;  // how surely it is one thing, 0..1
};

struct Candidates {
    std::vector<Candidate> all;  // the surest first
    std::size_t before = 0;      // masks that were made before the kind's own tests
};

struct SegmenterFacts {
    std::string network;  // for people
    std::int64_t parameters = 0;
    std::int64_t inputSize = 0;  // pixels: of the side that a picture is brought to
    bool resumes = false;        // find() of the picture that it was stopped at goes on there
};

class Segmenter {
  public:
    Segmenter() = default;
    Segmenter(const Segmenter&) = delete;
    Segmenter& operator=(const Segmenter&) = delete;
    virtual ~Segmenter() = default;

    [[nodiscard]] virtual const SegmenterFacts& facts() const = 0;
    // picture: not empty. Throws vision::Stopped; one that resumes has then come a step further.
    [[nodiscard]] virtual Candidates find(const Image& picture, const std::stop_token& stop) = 0;
};

// Errors: ErrorKind::weights, naming what is wrong with the folder.
// pointsPerSide: of the grid over the picture, at least 1; smallest: pixels, at least 0; see sam_generator.h.
Result<std::unique_ptr<Segmenter>> openSam(const std::string& folder, at::Device device, at::ScalarType dtype,
                                           int pointsPerSide, std::int64_t smallest);
Result<std::unique_ptr<Segmenter>> openSolo(const std::string& folder, at::Device device, at::ScalarType dtype);

}  // namespace maskwright::segmenters
