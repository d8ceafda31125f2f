#include "core/clipseg/memory.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "core/clipseg/model.h"
#include "tests/support/tensors.h"

namespace maskwright::clipseg {
namespace {

Config mini() { return readModelConfig((test::fs::path(MASKWRIGHT_SOURCE_DIR) / "models" / "mini").string()); }

// Bytes of a line of /proc/self/status.
double statusBytes(const std::string& key) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key + ":")) {
            return 1024 * std::stod(line.substr(key.size() + 1));
        }
    }
    return 0;
}

// How much more memory `work` needed at its worst than there was before.
template <class Work>
double peakOf(Work work) {
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak is counted from here
    const double before = statusBytes("VmRSS");
    work();
    return statusBytes("VmHWM") - before;
}

TEST(Memory, ThePicturesOfATowerAreChargedAtTheirOwnStride) {
    const Config config = mini();
    // Lite2's widest maps: block 1 expands 16 channels to 96 at stride 2, pads and convolves them to stride 4.
    const double pixels = 4096.0 * 4096;
    const double block1 = 4 * (3 + 16 / 4.0 + 96 / 4.0 + 96 / 4.0 + 96 / 16.0) * pixels;
    EXPECT_DOUBLE_EQ(config.clip.vision.bytesAlive(4096, 4096, visionRequest(config)), block1);
}

TEST(Memory, GrowsWithThePictureAndNotWithManyPhrases) {
    const Config config = mini();
    EXPECT_GT(bytesAlive(config, 704, 704), 3 * bytesAlive(config, 352, 352));
    EXPECT_EQ(conditionsAtOnce(485), 16);
    EXPECT_EQ(conditionsAtOnce(1), 64);
    EXPECT_EQ(conditionsAtOnce(100'000), 1);
}

TEST(Memory, APictureThatIsOnlyPooledIsReducedFirst) {
    Config config = mini();
    ASSERT_EQ(config.clip.vision.pooledSize(), 160);
    EXPECT_EQ(bytesAlivePooled(config, 1600, 800), bytesAlivePooled(config, 160, 80));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// Against what the kernel counts. A third more or less is what allocators and kernels make of it.
class MeasuredMemory : public testing::TestWithParam<int> {};

TEST_P(MeasuredMemory, IsWhatThePictureTakes) {
    const auto model =
        Model::load((test::fs::path(MASKWRIGHT_SOURCE_DIR) / "models" / "mini").string(), at::kCPU, at::kFloat);
    const std::int64_t side = GetParam();
    const at::Tensor small = at::zeros({1, 3, 352, 352}), conditions = at::randn({16, model->config().clip.projection});
    (void)model->decode(model->encode(small), conditions);  // what is allocated once
    clip::VisionOutput features;
    const double encoding = peakOf([&] { features = model->encode(at::rand({1, 3, side, side})); });
    const std::int64_t tokens = features.gridHeight * features.gridWidth;
    const double kept = statusBytes("VmRSS");
    double decoding = peakOf([&] {
        const at::Tensor logits = model->decode(features, conditions.slice(0, 0, conditionsAtOnce(tokens)));
        (void)toInputSize(logits, side, side).clone();
    });
    std::printf("side %ld: encoding %.0f MB, estimated %.0f MB; decoding %.0f MB; all estimated %.0f MB (%.0f)\n", side,
                encoding / 1e6,
                model->config().clip.vision.bytesAlive(side, side, visionRequest(model->config())) / 1e6,
                decoding / 1e6, bytesAlive(model->config(), side, side) / 1e6, kept / 1e6);
}

INSTANTIATE_TEST_SUITE_P(Sides, MeasuredMemory, testing::Values(704, 1408, 2048));
#endif

}  // namespace
}  // namespace maskwright::clipseg
