#include "core/weights/torch_pickle.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "core/weights/safetensors_header.h"
#include "core/weights/zip_archive.h"

namespace maskwright::weights {
namespace {

// The pickle of the number 0x1950a86a20f9469cfc6c, which opens the old format, from its second byte on without the
// protocol.
constexpr std::array<unsigned char, 13> kLegacyMagic = {0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9,
                                                        0x20, 0x6a, 0xa8, 0x50, 0x19, '.'};
constexpr std::int64_t kLegacyProtocol = 1001;

template <class T>
const T* get(const Pickle& pickle, PickleIndex index) {
    return std::get_if<T>(&pickle.at(index));
}

// The value under the text `key`, or null.
const PickleValue* find(const Pickle& pickle, const PickleValue& dict, std::string_view key) {
    if (const auto* items = std::get_if<PickleDict>(&dict)) {
        for (const auto& [name, value] : items->items) {
            const auto* text = get<std::string>(pickle, name);
            if (text != nullptr && *text == key) {
                return &pickle.at(value);
            }
        }
    }
    return nullptr;
}

// What a module may say beside its tensors: nothing, a flag, a number, a text.
bool isPlain(const PickleValue& value) {
    return std::holds_alternative<std::monostate>(value) || std::holds_alternative<bool>(value) ||
           std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value) ||
           std::holds_alternative<std::string>(value);
}

}  // namespace

Error TorchFile::refused(const Message& problem, const Message& advice) const {
    return {ErrorKind::weights, message("%1: %2", name(), problem), advice};
}

Result<TorchFile> TorchFile::open(const std::string& path, Scripts scripts) try {
    auto reader = FileReader::open(path, ErrorKind::weights);
    if (!reader) {
        return reader.error();
    }
    TorchFile file(std::move(*reader));
    std::array<std::byte, 4> front{};
    MASKWRIGHT_TRY(
        file.file_->read(0, std::span(front).first(std::min<std::uint64_t>(front.size(), file.file_->size()))));
    if (std::memcmp(front.data(), "PK\3\4", 4) == 0) {
        MASKWRIGHT_TRY(file.readZip(scripts));
    } else if (front[0] == std::byte{0x80}) {
        MASKWRIGHT_TRY(file.readLegacy());
    } else {
        return file.refused("not a file that torch.save wrote", "give the .pth file of the original repository");
    }
    return file;
} catch (const std::bad_alloc&) {
    return Error{ErrorKind::resource, message("not enough memory to read %1", path), "close other programs"};
}

Result<void> TorchFile::readZip(Scripts scripts) {
    auto archive = ZipArchive::open(*file_);
    if (!archive) {
        return archive.error();
    }
    zip_ = std::move(*archive);
    const auto& entries = zip_->entries();
    std::string prefix;
    bool found = false, script = false;
    for (const auto& [key, entry] : entries) {
        if (key.ends_with("/data.pkl") && key.find('/') == key.size() - 9) {
            if (found) {
                return refused("it holds two data.pkl", "get the file again");
            }
            found = true;
            prefix = key.substr(0, key.size() - 8);
        }
        script = script || key.ends_with("/constants.pkl") || key.find("/code/") != std::string::npos;
    }
    if (script && scripts == Scripts::refused) {
        return refused("it is a TorchScript program (OpenAI's CLIP files are), not a file of tensors",
                       "make a model folder of it with maskwright-cli convert, or use the Hugging Face folder "
                       "openai/clip-vit-base-patch16 instead");
    }
    if (!found) {
        return refused("a zip archive without data.pkl", "give a file that torch.save wrote");
    }
    const auto compressed = [&](const std::string& entry) {
        return refused(message("its entry %1 is compressed", quoted(entry)), "save the weights again with torch.save");
    };
    if (const auto order = entries.find(prefix + "byteorder"); order != entries.end()) {
        if (!order->second.stored) {
            return compressed(order->first);
        }
        std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(order->second.size, 16)), ' ');
        MASKWRIGHT_TRY(zip_->read(order->second, 0, std::as_writable_bytes(std::span(text))));
        if (text != "little") {
            return refused("its numbers are big-endian", "save it again on a little-endian machine");
        }
    }
    const ZipEntry& pickled = entries.at(prefix + "data.pkl");
    if (!pickled.stored) {
        return compressed(prefix + "data.pkl");
    }
    if (pickled.size > kMaxPickleBytes) {
        return refused(message("its data.pkl has %1 bytes, at most %2 are read", pickled.size, kMaxPickleBytes),
                       "save the state dict alone");
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(pickled.size));
    MASKWRIGHT_TRY(zip_->read(pickled, 0, bytes));
    auto pickle = readPickle(bytes, name(), script ? PickledModules::kept : PickledModules::refused);
    if (!pickle) {
        return pickle.error();
    }
    for (const auto& [key, storage] : pickle->storages) {
        const auto entry = entries.find(prefix + "data/" + key);
        if (entry == entries.end()) {
            return refused(message("the storage %1 is missing", quoted(key)), "get the file again");
        }
        if (!entry->second.stored) {
            return compressed(entry->first);
        }
        if (storage.elements != entry->second.size / sizeOf(storage.dtype) ||
            entry->second.size % sizeOf(storage.dtype) != 0) {
            return refused(message("the storage %1 has %2 bytes, not %3 elements of %4", quoted(key),
                                   entry->second.size, storage.elements, nameOf(storage.dtype)),
                           "get the file again");
        }
        storages_[key] = {0, entry->second};
    }
    return script ? collectModules(*pickle) : collect(*pickle);
}

