#include "core/session/tiles.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace maskwright::session {
namespace {

// Finds what is red, as fine as the picture it gets; a picture whose red covers less than `kLeast` of it holds nothing.
class RedFinder : public Method {
  public:
    static constexpr double kLeast = 0.01;
    struct Seen : EncodedPicture {
        Heatmap map;
    };
    RedFinder() { info_.capabilities.inputSize = 64; }
    [[nodiscard]] const ModelInfo& info() const override { return info_; }
    [[nodiscard]] Result<void> checkSize(std::int64_t) const override { return {}; }
    Result<Encoded> encode(const Image& image, const EncodeOptions&, std::stop_token stop) override {
        if (stop.stop_requested() || ++encoded > mostEncoded) {
            return Error{ErrorKind::cancelled, "stopped", ""};
        }
        auto seen = std::make_shared<Seen>();
        seen->map = Heatmap(image.width, image.height);
        std::size_t red = 0;
        for (std::size_t i = 0; i < seen->map.pixels.size(); ++i) {
            const bool hit = image.pixels[3 * i] > 128;
            red += hit ? 1 : 0;
            seen->map.pixels[i] = hit ? 0.9f : 0.1f;
        }
        if (double(red) < kLeast * double(seen->map.pixels.size())) {
            std::fill(seen->map.pixels.begin(), seen->map.pixels.end(), 0.1f);
        }
        return Encoded{seen, image.width, image.height, 2};
    }
    Result<Answer> predict(const Encoded& encodedPicture, std::span<const Prompt> prompts, std::stop_token) override {
        Answer answer;
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            answer.maps.push_back(dynamic_cast<const Seen&>(*encodedPicture.picture).map);
            answer.presence.push_back(*std::max_element(answer.maps[i].pixels.begin(), answer.maps[i].pixels.end()));
        }
        answer.truncated.assign(prompts.size(), false);
        answer.words.resize(prompts.size());
        return answer;
    }
    int encoded = 0, mostEncoded = 1000;

  private:
    ModelInfo info_;
};

Image withRed(int width, int height, const Box& red) {
    Image image(width, height);
    for (int y = red.y; y < red.y + red.height; ++y) {
        for (int x = red.x; x < red.x + red.width; ++x) {
            image.at(x, y)[0] = 255;
        }
    }
    return image;
}

TEST(TileBoxes, CoverThePictureAndOverlap) {
    for (const auto& [width, height] : {std::pair(640, 480), {480, 640}, {1000, 100}, {7, 5}, {333, 333}}) {
        for (const int along : {2, 3, 8}) {
            Mask covered(width, height);
            const auto boxes = tileBoxes(width, height, along);
            for (const Box& box : boxes) {
                ASSERT_TRUE(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height);
                ASSERT_FALSE(box.empty());
                EXPECT_EQ(box.width, boxes[0].width);
                EXPECT_EQ(box.height, boxes[0].height);
                for (int y = box.y; y < box.y + box.height; ++y) {
                    std::fill_n(covered.pixels.begin() + std::ptrdiff_t(y) * width + box.x, box.width, 255);
                }
            }
            EXPECT_EQ(std::count(covered.pixels.begin(), covered.pixels.end(), 0), 0) << width << "x" << height;
        }
    }
    const auto boxes = tileBoxes(700, 100, 2);
    ASSERT_EQ(boxes.size(), 2u);
    EXPECT_GE(boxes[0].width - boxes[1].x, boxes[0].width / 4);
}

TEST(TilesAlong, PixelByPixelFromTwoToEight) {
    EXPECT_EQ(tilesAlong(300, 200, 352, kOwnTiles), 2);
    EXPECT_EQ(tilesAlong(1200, 800, 352, kOwnTiles), 5);
    EXPECT_EQ(tilesAlong(800, 1200, 352, kOwnTiles), 5);
    EXPECT_EQ(tilesAlong(20000, 200, 352, kOwnTiles), 8);
    EXPECT_EQ(tilesAlong(300, 200, 352, 5), 5);
}

TEST(PredictInTiles, FindsWhatIsTooSmallForTheWholePicture) {
    RedFinder finder;
    const Image image = withRed(200, 200, {150, 20, 10, 10});  // a 400th of the picture
    const Prompt prompts[2];
    const auto answer = predictInTiles(finder, image, {}, prompts, 3);
    ASSERT_TRUE(answer.ok());
    ASSERT_EQ(answer->maps.size(), 2u);
    const Heatmap& map = answer->maps[1];
    ASSERT_EQ(map.width, 200);
    EXPECT_NEAR(map.at(155, 25), 0.5f, 0.01f);  // 0.9 of the tiles, 0.1 of the whole
    EXPECT_LT(map.at(100, 100), 0.2f);
    EXPECT_NEAR(answer->presence[1], 0.5f, 0.01f);
    EXPECT_EQ(finder.encoded, 10);
    EXPECT_EQ(answer->timing.encode, 20);
}

TEST(PredictInTiles, SeamsAreNotSeen) {
    RedFinder finder;
    const Image image = withRed(200, 120, {0, 0, 200, 120});
    const Prompt prompt;
    const auto answer = predictInTiles(finder, image, {}, std::span(&prompt, 1), 4);
    ASSERT_TRUE(answer.ok());
    for (const float value : answer->maps[0].pixels) {
        ASSERT_NEAR(value, 0.9f, 1e-5f);
    }
}

TEST(PredictInTiles, StopsBetweenTiles) {
    RedFinder finder;
    finder.mostEncoded = 4;
    const Prompt prompt;
    const auto answer = predictInTiles(finder, Image(200, 200), {}, std::span(&prompt, 1), 3);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(finder.encoded, 5);
}

TEST(PredictInTiles, OtherNumbersAreRefused) {
    RedFinder finder;
    const Prompt prompt;
    for (const int tiles : {kNoTiles, 1, kMostTiles + 1, -2}) {
        const auto answer = predictInTiles(finder, Image(20, 20), {}, std::span(&prompt, 1), tiles);
        ASSERT_FALSE(answer.ok()) << tiles;
        EXPECT_EQ(answer.error().kind, ErrorKind::usage);
    }
}

}  // namespace
}  // namespace maskwright::session
