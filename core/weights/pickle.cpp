#include "core/weights/pickle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>
#include <utility>

namespace maskwright::weights {
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

// Ends the reading; caught at the border of this file.
struct Refusal {
    std::string problem, advice;
};
[[noreturn]] void damaged(const std::string& problem) { throw Refusal{problem, "the file is damaged; get it again"}; }
[[noreturn]] void foreign(const std::string& problem) {
    throw Refusal{problem,
                  "only files of plain tensors are read and nothing in them is run; save the state dict alone"};
}

class Machine {
  public:
    explicit Machine(std::span<const std::byte> bytes) : rest_(bytes.first(std::min(bytes.size(), kMaxPickleBytes))) {
        whole_ = rest_.size();
    }

    Pickle run() {
        while (!step()) {
        }
        out_.bytes = whole_ - rest_.size();
        return std::move(out_);
    }

  private:
    std::span<const std::byte> take(std::uint64_t count) {
        if (count > rest_.size()) {
            damaged(whole_ == kMaxPickleBytes ? "its pickle is too large" : "its pickle is cut off");
        }
        const auto part = rest_.first(static_cast<std::size_t>(count));
        rest_ = rest_.subspan(static_cast<std::size_t>(count));
        return part;
    }
    std::uint64_t number(std::size_t width) {
        std::uint64_t value = 0;
        const auto part = take(width);
        for (std::size_t i = 0; i < width; ++i) {
            value |= std::to_integer<std::uint64_t>(part[i]) << (8 * i);
        }
        return value;
    }
    std::string text(std::uint64_t count) {
        const auto part = take(count);
        return {reinterpret_cast<const char*>(part.data()), part.size()};
    }
    std::string line() {
        const auto end = std::ranges::find(rest_, std::byte{'\n'});
        if (end == rest_.end() || end - rest_.begin() > 256) {
            damaged("its pickle holds a broken line");
        }
        std::string found = text(static_cast<std::uint64_t>(end - rest_.begin()));
        take(1);
        return found;
    }

    void push(PickleValue value) {
        if (out_.values.size() >= kMaxPickleValues) {
            foreign("its pickle holds more than " + std::to_string(kMaxPickleValues) + " values");
        }
        out_.values.push_back(std::move(value));
        stack_.push_back(static_cast<PickleIndex>(out_.values.size() - 1));
    }
    // The stack above the last mark is all that may be popped.
    [[nodiscard]] std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }
    PickleIndex pop() {
        if (stack_.size() <= floor()) {
            damaged("its pickle takes more values than it has");
        }
        const PickleIndex index = stack_.back();
        stack_.pop_back();
        return index;
    }
    PickleIndex top() {
        const PickleIndex index = pop();
        stack_.push_back(index);
        return index;
    }
    std::vector<PickleIndex> popToMark() {
        if (marks_.empty()) {
            damaged("its pickle lacks a mark");
        }
        std::vector<PickleIndex> items(stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back()), stack_.end());
        stack_.resize(marks_.back());
        marks_.pop_back();
        return items;
    }
    std::vector<PickleIndex> popSome(std::size_t count) {
        std::vector<PickleIndex> items(count);
        for (std::size_t i = count; i-- > 0;) {
            items[i] = pop();
        }
        return items;
    }
    template <class T>
    T& as(PickleIndex index, const char* what) {
        T* value = std::get_if<T>(&out_.values[index]);
        if (value == nullptr) {
            damaged(std::string("its pickle has something else where ") + what + " belongs");
        }
        return *value;
    }

    void append(const std::vector<PickleIndex>& items) {
        auto& list = as<PickleList>(top(), "a list").items;
        list.insert(list.end(), items.begin(), items.end());
    }
    void setItems(const std::vector<PickleIndex>& items) {
        if (items.size() % 2 != 0) {
            damaged("its pickle has a key without a value");
        }
        auto& dict = as<PickleDict>(top(), "a dictionary").items;
        for (std::size_t i = 0; i < items.size(); i += 2) {
            dict.emplace_back(items[i], items[i + 1]);
        }
    }
    void global(const std::string& module, const std::string& name) {
        for (const NamedGlobal& known : kGlobals) {
            if (known.module == module && known.name == name) {
                push(known.value);
                return;
            }
        }
        foreign("it asks for " + quoted(module + "." + name) + ", which is no plain tensor");
    }
    void memoize(std::uint64_t key) {
        const PickleIndex index = top();
        memo_[key] = index;
    }
    void recall(std::uint64_t key) {
        const auto found = memo_.find(key);
        if (found == memo_.end()) {
            damaged("its pickle recalls a value it never kept");
        }
        stack_.push_back(found->second);
    }

    void longInteger(std::uint64_t count) {
        const auto part = take(count);
        if (part.size() > 8) {
            damaged("its pickle holds a number of more than 64 bits");
        }
        std::uint64_t value = part.empty() || (part.back() & std::byte{0x80}) == std::byte{0} ? 0 : UINT64_MAX;
        for (std::size_t i = part.size(); i-- > 0;) {
            value = value << 8 | std::to_integer<std::uint64_t>(part[i]);
        }
        push(static_cast<std::int64_t>(value));
    }

    void storage();
    void reduce();
    PickledTensor tensor(const std::vector<PickleIndex>& arguments, bool versionTwo);
    std::vector<std::int64_t> sides(PickleIndex index);
    bool step();

    std::span<const std::byte> rest_;
    std::size_t whole_ = 0, tensors_ = 0;
    std::vector<PickleIndex> stack_;
    std::vector<std::size_t> marks_;
    std::unordered_map<std::uint64_t, PickleIndex> memo_;
    Pickle out_;
};