// Five pickles (magic number, protocol, system, object, storage keys), then for each key its count of elements and the
// bytes.
Result<void> TorchFile::readLegacy() {
    const std::uint64_t size = file_->size();
    std::vector<std::byte> front(static_cast<std::size_t>(std::min<std::uint64_t>(size, kMaxPickleBytes)));
    MASKWRIGHT_TRY(file_->read(0, front));
    std::span<const std::byte> rest(front);
    // The protocol's two bytes, from protocol 4 on a frame's nine, then the number.
    rest = rest.subspan(std::min<std::size_t>(rest.size(), rest.size() > 2 && rest[2] == std::byte{0x95} ? 11 : 2));
    if (rest.size() < kLegacyMagic.size() || std::memcmp(rest.data(), kLegacyMagic.data(), kLegacyMagic.size()) != 0) {
        return refused("a pickle, but not a file that torch.save wrote", "give a file that torch.save wrote");
    }
    rest = rest.subspan(kLegacyMagic.size());
    std::array<Pickle, 4> parts;
    for (Pickle& part : parts) {
        auto pickle = readPickle(rest, name());
        if (!pickle) {
            return pickle.error();
        }
        part = std::move(*pickle);
        rest = rest.subspan(part.bytes);
    }
    const auto& [protocol, system, object, keys] = parts;
    if (const auto* number = std::get_if<std::int64_t>(&protocol.top());
        number == nullptr || *number != kLegacyProtocol) {
        return refused("it is of an unknown version of torch.save", "save it again with a newer PyTorch");
    }
    if (const auto* little = find(system, system.top(), "little_endian")) {
        if (const auto* yes = std::get_if<bool>(little); yes == nullptr || !*yes) {
            return refused("its numbers are big-endian", "save it again on a little-endian machine");
        }
    }
    const auto* list = std::get_if<PickleList>(&keys.top());
    if (list == nullptr) {
        return refused("its list of storages is missing", "get the file again");
    }
    std::uint64_t at = front.size() - rest.size();
    for (const PickleIndex item : list->items) {
        const auto* key = get<std::string>(keys, item);
        const auto storage = key == nullptr ? object.storages.end() : object.storages.find(*key);
        if (storage == object.storages.end()) {
            return refused("it lists a storage that no tensor uses", "get the file again");
        }
        std::uint64_t elements = 0, bytes = 0;
        if (size - at < sizeof elements) {
            return refused("it is cut off", "get the file again");
        }
        MASKWRIGHT_TRY(file_->read(at, std::as_writable_bytes(std::span(&elements, 1))));
        at += sizeof elements;
        if (elements != storage->second.elements ||
            __builtin_mul_overflow(elements, std::uint64_t{sizeOf(storage->second.dtype)}, &bytes)) {
            return refused(
                message("the storage %1 has %2 elements, not %3", quoted(*key), elements, storage->second.elements),
                "get the file again");
        }
        if (bytes > size - at) {
            return refused("it is cut off", "get the file again");
        }
        if (!storages_.emplace(*key, Storage{at, std::nullopt}).second) {
            return refused(message("it lists the storage %1 twice", quoted(*key)), "get the file again");
        }
        at += bytes;
    }
    for (const auto& [key, storage] : object.storages) {
        if (!storages_.contains(key)) {
            return refused(message("the storage %1 is missing", quoted(key)), "get the file again");
        }
    }
    return collect(object);
}

Result<void> TorchFile::collect(const Pickle& pickle) {
    const Message advice = "give a state dict: tensors by name";
    const auto* dict = std::get_if<PickleDict>(&pickle.top());
    for (const char* key : {"state_dict", "model_state_dict", "model"}) {
        if (const auto* inner = find(pickle, pickle.top(), key);
            inner != nullptr && std::holds_alternative<PickleDict>(*inner)) {
            dict = std::get_if<PickleDict>(inner);
            break;
        }
    }
    if (dict == nullptr) {
        return refused("it holds no dictionary of tensors", advice);
    }
    for (const auto& [key, value] : dict->items) {
        const auto* text = get<std::string>(pickle, key);
        const auto* tensor = get<PickledTensor>(pickle, value);
        if (text == nullptr) {
            return refused("a key of its dictionary is not a text", advice);
        }
        if (tensor == nullptr) {
            return refused(message("its entry %1 is not a tensor", quoted(*text)), advice);
        }
        MASKWRIGHT_TRY(add(*text, *tensor));
    }
    return {};
}

