#include "core/store/hub.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>

#include "core/base/hex.h"
#include "core/base/json.h"

namespace maskwright::store {
namespace {

constexpr const char* kHub = "https://huggingface.co";
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 40;

// What goes along with the weights, of either layout. A card and a licence are part of what one is given.
constexpr std::array<std::string_view, 13> kBeside = {"vocab.json",
                                                      "merges.txt",
                                                      "tokenizer.json",
                                                      "tokenizer_config.json",
                                                      "special_tokens_map.json",
                                                      "added_tokens.json",
                                                      "preprocessor_config.json",
                                                      "processor_config.json",
                                                      "README.md",
                                                      "LICENSE",
                                                      "LICENSE.txt",
                                                      "LICENSE.md",
                                                      "NOTICE"};

// model-00001-of-00002.safetensors
bool isWeightPart(std::string_view name) {
    constexpr std::string_view kShape = "model-#####-of-#####.safetensors";
    return name.size() == kShape.size() && std::equal(name.begin(), name.end(), kShape.begin(), [](char c, char shape) {
               return shape == '#' ? c >= '0' && c <= '9' : c == shape;
           });
}

std::string textOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> sizeOf(const Json& object) {
    const auto found = object.find("size");
    if (found == object.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() > kLargestFile) {
        return std::nullopt;
    }
    return found->get<std::uint64_t>();
}

std::optional<HubFile> fileOf(const Json& sibling) {
    if (!sibling.is_object()) {
        return std::nullopt;
    }
    HubFile file;
    file.path = textOf(sibling, "rfilename");
    std::optional<std::uint64_t> size = sizeOf(sibling);
    const auto lfs = sibling.find("lfs");
    if (lfs != sibling.end() && lfs->is_object()) {
        file.sha256 = textOf(*lfs, "sha256");
        size = sizeOf(*lfs);
    } else {
        file.git = textOf(sibling, "blobId");
    }
    if (file.path.empty() || !size || !(isHex(file.sha256, 64) || isHex(file.git, 40))) {
        return std::nullopt;
    }
    file.size = *size;
    return file;
}

class Choice {
  public:
    explicit Choice(const HubListing& listing) {
        for (const HubFile& file : listing.files) {
            files_.emplace(file.path, &file);
        }
        plan_.commit = listing.commit;
    }
    [[nodiscard]] bool has(std::string_view name) const { return files_.contains(name); }
    void take(std::string_view name) {
        if (const auto found = files_.find(name); found != files_.end()) {
            plan_.files.push_back(*found->second);
        }
    }
    // Weights in safetensors, in one file or in parts, else in a pickle. False where there are none.
    bool takeWeights(const std::string& whole, const std::string& pickle) {
        const std::string index = whole + ".index.json";
        if (has(whole)) {
            take(whole);
        } else if (has(index)) {
            take(index);
            for (const auto& [name, file] : files_) {
                if (isWeightPart(name)) {
                    take(name);
                }
            }
        } else if (has(pickle)) {
            take(pickle);
            plan_.toConvert = pickle;
        } else {
            return false;
        }
        return true;
    }
    HubPlan done() {
        std::stable_sort(plan_.files.begin(), plan_.files.end(),
                         [](const HubFile& a, const HubFile& b) { return a.size < b.size; });
        return std::move(plan_);
    }

