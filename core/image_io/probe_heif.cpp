// HEIC and AVIF (ISO/IEC 23008-12): boxes of length and type; the size is a property of the primary item.
#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "core/image_io/probe.h"

namespace maskwright::image_io {
namespace {

constexpr std::uint64_t kMaxBoxes = 65536;  // at one level

struct Box {
    std::uint64_t at = 0, body = 0, end = 0;  // its length field, what follows type and length, and past its last byte
};

// The box at `at`, which lies in what ends at `end`. Nothing where it does not fit.
std::optional<Box> boxAt(const Bytes& file, std::uint64_t at, std::uint64_t end) {
    if (at > end || end - at < 8) {
        return std::nullopt;
    }
    Box box{at, at + 8, 0};
    std::uint64_t length = file.be32(at);
    if (length == 1) {
        length = std::uint64_t(file.be32(at + 8)) << 32 | file.be32(at + 12);
        box.body = at + 16;
    } else if (length == 0) {
        length = end - at;  // to the end of the file
    }
    if (length < box.body - at || length > end - at) {
        return std::nullopt;
    }
    box.end = at + length;
    return box;
}

// Calls see(box, number) for every box from `at` to `end`; -> where the first begins that does not fit, `end` if all
// do.
template <class See>
std::uint64_t eachBox(const Bytes& file, std::uint64_t at, std::uint64_t end, See see) {
    for (std::uint64_t number = 1; at < end; ++number) {
        const auto box = boxAt(file, at, end);
        if (!box || number > kMaxBoxes) {
            return at;
        }
        see(*box, number);
        at = box->end;
    }
    return end;
}

// Whether what begins at `at` names itself as one of a file's outermost boxes.
bool isOuterBox(const Bytes& file, std::uint64_t at) {
    constexpr std::array<std::string_view, 8> kTypes = {"ftyp", "meta", "mdat", "moov", "moof", "free", "skip", "uuid"};
    return std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view type) { return file.is(at + 4, type); });
}

std::optional<Box> child(const Bytes& file, const Box& parent, std::uint64_t skip, std::string_view type) {
    std::optional<Box> found;
    eachBox(file, parent.body + skip, parent.end, [&](const Box& box, std::uint64_t) {
        if (!found && file.is(box.at + 4, type)) {
            found = box;
        }
    });
    return found;
}

// The numbers (from 1) of the properties that `ipma` gives to the item.
std::vector<std::uint64_t> propertiesOf(const Bytes& file, const Box& ipma, std::uint64_t item) {
    const std::uint32_t version = file.u8(ipma.body);
    const bool wide = (file.u8(ipma.body + 3) & 1u) != 0;
    const std::uint64_t entries = file.be32(ipma.body + 4);
    std::vector<std::uint64_t> found;
    std::uint64_t at = ipma.body + 8;
    for (std::uint64_t i = 0; i < entries && at < ipma.end; ++i) {
        const std::uint64_t id = version == 0 ? file.be16(at) : file.be32(at);
        at += version == 0 ? 2 : 4;
        const std::uint64_t count = file.u8(at++);
        for (std::uint64_t k = 0; k < count && at < ipma.end; ++k) {
            const std::uint64_t property = wide ? file.be16(at) & 0x7fffu : file.u8(at) & 0x7fu;
            at += wide ? 2 : 1;
            if (id == item) {
                found.push_back(property);
            }
        }
    }
    return found;
}

// Width and height as the primary item's ispe property has them; zeros where there is none.
std::pair<std::int64_t, std::int64_t> primarySize(const Bytes& file, const Box& meta) {
    const auto pitm = child(file, meta, 4, "pitm"), iprp = child(file, meta, 4, "iprp");
    const auto ipco = iprp ? child(file, *iprp, 0, "ipco") : std::nullopt;
    if (!pitm || !ipco) {
        return {};
    }
    const std::uint64_t item = file.u8(pitm->body) == 0 ? file.be16(pitm->body + 4) : file.be32(pitm->body + 4);
    std::vector<std::uint64_t> wanted;
    eachBox(file, iprp->body, iprp->end, [&](const Box& box, std::uint64_t) {
        if (file.is(box.at + 4, "ipma")) {
            const auto more = propertiesOf(file, box, item);
            wanted.insert(wanted.end(), more.begin(), more.end());
        }
    });
    std::pair<std::int64_t, std::int64_t> size;
    eachBox(file, ipco->body, ipco->end, [&](const Box& box, std::uint64_t number) {
        if (file.is(box.at + 4, "ispe") && std::find(wanted.begin(), wanted.end(), number) != wanted.end()) {
            size = {file.be32(box.body + 4), file.be32(box.body + 8)};
        }
    });
    return size;
}

}  // namespace

std::optional<std::string> heifFormat(const Bytes& file) {
    if (!file.is(4, "ftyp")) {
        return std::nullopt;
    }
    const std::uint64_t end = std::min<std::uint64_t>(file.be32(0), 4096);
    bool avif = false, heic = false;
    for (std::uint64_t at = 8; at + 4 <= std::max<std::uint64_t>(end, 12); at += at == 8 ? 8 : 4) {  // 12: a version
        for (const std::string_view brand : {"avif", "avis"}) {
            avif = avif || file.is(at, brand);
        }
        for (const std::string_view brand : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "miaf"}) {
            heic = heic || file.is(at, brand);
        }
    }
    return avif ? std::optional<std::string>("avif") : heic ? std::optional<std::string>("heic") : std::nullopt;
}

Result<Header> probeHeif(const Bytes& file, const std::string& name, const std::string& format) {
    Header header{.format = format, .lossy = true};
    std::optional<Box> meta;
    bool data = false;
    const std::uint64_t stop = eachBox(file, 0, file.size(), [&](const Box& box, std::uint64_t) {
        if (!meta && file.is(box.at + 4, "meta")) {
            meta = box;
        }
        data = data || file.is(box.at + 4, "mdat");
    });
    // Behind a whole picture other programs' bytes may stand, as behind a JPEG's end. libheif would take them for a
    // box.
    const bool foreign = meta && data && !isOuterBox(file, stop);
    if (stop < file.size()) {
        if (!foreign) {
            return cutShort(name, "a part of it is longer than the file");
        }
        header.reduced = std::string(reinterpret_cast<const char*>(file.data()), stop);
    }
    if (!meta) {
        return unsupported(name, "it holds a film and no picture");
    }
    std::tie(header.width, header.height) = primarySize(file, *meta);
    if (header.width == 0 || header.height == 0) {
        return damaged(name, "it does not say how large its picture is");
    }
    return header;
}

}  // namespace maskwright::image_io
