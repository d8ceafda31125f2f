#include "core/vision/detector_trunk.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/base/normalisation.h"
#include "core/nn/layers.h"
#include "core/nn/sizes.h"
#include "core/vision/instances.h"
#include "core/vision/yolov7_seg.h"

namespace maskwright::vision {

namespace {

constexpr std::int64_t kGrid = 16;  // pixels between positions of taps, dense features and classes

bool asks(const Request& request, std::int64_t block) {
    const auto among = [&](const std::vector<std::int64_t>& wanted) {
        return std::find(wanted.begin(), wanted.end(), block) != wanted.end();
    };
    return among(request.taps) || among(request.pyramid);
}

bool needsClassifier(const Request& request) {
    return request.pooled || request.dense || request.spoken || asks(request, DetectorTrunk::kFeatures);
}

// The detector's layers (and prototypes) that a request needs in the end.
std::set<std::int64_t> wantedOfDetector(const Request& request) {
    std::set<std::int64_t> wanted;
    for (std::int64_t block = 0; block <= DetectorTrunk::kPrototypes; ++block) {
        if (asks(request, block)) {
            wanted.insert(block);
        }
    }
    if (request.spoken) {
        wanted.insert(yolo::kHeadLayers.begin(), yolo::kHeadLayers.end());
        wanted.insert(DetectorTrunk::kPrototypes);
    }
    return wanted;
}

// From 0 .. 1 to what ImageNet's classifiers are trained on.
at::Tensor forClassifier(const at::Tensor& pixels) {
    const auto channels = [&](const normalisation::Channels& x) {
        return at::tensor(at::ArrayRef<double>(x), at::kFloat).view({1, 3, 1, 1}).to(pixels.device());
    };
    return (pixels - channels(normalisation::kImageNetMean)) / channels(normalisation::kImageNetDeviation);
}

at::Tensor detectorSays(const nn::Params& p, const yolo::Maps& maps, std::int64_t names) {
    const at::Tensor boxes = yolo::decoded(yolo::head(p, maps), p.tensor("anchors"));
    return evidence(instances(boxes, names, {}), maps.at(DetectorTrunk::kPrototypes), names,
                    yolo::strideOf(DetectorTrunk::kPrototypes));
}

// [B, N, C] as a map.
at::Tensor asMap(const at::Tensor& tokens, std::int64_t height, std::int64_t width) {
    return tokens.transpose(1, 2).reshape({tokens.size(0), tokens.size(2), height, width});
}

}  // namespace

Result<DetectorTrunk> DetectorTrunk::read(JsonReader& json, const std::string& where) {
    DetectorTrunk d;
    d.names = json.integer("detector_names", d.names, 1, nn::kMaxWidth);
    d.classes = json.integer("classes", d.classes, 1, nn::kMaxWidth);
    JsonReader inner = json.object("classifier");
    auto classifier = EfficientNet::read(inner, where + ".classifier");
    MASKWRIGHT_TRY(json.status());
    if (!classifier) {
        return classifier.error();
    }
    if (classifier->outputStride != kGrid) {
        return Error{ErrorKind::weights, message("%1.classifier.output_stride is not %2", where, kGrid),
                     "take the config.json that belongs to these weights"};
    }
    d.classifier = std::move(*classifier);
    d.hiddenSize = d.classifier.hiddenSize;
    return d;
}

Json DetectorTrunk::toJson() const {
    return {
        {"model_type", kName}, {"detector_names", names}, {"classes", classes}, {"classifier", classifier.toJson()}};
}

std::int64_t DetectorTrunk::channelsAfter(std::int64_t block) const {
    return block == kFeatures ? hiddenSize : yolo::channelsOf(block);
}

std::int64_t DetectorTrunk::strideAfter(std::int64_t block) const {
    return block == kFeatures ? kGrid : yolo::strideOf(block);
}

void DetectorTrunk::declare(const nn::Declaration& d) const {
    yolo::declare(d["detector"], names);
    classifier.declare(d["classifier"]);
    d["classifier"]["fc"].linear(classes, hiddenSize);
}

double DetectorTrunk::floatsAlive(std::int64_t width, std::int64_t height, const Request& request) const {
    const double pixels = double(width) * double(height);
    double most = 0, kept = 0;
    const std::set<std::int64_t> wanted = wantedOfDetector(request);
    if (!wanted.empty()) {
        const yolo::Alive alive = yolo::floatsAlive(pixels, wanted);
        most = alive.most;
        kept = alive.kept;
        if (request.spoken) {
            const double boxes = double(yolo::kAnchors) * pixels * (1.0 / 64 + 1.0 / 256 + 1.0 / 1024);
            const double quarter = pixels / 16;
            // Of a box its numbers, raw and decoded; of an instance its mask, cut, sharpened, and the box's cut.
            most = std::max({most, kept + 3 * boxes * double(5 + names + yolo::kCoefficients),
                             kept + quarter * double(names + 4 * Suppression{}.most)});
            kept += quarter * double(names);
        }
    }
    if (needsClassifier(request)) {
        Request features;
        features.dense = true;
        const double positions = pixels / double(kGrid * kGrid);
        most = std::max({most, kept + 3 * pixels + classifier.floatsAlive(width, height, features),
                         kept + positions * double(hiddenSize + (request.spoken ? 2 * classes : 0))});
    }
    return most;
}

Output DetectorTrunk::forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const {
    // pixels: [B, 3, H, W]
    const at::NoGradGuard frozen;
    Output out;
    out.gridHeight = pixels.size(2) / kGrid;
    out.gridWidth = pixels.size(3) / kGrid;
    yolo::Maps maps = yolo::run(p["detector"], pixels, wantedOfDetector(request), request.stop);
    if (request.spoken) {
        out.spoken.evidence = detectorSays(p["detector"], maps, names);
    }
    if (needsClassifier(request)) {
        const nn::Params own = p["classifier"];
        Request features;
        features.dense = true;
        // At this size our own kernels, made for training, take three quarters of the time of LibTorch 1.13's.
        features.arithmetic = nn::trainingArithmetic(request.arithmetic.bfloat16);
        features.stop = request.stop;
        const at::Tensor dense = classifier.forward(own, forClassifier(pixels), features).dense;  // [B, N, hiddenSize]
        const at::Tensor mean = dense.mean(1);
        if (request.spoken) {
            const at::Tensor everywhere =
                at::softmax(nn::linear(own["fc"], dense).to(at::kFloat), 2);  // [B, N, classes]
            out.spoken.classes = asMap(everywhere, out.gridHeight, out.gridWidth);
            out.spoken.whole = at::softmax(nn::linear(own["fc"], mean).to(at::kFloat), 1);
        }
        if (asks(request, kFeatures)) {
            maps[kFeatures] = asMap(dense, out.gridHeight, out.gridWidth);
        }
        out.dense = request.dense ? dense : at::Tensor();
        out.pooled = request.pooled ? mean : at::Tensor();
    }
    for (const std::int64_t block : request.taps) {
        out.taps.push_back(maps.at(block).flatten(2).transpose(1, 2));  // [B, h * w, C]
    }
    for (const std::int64_t block : request.pyramid) {
        out.pyramid.push_back(maps.at(block));
    }
    return out;
}

}  // namespace maskwright::vision