  private:
    std::map<std::string, const HubFile*, std::less<>> files_;
    HubPlan plan_;
};

}  // namespace

Result<Endpoint> Endpoint::choose(const std::string& mirror) {
    const char* own = std::getenv("HF_ENDPOINT");
    const bool hasOwn = own != nullptr && *own != '\0';
    std::string text = !mirror.empty() ? mirror : hasOwn ? std::string(own) : std::string(kHub);
    while (text.ends_with('/')) {
        text.pop_back();
    }
    const auto url = parseUrl(text);
    if (!url || text.find_first_of("?#") != std::string::npos) {
        return Error{ErrorKind::usage, message("%1 is no address of a hub", quoted(text)),
                     message("write it like %1", kHub)};
    }
    if (url->scheme == "http" && !url->loopback()) {
        return Error{ErrorKind::usage,
                     message("%1 is not encrypted, so that anybody could change what comes", quoted(text)),
                     "give an address that begins with https"};
    }
    return Endpoint{*url, !mirror.empty()};
}

std::string hubToken() {
    const char* token = std::getenv("HF_TOKEN");
    const std::string text = token == nullptr ? "" : token;
    const bool fits = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
    return fits ? text : std::string();
}

namespace {

Url below(const Endpoint& endpoint, const std::string& path) {
    Url url = endpoint.url;
    url.target = (url.target == "/" ? std::string() : url.target) + path;
    return url;
}

}  // namespace

Url listingUrl(const Endpoint& endpoint, const std::string& repository) {
    return below(endpoint, "/api/models/" + repository + "/revision/main?blobs=true");
}

Url fileUrl(const Endpoint& endpoint, const std::string& repository, const std::string& commit,
            const std::string& path) {
    return below(endpoint, "/" + repository + "/resolve/" + commit + "/" + path);
}

Result<HubListing> parseListing(const std::string& text, const std::string& where) {
    constexpr JsonLimits kLimits{.bytes = 16u << 20, .depth = 32, .elements = 1'000'000};
    const auto json = parseJson(text, where, ErrorKind::weights, kLimits);
    if (!json) {
        return json.error();
    }
    const auto broken = [&] {
        return Error{ErrorKind::weights, message("%1 does not answer as the hub does", where),
                     "check the address of the mirror"};
    };
    if (!json->is_object()) {
        return broken();
    }
    HubListing listing;
    listing.commit = textOf(*json, "sha");
    const auto siblings = json->find("siblings");
    if (!isHex(listing.commit, 40) || siblings == json->end() || !siblings->is_array()) {
        return broken();
    }
    for (const Json& sibling : *siblings) {
        if (auto file = fileOf(sibling)) {
            listing.files.push_back(std::move(*file));
        }
    }
    return listing;
}

std::uint64_t HubPlan::bytes() const {
    std::uint64_t sum = 0;
    for (const HubFile& file : files) {
        sum += file.size;
    }
    return sum;
}

Result<HubPlan> planOf(const HubListing& listing, const std::string& repository) {
    Choice choice(listing);
    // timm's repositories hold a config.json of timm's beside open_clip's files; transformers' have a preprocessor's.
    const bool openClip = choice.has("open_clip_config.json") && !choice.has("preprocessor_config.json");
    bool there = false;
    if (openClip) {
        choice.take("open_clip_config.json");
        there = choice.takeWeights("open_clip_model.safetensors", "open_clip_pytorch_model.bin");
    } else if (choice.has("config.json")) {
        choice.take("config.json");
        there = choice.takeWeights("model.safetensors", "pytorch_model.bin");
    }
    const bool vocabulary = choice.has("tokenizer.json") || choice.has("tokenizer.model") ||
                            (choice.has("vocab.json") && choice.has("merges.txt"));
    if (!there || !vocabulary) {
        return Error{
            ErrorKind::weights,
            message("%1 holds no model that this program reads, or the hub gives no hashes for it", repository),
            "choose a repository of CLIPSeg or CLIP with config.json, weights and vocabulary"};
    }
    for (const std::string_view name : kBeside) {
        choice.take(name);
    }
    if (!choice.has("tokenizer.json") && !choice.has("vocab.json")) {
        choice.take("tokenizer.model");
    }
    return choice.done();
}

std::string convertedName(std::string_view torchFile) {
    return torchFile.starts_with("open_clip") ? "open_clip_model.safetensors" : "model.safetensors";
}

}  // namespace maskwright::store
