#include "core/weights/convert_torch.h"

#include <vector>

#include "core/weights/safetensors.h"
#include "core/weights/torch_pickle.h"

namespace maskwright::weights {

Result<void> convertTorchWeights(const std::string& from, const std::string& to, const std::stop_token& stop) {
    const auto file = TorchFile::open(from);
    if (!file) {
        return file.error();
    }
    std::vector<TensorSource> tensors;
    for (const auto& [name, info] : file->tensors()) {
        tensors.push_back({name, info.dtype, info.shape, [&, key = name]() -> Result<std::vector<std::byte>> {
                               if (stop.stop_requested()) {
                                   return Error{ErrorKind::cancelled, "stopped", ""};
                               }
                               return file->read(key);
                           }});
    }
    // transformers refuses a file that does not say whose tensors it has.
    return writeSafetensorsFrom(to, tensors, {{"format", "pt"}});
}

}  // namespace maskwright::weights
