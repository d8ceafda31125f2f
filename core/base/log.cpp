#include "core/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace maskwright::log {
namespace {

spdlog::level::level_enum wantedLevel() {
    const char* text = std::getenv("MASKWRIGHT_LOG");
    if (text == nullptr) {
        return spdlog::level::warn;
    }
    const std::string_view name(text);
    // from_str takes every unknown word for "off"; an unknown word here means the default.
    const auto level = spdlog::level::from_str(std::string(name));
    return level == spdlog::level::off && name != "off" ? spdlog::level::warn : level;
}

spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made =
            std::make_shared<spdlog::logger>("maskwright", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        made->set_pattern("maskwright: %^%l%$: %v");
        made->set_level(wantedLevel());
        made->flush_on(spdlog::level::warn);
        return made;
    }();
    return *instance;
}

struct Kept {
    std::mutex mutex;
    std::deque<Line> lines;
    std::uint64_t written = 0;
    Listener listener;
};

Kept& kept() {
    static Kept instance;
    return instance;
}

spdlog::level::level_enum levelOf(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

void say(Level level, std::string_view message) {
    logger().log(levelOf(level), "{}", message);
    keep(level, message);
}

}  // namespace

void setUp() { logger().set_level(wantedLevel()); }
void debug(std::string_view message) { say(Level::debug, message); }
void info(std::string_view message) { say(Level::info, message); }
void warn(std::string_view message) { say(Level::warning, message); }
void error(std::string_view message) { say(Level::error, message); }

std::vector<Line> latest() {
    Kept& all = kept();
    const std::lock_guard lock(all.mutex);
    return {all.lines.begin(), all.lines.end()};
}

std::uint64_t written() {
    Kept& all = kept();
    const std::lock_guard lock(all.mutex);
    return all.written;
}

void keep(Level level, std::string_view message) {
    using namespace std::chrono;
    const std::int64_t now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    Kept& all = kept();
    Listener listener;
    {
        const std::lock_guard lock(all.mutex);
        all.lines.push_back({now, level, std::string(message)});
        if (all.lines.size() > kKept) {
            all.lines.pop_front();
        }
        ++all.written;
        listener = all.listener;
    }
    if (listener) {
        listener(level, message);
    }
}

void listen(Listener listener) {
    Kept& all = kept();
    const std::lock_guard lock(all.mutex);
    all.listener = std::move(listener);
}

}  // namespace maskwright::log
