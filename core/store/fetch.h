// Fetching a published model from the hub: asked, downloaded, verified, converted where it must be, opened once, and
// only then there. Blocks; any thread. Two at a time are two models.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/store/hub_client.h"
#include "core/store/store.h"
#include "core/store/transport.h"

namespace maskwright::store {

struct FetchProgress {
    enum class Step {
        asking,     // the hub what there is
        receiving,  // file
        waiting,    // before the next attempt
        opening,    // converting and trying the model
    };
    Step step = Step::asking;
    std::string file;                   // in hand, while receiving
    std::uint64_t done = 0, total = 0;  // bytes of all files; total 0: not known yet
    double bytesPerSecond = 0;          // of the last seconds; 0: not known yet
    std::int64_t seconds = 0;           // of a wait
};
using FetchSink = std::function<void(const FetchProgress&)>;

struct FetchOptions {
    std::string mirror;  // in the hub's stead; empty: HF_ENDPOINT, else the hub
    std::string place;   // folder for the model's folder; empty: userPlace()
    Patience patience;
    // Opens the model before it is published; empty: nobody does.
    std::function<Result<void>(const std::string& folder)> check;
};

struct Fetched {
    Model model;
    bool wasThere = false;  // nothing was asked of anybody
    bool converted = false;
    std::string commit;  // the hub's name of the version
    std::uint64_t bytes = 0;
};

// `model`: a published model's name, or OWNER/NAME of any repository of CLIPSeg or CLIP, which is then called NAME. A
// stop, a kill or an error leaves what has come; the next call goes on with it, also where the hub has another version
// by now, with those files that are the same. The space on the disk is looked at first. removeModel() gives up what has
// come. Errors: usage for a name that is neither; weights for the hub, network and files; output; cancelled.
Result<Fetched> fetch(const std::string& model, Transport& transport, const FetchOptions& options,
                      const FetchSink& progress = {}, const std::stop_token& stop = {});

}  // namespace maskwright::store
