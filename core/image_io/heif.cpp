#include "core/image_io/heif.h"

#include <libheif/heif.h>

#include <QImage>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/image_io/quiet.h"

namespace maskwright::image_io {
namespace {

using Context = std::unique_ptr<heif_context, decltype(&heif_context_free)>;
using Handle = std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)>;
using Pixels = std::unique_ptr<heif_image, decltype(&heif_image_release)>;
using Options = std::unique_ptr<heif_decoding_options, decltype(&heif_decoding_options_free)>;
using Nclx = std::unique_ptr<heif_color_profile_nclx, decltype(&heif_nclx_color_profile_free)>;

Error refusal(const heif_error& error, const std::string& name) {
    if (error.code == heif_error_Memory_allocation_error) {
        return {ErrorKind::resource, message("not enough memory for %1", name),
                "close other programs or reduce the picture"};
    }
    if (error.code == heif_error_Unsupported_feature || error.code == heif_error_Unsupported_filetype ||
        error.code == heif_error_Plugin_loading_error) {
        return unsupported(name, message("libheif cannot decode it: %1", error.message));
    }
    if (error.subcode == heif_suberror_End_of_data) {
        return cutShort(name, "some of its pixels are missing");
    }
    return damaged(name, message("libheif cannot decode it: %1", error.message));
}

std::string profileOf(const heif_image_handle* handle, const heif_image* image, const std::string& name,
                      std::vector<Message>& warnings) {
    if (const std::size_t size = heif_image_handle_get_raw_color_profile_size(handle); size > 0) {
        std::string icc(size, '\0');
        return heif_image_handle_get_raw_color_profile(handle, icc.data()).code == heif_error_Ok ? icc : std::string();
    }
    heif_color_profile_nclx* found = nullptr;
    if (heif_image_handle_get_nclx_color_profile(handle, &found).code != heif_error_Ok &&
        heif_image_get_nclx_color_profile(image, &found).code != heif_error_Ok) {
        return {};
    }
    const Nclx nclx(found, &heif_nclx_color_profile_free);
    return profileFor({nclx->color_primaries, nclx->transfer_characteristics}, name, warnings);
}

// libheif's pixels, 8 bits a channel, without a copy.
QImage adopt(Pixels image, const std::uint8_t* bytes, int stride, QImage::Format format) {
    const int width = heif_image_get_width(image.get(), heif_channel_interleaved);
    const int height = heif_image_get_height(image.get(), heif_channel_interleaved);
    return {bytes,          width,  height,
            stride,         format, [](void* owned) { heif_image_release(static_cast<heif_image*>(owned)); },
            image.release()};
}

// More than 8 bits, little-endian in two bytes, as 16.
QImage widen(const heif_image& image, const std::uint8_t* bytes, int stride, int bits, bool alpha, bool premultiplied) {
    QImage made(
        heif_image_get_width(&image, heif_channel_interleaved), heif_image_get_height(&image, heif_channel_interleaved),
        !alpha ? QImage::Format_RGBX64 : (premultiplied ? QImage::Format_RGBA64_Premultiplied : QImage::Format_RGBA64));
    if (made.isNull()) {
        throw std::bad_alloc();
    }
    const unsigned most = (1u << bits) - 1;
    const int channels = alpha ? 4 : 3;
    for (int y = 0; y < made.height(); ++y) {
        const std::uint8_t* from = bytes + static_cast<std::ptrdiff_t>(y) * stride;
        auto* to = reinterpret_cast<quint16*>(made.scanLine(y));
        for (int x = 0; x < made.width(); ++x, to += 4) {
            to[3] = 0xffff;
            for (int c = 0; c < channels; ++c, from += 2) {
                const unsigned value = std::min(from[0] | unsigned(from[1]) << 8, most);
                to[c] = static_cast<quint16>((value * 65535u + most / 2) / most);
            }
        }
    }
    return made;
}

}  // namespace

Result<void> decodeHeif(Decoded& out, std::span<const std::byte> bytes, const std::string& name,
                        std::int64_t maxPixels) {
    const Quiet quiet;
    const Context context(heif_context_alloc(), &heif_context_free);
    heif_context_set_maximum_image_size_limit(
        context.get(), static_cast<int>(std::min<double>(32768, std::ceil(std::sqrt(double(maxPixels)) * 4))));
    heif_error error = heif_context_read_from_memory_without_copy(context.get(), bytes.data(), bytes.size(), nullptr);
    if (error.code != heif_error_Ok) {
        return refusal(error, name);
    }
    heif_image_handle* primary = nullptr;
    error = heif_context_get_primary_image_handle(context.get(), &primary);
    if (error.code != heif_error_Ok) {
        return refusal(error, name);
    }
    const Handle handle(primary, &heif_image_handle_release);
    const bool alpha = heif_image_handle_has_alpha_channel(primary) != 0;
    const bool premultiplied = alpha && heif_image_handle_is_premultiplied_alpha(primary) != 0;
    const bool deep = heif_image_handle_get_luma_bits_per_pixel(primary) > 8;
    const heif_chroma chroma = deep ? (alpha ? heif_chroma_interleaved_RRGGBBAA_LE : heif_chroma_interleaved_RRGGBB_LE)
                                    : (alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB);
    const Options options(heif_decoding_options_alloc(), &heif_decoding_options_free);
    options->strict_decoding = 1;
    heif_image* decoded = nullptr;
    error = heif_decode_image(primary, &decoded, heif_colorspace_RGB, chroma, options.get());
    if (error.code != heif_error_Ok) {
        return refusal(error, name);
    }
    Pixels image(decoded, &heif_image_release);
    out.profile = profileOf(primary, decoded, name, out.warnings);
    int stride = 0;
    const std::uint8_t* plane = heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride);
    if (plane == nullptr) {
        return damaged(name, "its pixels cannot be decoded");
    }
    if (deep) {
        const int bits = heif_image_get_bits_per_pixel_range(decoded, heif_channel_interleaved);
        if (bits < 8 || bits > 16) {
            return unsupported(name, message("it has %1 bits a channel", bits));
        }
        out.image = std::make_shared<const QImage>(widen(*decoded, plane, stride, bits, alpha, premultiplied));
    } else {
        const auto format = !alpha ? QImage::Format_RGB888
                                   : (premultiplied ? QImage::Format_RGBA8888_Premultiplied : QImage::Format_RGBA8888);
        out.image = std::make_shared<const QImage>(adopt(std::move(image), plane, stride, format));
    }
    return {};
}

}  // namespace maskwright::image_io
