#include "core/image/run_ops.h"

#include <algorithm>
#include <numeric>

namespace maskwright {
namespace {

// Walks through runs: whether the pixels from here on are inside, and for how many.
class Walk {
  public:
    explicit Walk(const Runs& runs) : at_(runs.counts.begin()), end_(runs.counts.end()) {
        if (at_ != end_) {
            left_ = *at_;
            skipEmpty();
        }
    }
    [[nodiscard]] bool done() const { return at_ == end_; }
    [[nodiscard]] bool inside() const { return inside_; }
    [[nodiscard]] std::uint32_t left() const { return left_; }
    void step(std::uint32_t count) {
        left_ -= count;
        skipEmpty();
    }

  private:
    void skipEmpty() {
        while (left_ == 0 && ++at_ != end_) {
            left_ = *at_;
            inside_ = !inside_;
        }
    }
    std::vector<std::uint32_t>::const_iterator at_, end_;
    std::uint32_t left_ = 0;
    bool inside_ = false;
};

// keep(inside a, inside b) -> inside the answer
template <class Keep>
Runs combined(const Runs& a, const Runs& b, Keep keep) {
    Runs made{a.width, a.height, {0}};
    made.counts.reserve(std::max(a.counts.size(), b.counts.size()));
    bool inside = false;
    for (Walk left(a), right(b); !left.done() && !right.done();) {
        const std::uint32_t count = std::min(left.left(), right.left());
        if (keep(left.inside(), right.inside()) != inside) {
            made.counts.push_back(0);
            inside = !inside;
        }
        made.counts.back() += count;
        left.step(count);
        right.step(count);
    }
    return made;
}

}  // namespace

Runs noPixel(int width, int height) {
    return {width, height, {static_cast<std::uint32_t>(std::uint64_t(width) * std::uint64_t(height))}};
}

Runs united(const Runs& a, const Runs& b) {
    return combined(a, b, [](bool x, bool y) { return x || y; });
}

Runs common(const Runs& a, const Runs& b) {
    return combined(a, b, [](bool x, bool y) { return x && y; });
}

Runs without(const Runs& a, const Runs& b) {
    return combined(a, b, [](bool x, bool y) { return x && !y; });
}

Runs inverted(const Runs& runs) {
    return combined(runs, runs, [](bool x, bool) { return !x; });
}

bool isEmpty(const Runs& runs) { return runs.area() == 0; }

bool meet(const Runs& a, const Runs& b) {
    for (Walk left(a), right(b); !left.done() && !right.done();) {
        if (left.inside() && right.inside()) {
            return true;
        }
        const std::uint32_t count = std::min(left.left(), right.left());
        left.step(count);
        right.step(count);
    }
    return false;
}

}  // namespace maskwright
