// What a person can set once and for all (Edit > Settings), apart from what is remembered by itself (settings.h): how
// the engine computes, and how large a picture may be. Kept in QSettings. GUI thread, but for pictureLimit().
#pragma once

#include <QString>
#include <optional>

#include "core/image_io/image_io.h"
#include "core/session/engine.h"

namespace maskwright::ui {

struct Preferences {
    // As in session::EngineOptions, whose defaults these are.
    std::string device = session::EngineOptions{}.device;
    std::string dtype = session::EngineOptions{}.dtype;
    int threads = 0;
    std::int64_t memory = session::kOwnMemory;
    // Pictures with more are refused before they are decoded; 1 to kMostMegapixels.
    int megapixels = 100;
    bool operator==(const Preferences&) const = default;
};
// As the command line's --threads and --max-megapixels.
inline constexpr int kMostThreads = 1024, kMostMegapixels = 4000;

// A value that makes no sense (somebody edited the file) is the default.
Preferences loadPreferences();
void savePreferences(const Preferences& preferences);
// Errors: ErrorKind::usage, for what cannot be right on any machine. Whether this one has the device only opening a
// model tells.
Result<void> check(const Preferences& preferences);
// What was typed as an amount of memory; nothing typed is the program's own choice. Errors: as parseBytes.
Result<std::int64_t> memoryFromText(const QString& text);
QString memoryText(std::int64_t memory);  // the other way round; empty for the program's own choice

// `options` with what `now` says in place of where it differs from `before`: what the command line gave this run stays
// until it is changed here.
session::EngineOptions changed(session::EngineOptions options, const Preferences& before, const Preferences& now);

// How pictures are read. Any thread.
image_io::ReadOptions pictureLimit();

}  // namespace maskwright::ui
