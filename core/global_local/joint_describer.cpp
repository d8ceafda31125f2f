// A model with a feature at every position as a describer: the mean of those under the region, in the whole picture and
// in the region cut out of it. The built-in models are such.
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "core/clip/preprocessing.h"
#include "core/clipseg/memory.h"
#include "core/clipseg/model.h"
#include "core/clipseg/shared_model.h"
#include "core/global_local/describer.h"
#include "core/global_local/grid.h"
#include "core/image/antialias.h"
#include "core/image/refine.h"
#include "core/image/resize.h"
#include "core/image/runs_cut.h"
#include "core/vision/regions.h"

namespace maskwright::global_local {

namespace {

constexpr double kLeast = 1e-6;  // of what is divided by
// How much finer than the network sees it a cut-out is taken from the picture, so that each of hundreds of regions of a
// large one costs a few milliseconds whatever its size. Pillow's Image.resize says of the same factor (reducing_gap)
// that the result can hardly be told from that of all pixels.
constexpr std::int64_t kFiner = 3;

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(kLeast); }

class JointPicture final : public Picture {
  public:
    using Picture::Picture;
    std::vector<Image> halves;  // of a large picture: half its size, a quarter, ...
    at::Tensor features;        // [h * w, P] of unit length
    std::int64_t gridHeight = 0, gridWidth = 0;
};

struct Seen {
    at::Tensor features;
    std::int64_t gridHeight = 0, gridWidth = 0;
};

class JointDescriber final : public Describer {
  public:
    JointDescriber(std::shared_ptr<const clipseg::Model> model, const clip::Preprocessing& preprocessing)
        : model_(std::move(model)), preprocessing_(preprocessing) {
        facts_.name = model_->config().name;
        facts_.tower = model_->config().clip.vision.name();
        facts_.width = model_->config().clip.projection;
        facts_.side = model_->config().inputSize;
        facts_.bytesAlive = clipseg::bytesAlive(model_->config(), facts_.side, facts_.side);
        facts_.parameters = model_->parameterCount();
        facts_.finds = true;
        facts_.logitScale = 100;  // as the published CLIPs': cosines in percent
    }

    [[nodiscard]] const Facts& facts() const override { return facts_; }

    [[nodiscard]] std::shared_ptr<const Picture> encode(std::shared_ptr<const Image> image,
                                                        const std::stop_token& stop) const override {
        const c10::InferenceMode inference;
        const Seen seen = look(*image, facts_.side, stop);
        auto picture = std::make_shared<JointPicture>(std::move(image));
        for (const Image* last = picture->image.get();
             std::max(last->width, last->height) >= 2 * kFiner * cropSide();) {
            picture->halves.push_back(halved(*last));
            last = &picture->halves.back();
        }
        picture->features = seen.features;
        picture->gridHeight = seen.gridHeight;
        picture->gridWidth = seen.gridWidth;
        return picture;
    }

    [[nodiscard]] at::Tensor global(const Picture& picture, std::span<const Region> regions, Silencing, std::int64_t,
                                    const std::stop_token&) const override {
        const c10::InferenceMode inference;
        const auto& whole = dynamic_cast<const JointPicture&>(picture);
        std::vector<at::Tensor> rows = {at::empty({0, facts_.width}, at::kFloat)};
        for (const Region& region : regions) {
            const at::Tensor soft = onGrid(std::span(&region, 1), whole.gridHeight, whole.gridWidth).soft;
            rows.push_back(meanUnder({whole.features, whole.gridHeight, whole.gridWidth}, soft));
        }
        return at::cat(rows);
    }

    [[nodiscard]] at::Tensor local(const Picture& picture, std::span<const Region> regions,
                                   const std::stop_token& stop) const override {
        const c10::InferenceMode inference;
        std::vector<at::Tensor> rows = {at::empty({0, facts_.width}, at::kFloat)};
        for (const Region& region : regions) {
            const auto [cut, inside] = cutOutOf(dynamic_cast<const JointPicture&>(picture), region);
            const Seen seen = look(cut, cropSide(), stop);
            const Heatmap soft = resizeAntialiased(inside, int(seen.gridWidth), int(seen.gridHeight));
            rows.push_back(meanUnder(seen, at::tensor(soft.pixels, at::kFloat)));
        }
        return at::cat(rows);
    }

    [[nodiscard]] std::int64_t shapeOf(const Region& region) const override {
        const Box box = region.box.empty() ? boundingBox(region.mask) : region.box;
        const auto [width, height] = seenSize(box.width, box.height, cropSide());
        return (std::int64_t(width) << 32) + height;
    }

    [[nodiscard]] TextFeature text(const std::string& text) const override {
        const text::KnownWords* words = model_->words();
        const text::Tokens tokens = model_->tokenizer().encode(words != nullptr ? words->asked(text) : text,
                                                               model_->config().clip.text.positions);
        TextFeature feature{model_->textCondition(tokens).to(at::kCPU), tokens.truncated, true, {}};
        if (words != nullptr) {
            text::Reading reading = words->read(text);
            feature.known = reading.known;
            feature.unknown = std::move(reading.unknown);
        }
        return feature;
    }

