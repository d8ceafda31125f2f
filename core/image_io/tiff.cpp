#include "core/image_io/tiff.h"

#include <QImage>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <vector>

#include "core/image_io/colour.h"
#include "core/image_io/probe.h"
#include "core/image_io/quiet.h"

namespace maskwright::image_io {
namespace {

template <class T>
constexpr int kMost = std::numeric_limits<T>::max();

// One row of samples of type T to one of a QImage.
class PixelRows {
  public:
    explicit PixelRows(const TiffLayout& layout)
        : layout_(layout), step_(static_cast<std::size_t>(layout.samples)), deep_(layout.bits == 16) {
        const bool lab = layout.colour == TiffColour::cieLab || layout.colour == TiffColour::iccLab;
        if (lab) {
            toSrgb_ = ToSrgb::fromLab();
        } else if (layout.colour == TiffColour::inks && !layout.profile.empty()) {
            toSrgb_ = ToSrgb::from(std::as_bytes(std::span(layout.profile)), Channels::cmyk, layout.bits);
        }
        image = QImage(layout.width, layout.height, format());
        if (image.isNull()) {
            throw std::bad_alloc();
        }
    }
    [[nodiscard]] bool converted() const { return toSrgb_.has_value(); }

    void take(int y, const unsigned char* samples) {
        if (layout_.bits == 16) {
            row(reinterpret_cast<const std::uint16_t*>(samples), image.scanLine(y));
        } else {
            row(samples, image.scanLine(y));
        }
    }
    QImage image;

  private:
    [[nodiscard]] bool grey() const {
        return layout_.colour == TiffColour::blackIsZero || layout_.colour == TiffColour::whiteIsZero;
    }
    [[nodiscard]] bool hasAlpha() const { return layout_.alpha != TiffAlpha::none; }
    [[nodiscard]] QImage::Format format() const {
        const bool wide = deep_ && !converted();
        if (hasAlpha()) {
            return layout_.alpha == TiffAlpha::multiplied
                       ? (wide ? QImage::Format_RGBA64_Premultiplied : QImage::Format_RGBA8888_Premultiplied)
                       : (wide ? QImage::Format_RGBA64 : QImage::Format_RGBA8888);
        }
        return grey() ? (wide ? QImage::Format_Grayscale16 : QImage::Format_Grayscale8)
                      : (wide ? QImage::Format_RGBX64 : QImage::Format_RGB888);
    }

    template <class T>
    void row(const T* from, std::uint8_t* to) {
        if (converted()) {
            rowBySrgb(from, to);
            return;
        }
        T* out = reinterpret_cast<T*>(to);
        const std::size_t each = grey() && !hasAlpha() ? 1 : (hasAlpha() || deep_ ? 4 : 3);
        for (int x = 0; x < layout_.width; ++x, from += step_, out += each) {
            colours(from, out, each);
            if (each == 4) {
                out[3] = hasAlpha() ? from[alphaAt()] : static_cast<T>(kMost<T>);
            }
        }
    }
    [[nodiscard]] std::size_t alphaAt() const { return static_cast<std::size_t>(coloursOf(layout_.colour)); }

    template <class T>
    void colours(const T* from, T* out, std::size_t each) const {
        if (grey()) {
            const T value = layout_.colour == TiffColour::whiteIsZero ? static_cast<T>(kMost<T> - from[0]) : from[0];
            std::fill(out, out + std::min<std::size_t>(each, 3), value);
        } else if (layout_.colour == TiffColour::inks) {
            for (std::size_t c = 0; c < 3; ++c) {
                const auto light =
                    static_cast<std::uint64_t>(kMost<T> - from[c]) * static_cast<std::uint64_t>(kMost<T> - from[3]);
                out[c] = static_cast<T>((light + kMost<T> / 2) / kMost<T>);
            }
        } else {
            std::copy(from, from + 3, out);
        }
    }

    template <class T>
    void rowBySrgb(const T* from, std::uint8_t* to) {
        const auto width = static_cast<std::size_t>(layout_.width);
        rgb_.resize(width * 3);
        if (layout_.colour == TiffColour::inks) {
            std::vector<T> inks(width * 4);
            for (std::size_t x = 0; x < width; ++x) {
                std::copy(from + x * step_, from + x * step_ + 4, &inks[x * 4]);
            }
            toSrgb_->convert(inks.data(), rgb_.data(), width);
        } else {
            std::vector<std::uint16_t> lab(width * 3);
            for (std::size_t x = 0; x < width; ++x) {
                labOf(from + x * step_, &lab[x * 3]);
            }
            toSrgb_->convert(lab.data(), rgb_.data(), width);
        }
        const std::size_t each = hasAlpha() ? 4 : 3;
        for (std::size_t x = 0; x < width; ++x) {
            std::memcpy(to + each * x, &rgb_[3 * x], 3);
            if (each == 4) {
                const T alpha = from[x * step_ + alphaAt()];
                to[4 * x + 3] = static_cast<std::uint8_t>((std::uint32_t(alpha) * 255 + kMost<T> / 2) / kMost<T>);
            }
        }
    }

