// A picture as its decoder gave it: stored colours, not yet turned. Private to image_io.
#pragma once

#include <memory>
#include <new>
#include <span>
#include <string>
#include <vector>

#include "core/image_io/image_io.h"
#include "core/image_io/probe.h"
#include "core/image_io/turn.h"

class QImage;  // declared only: headers are free of Qt

namespace maskwright::image_io {

constexpr int kBandRows = 64;  // rows converted at a time: full-size memory is the decoder's and ours, no third

struct Decoded {
    std::shared_ptr<const QImage> image;  // never null
    Header header;
    std::string profile;     // ICC; empty: none, or it is sRGB's
    bool converted = false;  // the pixels have been brought from the profile's colours to sRGB already
    std::vector<Message> warnings;
};

// Probes, then decodes. `name` opens every message. Errors: ErrorKind::input.
Result<Decoded> decode(std::span<const std::byte> bytes, const std::string& name, const ReadOptions& options);

// The whole file. Errors: ErrorKind::input.
Result<std::vector<std::byte>> fileBytes(const std::string& path, const ReadOptions& options);

// The warning of a profile that cannot be followed.
Message profileBroken(const std::string& name);
// A profile for what a file says of its colours with numbers; with a warning where none stands for them.
std::string profileFor(const CodePoints& points, const std::string& name, std::vector<Message>& warnings);

// A view of kBandRows rows from `y` on, fewer at the end, with the image's colours.
QImage band(const QImage& image, int y);
// The rows of a band whose first row is number `top` of its picture.
Rows rowsOf(const QImage& band, int top);

// work(), with an error in place of std::bad_alloc.
template <class T, class Work>
Result<T> withMemory(const std::string& name, Work work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::resource, message("not enough memory for %1", name),
                     "close other programs or reduce the picture"};
    }
}

}  // namespace maskwright::image_io
