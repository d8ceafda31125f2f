#include "core/weights/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <new>
#include <nlohmann/json.hpp>
#include <set>

#include "core/weights/safetensors_header.h"

namespace maskwright::weights {
namespace {

static_assert(std::endian::native == std::endian::little, "tensor bytes are read as they lie in the file");

Error damaged(const std::string& file, const Message& problem) {
    return {ErrorKind::weights, message("%1: %2", file, problem),
            "the file is damaged or no safetensors file; get it again"};
}

// Every byte of the data part belongs to exactly one tensor.
Result<void> checkLayout(const std::string& file, const SafetensorsHeader& header, std::uint64_t dataBytes) {
    using Entry = std::pair<const std::string, TensorInfo>;
    std::vector<const Entry*> order;
    order.reserve(header.tensors.size());
    for (const Entry& entry : header.tensors) {
        if (entry.second.end > dataBytes) {
            return damaged(file,
                           message("tensor %1 ends at byte %2 of the data, but the file holds only %3: it is cut off",
                                   quoted(entry.first), entry.second.end, dataBytes));
        }
        order.push_back(&entry);
    }
    std::ranges::sort(order, {}, [](const Entry* entry) { return std::pair(entry->second.begin, entry->second.end); });
    std::uint64_t at = 0;
    const Entry* previous = nullptr;
    for (const Entry* entry : order) {
        if (entry->second.begin < at) {
            return damaged(file, message("the bytes of tensor %1 overlap those of %2", quoted(entry->first),
                                         quoted(previous->first)));
        }
        if (entry->second.begin > at) {
            return damaged(file, message("there is a gap of %1 bytes before tensor %2", entry->second.begin - at,
                                         quoted(entry->first)));
        }
        at = entry->second.end;
        previous = entry;
    }
    if (at != dataBytes) {
        return damaged(file, message("%1 bytes at the end belong to no tensor", dataBytes - at));
    }
    return {};
}

}  // namespace

Result<SafetensorsFile> SafetensorsFile::open(const std::string& path) {
    return path.ends_with(".index.json") ? openIndex(path) : openOne(path);
}

Result<SafetensorsFile> SafetensorsFile::openOne(const std::string& path) {
    auto reader = FileReader::open(path, ErrorKind::weights);
    if (!reader) {
        return reader.error();
    }
    const std::uint64_t size = reader->size();
    if (size < 8) {
        return damaged(path, message("too short for a safetensors file: %1 bytes", size));
    }
    std::array<std::byte, 8> prefix;
    MASKWRIGHT_TRY(reader->read(0, prefix));
    const auto length = std::bit_cast<std::uint64_t>(prefix);
    if (length > kMaxHeaderBytes) {
        return damaged(path, message("its header claims %1 bytes, the format allows %2", length, kMaxHeaderBytes));
    }
    if (length > size - 8) {
        return damaged(path,
                       message("its header claims %1 bytes, but only %2 follow: it is cut off", length, size - 8));
    }
    std::byte first{};
    if (length > 0) {
        MASKWRIGHT_TRY(reader->read(8, std::span(&first, 1)));
    }
    if (first != std::byte{'{'}) {
        return damaged(path,
                       length == 0 ? Message("its header is empty") : Message("its header does not begin with \"{\""));
    }
    auto header = readSafetensorsHeader(*reader, length);
    if (!header) {
        return header.error();
    }
    SafetensorsFile file(path);
    MASKWRIGHT_TRY(checkLayout(path, *header, size - 8 - length));
    file.parts_.push_back({std::move(*reader), 8 + length});
    file.tensors_ = std::move(header->tensors);
    file.metadata_ = std::move(header->metadata);
    return file;
}

Result<void> SafetensorsFile::add(const std::string& path) {
    auto other = openOne(path);
    if (!other) {
        return other.error();
    }
    for (const auto& [tensor, info] : other->tensors_) {
        if (const auto found = tensors_.find(tensor); found != tensors_.end()) {
            return Error{
                ErrorKind::weights,
                message("%1: tensor %2 is in %3 as well", path, quoted(tensor), parts_[found->second.part].file.name()),
                "take the files that belong together"};
        }
    }
    return add(std::move(*other));
}

Result<void> SafetensorsFile::read(const TensorInfo& info, std::span<std::byte> out) const {
    if (info.end < info.begin || out.size() != info.end - info.begin || info.part >= parts_.size()) {
        return Error{ErrorKind::weights, message("%1: a tensor was read into a buffer of another size", name()), ""};
    }
    const Part& part = parts_[info.part];
    return part.file.read(part.dataStart + info.begin, out);
}

Result<std::vector<float>> SafetensorsFile::readFloats(std::string_view name) const try {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
        return Error{ErrorKind::weights, message("%1: tensor %2 is missing", this->name(), quoted(name)),
                     "get the file again, or choose another model"};
    }
    const TensorInfo& info = found->second;
    std::vector<float> values(static_cast<std::size_t>(info.count()));
    if (info.dtype == DType::f32) {
        MASKWRIGHT_TRY(read(info, std::as_writable_bytes(std::span(values))));
        return values;
    }
    if (info.dtype == DType::f64) {
        std::vector<double> wide(values.size());
        MASKWRIGHT_TRY(read(info, std::as_writable_bytes(std::span(wide))));
        std::ranges::transform(wide, values.begin(), [](double value) { return static_cast<float>(value); });
        return values;
    }
    if (info.dtype == DType::f16 || info.dtype == DType::bf16) {
        std::vector<std::uint16_t> bits(values.size());
        MASKWRIGHT_TRY(read(info, std::as_writable_bytes(std::span(bits))));
        std::ranges::transform(bits, values.begin(), info.dtype == DType::f16 ? fromHalf : fromBfloat16);
        return values;
    }
    return Error{
        ErrorKind::weights,
        message("%1: tensor %2 is %3, a floating-point one is needed", this->name(), quoted(name), nameOf(info.dtype)),
        "choose another model"};
} catch (const std::bad_alloc&) {
    return Error{ErrorKind::resource, message("not enough memory to read tensor %1", quoted(name)),
                 "close other programs"};
}

