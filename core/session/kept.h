// What was computed and may be wanted again: features of pictures, conditions. Under a budget of bytes it forgets what
// was not asked for longest. A key says of what content it is (see ContentKey), never where that lies in memory, so a
// picture that is read again is found again. Private to core/session. Threads: one at a time.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "core/base/sha256.h"
#include "core/image/image.h"

namespace maskwright::session {

class Kept {
  public:
    // `budget` in bytes; 0 keeps nothing.
    explicit Kept(std::int64_t budget) : budget_(budget) {}

    // Null where it is not there. T is what was put under this key.
    template <class T>
    std::shared_ptr<const T> find(const std::string& key) {
        return std::static_pointer_cast<const T>(findAny(key));
    }
    // `bytes`: how much it takes. What is larger than the budget is not kept, and pushes nothing else out.
    void put(std::string key, std::shared_ptr<const void> value, std::int64_t bytes);
    // As if it had been found, for who got it another way; nothing where it is not there.
    void touch(const void* value);
    // Drops whatever has a key that begins so.
    void forget(const std::string& prefix);
    void clear();

    [[nodiscard]] std::int64_t bytes() const { return bytes_; }
    [[nodiscard]] std::int64_t budget() const { return budget_; }
    [[nodiscard]] std::size_t count() const { return entries_.size(); }

  private:
    struct Entry {
        std::string key;
        std::shared_ptr<const void> value;
        std::int64_t bytes = 0;
    };
    using Entries = std::list<Entry>;
    std::shared_ptr<const void> findAny(const std::string& key);
    void drop(Entries::iterator entry);

    std::int64_t budget_ = 0, bytes_ = 0;
    Entries entries_;  // the last asked for first
    std::unordered_map<std::string, Entries::iterator> byKey_;
};

// The key of what is computed from these numbers and bytes, by SHA-256. The bytes are those the network gets, after the
// picture was resized: whatever else differs cannot change the features, and there are fewer of them to hash.
class ContentKey {
  public:
    // `kind` says what is kept under it.
    explicit ContentKey(const std::string& kind) { add(kind); }
    void add(std::int64_t number);
    void add(const std::string& text);
    void add(const Image& image);
    void add(std::span<const float> values);
    std::string finish() { return hash_.finish(); }

  private:
    Sha256 hash_;
};

}  // namespace maskwright::session