  private:
    struct CutOut {
        Image picture;
        Mask inside;
    };
    // Of the smallest of the picture's sizes that still has kFiner times the pixels a side that the network sees.
    [[nodiscard]] CutOut cutOutOf(const JointPicture& picture, const Region& region) const {
        const Box box = region.box.empty() ? boundingBox(region.mask) : region.box;
        const Image* image = picture.image.get();
        int step = 1;
        for (const Image& half : picture.halves) {
            if (std::max(box.width, box.height) < 2 * step * kFiner * cropSide()) {
                break;
            }
            image = &half;
            step *= 2;
        }
        CutOut cut{{}, cutOut(region.mask, box, step)};
        cut.picture = Image(cut.inside.width, cut.inside.height);
        std::array<std::uint8_t, 3> around;
        for (std::size_t c = 0; c < 3; ++c) {
            around[c] = static_cast<std::uint8_t>(std::lround(255 * preprocessing_.mean[c]));
        }
        for (int y = 0; y < cut.inside.height; ++y) {
            const int from = std::min(box.y / step + y, image->height - 1);
            for (int x = 0; x < cut.inside.width; ++x) {
                const bool in = cut.inside.at(x, y) != 0;
                const std::uint8_t* pixel =
                    in ? image->at(std::min(box.x / step + x, image->width - 1), from) : around.data();
                std::copy_n(pixel, 3, cut.picture.at(x, y));
            }
        }
        return cut;
    }

    // A cut-out object fills its picture: half the side shows as much of it.
    [[nodiscard]] std::int64_t cropSide() const {
        const std::int64_t cell = model_->config().clip.vision.cell();
        return std::max<std::int64_t>(1, model_->config().inputSize / 2 / cell) * cell;
    }

    struct Size {
        int width, height;
    };
    // Of what the network gets of a picture of that size.
    [[nodiscard]] Size seenSize(int width, int height, std::int64_t side) const {
        if (!model_->config().keepAspect) {
            return {int(side), int(side)};
        }
        const std::int64_t cell = model_->config().clip.vision.cell();
        const auto shorter = [&](int a, int b) {
            return int(std::max<std::int64_t>(1, std::llround(double(side) * a / b / double(cell))) * cell);
        };
        return width >= height ? Size{int(side), shorter(height, width)} : Size{shorter(width, height), int(side)};
    }

    [[nodiscard]] Seen look(const Image& image, std::int64_t side, const std::stop_token& stop) const {
        const auto [width, height] = seenSize(image.width, image.height, side);
        Planar planar = normalize(resize(image, width, height, preprocessing_.filter), preprocessing_.mean,
                                  preprocessing_.deviation);
        const at::Tensor pixels = at::from_blob(planar.values.data(), {1, 3, height, width}, at::kFloat);
        if (model_->config().eyes.jointSpace()) {
            const at::Tensor fine = jointFeatures(pixels, stop);
            return {unit(fine.flatten(2).squeeze(0).t()), fine.size(2), fine.size(3)};
        }
        vision::Request request;
        request.dense = true;
        request.stop = stop;
        const vision::Output out =
            clip::vision(model_->params()["clip"], model_->config().clip, pixels.to(model_->device()), request);
        return {unit(out.dense.squeeze(0).to(at::kFloat)), out.gridHeight, out.gridWidth};
    }

    // pixels: [1, 3, H, W] -> [1, P, h, w]
    [[nodiscard]] at::Tensor jointFeatures(const at::Tensor& pixels, const std::stop_token& stop) const {
        const clipseg::Config& config = model_->config();
        vision::Request request = clipseg::visionRequest(config);
        request.taps.clear();  // the decoder is not asked
        request.spoken = false;
        request.stop = stop;
        const nn::Params p = model_->params();
        vision::Output out = clip::vision(p["clip"], config.clip, pixels.to(model_->device()), request);
        return clipseg::featuresOf(p["decoder"], config, std::move(out)).joint.fine.to(at::kFloat);
    }

    // soft: h * w shares -> [1, P] on the CPU
    [[nodiscard]] static at::Tensor meanUnder(const Seen& seen, const at::Tensor& soft) {
        const at::Tensor weights = soft.reshape({1, -1}).to(seen.features.device());
        return (at::matmul(weights, seen.features) / weights.sum().clamp_min(kLeast)).to(at::kCPU);
    }

    std::shared_ptr<const clipseg::Model> model_;
    clip::Preprocessing preprocessing_;
    Facts facts_;
};

}  // namespace

Result<std::unique_ptr<Describer>> openJointDescriber(const std::string& folder, at::Device device,
                                                      at::ScalarType dtype) {
    const auto preprocessing = clip::readModelPreprocessing(folder);
    if (!preprocessing) {
        return preprocessing.error();
    }
    return std::unique_ptr<Describer>(
        std::make_unique<JointDescriber>(clipseg::sharedModel(folder, device, dtype), *preprocessing));
}

Result<std::unique_ptr<Describer>> openDescriber(const std::string& folder, at::Device device, at::ScalarType dtype) {
    std::error_code code;
    const std::string config = (std::filesystem::path(folder) / "config.json").string();
    if (std::filesystem::is_regular_file(config, code)) {
        const auto json = readJsonFile(config, ErrorKind::weights);
        if (!json) {
            return json.error();
        }
        JsonReader reader(*json, config, ErrorKind::weights);
        if (reader.string("model_type", "") == "clipseg") {
            const auto read = clip::readConfig(*json, config);
            if (!read) {
                return read.error();
            }
            if (!vision::takesRegions(read->vision)) {
                return openJointDescriber(folder, device, dtype);
            }
        }
    }
    return openClipDescriber(folder, device, dtype);
}

}  // namespace maskwright::global_local
