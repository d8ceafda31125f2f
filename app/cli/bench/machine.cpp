#include "app/cli/bench/machine.h"

#include <sched.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <initializer_list>
#include <string_view>
#include <thread>

namespace maskwright::cli::bench {

namespace {

// What follows "NAME :" in the first line of `file` that begins with the name.
std::string field(const std::string& file, std::string_view name) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        const std::size_t colon = line.find(':');
        if (!line.starts_with(name) || colon == std::string::npos ||
            line.find_last_not_of(" \t", colon - 1) + 1 != name.size()) {
            continue;
        }
        const std::size_t begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? "" : line.substr(begin);
    }
    return {};
}

double leadingNumber(const std::string& text) { return text.empty() ? 0 : std::strtod(text.c_str(), nullptr); }

int usableCores() {
    cpu_set_t set;
    CPU_ZERO(&set);
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                       : static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

Machine thisMachine() {
    Machine machine;
    machine.processor = field("/proc/cpuinfo", "model name");
    // GCC 12 warns of a literal in front of a temporary string, so these are put together piece by piece.
    std::string flags(1, ' ');
    flags.append(field("/proc/cpuinfo", "flags")).append(" ");
    const auto has = [&](std::string_view flag) {
        std::string word(1, ' ');
        return flags.find(word.append(flag).append(" ")) != std::string::npos;
    };
    for (const char* set : {"amx_bf16", "avx512_bf16", "avx512f", "avx2", "avx", "sse4_2"}) {
        if (machine.isa.empty() && has(set)) {
            machine.isa = set;
        }
    }
    machine.bfloat16 = has("amx_bf16") || has("avx512_bf16");
    machine.cores = usableCores();
    machine.gigabytes = leadingNumber(field("/proc/meminfo", "MemTotal")) / (1024 * 1024);
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    char text[32];
    machine.date.assign(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc)));
    return machine;
}

Memory memoryOf(pid_t process) {
    const std::string file = "/proc/" + (process == 0 ? "self" : std::to_string(process)) + "/status";
    return {leadingNumber(field(file, "VmRSS")) / 1024, leadingNumber(field(file, "VmHWM")) / 1024};
}

}  // namespace maskwright::cli::bench
