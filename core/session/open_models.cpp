#include "core/session/open_models.h"

#include <algorithm>

namespace maskwright::session {

const Encoded* OpenModel::find(const std::shared_ptr<const Image>& image, const EncodeOptions& encode) {
    return pictures.find([&](const PictureKey& key) {
        const bool same = !key.image.expired() && !key.image.owner_before(image) && !image.owner_before(key.image);
        return same && key.encode == encode;
    });
}

OpenModel* OpenModels::find(const EngineOptions& options) {
    const auto found =
        std::find_if(models_.begin(), models_.end(), [&](const OpenModel& model) { return model.options == options; });
    return found == models_.end() ? nullptr : &*found;
}

Result<OpenModel*> OpenModels::open(const EngineOptions& options) {
    auto engine = Engine::open(options);
    if (!engine) {
        return engine.error();
    }
    OpenModel& model = models_.emplace_back();
    model.options = options;
    model.engine = std::move(*engine);
    return &model;
}

void OpenModels::keepOne(const Wanted& wanted) {
    const auto kept =
        std::find_if(models_.begin(), models_.end(), [&](const OpenModel& model) { return wanted(model.options); });
    for (auto it = models_.begin(); it != models_.end();) {
        it = it == kept ? std::next(it) : models_.erase(it);
    }
}

}  // namespace maskwright::session
