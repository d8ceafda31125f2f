// The machine that reads a pickle: its stack, its marks, its memo. Private to core/weights: others use pickle.h.
#pragma once

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/weights/pickle.h"

namespace maskwright::weights::pickle {

// Ends the reading; caught in readPickle().
struct Refusal {
    Message problem, advice;
    bool foreign = false;  // a whole file, though of another kind
};
[[noreturn]] inline void damaged(const Message& problem) {
    throw Refusal{problem, "the file is damaged; get it again"};
}
[[noreturn]] inline void foreign(const Message& problem) {
    throw Refusal{problem, "only files of plain tensors are read and nothing in them is run; save the state dict alone",
                  true};
}

// How much is read, and whether it is plain data: protocol 0's opcodes, and no globals.
struct Bounds {
    std::size_t bytes = kMaxPickleBytes, values = kMaxPickleValues;
    bool plain = false;
};

class Machine {
  public:
    Machine(std::span<const std::byte> bytes, PickledModules modules, const Bounds& bounds = {})
        : rest_(bytes.first(std::min(bytes.size(), bounds.bytes))), bounds_(bounds), modules_(modules) {
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
            damaged(whole_ == bounds_.bytes ? Message("its pickle is too large") : Message("its pickle is cut off"));
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
    std::string line(std::ptrdiff_t longest = 256) {
        const auto end = std::ranges::find(rest_, std::byte{'\n'});
        if (end == rest_.end() || end - rest_.begin() > longest) {
            damaged("its pickle holds a broken line");
        }
        std::string found = text(static_cast<std::uint64_t>(end - rest_.begin()));
        take(1);
        return found;
    }

    void push(PickleValue value) {
        if (out_.values.size() >= bounds_.values) {
            foreign(message("its pickle holds more than %1 values", bounds_.values));
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
    // `what` is a literal, which becomes a Message only when it is needed: this is called for every value.
    template <class T, std::size_t N>
    T& as(PickleIndex index, const char (&what)[N]) {
        T* value = std::get_if<T>(&out_.values[index]);
        if (value == nullptr) {
            damaged(message("its pickle has something else where %1 belongs", Message(what)));
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
    void global(const std::string& module, const std::string& name);
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

    void newObject();
    void build();
    void storage();
    void reduce();
    PickledTensor tensor(const std::vector<PickleIndex>& arguments, bool versionTwo);
    std::vector<std::int64_t> sides(PickleIndex index);
    bool step();
    // Whether `code` was one of theirs.
    bool plainStep(unsigned char code);
    bool stackStep(unsigned char code);
    bool containerStep(unsigned char code);
    bool memoStep(unsigned char code);
    bool valueStep(unsigned char code);
    bool objectStep(unsigned char code);

    std::span<const std::byte> rest_;
    Bounds bounds_;
    PickledModules modules_;
    std::size_t whole_ = 0, tensors_ = 0;
    std::vector<PickleIndex> stack_;
    std::vector<std::size_t> marks_;
    std::unordered_map<std::uint64_t, PickleIndex> memo_;
    Pickle out_;
};

}  // namespace maskwright::weights::pickle
