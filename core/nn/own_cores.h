// A core for each of the threads that compute together.
#pragma once

#include <c10/core/Device.h>

#include <memory>

namespace maskwright::nn {

// How many threads of all programs compute or wait for a core, the calling one among them; 1 where nobody says.
int runnableThreads();

// While it lives the calling thread and those that OpenMP gives it stay on a core each: where they are, and one of two
// that share a core on a free one. For the milliseconds of a phrase: small products, one after the other, and after a
// pause. A thread that slept may be woken on the core of the one that waits for it, all the more where a kernel packs
// the threads of a virtual machine; then they take turns, product by product, and nothing tells the kernel that two
// cores would serve. A phrase of rd64's shape on an encoded picture took 20 ms, longer than by one thread, and takes 9
// (float32, AMD EPYC, two virtual cores, 30 ms after the phrase before).
// Nothing is done where `runnable` leaves fewer free cores than it takes: beside other programs each product would wait
// until both threads have their turn, and the same phrase took four times as long as without. Nor without oneDNN.
// Threads that are made meanwhile would stay on the calling one's core for good: not for work that starts any.
class OwnCores {
  public:
    // Does nothing for work on another device than the processor.
    explicit OwnCores(c10::Device device, int runnable = runnableThreads());
    ~OwnCores();
    OwnCores(const OwnCores&) = delete;
    OwnCores& operator=(const OwnCores&) = delete;

  private:
    struct Team;
    std::unique_ptr<Team> team_;  // null: nothing was done
};

}  // namespace maskwright::nn
