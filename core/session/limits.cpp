#include "core/session/limits.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

#include "core/clip/config.h"

namespace maskwright::session {

namespace {

// Free bytes of the machine (MemAvailable), or 0 where it cannot be told.
std::uint64_t availableMemory() {
    std::ifstream file("/proc/meminfo");
    std::string key, unit;
    std::uint64_t value = 0;
    while (file >> key >> value) {
        std::getline(file, unit);
        if (key == "MemAvailable:") {
            return value * 1024;
        }
    }
    return 0;
}

std::string gigabytes(double bytes) { return std::to_string(static_cast<long>(std::ceil(bytes / 1e9))) + " GB"; }

}  // namespace

Result<void> checkInputSize(const ModelInfo& model, std::int64_t size) {
    const std::int64_t cell = model.capabilities.cell;
    const std::int64_t least = model.capabilities.smallest, most = model.capabilities.largest;
    if (size >= least && size <= most && size % cell == 0) {
        return {};
    }
    const std::int64_t below = std::clamp(size / cell * cell, least, most);
    const std::int64_t above = std::clamp(below == size ? below : below + cell, least, most);
    std::string nearest = std::to_string(below);
    if (above != below && size > below) {
        nearest += " or " + std::to_string(above);
    }
    const std::string rule = " is not a multiple of " + std::to_string(cell) + " from " + std::to_string(least) +
                             " to " + std::to_string(most);
    if (size == model.capabilities.inputSize) {
        return Error{ErrorKind::weights,
                     "the model " + model.name + " names the input size " + std::to_string(size) + ", which" + rule,
                     "correct its preprocessor_config.json, or choose --size " + nearest};
    }
    return Error{ErrorKind::usage, "the size " + std::to_string(size) + rule, "the nearest is " + nearest};
}

Result<void> checkInputMemory(const clip::VisionConfig& vision, std::int64_t width, std::int64_t height) {
    // The tensors that live at once in one block of the vision tower (input, norm, q, k, v, MLP), or the wide depthwise
    // maps.
    const double pixels = double(width) * double(height);
    const double cells = pixels / double(vision.cell() * vision.cell());
    double floats = 0;
    if (vision.isVit()) {
        floats = cells * (8.0 * double(vision.hiddenSize) + 3.0 * double(vision.mlp));
    } else {
        floats = pixels * (3 + double(vision.stemChannels)) + cells * 3.0 * double(vision.hiddenSize);
        for (const clip::Block& block : vision.blocks()) {
            floats = std::max(floats, pixels / 4 * double(block.in * block.expand) * 2);
        }
    }
    const auto available = double(availableMemory());
    if (available > 0 && floats * 4 > available) {
        return Error{ErrorKind::resource,
                     "a picture of " + std::to_string(width) + "x" + std::to_string(height) + " needs about " +
                         gigabytes(floats * 4) + " and " + gigabytes(available) + " are free",
                     "choose a smaller input size (--size)"};
    }
    return {};
}

}  // namespace maskwright::session