namespace {

// What the header says about a tensor, and the place of its bytes in the caller's list.
struct Planned {
    std::string_view name;
    DType dtype;
    std::span<const std::int64_t> shape;
    std::uint64_t bytes;
    std::size_t index;
};

Error cannotWrite(const std::string& path, const Message& problem) {
    return {ErrorKind::output, message("cannot write %1: %2", path, problem), ""};
}

template <class Tensor>
Result<std::vector<Planned>> plan(const std::string& path, std::span<const Tensor> tensors) {
    std::vector<Planned> order;
    std::set<std::string_view> names;
    for (const Tensor& tensor : tensors) {
        std::int64_t bytes = static_cast<std::int64_t>(sizeOf(tensor.dtype));
        for (const std::int64_t side : tensor.shape) {
            if (side < 0 || __builtin_mul_overflow(bytes, side, &bytes)) {
                return cannotWrite(path,
                                   message("tensor %1 has the shape %2", quoted(tensor.name), shapeText(tensor.shape)));
            }
        }
        if (tensor.name == "__metadata__" || !names.insert(tensor.name).second) {
            return cannotWrite(path, message("the tensor name %1 is taken", quoted(tensor.name)));
        }
        order.push_back({tensor.name, tensor.dtype, tensor.shape, static_cast<std::uint64_t>(bytes), order.size()});
    }
    if (order.size() > kMaxTensors) {
        return cannotWrite(path, "there are too many tensors for one file");
    }
    // Wide elements first, so that every tensor begins at a multiple of its element's size.
    std::ranges::sort(order, {},
                      [](const Planned& one) { return std::pair(-static_cast<int>(sizeOf(one.dtype)), one.name); });
    return order;
}

// `emit` writes the bytes of the planned tensor to the file.
template <class Emit>
Result<void> writePlanned(const std::string& path, const std::vector<Planned>& order,
                          const std::map<std::string, std::string>& metadata, Emit emit) try {
    std::string header = "{";
    if (!metadata.empty()) {
        header += "\"__metadata__\":" + nlohmann::json(metadata).dump();
    }
    std::uint64_t at = 0;
    for (const Planned& one : order) {
        header += header.size() > 1 ? "," : "";
        header += nlohmann::json(one.name).dump() + ":{\"dtype\":\"" + std::string(nameOf(one.dtype)) +
                  "\",\"shape\":" + nlohmann::json(one.shape).dump() + ",\"data_offsets\":[" + std::to_string(at) +
                  "," + std::to_string(at + one.bytes) + "]}";
        at += one.bytes;
    }
    header += "}";
    header.resize((header.size() + 7) / 8 * 8, ' ');
    auto file = AtomicFile::create(path);
    if (!file) {
        return file.error();
    }
    const auto length = std::bit_cast<std::array<std::byte, 8>>(std::uint64_t{header.size()});
    MASKWRIGHT_TRY(file->write(length));
    MASKWRIGHT_TRY(file->write(std::as_bytes(std::span(header))));
    for (const Planned& one : order) {
        MASKWRIGHT_TRY(emit(*file, one));
    }
    return file->commit();
} catch (const nlohmann::json::exception&) {
    return cannotWrite(path, "a tensor name or metadata is not UTF-8");
}

Result<void> checkSize(const std::string& path, const Planned& one, std::size_t given) {
    if (given == one.bytes) {
        return {};
    }
    return cannotWrite(path,
                       message("tensor %1 of %2 was given %3 bytes", quoted(one.name), shapeText(one.shape), given));
}

}  // namespace

Result<void> writeSafetensors(const std::string& path, std::span<const TensorToWrite> tensors,
                              const std::map<std::string, std::string>& metadata) {
    const auto order = plan(path, tensors);
    if (!order) {
        return order.error();
    }
    for (const Planned& one : *order) {
        MASKWRIGHT_TRY(checkSize(path, one, tensors[one.index].bytes.size()));
    }
    return writePlanned(path, *order, metadata,
                        [&](AtomicFile& file, const Planned& one) { return file.write(tensors[one.index].bytes); });
}

Result<void> writeSafetensorsFrom(const std::string& path, std::span<const TensorSource> tensors,
                                  const std::map<std::string, std::string>& metadata) {
    const auto order = plan(path, tensors);
    if (!order) {
        return order.error();
    }
    return writePlanned(path, *order, metadata, [&](AtomicFile& file, const Planned& one) -> Result<void> {
        const auto bytes = tensors[one.index].load();
        if (!bytes) {
            return bytes.error();
        }
        MASKWRIGHT_TRY(checkSize(path, one, bytes->size()));
        return file.write(*bytes);
    });
}

}  // namespace maskwright::weights
