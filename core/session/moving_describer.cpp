#include "core/session/moving_describer.h"

#include <ATen/ATen.h>

#include <utility>

#include "core/global_local/describer.h"
#include "core/session/fallback.h"

namespace maskwright::session {

namespace {

using global_local::Describer;
using global_local::Facts;
using global_local::Picture;
using global_local::Region;
using global_local::Silencing;
using global_local::TextFeature;

class MovingPicture final : public Picture {
  public:
    using Picture::Picture;
    mutable std::shared_ptr<const Picture> inner;
    mutable int moves = -1;  // the describer's when it encoded it
};

class MovingDescriber final : public Describer {
  public:
    MovingDescriber(std::unique_ptr<Describer> first, DescriberElsewhere elsewhere)
        : facts_(first->facts()), now_(std::move(first)), elsewhere_(std::move(elsewhere)) {}

    // The model's, so the same everywhere.
    [[nodiscard]] const Facts& facts() const override { return facts_; }

    [[nodiscard]] std::shared_ptr<const Picture> encode(std::shared_ptr<const Image> image,
                                                        const std::stop_token& stop) const override {
        auto picture = std::make_shared<MovingPicture>(std::move(image));
        return run([&]() -> std::shared_ptr<const Picture> {
            (void)own(*picture, stop);
            return picture;
        });
    }
    [[nodiscard]] at::Tensor global(const Picture& picture, std::span<const Region> regions, Silencing how,
                                    std::int64_t blocks, const std::stop_token& stop) const override {
        return run([&] { return now_->global(own(picture, stop), regions, how, blocks, stop); });
    }
    [[nodiscard]] at::Tensor local(const Picture& picture, std::span<const Region> regions,
                                   const std::stop_token& stop) const override {
        return run([&] { return now_->local(own(picture, stop), regions, stop); });
    }
    [[nodiscard]] std::int64_t shapeOf(const Region& region) const override { return now_->shapeOf(region); }
    [[nodiscard]] TextFeature text(const std::string& text) const override {
        return run([&] { return now_->text(text); });
    }

  private:
    template <class Work>
    auto run(Work&& work) const -> decltype(work()) {
        return orElsewhere(work, [this] {
            auto other = elsewhere_();
            if (!other) {
                return false;
            }
            now_ = std::move(other);
            ++moves_;
            return true;
        });
    }
    // As the describer of now has encoded it.
    const Picture& own(const Picture& given, const std::stop_token& stop) const {
        const auto& picture = dynamic_cast<const MovingPicture&>(given);
        if (picture.moves != moves_) {
            picture.inner.reset();
            picture.inner = now_->encode(picture.image, stop);
            picture.moves = moves_;
        }
        return *picture.inner;
    }

    Facts facts_;
    mutable std::unique_ptr<Describer> now_;
    mutable int moves_ = 0;
    DescriberElsewhere elsewhere_;
};

}  // namespace

std::unique_ptr<Describer> movingDescriber(std::unique_ptr<Describer> first, DescriberElsewhere elsewhere) {
    return std::make_unique<MovingDescriber>(std::move(first), std::move(elsewhere));
}

}  // namespace maskwright::session
