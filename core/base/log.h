// Diagnostics on stderr through spdlog; results never go here. Level from MASKWRIGHT_LOG (trace, debug, info, warn,
// error, off).
#pragma once

#include <string_view>

namespace maskwright::log {

// Reads MASKWRIGHT_LOG; the default shows warnings and errors. Safe to call more than once.
void setUp();
void debug(std::string_view message);
void info(std::string_view message);
void warn(std::string_view message);

}  // namespace maskwright::log
