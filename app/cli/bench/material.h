// What is measured with: a picture that anybody has, phrases that no cache has seen, a folder for what comes and goes.
#pragma once

#include <string>

#include "core/image/image.h"

namespace maskwright::cli::bench {

// Shapes of a few colours on a shaded, grainy ground; the same for everybody.
Image drawnPicture(int width, int height);

// "small red cup": another one for each of the first 1,728 numbers.
std::string phrase(int number);
std::vector<std::string> phrases(int first, int count);

// The picture with `number` in its first pixels: the same work, but nothing that was kept of another one fits.
Image variant(const Image& picture, int number);

// An oval in the middle of the picture: another one for each of the first 800 numbers.
Mask markedOval(const Image& picture, int number);

// A folder of this run's own, gone with it.
class Scratch {
  public:
    // Errors: ErrorKind::output.
    static Result<Scratch> make();
    Scratch(Scratch&& other) noexcept;
    Scratch& operator=(Scratch&&) = delete;
    Scratch(const Scratch&) = delete;
    ~Scratch();
    [[nodiscard]] std::string path(const std::string& name = "") const;
    // A folder in it that is there and empty.
    [[nodiscard]] std::string emptyFolder(const std::string& name) const;

  private:
    explicit Scratch(std::string folder) : folder_(std::move(folder)) {}
    std::string folder_;
};

}  // namespace maskwright::cli::bench
