// Python's pickle format as far as a file of plain tensors needs it. Nothing in a pickle is ever run: an opcode or a
// global outside a short list ends the reading. Source of the opcodes: CPython's Lib/pickletools.py, protocols 0 to 4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/weights/safetensors.h"

namespace maskwright::weights {

inline constexpr std::size_t kMaxPickleBytes = 16u << 20;
inline constexpr std::size_t kMaxPickleValues = 500'000;
inline constexpr std::size_t kMaxPickleTensors = 65'536;
// Of plain data: the largest of the sets of referring expressions, RefCOCOg's, has some 1,500,000 values.
inline constexpr std::size_t kMaxDataBytes = 128u << 20;
inline constexpr std::size_t kMaxDataValues = 4'000'000;

// The globals that a pickle of tensors may name.
enum class PickleGlobal { orderedDict, rebuildTensor, rebuildTensorV2, rebuildParameter, storage };

// A storage as torch.save refers to it: ('storage', type, key, device, elements).
struct PickledStorage {
    DType dtype = DType::f32;
    std::string key;
    std::uint64_t elements = 0;
};

// A view of a storage. All numbers count elements, are checked (not negative, within the storage) and may leave gaps.
struct PickledTensor {
    DType dtype = DType::f32;
    std::string storage;  // its key
    std::uint64_t offset = 0;
    std::vector<std::int64_t> shape, strides;
};

// One value; containers hold indices into the arena, so shared and self-containing values are harmless.
using PickleIndex = std::uint32_t;
struct PickleList {
    std::vector<PickleIndex> items;
};
struct PickleTuple {
    std::vector<PickleIndex> items;
};
struct PickleDict {
    std::vector<std::pair<PickleIndex, PickleIndex>> items;
};
struct PickleBytes {
    std::string bytes;
};
struct GlobalValue {
    PickleGlobal name;
    DType dtype = DType::f32;  // of a storage type
};
// A module of a TorchScript archive: its class, which stays a name, and its attributes, a dictionary.
struct PickleClass {
    std::string name;
};
struct PickleObject {
    std::string type;
    std::optional<PickleIndex> attributes;
};
using PickleValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, PickleBytes, PickleTuple, PickleList,
                 PickleDict, GlobalValue, PickledStorage, PickledTensor, PickleClass, PickleObject>;

struct Pickle {
    std::vector<PickleValue> values;
    PickleIndex root = 0;
    std::size_t bytes = 0;                           // length, up to and with STOP
    std::map<std::string, PickledStorage> storages;  // all that were named, by key

    [[nodiscard]] const PickleValue& at(PickleIndex index) const { return values[index]; }
    [[nodiscard]] const PickleValue& top() const { return values[root]; }
};

// Whether objects of classes under "__torch__" are kept, as TorchScript archives hold them: empty ones that are given
// attributes. No class is ever looked for.
enum class PickledModules { refused, kept };

// Reads the pickle at the front of `bytes`. `name` opens every message. Errors: ErrorKind::weights. Time and memory are
// bounded by the limits above.
Result<Pickle> readPickle(std::span<const std::byte> bytes, std::string_view name,
                          PickledModules modules = PickledModules::refused);

// The same for plain data, lists, dictionaries, texts and numbers, as Python 2 and 3 write them, protocol 0's lines of
// text too; no global may be named at all. A text of Python 2 is the bytes that it has. Errors: ErrorKind::input.
Result<Pickle> readPlainPickle(std::span<const std::byte> bytes, std::string_view name);

}  // namespace maskwright::weights
