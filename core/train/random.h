// Random numbers that need no state: every draw follows from (seed, purpose, step, item), so that a resumed run sees
// exactly the numbers the uninterrupted one would have seen.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace maskwright::train {

// SplitMix64 (Steele, Lea, Flood 2014): a counter through a mixing function.
class Random {
  public:
    explicit Random(std::uint64_t seed, std::uint64_t purpose = 0, std::uint64_t step = 0, std::uint64_t item = 0) {
        state_ = mix(seed + kGolden);
        for (const std::uint64_t part : {purpose, step, item}) {
            state_ = mix(state_ ^ mix(part + kGolden));
        }
    }
    std::uint64_t next() {
        state_ += kGolden;
        return mix(state_);
    }
    // [0, 1)
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    // 0 .. count - 1; count > 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(uniform() * static_cast<double>(count)); }
    bool chance(double probability) { return uniform() < probability; }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) {
            std::swap(items[i - 1], items[below(i)]);
        }
    }
    template <class T>
    const T& pick(const std::vector<T>& items) {
        return items[below(items.size())];
    }

  private:
    static constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::uint64_t state_;
};

}  // namespace maskwright::train
