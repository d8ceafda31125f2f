#include "core/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <memory>
#include <string_view>

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

}  // namespace

void setUp() { logger().set_level(wantedLevel()); }
void debug(std::string_view message) { logger().debug("{}", message); }
void info(std::string_view message) { logger().info("{}", message); }
void warn(std::string_view message) { logger().warn("{}", message); }

}  // namespace maskwright::log