// BINPERSID: the tuple that names a storage. The old format adds a sixth element, None unless the storage is a view.
void Machine::storage() {
    const std::vector<PickleIndex>& id = as<PickleTuple>(pop(), "a storage's tuple").items;
    if (id.size() != 5 && id.size() != 6) {
        damaged("its pickle names a storage with " + std::to_string(id.size()) + " values");
    }
    if (as<std::string>(id[0], "the word \"storage\"") != "storage") {
        foreign("its pickle refers to something that is no storage");
    }
    const GlobalValue type = as<GlobalValue>(id[1], "a storage type");
    if (type.name != PickleGlobal::storage) {
        damaged("its pickle has something else where a storage type belongs");
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
        damaged("its pickle describes the storage " + quoted(found.key) + " in two ways");
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
        damaged("its pickle rebuilds a tensor from " + std::to_string(arguments.size()) + " values");
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
        damaged("its pickle has a tensor " + shapeText(made.shape) + " past the end of its storage of " +
                std::to_string(from.elements) + " elements");
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
                foreign("its pickle holds more than " + std::to_string(kMaxPickleTensors) + " tensors");
            }
            push(tensor(arguments, called.name == PickleGlobal::rebuildTensorV2));
            return;
        case PickleGlobal::rebuildParameter:
            // data, requires_grad, hooks
            if (arguments.size() != 3) {
                damaged("its pickle rebuilds a parameter from " + std::to_string(arguments.size()) + " values");
            }
            stack_.push_back(arguments[0]);
            as<PickledTensor>(arguments[0], "a parameter's tensor");
            return;
        case PickleGlobal::storage:
            foreign("its pickle makes a storage by a call");
    }
}

