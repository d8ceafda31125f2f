#include "core/image_io/mask.h"

#include <QImage>
#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "core/image_io/decoded.h"
#include "core/image_io/gif_indices.h"
#include "core/image_io/quiet.h"
#include "core/image_io/tiff.h"

namespace maskwright::image_io {
namespace {

constexpr int kLossyLeast = 128;         // where a blurred edge from 0 to 255 is cut
constexpr int kLossyNoise = 16;          // what JPEG's blocks add to black; a lossy mask no brighter marks nothing
constexpr std::size_t kManyValues = 64;  // more levels of grey than that are a soft mask's, not labels
constexpr std::size_t kListed = 20;      // labels that an error lists

constexpr QRgb kBlack = qRgb(0, 0, 0), kWhite = qRgb(255, 255, 255);

bool isGrey(const QList<QRgb>& table) {
    return std::all_of(table.begin(), table.end(),
                       [](QRgb c) { return qRed(c) == qGreen(c) && qGreen(c) == qBlue(c); });
}

// Two colours, in an order of the writer's own: no labels, but what a picture of one bit is.
// Entries behind the second do not count where no pixel has them: GIF pads its palettes.
bool isBlackAndWhite(const QList<QRgb>& table, std::span<const bool> used) {
    const bool two =
        table.size() >= 2 && std::min(table[0], table[1]) == kBlack && std::max(table[0], table[1]) == kWhite;
    return two && std::all_of(table.begin() + 2, table.end(), [](QRgb c) { return c == kBlack; }) &&
           std::find(used.begin() + 2, used.end(), true) == used.end();
}

// Calls put(number, value, alpha, grey) for every pixel, with its brightest channel. T: the channels' type.
template <class T, class Put>
void eachPixel(const QImage& source, const Turn& turn, Put put) {
    constexpr QImage::Format kFormat = sizeof(T) == 2 ? QImage::Format_RGBA64 : QImage::Format_RGBA8888;
    for (int y = 0; y < source.height(); y += kBandRows) {
        QImage rows = band(source, y);
        rows.convertTo(kFormat);
        place(rowsOf(rows, y), 4 * sizeof(T), turn, [&](std::ptrdiff_t at, const std::uint8_t* bytes) {
            const T* rgba = reinterpret_cast<const T*>(bytes);
            put(static_cast<std::size_t>(at), std::max({rgba[0], rgba[1], rgba[2]}), rgba[3],
                rgba[0] == rgba[1] && rgba[1] == rgba[2]);
        });
    }
}

void countAreas(MaskFile& out, const std::string& name) {
    for (const Label label : out.labels.pixels) {
        ++out.areas[label];
    }
    out.areas.erase(0);
    if (out.areas.size() > kManyValues) {
        out.warnings.push_back(
            message("the mask %1 has %2 different values, and all but zero count as inside; of a soft mask make a "
                    "black and white one first",
                    quoted(name), out.areas.size()));
    }
}

// Every pixel that is inside has the label 1.
void dropLabels(MaskFile& out, const Message& why) {
    for (auto& label : out.labels.pixels) {
        label = label != 0 ? 1 : 0;
    }
    out.unlabelled = why;
}

void readIndexed(const QImage& source, const Turn& turn, const std::string& name, MaskFile& out) {
    const QList<QRgb> table = source.colorTable();
    std::array<bool, 256> used{};
    QList<QRgb> indices;
    for (int i = 0; i < table.size(); ++i) {
        indices.append(qRgb(i, i, i));
    }
    for (int y = 0; y < source.height(); y += kBandRows) {
        QImage rows = band(source, y);
        rows.setColorTable(indices);
        rows.convertTo(QImage::Format_Grayscale8);
        place(rowsOf(rows, y), 1, turn, [&](std::ptrdiff_t at, const std::uint8_t* index) {
            out.labels.pixels[static_cast<std::size_t>(at)] = *index;
            used[*index] = true;
        });
    }
    const auto entry = [&](std::size_t i) { return table.value(static_cast<qsizetype>(i), qRgb(0, 0, 0)); };
    const auto visible = [&](std::size_t i) { return qAlpha(entry(i)) != 0; };
    bool clear = false, solid = false, ground = !used[0] || !visible(0);
    for (std::size_t i = 0; i < used.size(); ++i) {
        clear |= used[i] && !visible(i);
        solid |= used[i] && visible(i);
    }
    const bool byAlpha = clear && solid;
    const bool blackAndWhite = isBlackAndWhite(table, used);
    bool blackInside = false;
    for (auto& label : out.labels.pixels) {
        const Label index = label;
        if (blackAndWhite) {
            label = entry(index) == kWhite ? 1 : 0;
        }
        blackInside |= label != 0 && entry(index) == kBlack;
        if (byAlpha) {
            label = visible(index) ? std::max<Label>(label, 1) : 0;
        }
    }
    if (byAlpha && !ground) {
        dropLabels(out, "its transparency says what is inside");
    }
    if (blackInside && (isGrey(table) || entry(0) != kBlack)) {
        out.warnings.push_back(
            message("in the mask %1 black is inside: of a palette the index counts, and black is not its first colour",
                    quoted(name)));
    }
    out.darkness = blackAndWhite ? Message("all its pixels are black")
                                 : Message("all its pixels have the first colour of its palette, which is outside");
}

template <class T>
void readChannels(const QImage& source, const Header& header, const Turn& turn, MaskFile& out) {
    bool clear = false, solid = false;
    if (source.hasAlphaChannel()) {
        eachPixel<T>(source, turn, [&](std::size_t, T, T alpha, bool) {
            clear |= alpha == 0;
            solid |= alpha != 0;
        });
    }
    const bool byAlpha = clear && solid;
    // Grey of fewer than 8 bits comes spread over 0..255.
    const T unit =
        header.greyBits > 0 && header.greyBits < 8 ? static_cast<T>(255 / ((1 << header.greyBits) - 1)) : T{1};
    bool coloured = false, blackInside = false;
    eachPixel<T>(source, turn, [&](std::size_t at, T value, T alpha, bool grey) {
        const bool inside = byAlpha ? alpha != 0 : value != 0;
        coloured |= inside && !grey;
        blackInside |= inside && value == 0;
        out.labels.pixels[at] = inside ? std::max<Label>(value / unit, 1) : 0;
    });
    if (coloured) {
        dropLabels(out, "it is in colours");
    } else if (blackInside) {
        dropLabels(out, "its transparency says what is inside");
    }
    out.darkness = "all its pixels are black";
}

void readLossy(const QImage& source, const Turn& turn, const std::string& name, MaskFile& out) {
    using Byte = std::uint8_t;
    bool clear = false, solid = false;
    if (source.hasAlphaChannel()) {
        eachPixel<Byte>(source, turn, [&](std::size_t, Byte, Byte alpha, bool) {
            clear |= alpha == 0;
            solid |= alpha != 0;
        });
    }
    int brightest = 0;
    eachPixel<Byte>(source, turn, [&](std::size_t at, Byte value, Byte alpha, bool) {
        out.labels.pixels[at] = clear && solid ? alpha : value;
        brightest = std::max<int>(brightest, out.labels.pixels[at]);
    });
    const auto least = static_cast<Label>(brightest < kLossyNoise ? 256 : std::min(kLossyLeast, (brightest + 1) / 2));
    std::int64_t inside = 0, dim = 0;
    for (auto& label : out.labels.pixels) {
        dim += label >= kLossyNoise && label < least ? 1 : 0;
        inside += label >= least ? 1 : 0;
        label = label >= least ? 1 : 0;
    }
    out.unlabelled = "its format blurs values";
    out.darkness = message("its brightest value is %1, and its format blurs values", brightest);
    if (dim > inside / 4) {
        out.warnings.push_back(
            message("in the mask %1 only values of %2 and more count as inside, because its format blurs values; save "
                    "masks as PNG",
                    quoted(name), least));
    }
}

// A TIFF whose numbers are labels and no picture.
Result<MaskFile> readNumbers(std::span<const std::byte> bytes, const Header& header, const std::string& name) {
    const auto labels = readTiffLabels(bytes, name);
    if (!labels) {
        return labels.error();
    }
    const Turn turn(header.orientation, labels->width, labels->height);
    MaskFile out;
    out.labels = Plane<Label>(turn.width, turn.height);
    const Rows rows{reinterpret_cast<const std::uint8_t*>(labels->pixels.data()),
                    static_cast<std::ptrdiff_t>(sizeof(Label)) * labels->width, labels->width, labels->height, 0};
    place(rows, sizeof(Label), turn, [&](std::ptrdiff_t at, const std::uint8_t* label) {
        std::memcpy(&out.labels.pixels[static_cast<std::size_t>(at)], label, sizeof(Label));
    });
    out.darkness = "all its pixels are black";
    countAreas(out, name);
    return out;
}

}  // namespace

Result<MaskFile> readMaskFile(const std::string& path, const ReadOptions& options) {
    return withMemory<MaskFile>(path, [&]() -> Result<MaskFile> {
        const auto bytes = fileBytes(path, options);
        if (!bytes) {
            return bytes.error();
        }
        const auto probed = probe(Bytes(*bytes), path, options.maxPixels);
        if (probed && !probed->noPicture.empty()) {
            return readNumbers(*bytes, *probed, path);
        }
        auto decoded = decode(*bytes, path, options);
        if (!decoded) {
            return decoded.error();
        }
        if (decoded->header.format == "gif") {
            decoded->image = gifIndices(Bytes(*bytes));
            if (!decoded->image) {
                return damaged(path, "its pixels cannot be decoded");
            }
        }
        if (decoded->header.format == "tiff" && decoded->header.palette && decoded->image->colorCount() == 0) {
            // Qt's reader makes colours of palettes of fewer than 8 bits.
            const Quiet quiet;
            if (auto indices = tiffIndices(*bytes)) {
                decoded->image = std::move(indices);
            }
        }
        const QImage& source = *decoded->image;
        const Header& header = decoded->header;
        const Turn turn(header.orientation, source.width(), source.height());
        MaskFile out;
        out.labels = Plane<Label>(turn.width, turn.height);
        out.warnings = std::move(decoded->warnings);
        if (header.lossy) {
            readLossy(source, turn, path, out);
        } else if (header.palette && source.colorCount() > 0) {
            readIndexed(source, turn, path, out);
        } else if (source.depth() > 32 || source.format() == QImage::Format_Grayscale16) {
            readChannels<std::uint16_t>(source, header, turn, out);
        } else {
            readChannels<std::uint8_t>(source, header, turn, out);
        }
        countAreas(out, path);
        return out;
    });
}

Result<Mask> chooseRegion(const MaskFile& file, const std::string& name, std::optional<std::int64_t> label) {
    if (file.areas.empty()) {
        return Error{ErrorKind::input, message("the mask %1 marks nothing: %2", quoted(name), file.darkness),
                     "give one that is not black where the object is"};
    }
    if (label && !file.unlabelled.empty()) {
        return Error{ErrorKind::input,
                     message("the mask %1 has no labels to choose from: %2", quoted(name), file.unlabelled),
                     "give a grey or palette PNG whose values are labels"};
    }
    const bool known =
        !label || (*label >= 1 && *label <= std::numeric_limits<Label>::max() && file.areas.count(Label(*label)) > 0);
    if (!known) {
        std::string list;
        std::size_t listed = 0;
        for (const auto& [value, area] : file.areas) {
            if (listed++ == kListed) {
                list += ", ...";
                break;
            }
            list += (list.empty() ? "" : ", ") + std::to_string(value);
        }
        return Error{ErrorKind::input, message("the mask %1 has no label %2", quoted(name), *label),
                     message("its labels are %1", list)};
    }
    Mask mask(file.labels.width, file.labels.height);
    std::transform(file.labels.pixels.begin(), file.labels.pixels.end(), mask.pixels.begin(), [&](Label value) {
        return static_cast<std::uint8_t>((label ? value == *label : value != 0) ? 255 : 0);
    });
    return mask;
}

Result<Mask> readMask(const std::string& path, const ReadOptions& options) {
    const auto file = readMaskFile(path, options);
    if (!file) {
        return file.error();
    }
    if (file->areas.empty()) {
        return Mask(file->labels.width, file->labels.height);
    }
    return chooseRegion(*file, path);
}

}  // namespace maskwright::image_io
