#include "core/session/engine.h"

#include "core/nn/device.h"
#include "core/session/clipseg_method.h"
#include "core/session/kept.h"
#include "core/session/translate.h"
#include "core/store/store.h"

namespace maskwright::session {

namespace {

// The one place that knows which methods there are: the "model_type" of a folder's config.json says whose it is. There
// is one so far, and its reader refuses every other type.
Result<std::unique_ptr<Method>> openMethod(const std::string& folder, const Place& place, Tell tell) {
    auto clipseg = ClipSegMethod::open(folder, place, std::move(tell));
    if (!clipseg) {
        return clipseg.error();
    }
    return std::unique_ptr<Method>(std::move(*clipseg));
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options, Tell tell, std::shared_ptr<Kept> kept) {
    return guarded("loading the model", [&]() -> Result<std::unique_ptr<Engine>> {
        const auto found = store::find(options.model);
        if (!found) {
            return found.error();
        }
        nn::setThreads(options.threads, nn::Products::oneDnn);
        auto method = openMethod(found->folder,
                                 {options.device, options.dtype,
                                  kept ? kept : std::make_shared<Kept>(bytesToKeep(options.memory))},
                                 std::move(tell));
        if (!method) {
            return method.error();
        }
        return std::unique_ptr<Engine>(new Engine(std::move(*method)));
    });
}

ClipSegMethod* Engine::clipseg() const { return dynamic_cast<ClipSegMethod*>(method_.get()); }

Result<ClipSegMethod*> needClipSeg(const Engine& engine) {
    ClipSegMethod* clipseg = engine.clipseg();
    if (clipseg == nullptr) {
        return Error{ErrorKind::usage, message("the model %1 has no condition vectors", engine.info().name),
                     "choose a CLIPSeg model"};
    }
    return clipseg;
}

}  // namespace maskwright::session
