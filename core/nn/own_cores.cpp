#include "core/nn/own_cores.h"

// Only with the OpenMP that LibTorch and oneDNN run by: another one's threads are others.
#if defined(MASKWRIGHT_ONEDNN) && defined(_OPENMP)

#include <ATen/Parallel.h>
#include <omp.h>
#include <sched.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <mutex>
#include <vector>

namespace maskwright::nn {

int runnableThreads() {
    std::ifstream file("/proc/loadavg");  // "0.20 0.18 0.12 1/80 11206", proc(5): the fourth
    double load = 0;
    int runnable = 1;
    file >> load >> load >> load >> runnable;
    return file ? runnable : 1;
}

struct OwnCores::Team {
    struct Member {
        pid_t thread = 0;
        cpu_set_t allowed;  // before
        int core = -1;
    };
    std::mutex mutex;  // of what is below
    std::vector<Member> members;
    cpu_set_t taken;

    Team() { CPU_ZERO(&taken); }

    // The calling thread, with the core where it is, or else the next that nobody has taken.
    void join() {
        const std::lock_guard lock(mutex);
        Member one;
        one.thread = gettid();
        const int here = sched_getcpu();
        if (here < 0 || sched_getaffinity(0, sizeof one.allowed, &one.allowed) != 0) {
            return;
        }
        for (int i = 0; i < CPU_SETSIZE && one.core < 0; ++i) {
            const auto core = static_cast<std::size_t>((here + i) % CPU_SETSIZE);
            one.core = CPU_ISSET(core, &one.allowed) && !CPU_ISSET(core, &taken) ? static_cast<int>(core) : -1;
        }
        if (one.core >= 0) {
            CPU_SET(static_cast<std::size_t>(one.core), &taken);
            members.push_back(one);
        }
    }
    void stay() const {
        for (const Member& one : members) {
            cpu_set_t core;
            CPU_ZERO(&core);
            CPU_SET(static_cast<std::size_t>(one.core), &core);
            sched_setaffinity(one.thread, sizeof core, &core);
        }
    }
    void leave() const {
        for (const Member& one : members) {
            sched_setaffinity(one.thread, sizeof one.allowed, &one.allowed);
        }
    }
};

namespace {

using Clock = std::chrono::steady_clock;

// When the calling thread's team was last let go. Soon after it its threads may be awake still, in the hope of work,
// and would be taken for other programs'.
thread_local Clock::time_point letGo{};
constexpr std::chrono::milliseconds kSoon{1};

}  // namespace

OwnCores::OwnCores(c10::Device device, int runnable) {
    const int others = Clock::now() - letGo < kSoon ? 0 : runnable - 1;
    cpu_set_t allowed;
    const int threads = at::get_num_threads();
    if (!device.is_cpu() || threads < 2 || at::in_parallel_region() ||
        sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < others + threads) {
        return;
    }
    team_ = std::make_unique<Team>();
    Team& team = *team_;
    team.join();  // first: it computes already, and the others come to it
#pragma omp parallel num_threads(threads)
    if (omp_get_thread_num() != 0) {
        team.join();
    }
    // Not before all are there: a thread that this was the first to need began with the calling one's cores.
    const std::lock_guard lock(team.mutex);
    team.stay();
}

OwnCores::~OwnCores() {
    if (team_) {
        team_->leave();
        letGo = Clock::now();
    }
}

}  // namespace maskwright::nn

#else

namespace maskwright::nn {

int runnableThreads() { return 1; }

struct OwnCores::Team {};
OwnCores::OwnCores(c10::Device, int) {}
OwnCores::~OwnCores() = default;

}  // namespace maskwright::nn

#endif
