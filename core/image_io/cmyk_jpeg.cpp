#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <vector>
// jpeglib.h wants cstdio before it.
#include <jerror.h>
#include <jpeglib.h>

#include "core/image_io/cmyk.h"

namespace maskwright::image_io {
namespace {

constexpr unsigned kMarkerBytes = 0xffff;

struct Errors {
    jpeg_error_mgr manager;
    std::jmp_buf leave;
    bool missing = false;  // pixels
};

void fail(j_common_ptr info) { std::longjmp(reinterpret_cast<Errors*>(info->err)->leave, 1); }

void note(j_common_ptr info, int level) {
    const int code = info->err->msg_code;
    if (level < 0 && (code == JWRN_HIT_MARKER || code == JWRN_JPEG_EOF)) {
        reinterpret_cast<Errors*>(info->err)->missing = true;
    }
}

void say(j_common_ptr) {}

// Everything between setjmp and longjmp: nothing here has a destructor.
bool startReading(jpeg_decompress_struct& info, Errors& errors, std::span<const std::byte> file) {
    if (setjmp(errors.leave) != 0) {
        return false;
    }
    jpeg_create_decompress(&info);
    jpeg_save_markers(&info, JPEG_APP0 + 2, kMarkerBytes);
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_read_header(&info, TRUE);
    info.out_color_space = JCS_CMYK;
    jpeg_start_decompress(&info);
    return info.output_components == 4;
}

bool readRow(jpeg_decompress_struct& info, Errors& errors, unsigned char* pixels) {
    if (setjmp(errors.leave) != 0) {
        return false;
    }
    return jpeg_read_scanlines(&info, &pixels, 1) == 1;
}

std::string profileOf(jpeg_decompress_struct& info, Errors& errors) {
    JOCTET* bytes = nullptr;
    unsigned size = 0;
    if (setjmp(errors.leave) != 0 || !jpeg_read_icc_profile(&info, &bytes, &size)) {
        return {};
    }
    std::string profile(reinterpret_cast<const char*>(bytes), size);
    std::free(bytes);
    return profile;
}

struct Owner {
    jpeg_decompress_struct& info;
    ~Owner() { jpeg_destroy_decompress(&info); }
};

}  // namespace

bool readCmykJpeg(std::span<const std::byte> file, const BeginRows& begin, const TakeRow& row) {
    jpeg_decompress_struct info{};
    Errors errors{};
    info.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = fail;
    errors.manager.emit_message = note;
    errors.manager.output_message = say;
    const Owner owner{info};
    if (!startReading(info, errors, file)) {
        return false;
    }
    const CmykRows rows{static_cast<int>(info.output_width), static_cast<int>(info.output_height),
                        info.saw_Adobe_marker != 0, profileOf(info, errors)};
    if (!begin(rows)) {
        return false;
    }
    std::vector<unsigned char> pixels(std::size_t(rows.width) * 4);
    for (int y = 0; y < rows.height; ++y) {
        if (!readRow(info, errors, pixels.data())) {
            return false;
        }
        row(y, pixels.data());
    }
    return !errors.missing;
}

}  // namespace maskwright::image_io
