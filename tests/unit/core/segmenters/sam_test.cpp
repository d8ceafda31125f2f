#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/image/refine.h"
#include "core/segmenters/sam_generator.h"
#include "core/segmenters/small_regions.h"
#include "core/segmenters/stretched.h"
#include "core/vision/output.h"
#include "tests/support/tensors.h"

namespace maskwright::segmenters {
namespace {

using test::kParity;
using test::valueOf;

const test::fs::path kFolder = test::reference() / "sam" / "vit";

std::unique_ptr<SamNetwork> network() { return valueOf(SamNetwork::load(kFolder.string(), at::kCPU, at::kFloat)); }

// A writable copy of the fixture.
std::string copied(const test::TemporaryFolder& folder) {
    for (const char* file : {"config.json", "preprocessor_config.json", "model.safetensors"}) {
        test::fs::copy_file(kFolder / file, folder.path() / file);
    }
    return folder.path().string();
}

void replaceIn(const test::fs::path& file, const std::string& from, const std::string& to) {
    std::string text = test::readText(file);
    ASSERT_NE(text.find(from), std::string::npos) << from;
    test::writeText(file, text.replace(text.find(from), from.size(), to));
}

TEST(Sam, SeesAPictureAsTransformersDoes) {
    const test::Expected expected(kFolder / "expected.safetensors");
    const auto sam = network();
    const at::Tensor pixels = samPixels(sam->config(), expected.picture("picture"));
    EXPECT_LT(test::largestDifference(pixels, test::tensor(expected, "pixels")), 1e-5);
    EXPECT_LT(test::relativeDifference(sam->embed(pixels, {}), test::tensor(expected, "embeddings")), kParity);
}

TEST(Sam, AnswersPointsAsTransformersDoes) {
    const test::Expected expected(kFolder / "expected.safetensors");
    const auto sam = network();
    const SamAnswer answer =
        sam->ask(sam->prepared(test::tensor(expected, "embeddings")), test::tensor(expected, "points"));
    EXPECT_LT(test::relativeDifference(answer.iou, test::tensor(expected, "iou")), kParity);
    const at::Tensor low = test::tensor(expected, "low");
    for (std::int64_t point = 0; point < low.size(0); ++point) {
        EXPECT_LT(test::relativeDifference(sam->masks(answer, point, at::arange(3)), low[point]), kParity) << point;
    }
    EXPECT_LT(
        test::relativeDifference(sam->masks(answer, 1, at::tensor({2, 0})), low[1].index_select(0, at::tensor({2, 0}))),
        kParity)
        << "masks are taken in the order asked for";
}

TEST(Sam, KeepsTheMasksThatThePipelineKeeps) {
    const test::Expected expected(kFolder / "expected.safetensors");
    const auto sam = network();
    SamOptions options;
    options.side = 8;
    const Image picture = expected.picture("picture");
    SamBegun begun;
    const SamFound found = generate(*sam, picture, options, {}, begun);
    const std::vector<float> scores = expected.floats("scores");
    const std::vector<std::uint8_t> masks = expected.bytes("masks");
    EXPECT_EQ(found.before, 3u * 64);
    ASSERT_EQ(found.masks.size(), scores.size());
    const std::size_t size = std::size_t(picture.width) * std::size_t(picture.height);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const SamMask& one = found.masks[i];
        EXPECT_NEAR(one.iou, scores[i], kParity);
        EXPECT_GT(one.stability, options.stability);
        const Mask mask = toMask(one.runs);
        EXPECT_EQ(boundingBox(mask), one.box);
        EXPECT_EQ(area(mask), one.area);
        int differing = 0;
        for (std::size_t at = 0; at < size; ++at) {
            differing += (mask.pixels[at] != 0) != (masks[i * size + at] != 0) ? 1 : 0;
        }
        EXPECT_LE(differing, 1) << i << ": a pixel at an edge may round the other way";
    }
    options.iou = 100;
    EXPECT_TRUE(generate(*sam, picture, options, {}, begun).masks.empty());
}

// Whoever types may stop it with every letter.
TEST(Sam, GoesOnWhereItWasStopped) {
    const test::Expected expected(kFolder / "expected.safetensors");
    const auto sam = network();
    SamOptions options;
    options.side = 64;  // more points than go together
    const Image picture = expected.picture("picture");
    SamBegun whole, begun;
    const SamFound wanted = generate(*sam, picture, options, {}, whole);
    std::stop_source stop;
    stop.request_stop();
    const auto tryOnce = [&](const Image& of) -> std::optional<SamFound> {
        try {
            return generate(*sam, of, options, stop.get_token(), begun);
        } catch (const vision::Stopped&) {
            return std::nullopt;
        }
    };
    EXPECT_FALSE(tryOnce(picture));
    std::optional<SamFound> found;
    constexpr int kMost = 1000;
    for (int i = 0; i < kMost && !found; ++i) {
        const auto before = std::pair(begun.encoder.block, begun.points);
        found = tryOnce(picture);
        EXPECT_TRUE(found || begun.points > before.second || begun.encoder.block > before.first) << "a step each time";
    }
    ASSERT_TRUE(found);
    ASSERT_EQ(found->masks.size(), wanted.masks.size());
    for (std::size_t i = 0; i < wanted.masks.size(); ++i) {
        EXPECT_EQ(found->masks[i].runs, wanted.masks[i].runs);
    }
    EXPECT_FALSE(begun.pixels.defined()) << "nothing is kept of what is done";
    // Another picture begins anew.
    EXPECT_FALSE(tryOnce(picture));
    EXPECT_FALSE(tryOnce(Image(picture.height, picture.width)));
    EXPECT_EQ(begun.width, picture.height);
    EXPECT_EQ(begun.points, 0);
}

TEST(Sam, ABatchOfPointsIsAsEachAlone) {
    const test::Expected expected(kFolder / "expected.safetensors");
    const auto sam = network();
    const SamPicture seen = sam->prepared(test::tensor(expected, "embeddings"));
    const at::Tensor points = test::tensor(expected, "points");
    const SamAnswer all = sam->ask(seen, points);
    for (std::int64_t i = 0; i < points.size(0); ++i) {
        const SamAnswer one = sam->ask(seen, points.slice(0, i, i + 1));
        EXPECT_LT(test::relativeDifference(one.iou, all.iou.slice(0, i, i + 1)), test::kLogitRounding);
        EXPECT_LT(test::relativeDifference(one.tokens, all.tokens.slice(0, i, i + 1)), test::kLogitRounding);
    }
}

TEST(Sam, BoxesLikeABetterOneGo) {
    const std::vector<Box> boxes = {{0, 0, 11, 11}, {1, 0, 11, 11}, {5, 0, 11, 11}, {30, 30, 1, 1}, {30, 30, 1, 1}};
    const std::vector<float> scores = {0.5F, 0.9F, 0.7F, 0.1F, 0.1F};
    EXPECT_EQ(keptBoxes(boxes, scores, 0.7), (std::vector<std::size_t>{1, 2, 3, 4})) << "90 of 110 is above";
    EXPECT_EQ(keptBoxes(boxes, scores, 0.4), (std::vector<std::size_t>{1, 3, 4})) << "60 of 140 is above";
    EXPECT_TRUE(keptBoxes({}, {}, 0.7).empty());
}

TEST(Sam, SmallRegionsGo) {
    Mask mask(40, 30);
    const auto fill = [&](int left, int top, int right, int bottom, std::uint8_t value) {
        for (int y = top; y < bottom; ++y) {
            for (int x = left; x < right; ++x) {
                mask.at(x, y) = value;
            }
        }
    };
    fill(0, 5, 20, 25, 255);
    fill(4, 8, 6, 10, 0);     // a hole of 4
    fill(10, 10, 16, 16, 0);  // one of 36
    fill(30, 20, 33, 23, 255);
    Mask wanted = mask;
    EXPECT_FALSE(withoutSmallRegions(mask, 4));
    EXPECT_EQ(mask, wanted);
    EXPECT_TRUE(withoutSmallRegions(mask, 10));
    fill(0, 0, 0, 0, 0);
    for (int y = 20; y < 23; ++y) {
        for (int x = 30; x < 33; ++x) {
            wanted.at(x, y) = 0;
        }
    }
    for (int y = 8; y < 10; ++y) {
        for (int x = 4; x < 6; ++x) {
            wanted.at(x, y) = 255;
        }
    }
    EXPECT_EQ(mask, wanted);
    Mask speck(40, 30);
    speck.at(3, 3) = speck.at(20, 20) = speck.at(21, 21) = 255;
    EXPECT_TRUE(withoutSmallRegions(speck, 100));
    EXPECT_EQ(area(speck), 2) << "the largest part stays";
    EXPECT_EQ(speck.at(20, 20), 255) << "what is outside a small part is no hole";
    Mask none(4, 4);
    EXPECT_FALSE(withoutSmallRegions(none, 100));
}

// Against the two resizings one after the other.
TEST(Sam, StretchesAsTwoResizings) {
    at::manual_seed(3);
    const at::Tensor small = at::randn({1, 1, 16, 16}) * 3;
    const at::Tensor padded = at::upsample_bilinear2d(small, {64, 64}, false);
    const at::Tensor large = at::upsample_bilinear2d(padded.slice(2, 0, 40).slice(3, 0, 64), {31, 97}, false)[0][0];
    const Stretch stretch(16, tapsAlong(16, 64, 40, 31), tapsAlong(16, 64, 64, 97));
    const Cut cut = stretch.cut({small.contiguous().data_ptr<float>(), 256}, 1);
    const Mask mask = toMask(cut.runs);
    int differing = 0;
    for (int y = 0; y < 31; ++y) {
        for (int x = 0; x < 97; ++x) {
            const float there = large[y][x].item<float>();
            differing += std::abs(there) > 1e-4 && (there > 0) != (mask.at(x, y) != 0) ? 1 : 0;
        }
    }
    EXPECT_EQ(differing, 0);
    EXPECT_EQ(cut.area, area(mask));
    const double above = (large > 1).sum().item<double>(), below = (large > -1).sum().item<double>();
    EXPECT_NEAR(cut.stability, above / below, 2 / below);
    const Cut none = stretch.cut(std::vector<float>(256, -5), 1);
    EXPECT_EQ(none.area, 0);
    EXPECT_EQ(none.stability, 0);
    EXPECT_EQ(none.runs, runsFromMask(Mask(97, 31)));
}

TEST(Sam, ABrokenFolderIsNamed) {
    const auto refused = [](const std::string& from, const std::string& to, const char* file = "config.json") {
        const test::TemporaryFolder folder;
        const std::string path = copied(folder);
        replaceIn(folder.path() / file, from, to);
        const auto loaded = SamNetwork::load(path, at::kCPU, at::kFloat);
        return loaded ? std::string() : loaded.error().line();
    };
    EXPECT_NE(refused("\"sam\"", "\"clip\"").find("model_type"), std::string::npos);
    EXPECT_NE(refused("\"window_size\": 3", "\"window_size\": 4").find("rel_pos"), std::string::npos);
    EXPECT_NE(refused("\"num_pos_feats\": 16", "\"num_pos_feats\": 8").find("num_pos_feats"), std::string::npos);
    EXPECT_NE(refused("\"hidden_size\": 20", "\"hidden_size\": 0").find("vision_config.hidden_size"),
              std::string::npos);
    const char* processor = "preprocessor_config.json";
    EXPECT_NE(refused("\"do_pad\": true", "\"do_pad\": false", processor).find("do_pad"), std::string::npos);
    EXPECT_NE(refused("0.229", "0.0", processor).find("image_std"), std::string::npos);
    EXPECT_NE(refused("\"longest_edge\": 64", "\"longest_edge\": 999", processor).find("longest_edge"),
              std::string::npos);
    const test::TemporaryFolder folder;
    const std::string path = copied(folder);
    test::fs::remove(folder.path() / "preprocessor_config.json");
    EXPECT_TRUE(SamNetwork::load(path, at::kCPU, at::kFloat).ok());
    test::fs::remove(folder.path() / "model.safetensors");
    const auto loaded = SamNetwork::load(path, at::kCPU, at::kFloat);
    ASSERT_FALSE(loaded.ok());
    EXPECT_NE(loaded.error().line().find("model.safetensors"), std::string::npos);
}

}  // namespace
}  // namespace maskwright::segmenters
