// NumPy's .npy files, version 1.0, float32, C order: what other programs read tensors from.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/base/file.h"

namespace maskwright::cli {

// Written in pieces so that many maps need not be held at once; nothing is there until commit().
class NpyWriter {
  public:
    // Errors: ErrorKind::output.
    static Result<NpyWriter> create(const std::string& path, std::span<const std::int64_t> shape);
    Result<void> write(std::span<const float> values);
    // Fails unless exactly the shape's number of values was written.
    Result<void> commit();

  private:
    NpyWriter(AtomicFile file, std::string path, std::int64_t missing)
        : file_(std::move(file)), path_(std::move(path)), missing_(missing) {}
    AtomicFile file_;
    std::string path_;
    std::int64_t missing_;
};

Result<void> writeNpy(const std::string& path, std::span<const std::int64_t> shape, std::span<const float> values);

}  // namespace maskwright::cli
