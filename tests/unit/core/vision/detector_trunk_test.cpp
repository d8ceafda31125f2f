#include "core/vision/detector_trunk.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/nn/device.h"
#include "core/vision/efficientnet_import.h"
#include "core/vision/instances.h"
#include "core/vision/trunk.h"
#include "core/vision/yolov7_seg.h"
#include "tests/support/paths.h"
#include "tests/support/peak_memory.h"
#include "tests/support/tensors.h"

namespace maskwright::vision {
namespace {

// True weights, and what PyTorch computes with them (../shared/data/README.md).
class TrueTrunk : public testing::Test {
  protected:
    static nn::TensorMap read(const test::fs::path& path) {
        return nn::readTensors(test::valueOf(weights::SafetensorsFile::open(path.string())));
    }
    void SetUp() override {
        const test::fs::path shared = test::sharedPath("");
        const test::fs::path fixture = shared / "data" / "trunk" / "expected.safetensors";
        const test::fs::path classifier = shared / "reference" / "expected" / "efficientnet-lite2.safetensors";
        const test::fs::path published = shared / "data" / "efficientnet-lite2.safetensors";
        const test::fs::path detector = shared.parent_path() / "data" / "yolov7-seg.safetensors";
        for (const test::fs::path& path : {fixture, classifier, published, detector}) {
            if (!test::fs::exists(path)) {
                GTEST_SKIP() << "no " << path << " (the detector's is made by ../shared/data/trunk/extract.py)";
            }
        }
        wanted_ = nn::TensorMap();
        for (const auto& [name, tensor] : read(fixture)) {
            wanted_[name] = tensor.to(tensor.scalar_type() == at::kByte ? at::kFloat : tensor.scalar_type());
        }
        classifier_ = read(classifier);
        tensors_ = importTrunks(read(detector), read(published), trunk_);
        for (auto& [name, tensor] : tensors_) {
            tensor = tensor.dim() == 4 ? tensor.contiguous(at::MemoryFormat::ChannelsLast) : tensor;
        }
    }
    [[nodiscard]] nn::Params p() const { return nn::Params(tensors_); }

