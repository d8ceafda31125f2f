// Global-Local CLIP: regions of a picture, each described globally and locally, beside sentences in one space. A
// picture and its regions are looked at once; what was computed of them is kept, so that v, r and k are moved, and
// other sentences asked, without the tower. No torch in sight. Threads: as Method.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/global_local/facts.h"
#include "core/session/engine.h"

namespace maskwright::session {

using global_local::Facts;
using global_local::Region;
using global_local::Silencing;
using referring::Compared;
using referring::Features;

struct GlobalOptions {
    Silencing silencing = Silencing::tokens;
    std::int64_t blocks = 3;  // k
    bool operator==(const GlobalOptions&) const = default;
};

// A picture with its regions and what was computed of them; known to its GlobalLocal alone.
class SeenRegions {
  public:
    SeenRegions() = default;
    SeenRegions(const SeenRegions&) = delete;
    SeenRegions& operator=(const SeenRegions&) = delete;
    virtual ~SeenRegions() = default;
    // In the order given.
    [[nodiscard]] virtual const std::vector<Region>& regions() const = 0;
};

struct TextFeatures {
    Features values;         // [1, P]
    bool truncated = false;  // the text did not fit the model's context and was cut
    Words words;             // what the model knows of it
};

class GlobalLocal {
  public:
    // options.model: a built-in model's name or a folder: transformers' CLIPModel, open_clip's, CLIPSeg's (its CLIP),
    // or a built-in model (its joint space). Where the memory of its device is full it goes on on the processor and
    // says so to `tell`, which may be called as long as it lives. Errors: weights, resource (device, memory), usage
    // (device, dtype).
    static Result<std::unique_ptr<GlobalLocal>> open(const EngineOptions& options, Tell tell = {});
    ~GlobalLocal();

    [[nodiscard]] const Facts& facts() const;

    // The picture goes through the tower; the regions wait until they are asked for. No regions are right, and have no
    // features. Errors: input (no pixels; a region of another size, without pixels, or with a box outside the picture),
    // cancelled, resource.
    Result<std::shared_ptr<SeenRegions>> look(std::shared_ptr<const Image> image, std::vector<Region> regions,
                                              std::stop_token stop = {});
    // [N, P], kept with the regions. Errors: usage (k out of range, a silencing that the tower cannot do, another
    // model's regions), cancelled, resource.
    Result<Features> global(SeenRegions& seen, const GlobalOptions& options = {}, std::stop_token stop = {});
    Result<Features> local(SeenRegions& seen, std::stop_token stop = {});
    // Kept by text. An empty text is a usage error.
    Result<TextFeatures> text(const std::string& text);

    // All that scores are made of (referring/scoring.h): of rank(compare(...), {v, r}, ...) only what is new costs
    // time.
    Result<Compared> compare(SeenRegions& seen, const std::string& sentence, const std::string& nounPhrase,
                             const GlobalOptions& options = {}, std::stop_token stop = {});

  private:
    struct Impl;
    explicit GlobalLocal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maskwright::session
