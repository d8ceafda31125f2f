#include "core/session/kept.h"

#include <algorithm>

namespace maskwright::session {

std::shared_ptr<const void> Kept::findAny(const std::string& key) {
    const auto found = byKey_.find(key);
    if (found == byKey_.end()) {
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->value;
}

void Kept::put(std::string key, std::shared_ptr<const void> value, std::int64_t bytes) {
    if (const auto old = byKey_.find(key); old != byKey_.end()) {
        drop(old->second);
    }
    if (bytes > budget_ || budget_ == 0) {
        return;
    }
    while (!entries_.empty() && bytes_ + bytes > budget_) {
        drop(std::prev(entries_.end()));
    }
    entries_.push_front({std::move(key), std::move(value), bytes});
    byKey_.emplace(entries_.front().key, entries_.begin());
    bytes_ += bytes;
}

void Kept::touch(const void* value) {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.value.get() == value; });
    if (found != entries_.end()) {
        entries_.splice(entries_.begin(), entries_, found);
    }
}

void Kept::forget(const std::string& prefix) {
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const auto next = std::next(entry);
        if (entry->key.starts_with(prefix)) {
            drop(entry);
        }
        entry = next;
    }
}

void Kept::clear() {
    byKey_.clear();
    entries_.clear();
    bytes_ = 0;
}

void Kept::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    byKey_.erase(entry->key);
    entries_.erase(entry);
}

void ContentKey::add(std::int64_t number) { hash_.update(std::as_bytes(std::span(&number, 1))); }

void ContentKey::add(const std::string& text) {
    add(static_cast<std::int64_t>(text.size()));
    hash_.update(std::as_bytes(std::span(text)));
}

void ContentKey::add(const Image& image) {
    add(image.width);
    add(image.height);
    hash_.update(std::as_bytes(std::span(image.pixels)));
}

void ContentKey::add(std::span<const float> values) {
    add(static_cast<std::int64_t>(values.size()));
    hash_.update(std::as_bytes(values));
}

}  // namespace maskwright::session