    // To the encoding of ICC.1:2010, 6.3.4.2: L* from 0 to 65535, a* and b* in steps of 1/257 from -128. TIFF 6.0
    // (section 23) and its supplement 1 store a* and b* as signed numbers (of 16 bits: 256ths), ICCLab with 128 added.
    template <class T>
    void labOf(const T* from, std::uint16_t* to) const {
        const bool shifted = layout_.colour == TiffColour::iccLab;
        constexpr bool kDeep = sizeof(T) == 2;
        const double light = kDeep ? (shifted ? from[0] * (65535.0 / 65280) : from[0]) : from[0] * 257.0;
        to[0] = static_cast<std::uint16_t>(std::lround(std::min(light, 65535.0)));
        for (std::size_t c = 1; c < 3; ++c) {
            const T raised = shifted ? from[c] : static_cast<T>(from[c] ^ (1u << (8 * sizeof(T) - 1)));
            const double value = kDeep ? raised * (257.0 / 256) : raised * 257.0;
            to[c] = static_cast<std::uint16_t>(std::lround(std::min(value, 65535.0)));
        }
    }

    const TiffLayout layout_;
    std::size_t step_;
    bool deep_;
    std::optional<ToSrgb> toSrgb_;
    std::vector<std::uint8_t> rgb_;
};

Error notRead(const std::string& name) { return damaged(name, "its pixels cannot be decoded"); }

// The number at `at`, as a double: whole numbers are exact up to 2^53.
template <class T>
double numberAt(const unsigned char* at) {
    T value{};
    std::memcpy(&value, at, sizeof value);
    return static_cast<double>(value);
}

// IEEE 754's number of 16 bits: sign, five bits of exponent, ten of fraction.
double halfAt(const unsigned char* at) {
    std::uint16_t bits = 0;
    std::memcpy(&bits, at, sizeof bits);
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    const double sign = (bits & 0x8000u) != 0 ? -1 : 1;
    if (exponent == 31) {
        return fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                             : sign * std::numeric_limits<double>::infinity();
    }
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25));
}

using Number = double (*)(const unsigned char*);

Number numbersOf(const TiffLayout& layout) {
    const bool minus = layout.numbers == TiffNumbers::signedWhole, real = layout.numbers == TiffNumbers::real;
    switch (layout.bits) {
        case 8:
            return real ? nullptr : (minus ? numberAt<std::int8_t> : numberAt<std::uint8_t>);
        case 16:
            return real ? halfAt : (minus ? numberAt<std::int16_t> : numberAt<std::uint16_t>);
        case 32:
            return real ? numberAt<float> : (minus ? numberAt<std::int32_t> : numberAt<std::uint32_t>);
        case 64:
            return real ? numberAt<double> : (minus ? numberAt<std::int64_t> : numberAt<std::uint64_t>);
        default:
            return nullptr;
    }
}

// Why a number is no label; nothing where it is.
Message noLabel(double value) {
    if (!(value >= 0)) {
        return "it has values below zero, or that are no numbers";
    }
    if (value != std::floor(value)) {
        return "it has values that are not whole numbers";
    }
    return value > std::numeric_limits<std::uint32_t>::max() ? Message("it has labels above 4294967295") : Message();
}

}  // namespace

Result<TiffPicture> readTiffPicture(std::span<const std::byte> file, const std::string& name) {
    std::optional<PixelRows> rows;
    TiffPicture out;
    const auto begin = [&](const TiffLayout& layout) {
        if (layout.bits > 16 || layout.samples < coloursOf(layout.colour)) {
            return false;  // libtiff's reading of the tags is not probeTiff()'s
        }
        rows.emplace(layout);
        out.converted = rows->converted();
        out.profile = out.converted || layout.colour == TiffColour::inks ? "" : layout.profile;
        return true;
    };
    const Quiet quiet;
    const bool whole = readTiffRows(file, begin, [&](int y, const unsigned char* samples) { rows->take(y, samples); });
    if (!whole) {
        return notRead(name);
    }
    out.image = std::make_shared<QImage>(std::move(rows->image));
    return out;
}

Result<Plane<std::uint32_t>> readTiffLabels(std::span<const std::byte> file, const std::string& name) {
    Plane<std::uint32_t> labels;
    Number number = nullptr;
    std::size_t bytes = 1;
    Message problem;
    const auto begin = [&](const TiffLayout& layout) {
        number = numbersOf(layout);
        bytes = static_cast<std::size_t>(layout.bits) / 8;
        if (number == nullptr || layout.samples != 1) {
            return false;
        }
        labels = Plane<std::uint32_t>(layout.width, layout.height);
        return true;
    };
    const auto row = [&](int y, const unsigned char* samples) {
        for (int x = 0; x < labels.width && problem.empty(); ++x) {
            const double value = number(samples + static_cast<std::size_t>(x) * bytes);
            problem = noLabel(value);
            labels.at(x, y) = problem.empty() ? static_cast<std::uint32_t>(value) : std::uint32_t(0);
        }
    };
    const Quiet quiet;
    if (!readTiffRows(file, begin, row)) {
        return notRead(name);
    }
    if (!problem.empty()) {
        return Error{ErrorKind::input, message("%1 cannot be a mask: %2", name, problem),
                     "give a grey or palette PNG whose values are labels"};
    }
    return labels;
}

}  // namespace maskwright::image_io
