// The one door through which results become files: the window and the command line write the same bytes for the same
// request. Blocks; any thread.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/image_io/image_io.h"
#include "core/output/compose.h"
#include "core/output/kind.h"

namespace maskwright::output {

// One result. What is pointed to must live until write() returns.
struct Request {
    Kind kind = Kind::mask;
    const Image* picture = nullptr;                // for overlay and cutout
    Transparency transparency;                     // the picture's own, for cutout
    const Heatmap* map = nullptr;                  // of the picture's size; for all but index
    const Plane<std::uint8_t>* winners = nullptr;  // for index: IndexPicture::winners()
    Appearance appearance;
    std::size_t number = 0;           // of the phrase among those asked for together, from 0: its colour in an overlay
    std::vector<std::string> labels;  // the phrase; for index all of them, in order
    std::string model;                // its name
};

// Writes a PNG whole or not at all, with textsOf() as its text. Errors: ErrorKind::output; resource for memory.
Result<void> write(const std::string& path, const Request& request);

// A PNG's text chunks: phrase (several one a line), model, threshold, and programTexts().
image_io::Texts textsOf(const Request& request);
// Whether a file is a PNG that this program has made: it says so in its Software text, before its pixels. Reads no
// further; blocks. False where it cannot be read.
bool isOurs(const std::string& path);
// What every PNG of the program says: version, Software.
image_io::Texts programTexts();

}  // namespace maskwright::output