    DetectorTrunk config_;
    Trunk trunk_ = config_;
    nn::TensorMap tensors_, wanted_, classifier_;
};

TEST_F(TrueTrunk, EveryLayerOfTheDetectorIsThePublishedOne) {
    Request request;
    std::vector<std::string> names;
    for (const auto& [name, tensor] : wanted_) {
        if (name.starts_with("layer")) {
            request.pyramid.push_back(std::stoll(name.substr(5)));
            names.push_back(name);
        }
    }
    ASSERT_EQ(names.size(), 14u);
    request.pyramid.push_back(DetectorTrunk::kPrototypes);
    names.push_back("prototypes");
    const Output out = trunk_.forward(p(), wanted_.at("input"), request);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const at::Tensor& wanted = wanted_.at(names[i]);
        EXPECT_EQ(out.pyramid[i].size(1), trunk_.channelsAfter(request.pyramid[i]));
        EXPECT_EQ(out.pyramid[i].size(2) * trunk_.strideAfter(request.pyramid[i]), 192);
        EXPECT_LT(test::relativeDifference(out.pyramid[i].slice(1, 0, wanted.size(1)), wanted), 1e-4) << names[i];
    }
}

TEST_F(TrueTrunk, HeadInstancesAndMasksAreThePublishedOnes) {
    const nn::Params detector = p()["detector"];
    const yolo::Maps maps = yolo::run(detector, wanted_.at("input"), {102, 103, 104, yolo::kPrototypes}, {});
    const std::array<at::Tensor, 3> raw = yolo::head(detector, maps);
    for (std::size_t level = 0; level < raw.size(); ++level) {
        EXPECT_LT(test::relativeDifference(raw[level], wanted_.at("raw" + std::to_string(level))), 1e-4) << level;
    }
    const at::Tensor boxes = yolo::decoded(raw, detector.tensor("anchors"));
    const at::Tensor& decoded = wanted_.at("decoded");
    EXPECT_LT(test::relativeDifference(boxes.narrow(2, 0, 4), decoded.narrow(2, 0, 4)), 1e-4);
    EXPECT_LT(test::largestDifference(boxes.narrow(2, 4, 81), decoded.narrow(2, 4, 81)), 1e-5);
    EXPECT_LT(test::relativeDifference(boxes.narrow(2, 85, 32), decoded.narrow(2, 85, 32)), 1e-4);
    for (const auto& [ending, score] : {std::pair<std::string, double>{"", 0.25}, {"_at_05", 0.05}}) {
        const Instances found = instances(boxes, 80, {score, 0.5, 100}).at(0);
        EXPECT_TRUE(at::equal(at::tensor(found.names, at::kLong), wanted_.at("classes" + ending)));
        EXPECT_LT(test::largestDifference(found.scores, wanted_.at("scores" + ending)), 1e-5);
        EXPECT_LT(test::relativeDifference(found.boxes, wanted_.at("boxes" + ending)), 1e-4);
        EXPECT_LT(test::relativeDifference(found.coefficients, wanted_.at("coefficients" + ending)), 1e-4);
        if (ending.empty()) {
            const at::Tensor masks = vision::masks(found, maps.at(yolo::kPrototypes)[0], 192, 256);
            // A pixel whose probability is a rounding from 0.5 may fall on either side.
            EXPECT_LT((masks - wanted_.at("masks")).abs().sum().item<float>(), 3);
        }
    }
}

TEST_F(TrueTrunk, TheClassifierSaysWhatThePublishedOneDoes) {
    // The reference's pixels are normalised; the trunk's are not.
    const at::Tensor mean = at::tensor({0.485f, 0.456f, 0.406f}).view({1, 3, 1, 1}),
                     deviation = at::tensor({0.229f, 0.224f, 0.225f}).view({1, 3, 1, 1});
    const at::Tensor pixels = classifier_.at("pixel_values_160") * deviation + mean;
    Request request;
    request.spoken = request.dense = request.pooled = true;
    request.pyramid = {DetectorTrunk::kFeatures};
    request.taps = {DetectorTrunk::kFeatures, 88};
    const Output out = trunk_.forward(p(), pixels, request);
    const at::Tensor& head = classifier_.at("head");
    EXPECT_EQ(out.gridHeight, 10);
    EXPECT_LT(test::relativeDifference(out.pyramid[0], head), 1e-4);
    EXPECT_LT(test::relativeDifference(out.taps[0], head.flatten(2).transpose(1, 2)), 1e-4);
    EXPECT_EQ(out.taps[1].sizes().vec(), (std::vector<std::int64_t>{1, 100, 256}));
    EXPECT_LT(test::relativeDifference(out.dense, head.flatten(2).transpose(1, 2)), 1e-4);
    EXPECT_LT(test::relativeDifference(out.pooled, head.mean({2, 3})), 1e-4);
    EXPECT_LT(test::largestDifference(out.spoken.whole, at::softmax(classifier_.at("logits"), 1)), 1e-5);
    ASSERT_EQ(out.spoken.classes.sizes().vec(), (std::vector<std::int64_t>{1, 1000, 10, 10}));
    const at::Tensor there = at::matmul(head[0].select(1, 4).select(1, 7),  // row 4, column 7
                                        tensors_.at("classifier.fc.weight").t()) +
                             tensors_.at("classifier.fc.bias");
    EXPECT_LT(test::largestDifference(out.spoken.classes[0].select(1, 4).select(1, 7), at::softmax(there, 0)), 1e-5);
}

TEST_F(TrueTrunk, ABatchSaysOfEachPictureWhatItSaysAlone) {
    const at::Tensor input = wanted_.at("input");
    Request request;
    request.spoken = true;
    const at::Tensor mirrored = input.flip({3});
    const Output both = trunk_.forward(p(), at::cat({input, mirrored}), request),
                 first = trunk_.forward(p(), input, request), second = trunk_.forward(p(), mirrored, request);
    ASSERT_EQ(both.spoken.evidence.sizes().vec(), (std::vector<std::int64_t>{2, 80, 48, 64}));
    EXPECT_LT(test::largestDifference(both.spoken.evidence, at::cat({first.spoken.evidence, second.spoken.evidence})),
              1e-4);
    // Of the surest instance, a cat, the evidence is its score wherever its mask is sure.
    const at::Tensor name = wanted_.at("classes")[0];
    EXPECT_NEAR(first.spoken.evidence[0].select(0, name.item<std::int64_t>()).max().item<double>(),
                wanted_.at("scores")[0].item<double>(), 1e-5);
}

TEST_F(TrueTrunk, InBfloat16ItSaysNearlyTheSame) {
    if (!nn::fastBfloat16()) {
        GTEST_SKIP() << "LibTorch multiplies bfloat16 only where oneDNN does";
    }
    Request request;
    request.spoken = true;
    const Output exact = trunk_.forward(p(), wanted_.at("input"), request);
    nn::Parameters all;
    trunk_.declare(nn::Declaration(all, nn::Part::visionTower));
    for (auto& [name, tensor] : tensors_) {
        tensor = nn::takesModelType(all.at(name)) ? tensor.to(at::kBFloat16) : tensor;
    }
    const Output rounded = trunk_.forward(p(), wanted_.at("input"), request);
    EXPECT_EQ(rounded.spoken.evidence.scalar_type(), at::kFloat);
    EXPECT_EQ(rounded.spoken.classes.scalar_type(), at::kFloat);
    const auto surest = [](const Output& out) { return out.spoken.evidence.amax({0, 2, 3}); };
    // Scores of the published network differ by up to 0.024 on this picture.
    EXPECT_LT(test::largestDifference(surest(rounded), surest(exact)), 0.05);
    EXPECT_EQ(rounded.spoken.whole.argmax().item<std::int64_t>(), exact.spoken.whole.argmax().item<std::int64_t>());
}

TEST(DetectorTrunk, IsReadAsItIsWritten) {
    DetectorTrunk config;
    config.names = 7;
    config.classes = 11;
    config.classifier.hiddenSize = config.hiddenSize = 40;
    const Json json = config.toJson();
    JsonReader reader(json, "vision_config", ErrorKind::weights);
    const Trunk trunk = test::valueOf(Trunk::read(reader, "vision_config"));
    EXPECT_EQ(trunk.toJson(), json);
    EXPECT_EQ(trunk.cell(), 32);
    EXPECT_EQ(trunk.gridStride(), 16);
    EXPECT_EQ(trunk.hiddenSize(), 40);
    nn::Parameters all;
    trunk.declare(nn::Declaration(all, nn::Part::visionTower));
    EXPECT_EQ(all.at("detector.head.2.weight").shape, (std::vector<std::int64_t>{3 * (5 + 7 + 32), 1024, 1, 1}));
    EXPECT_EQ(all.at("classifier.fc.weight").shape, (std::vector<std::int64_t>{11, 40}));
}

TEST(DetectorTrunk, TakesTheMemoryItSays) {
    const Trunk trunk = DetectorTrunk();
    nn::Parameters all;
    trunk.declare(nn::Declaration(all, nn::Part::visionTower));
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : all) {
        const at::Tensor fresh = nn::fresh(parameter);
        tensors[name] = fresh.dim() == 4 ? fresh.contiguous(at::MemoryFormat::ChannelsLast) : fresh;
    }
    Request request;
    request.spoken = true;
    request.taps = {88, 37};
    request.pyramid = {101, 75, 51, 24, DetectorTrunk::kPrototypes, DetectorTrunk::kFeatures};
    (void)trunk.forward(nn::Params(tensors), at::rand({1, 3, 64, 64}), request);
    const at::Tensor pixels = at::rand({1, 3, 448, 576});
    const double measured = test::bytesOfTensors([&] { (void)trunk.forward(nn::Params(tensors), pixels, request); });
    const double estimated = trunk.bytesAlive(576, 448, request);
    // oneDNN's copies of the weights come on top, more of them under some kernels.
    EXPECT_GT(estimated, measured / 4) << estimated / 1e6 << " MB estimated, " << measured / 1e6;
    EXPECT_LT(estimated, measured * 2) << estimated / 1e6 << " MB estimated, " << measured / 1e6;
}

TEST(DetectorTrunk, AClassifierOfAnotherStrideIsRefused) {
    DetectorTrunk config;
    config.classifier.outputStride = 8;
    const Json json = config.toJson();
    JsonReader reader(json, "vision_config", ErrorKind::weights);
    const auto trunk = Trunk::read(reader, "vision_config");
    ASSERT_FALSE(trunk);
    EXPECT_NE(trunk.error().line().find("classifier.output_stride"), std::string::npos);
}

}  // namespace
}  // namespace maskwright::vision