Result<void> TorchFile::add(const std::string& name, const PickledTensor& tensor) {
    if (infos_.size() >= kMaxTensors) {
        return refused(message("it holds more than %1 tensors", kMaxTensors), "give a state dict: tensors by name");
    }
    TensorInfo info;
    info.dtype = tensor.dtype;
    info.shape = tensor.shape;
    info.end = static_cast<std::uint64_t>(info.count()) * sizeOf(info.dtype);
    if (!infos_.emplace(name, info).second) {
        return refused(message("the tensor %1 is there twice", quoted(name)), "get the file again");
    }
    tensors_.emplace(name, tensor);
    return {};
}

Result<void> TorchFile::collectModules(const Pickle& pickle) {
    constexpr std::size_t kMaxDepth = 32, kMaxModules = 65'536;  // OpenAI's have 7 and about 200
    const Message advice = "only archives of modules and tensors are read";
    struct Place {
        std::string prefix;
        PickleIndex module;
        std::size_t depth;
    };
    if (!std::holds_alternative<PickleObject>(pickle.top())) {
        return refused("a TorchScript program without a module", advice);
    }
    std::vector<Place> places = {{"", pickle.root, 0}};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Place place = places[i];
        const auto& attributes = std::get<PickleObject>(pickle.at(place.module)).attributes;
        if (!attributes) {
            continue;
        }
        for (const auto& [key, value] : std::get<PickleDict>(pickle.at(*attributes)).items) {
            const auto* text = get<std::string>(pickle, key);
            if (text == nullptr) {
                return refused("an attribute's name is not a text", advice);
            }
            const std::string full = place.prefix + *text;
            if (const auto* tensor = get<PickledTensor>(pickle, value)) {
                MASKWRIGHT_TRY(add(full, *tensor));
            } else if (get<PickleObject>(pickle, value) != nullptr) {
                if (place.depth >= kMaxDepth || places.size() >= kMaxModules) {
                    return refused(message("its modules do not end at %1", quoted(full)), "get the file again");
                }
                places.push_back({full + ".", value, place.depth + 1});
            } else if (!isPlain(pickle.at(value))) {
                return refused(message("its attribute %1 is neither a tensor nor a module", quoted(full)), advice);
            }
        }
    }
    return {};
}

Result<void> TorchFile::read(const Storage& storage, std::uint64_t offset, std::span<std::byte> out) const {
    return storage.entry ? zip_->read(*storage.entry, offset, out) : file_->read(storage.offset + offset, out);
}

Result<std::vector<std::byte>> TorchFile::read(std::string_view tensor) const try {
    const auto found = tensors_.find(tensor);
    if (found == tensors_.end()) {
        return refused(message("tensor %1 is missing", quoted(tensor)), "give the file of another model");
    }
    const PickledTensor& view = found->second;
    const std::size_t width = sizeOf(view.dtype);
    const auto count = static_cast<std::size_t>(infos_.find(tensor)->second.count());
    std::vector<std::byte> out(count * width);
    if (count == 0) {
        return out;
    }
    const Storage& storage = storages_.find(view.storage)->second;
    const std::uint64_t begin = view.offset * width;
    // Row-major strides of this shape: equal ones mean that the bytes lie in order. A side of 1 may have any stride.
    bool inOrder = true;
    std::uint64_t reach = 0;
    std::int64_t expected = 1;
    for (std::size_t i = view.shape.size(); i-- > 0;) {
        inOrder = inOrder && (view.shape[i] == 1 || view.strides[i] == expected);
        expected *= view.shape[i];
        reach += static_cast<std::uint64_t>(view.shape[i] - 1) * static_cast<std::uint64_t>(view.strides[i]);
    }
    if (inOrder) {
        MASKWRIGHT_TRY(read(storage, begin, out));
        return out;
    }
    std::vector<std::byte> span(static_cast<std::size_t>(reach + 1) * width);
    MASKWRIGHT_TRY(read(storage, begin, span));
    std::vector<std::int64_t> index(view.shape.size(), 0);
    std::size_t from = 0;
    for (std::size_t to = 0; to < count; ++to) {
        std::memcpy(out.data() + to * width, span.data() + from * width, width);
        for (std::size_t i = index.size(); i-- > 0;) {
            from += static_cast<std::size_t>(view.strides[i]);
            if (++index[i] < view.shape[i]) {
                break;
            }
            from -= static_cast<std::size_t>(view.shape[i]) * static_cast<std::size_t>(view.strides[i]);
            index[i] = 0;
        }
    }
    return out;
} catch (const std::bad_alloc&) {
    return Error{ErrorKind::resource, message("not enough memory to read tensor %1", quoted(tensor)),
                 "close other programs"};
}

}  // namespace maskwright::weights
