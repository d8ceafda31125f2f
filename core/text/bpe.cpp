#include "core/text/bpe.h"

#include <algorithm>
#include <queue>
#include <tuple>

#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

struct Symbol {
    std::int32_t id;
    std::int32_t previous, next;  // -1: none
    bool alive;
};

struct Candidate {
    std::int32_t rank, position, result;
    // std::priority_queue gives the greatest: lowest rank, then leftmost.
    bool operator<(const Candidate& other) const {
        return std::tie(rank, position) > std::tie(other.rank, other.position);
    }
};

bool pairLess(const Bpe::Merge& a, const Bpe::Merge& b) {
    return std::tie(a.left, a.right) < std::tie(b.left, b.right);
}

}  // namespace

std::string byteSymbol(std::uint8_t byte) {
    const auto printable = [](int b) { return (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || b >= 0xae; };
    char32_t c = byte;
    if (!printable(byte)) {
        c = 0x100;
        for (int before = 0; before < byte; ++before) {
            c += printable(before) ? 0 : 1;
        }
    }
    std::string out;
    appendUtf8(c, out);
    return out;
}

Bpe::Bpe(const std::array<std::int32_t, 256>& inner, const std::array<std::int32_t, 256>& last,
         std::vector<Merge> merges)
    : inner_(inner), last_(last), merges_(std::move(merges)) {
    std::stable_sort(merges_.begin(), merges_.end(), pairLess);
    const auto samePair = [](const Merge& a, const Merge& b) { return a.left == b.left && a.right == b.right; };
    // unique keeps the first of each run: walk backwards so that it is the later one.
    merges_.erase(merges_.begin(), std::unique(merges_.rbegin(), merges_.rend(), samePair).base());
}

const Bpe::Merge* Bpe::find(std::int32_t left, std::int32_t right) const {
    const auto found = std::lower_bound(merges_.begin(), merges_.end(), Merge{left, right, 0, 0}, pairLess);
    return found != merges_.end() && found->left == left && found->right == right ? &*found : nullptr;
}

void Bpe::encodeWord(std::string_view word, std::vector<std::int64_t>& ids) const {
    if (word.empty()) {
        return;
    }
    const auto count = static_cast<std::int32_t>(word.size());
    std::vector<Symbol> symbols(word.size());
    for (std::int32_t i = 0; i < count; ++i) {
        const auto byte = static_cast<std::uint8_t>(word[static_cast<std::size_t>(i)]);
        const bool last = i + 1 == count;
        symbols[static_cast<std::size_t>(i)] = {last ? last_[byte] : inner_[byte], i - 1, last ? -1 : i + 1, true};
    }
    const auto at = [&](std::int32_t i) -> Symbol& { return symbols[static_cast<std::size_t>(i)]; };

    std::priority_queue<Candidate> queue;
    const auto offer = [&](std::int32_t left) {
        if (left >= 0 && at(left).next >= 0) {
            if (const Merge* merge = find(at(left).id, at(at(left).next).id)) {
                queue.push({merge->rank, left, merge->result});
            }
        }
    };
    for (std::int32_t i = 0; i < count; ++i) {
        offer(i);
    }
    while (!queue.empty()) {
        const Candidate top = queue.top();
        queue.pop();
        Symbol& left = at(top.position);
        if (!left.alive || left.next < 0) {
            continue;
        }
        Symbol& right = at(left.next);
        const Merge* merge = find(left.id, right.id);
        if (merge == nullptr || merge->result != top.result) {
            continue;  // the pair changed since it was queued
        }
        left.id = top.result;
        left.next = right.next;
        right.alive = false;
        if (left.next >= 0) {
            at(left.next).previous = top.position;
        }
        offer(left.previous);
        offer(top.position);
    }
    for (const Symbol& symbol : symbols) {
        if (symbol.alive) {
            ids.push_back(symbol.id);
        }
    }
}

}  // namespace maskwright::text
