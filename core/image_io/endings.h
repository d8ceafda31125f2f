// The endings of the pictures that read() takes: the one list for folders, dialogs and messages. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace maskwright::image_io {

struct Ending {
    std::string_view text;  // lower case, without its dot
    bool forMasks = false;  // the format keeps every pixel as it was and is offered where a mask is wanted
};

// By how common they are.
std::span<const Ending> endings();

// The ending of a file's name or path with its dot, A to Z in lower case; empty where it has none.
std::string endingOf(std::string_view path);

// Whether a file of this name or path is taken for a picture: by its ending alone, upper or lower case. A name that is
// nothing but an ending (".png") is not.
bool hasPictureEnding(std::string_view path);

// "*.png *.jpg ...", as a file dialog's filter has them.
std::string dialogPatterns(bool masksOnly = false);

}  // namespace maskwright::image_io
