#include "core/session/try_model.h"

#include "core/session/engine.h"
#include "core/session/global_local.h"
#include "core/store/store.h"

namespace maskwright::session {

Result<void> tryModel(const std::string& folder) {
    const EngineOptions options{folder, "cpu", "float32", 0};
    const auto clipAlone = store::isClipAlone(folder);
    if (!clipAlone) {
        return clipAlone.error();
    }
    if (*clipAlone) {
        const auto clip = GlobalLocal::open(options);
        return clip ? Result<void>() : clip.error();
    }
    const auto engine = Engine::open(options);
    return engine ? Result<void>() : engine.error();
}

}  // namespace maskwright::session
