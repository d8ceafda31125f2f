// The safetensors format: 8 bytes little-endian header length, a JSON header, the data. Torch-free; reads with pread.
// Source of the rules: the format description of huggingface/safetensors (header at most 100 MB, offsets relative to
// the end of the header, no gaps, no overlaps, no trailing bytes).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.h"
#include "core/base/result.h"

namespace maskwright::weights {

enum class DType { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };
std::size_t sizeOf(DType type);
std::string_view nameOf(DType type);  // "F32", ...

struct TensorInfo {
    DType dtype = DType::f32;
    std::vector<std::int64_t> shape;   // empty: a scalar
    std::uint64_t begin = 0, end = 0;  // bytes within the data part
    std::size_t part = 0;              // which of several files that is in

    [[nodiscard]] std::int64_t count() const;  // elements
};
std::string shapeText(std::span<const std::int64_t> shape);  // "[64, 512]"

// Of one set; every one is held open.
inline constexpr std::size_t kMaxParts = 128;

// An open file whose header has been checked, or a set of them. All errors: ErrorKind::weights, naming file and tensor.
class SafetensorsFile {
  public:
    // A path that ends in ".index.json" is a list of parts as transformers writes it (model.safetensors.index.json:
    // "weight_map", tensor to file beside the list). Refused: a part that is missing or elsewhere, a tensor that two
    // parts have, one that is not in its part. "total_size" is not looked at.
    static Result<SafetensorsFile> open(const std::string& path);
    // Adds the tensors of another file. None of them may have a name that is there already.
    Result<void> add(const std::string& path);

    [[nodiscard]] const std::map<std::string, TensorInfo, std::less<>>& tensors() const { return tensors_; }
    // Of the first file; and its path.
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& metadata() const { return metadata_; }
    // The path that was opened.
    [[nodiscard]] const std::string& name() const { return name_; }
    // The raw bytes of one tensor; `out` has exactly info.end - info.begin bytes.
    Result<void> read(const TensorInfo& info, std::span<std::byte> out) const;
    // The tensor as float32, converted from F64, F32, F16 or BF16.
    Result<std::vector<float>> readFloats(std::string_view name) const;

  private:
    struct Part {
        FileReader file;
        std::uint64_t dataStart;
    };
    explicit SafetensorsFile(std::string name) : name_(std::move(name)) {}
    static Result<SafetensorsFile> openOne(const std::string& path);
    static Result<SafetensorsFile> openIndex(const std::string& path);
    Result<void> add(SafetensorsFile part);

    std::string name_;
    std::vector<Part> parts_;
    std::map<std::string, TensorInfo, std::less<>> tensors_;
    std::map<std::string, std::string, std::less<>> metadata_;
};

// One tensor to write. `bytes` are little-endian, row-major, and must outlive the call.
struct TensorToWrite {
    std::string name;
    DType dtype = DType::f32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};

// Writes atomically; the data part is 8-byte aligned. Errors: ErrorKind::output.
Result<void> writeSafetensors(const std::string& path, std::span<const TensorToWrite> tensors,
                              const std::map<std::string, std::string>& metadata = {});

// One tensor to write whose bytes are made when their turn comes, so that a large file never lies in memory whole.
struct TensorSource {
    std::string name;
    DType dtype = DType::f32;
    std::vector<std::int64_t> shape;
    std::function<Result<std::vector<std::byte>>()> load;  // must give as many bytes as the shape needs
};
// As writeSafetensors; an error of a source ends the writing and is handed on, and no file is left.
Result<void> writeSafetensorsFrom(const std::string& path, std::span<const TensorSource> tensors,
                                  const std::map<std::string, std::string>& metadata = {});

// Half precision, bit for bit (round to nearest even).
float fromHalf(std::uint16_t bits);
std::uint16_t toHalf(float value);
float fromBfloat16(std::uint16_t bits);

}  // namespace maskwright::weights
