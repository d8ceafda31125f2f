#include "core/output/write.h"

#include <array>
#include <cstdio>
#include <new>
#include <string_view>

#include "core/base/file.h"
#include "core/image/refine.h"
#include "core/output/overlay.h"

namespace maskwright::output {
namespace {

std::string plainNumber(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

// Nothing where all is there that the kind needs.
Message missing(const Request& request) {
    const bool drawn = request.kind == Kind::overlay || request.kind == Kind::cutout;
    if (request.kind == Kind::index ? request.winners == nullptr : request.map == nullptr) {
        return "the mask has no pixels";
    }
    if (drawn && (request.picture == nullptr || request.picture->width != request.map->width ||
                  request.picture->height != request.map->height)) {
        return "picture and mask differ in size";
    }
    if (const Mask* alpha = request.transparency.alpha;
        request.kind == Kind::cutout && alpha != nullptr &&
        (alpha->width != request.map->width || alpha->height != request.map->height)) {
        return "picture and transparency differ in size";
    }
    return {};
}

Result<void> writeIndex(const std::string& path, const Request& request) {
    std::vector<Colour> palette = {{0, 0, 0}};
    for (std::size_t i = 0; i < request.labels.size(); ++i) {
        palette.push_back(distinctColour(i));
    }
    return image_io::writeIndexed(path, *request.winners, palette, textsOf(request));
}

}  // namespace

Result<void> write(const std::string& path, const Request& request) try {
    if (const Message problem = missing(request); !problem.empty()) {
        return Error{ErrorKind::output, message("cannot write %1: %2", path, problem), ""};
    }
    const image_io::Texts texts = textsOf(request);
    switch (request.kind) {
        case Kind::mask:
            return image_io::writeMask(path, threshold(*request.map, static_cast<float>(request.appearance.threshold)),
                                       texts);
        case Kind::probability:
            return image_io::writeProbability(path, *request.map, texts);
        case Kind::probability16:
            return image_io::writeProbability16(path, *request.map, texts);
        case Kind::overlay:
            return image_io::writeImage(path,
                                        overlay(*request.picture, *request.map, request.appearance,
                                                colourOf(request.appearance, request.number)),
                                        texts);
        case Kind::cutout:
            return image_io::writeRgba(path, request.map->width, request.map->height,
                                       cutout(*request.picture, *request.map, request.appearance, request.transparency),
                                       texts);
        case Kind::index:
            return writeIndex(path, request);
    }
    return {};
} catch (const std::bad_alloc&) {
    return Error{ErrorKind::resource, message("not enough memory to write %1", path), "close other programs"};
}

image_io::Texts textsOf(const Request& request) {
    std::string phrases;
    for (std::size_t i = 0; i < request.labels.size(); ++i) {
        phrases += (i == 0 ? "" : "\n") + request.labels[i];
    }
    image_io::Texts texts = programTexts();
    texts["phrase"] = phrases;
    texts["model"] = request.model;
    texts["threshold"] = plainNumber(request.appearance.threshold);
    return texts;
}

bool isOurs(const std::string& path) {
    constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
    const std::string text = std::string("tEXtSoftware") + '\0' + "Maskwright ";
    constexpr int kMostChunks = 100;
    const auto file = FileReader::open(path);
    std::array<char, 24> bytes{};
    const auto read = [&](std::uint64_t at, std::size_t count) {
        return file->read(at, std::as_writable_bytes(std::span(bytes).first(count))).ok();
    };
    if (!file || !read(0, kSignature.size()) || std::string_view(bytes.data(), kSignature.size()) != kSignature) {
        return false;
    }
    // Chunks (ISO/IEC 15948, 5.3): length, four letters, data, check sum.
    std::uint64_t at = kSignature.size();
    for (int i = 0; i < kMostChunks && read(at, 8); ++i) {
        const std::string_view kind(bytes.data() + 4, 4);
        if (kind == "IDAT" || kind == "IEND") {
            return false;
        }
        std::uint64_t length = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            length = length << 8 | static_cast<unsigned char>(bytes[k]);
        }
        if (kind == "tEXt" && read(at + 4, text.size()) && std::string_view(bytes.data(), text.size()) == text) {
            return true;
        }
        at += 12 + length;
    }
    return false;
}

image_io::Texts programTexts() {
    return {{"version", MASKWRIGHT_VERSION}, {"Software", std::string("Maskwright ") + MASKWRIGHT_VERSION}};
}

}  // namespace maskwright::output
