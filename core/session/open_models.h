// The models that the worker's thread has open, and the features of the pictures they saw last. Private to
// core/session.
#pragma once

#include <functional>
#include <list>
#include <memory>

#include "core/session/engine.h"
#include "core/session/kept.h"
#include "core/session/lru.h"
#include "core/session/which_serving.h"

namespace maskwright::session {

struct OpenModel {
    struct PictureKey {
        std::weak_ptr<const Image> image;  // weak: the cache keeps no picture alive
        EncodeOptions encode;
    };
    // What encode() said of a picture, without keeping its features alive.
    struct Seen {
        std::weak_ptr<const EncodedPicture> picture;
        int inputWidth = 0, inputHeight = 0;
    };
    EngineOptions options;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<WhichServing> which;  // null until it is asked; after the engine that it looks at
    Lru<PictureKey, Seen> pictures{64};
    Encoded inHand;  // the last one, whatever the budget

    // The picture's features if they are there; no picture else. By where the image lies, so that a phrase that is
    // being typed need not look at its pixels; Method::encode finds an equal one elsewhere by its content.
    [[nodiscard]] Encoded find(const std::shared_ptr<const Image>& image, const EncodeOptions& encode);
    void put(const std::shared_ptr<const Image>& image, const EncodeOptions& encode, const Encoded& encoded);
};

class OpenModels {
  public:
    // Null where it is not open.
    [[nodiscard]] OpenModel* find(const EngineOptions& options);
    // Opens one that is not. Errors: Engine::open's.
    Result<OpenModel*> open(const EngineOptions& options);
    using Wanted = std::function<bool(const EngineOptions&)>;
    // Closes every model but the first that is wanted.
    void keepOne(const Wanted& wanted);
    [[nodiscard]] std::size_t count() const { return models_.size(); }

    // What its models keep, under one budget: that of the first.
    [[nodiscard]] Kept* kept() const { return kept_.get(); }

  private:
    std::shared_ptr<Kept> kept_;
    std::list<OpenModel> models_;  // a list: pointers to a model stay good while others come and go
};

}  // namespace maskwright::session