// One opcode; true at STOP.
bool Machine::step() {
    const auto code = static_cast<unsigned char>(take(1)[0]);
    switch (code) {
        case 0x80:  // PROTO
            if (number(1) > 5) {
                damaged("its pickle is of an unknown protocol");
            }
            return false;
        case 0x95:  // FRAME: a hint about buffering
            take(8);
            return false;
        case '.':  // STOP
            out_.root = pop();
            return true;
        case '(':
            marks_.push_back(stack_.size());
            if (marks_.size() > kMaxPickleValues) {
                foreign("its pickle is nested too deeply");
            }
            return false;
        case '0':  // POP
            if (stack_.size() > floor()) {
                stack_.pop_back();
            } else {
                popToMark();
            }
            return false;
        case '1':  // POP_MARK
            popToMark();
            return false;
        case '2':  // DUP
            stack_.push_back(top());
            return false;
        case '}':
            push(PickleDict{});
            return false;
        case ']':
            push(PickleList{});
            return false;
        case ')':
            push(PickleTuple{});
            return false;
        case 't':
            push(PickleTuple{popToMark()});
            return false;
        case 0x85:
        case 0x86:
        case 0x87:  // TUPLE1 to TUPLE3
            push(PickleTuple{popSome(code - 0x84u)});
            return false;
        case 'l':
            push(PickleList{popToMark()});
            return false;
        case 'd': {
            const auto items = popToMark();
            push(PickleDict{});
            setItems(items);
            return false;
        }
        case 'a':
            append(popSome(1));
            return false;
        case 'e':
            append(popToMark());
            return false;
        case 's':
            setItems(popSome(2));
            return false;
        case 'u':
            setItems(popToMark());
            return false;
        case 'q':
            memoize(number(1));
            return false;
        case 'r':
            memoize(number(4));
            return false;
        case 0x94:  // MEMOIZE
            memoize(memo_.size());
            return false;
        case 'h':
            recall(number(1));
            return false;
        case 'j':
            recall(number(4));
            return false;
        case 'X':
        case 'T':  // BINUNICODE, BINSTRING
            push(text(number(4)));
            return false;
        case 0x8c:
        case 'U':  // SHORT_BINUNICODE, SHORT_BINSTRING
            push(text(number(1)));
            return false;
        case 0x8d:  // BINUNICODE8
            push(text(number(8)));
            return false;
        case 'C':
            push(PickleBytes{text(number(1))});
            return false;
        case 'B':
            push(PickleBytes{text(number(4))});
            return false;
        case 'J':
            push(static_cast<std::int64_t>(static_cast<std::int32_t>(number(4))));
            return false;
        case 'K':
            push(static_cast<std::int64_t>(number(1)));
            return false;
        case 'M':
            push(static_cast<std::int64_t>(number(2)));
            return false;
        case 0x8a:  // LONG1
            longInteger(number(1));
            return false;
        case 'G': {  // BINFLOAT: big-endian
            std::uint64_t bits = 0;
            for (const std::byte byte : take(8)) {
                bits = bits << 8 | std::to_integer<std::uint64_t>(byte);
            }
            push(std::bit_cast<double>(bits));
            return false;
        }
        case 'N':
            push(std::monostate{});
            return false;
        case 0x88:
        case 0x89:  // NEWTRUE, NEWFALSE
            push(code == 0x88);
            return false;
        case 'c': {  // GLOBAL
            const std::string module = line();
            global(module, line());
            return false;
        }
        case 0x93: {  // STACK_GLOBAL
            const auto names = popSome(2);
            global(as<std::string>(names[0], "a module"), as<std::string>(names[1], "a name"));
            return false;
        }
        case 'R':
            reduce();
            return false;
        case 'Q':
            storage();
            return false;
        case 'b':  // BUILD: a state dict carries its `_metadata` as an attribute, which says nothing about tensors
            pop();
            as<PickleDict>(top(), "a dictionary");
            return false;
        default: {
            static constexpr char kHex[] = "0123456789abcdef";
            foreign(std::string("its pickle uses opcode 0x") + kHex[code >> 4] + kHex[code & 15] +
                    ", which plain tensors do not need");
        }
    }
}

}  // namespace

Result<Pickle> readPickle(std::span<const std::byte> bytes, std::string_view name) {
    try {
        return Machine(bytes).run();
    } catch (const Refusal& refusal) {
        return Error{ErrorKind::weights, std::string(name) + ": " + refusal.problem, refusal.advice};
    }
}

}  // namespace maskwright::weights
