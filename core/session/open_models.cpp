#include "core/session/open_models.h"

#include <algorithm>

namespace maskwright::session {

Encoded OpenModel::find(const std::shared_ptr<const Image>& image, const EncodeOptions& encode) {
    const Seen* seen = pictures.find([&](const PictureKey& key) {
        const bool same = !key.image.expired() && !key.image.owner_before(image) && !image.owner_before(key.image);
        return same && key.encode == encode;
    });
    auto picture = seen != nullptr ? seen->picture.lock() : nullptr;
    if (!picture) {
        return {};
    }
    inHand = {std::move(picture), seen->inputWidth, seen->inputHeight, 0};
    return inHand;
}

void OpenModel::put(const std::shared_ptr<const Image>& image, const EncodeOptions& encode, const Encoded& encoded) {
    pictures.put({image, encode}, {encoded.picture, encoded.inputWidth, encoded.inputHeight});
    inHand = encoded;
}

OpenModel* OpenModels::find(const EngineOptions& options) {
    const auto found =
        std::find_if(models_.begin(), models_.end(), [&](const OpenModel& model) { return model.options == options; });
    return found == models_.end() ? nullptr : &*found;
}

Result<OpenModel*> OpenModels::open(const EngineOptions& options) {
    if (!kept_) {
        kept_ = std::make_shared<Kept>(bytesToKeep(options.memory));
    }
    auto engine = Engine::open(options, {}, kept_);
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
