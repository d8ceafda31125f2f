// From the release's own weight files to model folders that openSam() and its like read. Torch-free. Throws; session
// translates.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace maskwright::segmenters {

struct Converted {
    std::string network;  // for people
    std::int64_t inputSize = 0, parameters = 0;
};

// Whether the file (.pth, .pt) holds a SAM under the release's names: with its ViT, or MobileSAM with TinyViT. Errors:
// those of TorchFile::open().
Result<bool> holdsSam(const std::string& file);
// A folder in the layout of transformers' SamModel. MobileSAM's has a vision_config of a type of ours, "tiny_vit", its
// batch norms folded. What the tensors do not say is as in all published SAMs: 8 heads in the decoder, MobileSAM's
// pictures of 1024 pixels. float32. `outFolder`: made by this call, or empty; appears whole at the end or not at all.
// Errors: ErrorKind::weights for the source, output for the target, cancelled on `stop`.
Result<Converted> convertSam(const std::string& file, const std::string& outFolder, const std::stop_token& stop = {});

// The same of a SOLOv2 under AdelaiDet's names, such as FreeSOLO's checkpoints, its batch norms folded; FreeSOLO's
// embeddings, which no mask is made of, are left out. The folder's NOTICE says what its weights may be used for. Grids
// and input sizes are FreeSOLO's: no tensor says them.
Result<bool> holdsSolo(const std::string& file);
Result<Converted> convertSolo(const std::string& file, const std::string& outFolder, const std::stop_token& stop = {});

}  // namespace maskwright::segmenters
