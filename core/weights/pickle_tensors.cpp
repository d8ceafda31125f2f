// What a pickle of tensors calls: storages, tensors, dictionaries. Everything else is refused.
#include <array>

#include "core/weights/pickle_machine.h"

namespace maskwright::weights::pickle {
namespace {

struct NamedGlobal {
    std::string_view module, name;
    GlobalValue value;
};
constexpr std::array<NamedGlobal, 14> kGlobals = {{
    {"collections", "OrderedDict", {PickleGlobal::orderedDict}},
    {"torch._utils", "_rebuild_tensor", {PickleGlobal::rebuildTensor}},
    {"torch._utils", "_rebuild_tensor_v2", {PickleGlobal::rebuildTensorV2}},
    {"torch._utils", "_rebuild_parameter", {PickleGlobal::rebuildParameter}},
    {"torch", "DoubleStorage", {PickleGlobal::storage, DType::f64}},
    {"torch", "FloatStorage", {PickleGlobal::storage, DType::f32}},
    {"torch", "HalfStorage", {PickleGlobal::storage, DType::f16}},
    {"torch", "BFloat16Storage", {PickleGlobal::storage, DType::bf16}},
    {"torch", "LongStorage", {PickleGlobal::storage, DType::i64}},
    {"torch", "IntStorage", {PickleGlobal::storage, DType::i32}},
    {"torch", "ShortStorage", {PickleGlobal::storage, DType::i16}},
    {"torch", "CharStorage", {PickleGlobal::storage, DType::i8}},
    {"torch", "ByteStorage", {PickleGlobal::storage, DType::u8}},
    {"torch", "BoolStorage", {PickleGlobal::storage, DType::boolean}},
}};

constexpr std::size_t kMaxKeyBytes = 64;  // PyTorch's are counters or addresses

}  // namespace

void Machine::global(const std::string& module, const std::string& name) {
    for (const NamedGlobal& known : kGlobals) {
        if (known.module == module && known.name == name) {
            push(known.value);
            return;
        }
    }
    if (modules_ == PickledModules::kept && (module == "__torch__" || module.starts_with("__torch__."))) {
        push(PickleClass{module + "." + name});
        return;
    }
    foreign(message("it asks for %1, which is no plain tensor", quoted(module + "." + name)));
}

void Machine::newObject() {
    const bool none = as<PickleTuple>(pop(), "the arguments of a call").items.empty();
    const PickleIndex type = pop();
    if (!none) {
        damaged("its pickle makes a module with arguments");
    }
    push(PickleObject{as<PickleClass>(type, "a class").name, std::nullopt});
}

// A module's attributes. A state dict carries its `_metadata` in the same way, which says nothing about tensors.
void Machine::build() {
    const PickleIndex state = pop(), built = top();
    if (auto* module = std::get_if<PickleObject>(&out_.values[built])) {
        as<PickleDict>(state, "a dictionary");
        module->attributes = state;
        return;
    }
    as<PickleDict>(built, "a dictionary");
}

// BINPERSID: the tuple that names a storage. The old format adds a sixth element, None unless the storage is a view.
void Machine::storage() {
    const std::vector<PickleIndex>& id = as<PickleTuple>(pop(), "a storage's tuple").items;
    if (id.size() != 5 && id.size() != 6) {
        damaged(message("its pickle names a storage with %1 values", id.size()));
    }
    if (as<std::string>(id[0], "the word \"storage\"") != "storage") {
        foreign("its pickle refers to something that is no storage");
    }
    const GlobalValue type = as<GlobalValue>(id[1], "a storage type");
    if (type.name != PickleGlobal::storage) {
        damaged(message("its pickle has something else where %1 belongs", Message("a storage type")));
    }
    if (id.size() == 6 && !std::holds_alternative<std::monostate>(out_.values[id[5]])) {
        foreign("it holds a view of a storage, as PyTorch before 0.4 wrote them");
    }
    const std::string& key = as<std::string>(id[2], "a storage's key");
    const std::int64_t elements = as<std::int64_t>(id[4], "a storage's size");
    if (elements < 0 || key.size() > kMaxKeyBytes) {
        damaged("its pickle names a storage of impossible size");
    }
    PickledStorage found{type.dtype, key, static_cast<std::uint64_t>(elements)};
    const auto [known, added] = out_.storages.emplace(found.key, found);
    if (!added && (known->second.dtype != found.dtype || known->second.elements != found.elements)) {
        damaged(message("its pickle describes the storage %1 in two ways", quoted(found.key)));
    }
    push(std::move(found));
}

std::vector<std::int64_t> Machine::sides(PickleIndex index) {
    std::vector<std::int64_t> numbers;
    const auto& items = as<PickleTuple>(index, "a shape").items;
    if (items.size() > 16) {
        damaged("its pickle has a tensor of more than 16 dimensions");
    }
    for (const PickleIndex item : items) {
        numbers.push_back(as<std::int64_t>(item, "a side of a shape"));
        if (numbers.back() < 0) {
            damaged("its pickle has a tensor with a negative side or stride");
        }
    }
    return numbers;
}

PickledTensor Machine::tensor(const std::vector<PickleIndex>& arguments, bool versionTwo) {
    // storage, offset, size, stride; version 2 adds requires_grad, hooks and perhaps metadata, which say nothing about
    // values.
    if (arguments.size() < 4 || arguments.size() > (versionTwo ? 7 : 4)) {
        damaged(message("its pickle rebuilds a tensor from %1 values", arguments.size()));
    }
    const PickledStorage& from = as<PickledStorage>(arguments[0], "a storage");
    const std::int64_t offset = as<std::int64_t>(arguments[1], "a storage offset");
    PickledTensor made{from.dtype, from.key, static_cast<std::uint64_t>(offset), sides(arguments[2]),
                       sides(arguments[3])};
    if (offset < 0 || made.shape.size() != made.strides.size()) {
        damaged("its pickle has a tensor whose shape and strides disagree");
    }
    // `last` is the index of the tensor's last element; an element more would be past the storage.
    std::uint64_t count = 1, last = made.offset;
    bool fits = true;
    for (std::size_t i = 0; i < made.shape.size(); ++i) {
        const auto side = static_cast<std::uint64_t>(made.shape[i]);
        std::uint64_t reach = 0;
        fits = fits && !__builtin_mul_overflow(count, side, &count) &&
               !__builtin_mul_overflow(side == 0 ? 0 : side - 1, static_cast<std::uint64_t>(made.strides[i]), &reach) &&
               !__builtin_add_overflow(last, reach, &last);
    }
    // A tensor larger than its storage (stride 0) would let a small file ask for any amount of memory.
    if (!fits || (count > 0 && last >= from.elements) || count > from.elements) {
        damaged(message("its pickle has a tensor %1 past the end of its storage of %2 elements", shapeText(made.shape),
                        from.elements));
    }
    return made;
}

void Machine::reduce() {
    // Nothing large is copied here (a list handed to OrderedDict is emptied): a call must not cost more than the bytes
    // that led to it, or a small pickle could repeat a large copy for ever.
    const std::vector<PickleIndex>& arguments = as<PickleTuple>(pop(), "the arguments of a call").items;
    const GlobalValue called = as<GlobalValue>(pop(), "a function");
    switch (called.name) {
        case PickleGlobal::orderedDict: {
            // OrderedDict() or OrderedDict([(key, value), ...])
            PickleDict dict;
            if (!arguments.empty()) {
                for (const PickleIndex item :
                     std::exchange(as<PickleList>(arguments[0], "a list of pairs").items, {})) {
                    const bool isList = std::holds_alternative<PickleList>(out_.values[item]);
                    const auto& pair =
                        isList ? as<PickleList>(item, "a pair").items : as<PickleTuple>(item, "a pair").items;
                    if (pair.size() != 2) {
                        damaged("its pickle has a key without a value");
                    }
                    dict.items.emplace_back(pair[0], pair[1]);
                }
            }
            push(std::move(dict));
            return;
        }
        case PickleGlobal::rebuildTensor:
        case PickleGlobal::rebuildTensorV2:
            if (++tensors_ > kMaxPickleTensors) {
                foreign(message("its pickle holds more than %1 tensors", kMaxPickleTensors));
            }
            push(tensor(arguments, called.name == PickleGlobal::rebuildTensorV2));
            return;
        case PickleGlobal::rebuildParameter:
            // data, requires_grad, hooks
            if (arguments.size() != 3) {
                damaged(message("its pickle rebuilds a parameter from %1 values", arguments.size()));
            }
            stack_.push_back(arguments[0]);
            as<PickledTensor>(arguments[0], "a parameter's tensor");
            return;
        case PickleGlobal::storage:
            foreign("its pickle makes a storage by a call");
    }
}

}  // namespace maskwright::weights::pickle
