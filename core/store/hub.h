// The Hugging Face hub, or a mirror of it: what it says a repository holds, and which of that a model needs. No
// network. Sources: the hub's API (hub documentation, "Hub API Endpoints": /api/models/REPO/revision/REV with
// ?blobs=true gives "sha" and for each of "siblings" rfilename, size, blobId and, of files in large storage, lfs.sha256
// and lfs.size) and huggingface_hub, src/huggingface_hub/hf_api.py, ModelInfo and RepoSibling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/store/url.h"

namespace maskwright::store {

// Where the hub is.
struct Endpoint {
    Url url;              // its target is "/" or a path that ends in none
    bool mirror = false;  // chosen as a mirror: the hub's token is not for it

    // `mirror` where it is not empty, else HF_ENDPOINT, else https://huggingface.co. Errors: usage for one that is no
    // address, or is http and not on this computer: file names and hashes come from there.
    static Result<Endpoint> choose(const std::string& mirror);
};

// HF_TOKEN, where it is set and can stand in a header; else empty.
std::string hubToken();

// One file as the hub tells it. Exactly one of the hashes is there.
struct HubFile {
    std::string path;
    std::uint64_t size = 0;
    std::string sha256;  // 64 hex digits, of files in large storage
    std::string git;     // 40 hex digits: git's name of the file's contents
    bool operator==(const HubFile&) const = default;
};

struct HubListing {
    std::string commit;  // 40 hex digits
    std::vector<HubFile> files;
};

Url listingUrl(const Endpoint& endpoint, const std::string& repository);
Url fileUrl(const Endpoint& endpoint, const std::string& repository, const std::string& commit,
            const std::string& path);

// Reads the answer of the API. What the hub says of files with neither size nor hash is passed over. Errors:
// ErrorKind::weights.
Result<HubListing> parseListing(const std::string& json, const std::string& where);

// What a model needs of what its repository holds.
struct HubPlan {
    std::string commit;
    std::vector<HubFile> files;  // small ones first
    std::string toConvert;       // of these, weights that torch.save wrote; empty where safetensors are there
    [[nodiscard]] std::uint64_t bytes() const;
};

// The largest set of files that makes a folder of transformers' CLIPSeg or CLIP, or of open_clip, safetensors before
// pickles. Errors: ErrorKind::weights where there is none.
Result<HubPlan> planOf(const HubListing& listing, const std::string& repository);

// The name of the safetensors that such weights become: model.safetensors, open_clip_model.safetensors.
std::string convertedName(std::string_view torchFile);

}  // namespace maskwright::store
