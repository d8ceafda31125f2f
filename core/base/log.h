// Diagnostics on stderr through spdlog; results never go here. Level from MASKWRIGHT_LOG (trace, debug, info, warn,
// error, off). The latest lines are kept as well, whatever the level, for whoever wants to see them (Help > Log). Any
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace maskwright::log {

enum class Level { debug, info, warning, error };

struct Line {
    std::int64_t when = 0;  // milliseconds since 1970
    Level level = Level::info;
    std::string text;  // one or more lines
};

// Reads MASKWRIGHT_LOG; the default shows warnings and errors. Safe to call more than once.
void setUp();
void debug(std::string_view message);
void info(std::string_view message);
void warn(std::string_view message);
void error(std::string_view message);

// At most so many lines are kept; the oldest go.
inline constexpr std::size_t kKept = 2000;
// Oldest first.
std::vector<Line> latest();
// How many there were since the start: it tells whether there is something new.
std::uint64_t written();
// A line that another log has printed already, such as a library's own.
void keep(Level level, std::string_view message);
// From now on hears every line as it is written, on the writer's thread; an empty one ends that. A library that is
// opened at run time has a log of its own and hands its lines over this way.
using Listener = std::function<void(Level, std::string_view)>;
void listen(Listener listener);

}  // namespace maskwright::log
