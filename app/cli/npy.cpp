#include "app/cli/npy.h"

#include <bit>

namespace maskwright::cli {

static_assert(std::endian::native == std::endian::little, "the files are little-endian, as memory is");

Result<NpyWriter> NpyWriter::create(const std::string& path, std::span<const std::int64_t> shape) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    std::int64_t count = 1;
    for (const std::int64_t side : shape) {
        header += std::to_string(side) + ", ";
        count *= side;
    }
    if (shape.size() > 1) {
        header.resize(header.size() - 2);
    }
    header += "), }";
    // Magic (6), version (2), header length (2), header; all together a multiple of 64, ending in a line break.
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    std::string start("\x93NUMPY\x01\0", 8);
    start += static_cast<char>(header.size() & 0xff);
    start += static_cast<char>(header.size() >> 8);
    auto file = AtomicFile::create(path);
    if (!file) {
        return file.error();
    }
    start += header;
    MASKWRIGHT_TRY(file->write(std::as_bytes(std::span(start))));
    return NpyWriter(std::move(*file), path, count);
}

Result<void> NpyWriter::write(std::span<const float> values) {
    missing_ -= static_cast<std::int64_t>(values.size());
    return file_.write(std::as_bytes(values));
}

Result<void> NpyWriter::commit() {
    if (missing_ != 0) {
        return Error{ErrorKind::output, message("%1 was not written: its values do not fill its shape", quoted(path_)),
                     ""};
    }
    return file_.commit();
}

Result<void> writeNpy(const std::string& path, std::span<const std::int64_t> shape, std::span<const float> values) {
    auto writer = NpyWriter::create(path, shape);
    if (!writer) {
        return writer.error();
    }
    MASKWRIGHT_TRY(writer->write(values));
    return writer->commit();
}

}  // namespace maskwright::cli
