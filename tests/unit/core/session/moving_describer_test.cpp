#include "core/session/moving_describer.h"

#include <ATen/ATen.h>
#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/global_local/describer.h"

namespace maskwright::session {
namespace {

using global_local::Describer;
using global_local::Facts;
using global_local::Picture;
using global_local::Region;
using global_local::Silencing;
using global_local::TextFeature;

class FakePicture final : public Picture {
  public:
    using Picture::Picture;
    std::string place;
};

// Its features are its number; in `full` there is no memory.
class Fake final : public Describer {
  public:
    Fake(std::string place, float number, std::set<std::string> full, std::vector<std::string>& did)
        : place_(std::move(place)), number_(number), full_(std::move(full)), did_(did) {
        facts_.name = "fake";
    }
    [[nodiscard]] const Facts& facts() const override { return facts_; }
    [[nodiscard]] std::shared_ptr<const Picture> encode(std::shared_ptr<const Image> image,
                                                        const std::stop_token&) const override {
        begin("encode");
        auto picture = std::make_shared<FakePicture>(std::move(image));
        picture->place = place_;
        return picture;
    }
    [[nodiscard]] at::Tensor global(const Picture& picture, std::span<const Region>, Silencing, std::int64_t,
                                    const std::stop_token&) const override {
        return of("global", picture);
    }
    [[nodiscard]] at::Tensor local(const Picture& picture, std::span<const Region>,
                                   const std::stop_token&) const override {
        return of("local", picture);
    }
    [[nodiscard]] TextFeature text(const std::string&) const override {
        begin("text");
        return {at::full({1, 1}, number_), false, true, {}};
    }

  private:
    void begin(const std::string& what) const {
        did_.push_back(place_ + " " + what);
        if (full_.contains(what)) {
            throw c10::OutOfMemoryError({__func__, __FILE__, 1}, "CUDA out of memory. Tried to allocate 2.00 GiB");
        }
    }
    [[nodiscard]] at::Tensor of(const std::string& what, const Picture& picture) const {
        begin(what);
        EXPECT_EQ(dynamic_cast<const FakePicture&>(picture).place, place_) << "a picture of another place";
        return at::full({1, 1}, number_);
    }
    std::string place_;
    float number_;
    std::set<std::string> full_;
    std::vector<std::string>& did_;
    Facts facts_;
};

struct MovingDescriberTest : testing::Test {
    // `full`: what the card has no memory for; `fullToo`: and the processor neither.
    std::unique_ptr<Describer> describer(std::set<std::string> full, std::set<std::string> fullToo = {}) {
        return movingDescriber(std::make_unique<Fake>("card", 1.0F, std::move(full), did),
                               [this, fullToo]() -> std::unique_ptr<Describer> {
                                   if (moves++ > 0) {
                                       return nullptr;
                                   }
                                   return std::make_unique<Fake>("processor", 2.0F, fullToo, did);
                               });
    }
    std::vector<std::string> did;
    int moves = 0;
    std::shared_ptr<const Image> image = std::make_shared<const Image>(4, 4);
};

float valueOf(const at::Tensor& x) { return x.item<float>(); }

TEST_F(MovingDescriberTest, StaysWhereThereIsRoom) {
    const auto model = describer({});
    const auto picture = model->encode(image, {});
    EXPECT_EQ(valueOf(model->global(*picture, {}, Silencing::tokens, 1, {})), 1);
    EXPECT_EQ(valueOf(model->local(*picture, {}, {})), 1);
    EXPECT_EQ(valueOf(model->text("a cat").values), 1);
    EXPECT_EQ(moves, 0);
    EXPECT_EQ(did, (std::vector<std::string>{"card encode", "card global", "card local", "card text"}));
}

TEST_F(MovingDescriberTest, GoesOnElsewhereWithPicturesOfBefore) {
    const auto model = describer({"local"});
    const auto picture = model->encode(image, {});
    EXPECT_EQ(valueOf(model->global(*picture, {}, Silencing::tokens, 1, {})), 1);
    EXPECT_EQ(valueOf(model->local(*picture, {}, {})), 2);
    EXPECT_EQ(valueOf(model->global(*picture, {}, Silencing::tokens, 1, {})), 2);
    EXPECT_EQ(valueOf(model->text("a cat").values), 2);
    EXPECT_EQ(moves, 1);
    EXPECT_EQ(did, (std::vector<std::string>{"card encode", "card global", "card local", "processor encode",
                                             "processor local", "processor global", "processor text"}));
    EXPECT_EQ(picture->image, image);
    EXPECT_EQ(model->facts().name, "fake");
}

TEST_F(MovingDescriberTest, APictureThatDoesNotFitIsEncodedElsewhere) {
    const auto model = describer({"encode"});
    const auto picture = model->encode(image, {});
    EXPECT_EQ(valueOf(model->local(*picture, {}, {})), 2);
    EXPECT_EQ(did, (std::vector<std::string>{"card encode", "processor encode", "processor local"}));
}

TEST_F(MovingDescriberTest, FailsWhereThereIsNoRoomAnywhere) {
    const auto model = describer({"text"}, {"text"});
    EXPECT_THROW((void)model->text("a cat"), c10::OutOfMemoryError);
    EXPECT_THROW((void)model->text("a cat"), c10::OutOfMemoryError);
    EXPECT_EQ(did, (std::vector<std::string>{"card text", "processor text", "processor text"}));
}

}  // namespace
}  // namespace maskwright::session
