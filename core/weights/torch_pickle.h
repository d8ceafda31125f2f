// Weight files that torch.save wrote: the zip format (PyTorch 1.6 and later) and the one before it. Plain tensors only,
// and no code in them is ever run; see pickle.h for what is accepted.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/weights/pickle.h"
#include "core/weights/safetensors.h"
#include "core/weights/zip_archive.h"

namespace maskwright::weights {

// An open file whose tensors have been listed and checked. All errors: ErrorKind::weights, naming the file.
class TorchFile {
  public:
    // Whether a TorchScript archive, which is a program, is opened for the tensors it holds. Its code is not looked at.
    enum class Scripts { refused, forTensors };

    // The file must hold a dictionary of tensors by name, or one under "state_dict", "model_state_dict" or "model"
    // (whatever else such a checkpoint holds is left alone). A TorchScript archive has them in a tree of modules; their
    // names are joined by dots, as state_dict() does, and attributes that are texts or plain numbers are passed over.
    static Result<TorchFile> open(const std::string& path, Scripts scripts = Scripts::refused);

    // Shapes and types; `begin` and `end` of an entry are 0 and its size in bytes.
    [[nodiscard]] const std::map<std::string, TensorInfo, std::less<>>& tensors() const { return infos_; }
    [[nodiscard]] const std::string& name() const { return file_->name(); }
    // The tensor's elements in row-major order, little-endian, gathered if the file holds them with other strides.
    Result<std::vector<std::byte>> read(std::string_view tensor) const;

  private:
    struct Storage {
        std::uint64_t offset = 0;       // in the file, in the format before zip
        std::optional<ZipEntry> entry;  // in the archive, in the zip format
    };
    explicit TorchFile(FileReader file) : file_(std::make_unique<FileReader>(std::move(file))) {}
    Result<void> readZip(Scripts scripts);
    Result<void> readLegacy();
    Result<void> collect(const Pickle& pickle);
    Result<void> collectModules(const Pickle& pickle);
    Result<void> add(const std::string& name, const PickledTensor& tensor);
    Error refused(const Message& problem, const Message& advice) const;

    Result<void> read(const Storage& storage, std::uint64_t offset, std::span<std::byte> out) const;

    std::unique_ptr<const FileReader> file_;  // zip_ keeps pointing to it
    std::optional<ZipArchive> zip_;           // none in the format before it
    std::map<std::string, Storage, std::less<>> storages_;
    std::map<std::string, PickledTensor, std::less<>> tensors_;
    std::map<std::string, TensorInfo, std::less<>> infos_;
};

}  // namespace maskwright::weights
