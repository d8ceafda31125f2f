// Keeps the decoders' own chatter off stderr: Qt's warnings, and what libpng and libtiff print behind Qt's back. A
// failure is one line of ours. Private to image_io.
#pragma once

#include <string>

namespace maskwright::image_io {

// While one lives, what this thread's Qt says is collected and stderr is set aside for the whole process; lines of this
// program's log that other threads wrote meanwhile appear when the last one goes. Any number at a time, in any threads.
class Quiet {
  public:
    Quiet();
    ~Quiet();
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

    // What Qt said to this thread so far, line by line.
    [[nodiscard]] const std::string& said() const { return said_; }

  private:
    std::string said_;
    std::string* outer_;
};

}  // namespace maskwright::image_io
