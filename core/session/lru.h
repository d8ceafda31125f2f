// A small cache that forgets what was not asked for longest. Private to core/session.
#pragma once

#include <cstddef>
#include <list>
#include <utility>

namespace maskwright::session {

// Keys are compared one by one with `same`: right for the few hundred entries it holds.
template <class Key, class Value>
class Lru {
  public:
    explicit Lru(std::size_t limit) : limit_(limit) {}

    template <class Same>
    const Value* find(Same&& same) {
        for (auto it = entries_.begin(); it != entries_.end(); ++it) {
            if (same(it->first)) {
                entries_.splice(entries_.begin(), entries_, it);
                return &entries_.front().second;
            }
        }
        return nullptr;
    }

    const Value& put(Key key, Value value) {
        entries_.emplace_front(std::move(key), std::move(value));
        while (entries_.size() > limit_) {
            entries_.pop_back();
        }
        return entries_.front().second;
    }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    void clear() { entries_.clear(); }

  private:
    std::size_t limit_;
    std::list<std::pair<Key, Value>> entries_;
};

}  // namespace maskwright::session
