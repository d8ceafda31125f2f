#include "core/session/clipseg_method.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>

#include "core/base/stopwatch.h"
#include "core/clip/framing.h"
#include "core/clip/pixels.h"
#include "core/clip/tokenizer_files.h"
#include "core/clipseg/memory.h"
#include "core/clipseg/model.h"
#include "core/clipseg/shared_model.h"
#include "core/nn/device.h"
#include "core/session/conditions.h"
#include "core/session/fallback.h"
#include "core/session/kept.h"
#include "core/session/limits.h"
#include "core/session/tensors.h"
#include "core/session/translate.h"
#include "core/store/store.h"
#include "core/vision/detections.h"

namespace maskwright::session {

namespace {

std::atomic<std::uint64_t> methods{0};

class ClipSegPicture final : public EncodedPicture {
  public:
    // Where the model was when it encoded them; they follow it.
    mutable clipseg::Features features;
    mutable at::Device device{at::kCPU};
    clip::Framing framing;
    std::uint64_t method = 0;  // features of one model mean nothing to another
    // What the network saw, where its detector may be asked: on the CPU the one, [1, 3, H, W] on a device the other.
    Image seen;
    at::Tensor pixels;
};

Capabilities capabilitiesOf(const clipseg::Config& config, const clip::Preprocessing& preprocessing) {
    const std::int64_t cell = config.clip.vision.cell();
    Capabilities able;
    able.hidingBlocks = config.clip.vision.hidesTokens() ? config.clip.vision.blocks() : 0;
    able.inputSize = config.inputSize;
    able.cell = cell;
    able.smallest = (std::max(kMinSize, cell) + cell - 1) / cell * cell;
    able.largest = kMaxSize / cell * cell;
    able.middleOnly = preprocessing.cropped();
    return able;
}

ModelInfo infoOf(const clipseg::Model& model, const clip::Preprocessing& preprocessing, const std::string& folder) {
    const nn::Blas blas = nn::blas();
    ModelInfo info;
    info.name = model.config().name;
    info.folder = folder;
    info.device = nn::nameOf(model.device());
    info.dtype = nn::nameOf(model.dtype());
    info.products = nn::oneDnnMultiplies() ? "oneDNN" : blas.name;
    info.instructions = nn::instructions();
    info.blas = blas.name;
    info.blasKernel = blas.kernel;
    info.slowBlas = blas.slow;
    info.torchVersion = TORCH_VERSION;
    info.threads = nn::threads();
    info.parameters = model.parameterCount();
    info.defaultThreshold = model.config().defaultThreshold;
    info.capabilities = capabilitiesOf(model.config(), preprocessing);
    return info;
}

ClipSegFacts factsOf(const clipseg::Model& model) {
    const clipseg::Config& config = model.config();
    ClipSegFacts facts;
    facts.vision = config.clip.vision.name();
    facts.tokenizer = config.clip.text.tokenizer;
    facts.head = !config.pyramidLayers.empty() ? "pyramid" : config.complexTransposedConvolution ? "refined" : "plain";
    facts.extractLayers = config.extractLayers;
    facts.reduceDim = config.reduceDim;
    facts.projection = config.clip.projection;
    facts.textPositions = config.clip.text.positions;
    facts.detects = config.clip.vision.names() > 0;
    facts.logitScale = std::exp(model.params()["clip"].tensor("logit_scale").item<double>());
    return facts;
}

// In which numbers a model of `folder` computes on `device` where `name` is asked for.
Result<at::ScalarType> dtypeOf(const std::string& folder, const std::string& name, at::Device device) {
    const auto dtype = nn::dtypeFromName(name, device);
    if (dtype && name == "auto" && *dtype != at::kFloat &&
        !clipseg::readModelConfig(folder).clip.vision.holdsInHalf()) {
        return at::kFloat;
    }
    return dtype;
}

// Conditions that a GPU decodes by one launch of each product; fewer where its memory does not suffice.
constexpr std::size_t kConditionsOnDevice = 256;

// The whole picture in its proportions: the longer side is `size`, both are multiples of `cell`.
clip::Framing inProportion(const Image& image, std::int64_t size, std::int64_t cell) {
    const Sides sides = inputSides(image.width, image.height, size, true, cell);
    const int width = static_cast<int>(sides.width), height = static_cast<int>(sides.height);
    return {width, height, {0, 0, width, height}};
}

using Values = const std::vector<float>*;

at::Tensor rowsOf(std::span<const Values> conditions, std::int64_t projection) {
    at::Tensor rows = at::empty({static_cast<std::int64_t>(conditions.size()), projection}, at::kFloat);
    float* to = rows.data_ptr<float>();
    for (const Values& values : conditions) {
        to = std::copy(values->begin(), values->end(), to);
    }
    return rows;
}

// What is asked for the conditions, one after the other, and for which of them.
struct Rows {
    std::vector<Values> values;
    std::vector<std::size_t> owners;
};
Rows rowsFor(std::span<const Condition> conditions) {
    Rows rows;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const auto add = [&](const std::vector<float>& values) {
            rows.values.push_back(&values);
            rows.owners.push_back(i);
        };
        if (conditions[i].each.empty()) {
            add(conditions[i].values);
        }
        std::for_each(conditions[i].each.begin(), conditions[i].each.end(), add);
    }
    return rows;
}

// What is found of either.
void unite(Logits& one, const Logits& other) {
    std::transform(one.values.pixels.begin(), one.values.pixels.end(), other.values.pixels.begin(),
                   one.values.pixels.begin(), [](float a, float b) { return std::max(a, b); });
}

// logits: [N, h, w]
std::vector<Logits> mapsOf(const at::Tensor& logits) {
    const at::Tensor whole = logits.contiguous();
    const std::int64_t height = whole.size(1), width = whole.size(2);
    std::vector<Logits> maps(static_cast<std::size_t>(whole.size(0)));
    const float* from = whole.data_ptr<float>();
    for (Logits& one : maps) {
        one.values.width = static_cast<int>(width);
        one.values.height = static_cast<int>(height);
        one.values.pixels.assign(from, from + height * width);
        from += height * width;
    }
    return maps;
}

// In shares of a picture of width x height, of which the network saw `seen`.
std::vector<Sighting> sightingsOf(const vision::Detections& found, const Box& seen, int width, int height) {
    std::vector<Sighting> all(static_cast<std::size_t>(found.scores.size(0)));
    const at::Tensor boxes = found.boxes.contiguous(), scores = found.scores.contiguous();
    const float *box = boxes.data_ptr<float>(), *score = scores.data_ptr<float>();
    std::vector<Logits> maps = mapsOf(found.masks);
    for (std::size_t i = 0; i < all.size(); ++i, box += 4) {
        const auto share = [](double at, int begin, int size) { return std::clamp((at + begin) / size, 0.0, 1.0); };
        all[i].score = score[i];
        all[i].left = share(double(box[0]), seen.x, width);
        all[i].right = share(double(box[2]), seen.x, width);
        all[i].top = share(double(box[1]), seen.y, height);
        all[i].bottom = share(double(box[3]), seen.y, height);
        all[i].mask = std::move(maps[i].values);
    }
    return all;
}

}  // namespace

struct ClipSegMethod::Impl {
    std::shared_ptr<clipseg::Model> model;  // the same one for good: others look at it
    clip::Preprocessing preprocessing;
    ModelInfo info;
    ClipSegFacts facts;
    Place place;
    Tell tell;
    std::uint64_t serial = ++methods;
    Conditions conditions{*model, preprocessing, info};  // after what it looks at
    // The last picture's that was asked for: phrases that are typed come one after the other.
    std::weak_ptr<const EncodedPicture> sighted{};
    std::vector<Sighting> sightings{};

    // work(), on the CPU where the device's memory is full.
    template <class Work>
    auto run(const Message& doing, Work&& work) -> decltype(work()) {
        return guarded(doing, [&] { return orElsewhere(work, [this] { return moveToCpu(); }); });
    }
    bool moveToCpu() {
        if (model->device().is_cpu()) {
            return false;
        }
        const std::string left = info.device;
        const auto dtype = dtypeOf(info.folder, place.dtype == "float16" ? "float32" : place.dtype, at::kCPU);
        if (!dtype) {
            return false;
        }
        *model = std::move(*clipseg::Model::load(info.folder, at::kCPU, *dtype));
        info = infoOf(*model, preprocessing, info.folder);
        info.leftDevice = left;
        sayLeft();
        return true;
    }
    void sayLeft() const {
        if (tell) {
            tell(message("the memory of %1 is full: %2 goes on on the processor, which takes longer", info.leftDevice,
                         info.name));
        }
    }
    // The part of a picture that the network sees.
    [[nodiscard]] at::Tensor seen(const Image& image, const clip::Framing& framing) const {
        if (!model->device().is_cpu()) {
            return clip::pixelsOn(model->device(), image, framing, preprocessing);
        }
        const Planar pixels = pixelsOf(clip::framed(image, framing, preprocessing.filter));
        return asTensor(pixels).clone();
    }

    [[nodiscard]] clip::Framing framingOf(const Image& image, const EncodeOptions& options) const {
        const std::int64_t size = options.size != 0 ? options.size : info.capabilities.inputSize;
        return options.keepAspect || model->config().keepAspect
                   ? inProportion(image, size, info.capabilities.cell)
                   : clip::frame(preprocessing, image.width, image.height, size);
    }
    // What all its keys begin with: features of one model mean nothing to another.
    [[nodiscard]] std::string keys() const { return std::to_string(serial) + " "; }
    [[nodiscard]] std::string keyOf(const Image& seen, const clip::Framing& framing) const {
        ContentKey key("picture");
        key.add(seen);
        // A map's way back to the whole picture is its features' too.
        for (const int number : {framing.width, framing.height, framing.seen.x, framing.seen.y}) {
            key.add(number);
        }
        return keys() + key.finish();
    }
    // Whether a picture of this size can be encoded; what is only kept goes first.
    [[nodiscard]] Result<void> checkMemory(int width, int height) const {
        if (!model->device().is_cpu()) {
            return {};
        }
        const double bytes = clipseg::bytesAlive(model->config(), width, height);
        auto fits = checkInputMemory(bytes, width, height);
        if (!fits && place.kept && place.kept->bytes() > 0) {
            place.kept->clear();
            fits = checkInputMemory(bytes, width, height);
        }
        return fits;
    }
    [[nodiscard]] Planar pixelsOf(const Image& image) const {
        return normalize(image, preprocessing.mean, preprocessing.deviation);
    }
    [[nodiscard]] Result<const ClipSegPicture*> own(const Encoded& encoded) const {
        const auto* picture = dynamic_cast<const ClipSegPicture*>(encoded.picture.get());
        if (picture == nullptr || picture->method != serial) {
            return Error{ErrorKind::usage, "the picture was encoded by another model", "encode it again"};
        }
        if (picture->device != model->device()) {
            picture->features = clipseg::movedTo(picture->features, model->device());
            picture->device = model->device();
        }
        return picture;
    }
    [[nodiscard]] Result<void> checkWidths(std::span<const Condition> given) const {
        for (const Condition& condition : given) {
            const bool fits = std::all_of(condition.each.begin(), condition.each.end(),
                                          [&](const auto& values) { return values.size() == condition.values.size(); });
            if (static_cast<std::int64_t>(condition.values.size()) != facts.projection || !fits) {
                return Error{ErrorKind::usage,
                             message("a condition has %1 numbers, not %2", condition.values.size(), facts.projection),
                             "make it with this model"};
            }
        }
        return {};
    }
};

ClipSegMethod::ClipSegMethod(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ClipSegMethod::~ClipSegMethod() {
    if (impl_ && impl_->place.kept) {
        impl_->place.kept->forget(impl_->keys());
    }
}

Result<std::unique_ptr<ClipSegMethod>> ClipSegMethod::open(const std::string& folder, const Place& place, Tell tell) {
    return guarded("loading the model", [&]() -> Result<std::unique_ptr<ClipSegMethod>> {
        const auto device = nn::deviceFromName(place.device);
        if (!device) {
            return device.error();
        }
        nn::keepFloat32Exact();
        auto dtype = dtypeOf(folder, place.dtype, *device);
        if (!dtype) {
            return dtype.error();
        }
        const auto preprocessing = clip::readModelPreprocessing(folder);
        if (!preprocessing) {
            return preprocessing.error();
        }
        at::Device on = *device;
        auto model = orElsewhere([&] { return clipseg::sharedModel(folder, on, *dtype); },
                                 [&] {
                                     on = at::kCPU;
                                     dtype = dtypeOf(folder, place.dtype == "float16" ? "float32" : place.dtype, on);
                                     return !device->is_cpu() && dtype.ok();
                                 });
        ModelInfo info = infoOf(*model, *preprocessing, folder);
        ClipSegFacts facts = factsOf(*model);
        std::unique_ptr<Impl> impl(
            new Impl{std::move(model), *preprocessing, std::move(info), std::move(facts), place, std::move(tell)});
        if (on != *device) {
            impl->info.leftDevice = nn::nameOf(*device);
            impl->sayLeft();
        }
        return std::unique_ptr<ClipSegMethod>(new ClipSegMethod(std::move(impl)));
    });
}

const ModelInfo& ClipSegMethod::info() const { return impl_->info; }

const ClipSegFacts& ClipSegMethod::facts() const { return impl_->facts; }

Result<void> ClipSegMethod::checkSize(std::int64_t size) const { return checkInputSize(impl_->info, size); }

Result<Encoded> ClipSegMethod::encode(const Image& image, const EncodeOptions& options, std::stop_token stop) {
    return impl_->run("encoding the picture", [&]() -> Result<Encoded> {
        const Stopwatch watch;
        if (image.empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        MASKWRIGHT_TRY(checkSize(options.size != 0 ? options.size : capabilities().inputSize));
        auto picture = std::make_shared<ClipSegPicture>();
        picture->method = impl_->serial;
        picture->framing = impl_->framingOf(image, options);
        const int width = picture->framing.seen.width, height = picture->framing.seen.height;
        picture->device = impl_->model->device();
        if (!picture->device.is_cpu()) {
            // A device's memory is for what is in hand, and its features cost little to make again: none are kept.
            const at::Tensor pixels = impl_->seen(image, picture->framing);
            picture->features = impl_->model->encode(pixels, stop);
            picture->pixels = impl_->facts.detects ? pixels : at::Tensor();
            nn::waitFor(picture->device);
            return Encoded{picture, width, height, watch.milliseconds()};
        }
        Image seen = clip::framed(image, picture->framing, impl_->preprocessing.filter);
        const std::string key = impl_->place.kept ? impl_->keyOf(seen, picture->framing) : std::string();
        if (auto known = impl_->place.kept ? impl_->place.kept->find<EncodedPicture>(key) : nullptr) {
            return Encoded{std::move(known), width, height, 0};
        }
        MASKWRIGHT_TRY(impl_->checkMemory(width, height));
        const Planar pixels = impl_->pixelsOf(seen);
        picture->features = impl_->model->encode(asTensor(pixels), stop);
        if (impl_->facts.detects) {
            picture->seen = std::move(seen);
        }
        if (impl_->place.kept) {
            impl_->place.kept->put(
                key, std::shared_ptr<const EncodedPicture>(picture),
                clipseg::bytesOf(picture->features) + static_cast<std::int64_t>(picture->seen.pixels.size()));
        }
        return Encoded{picture, width, height, watch.milliseconds()};
    });
}

Result<void> ClipSegMethod::prepare(std::span<const Prompt> prompts) {
    return impl_->run("encoding the phrases", [&]() -> Result<void> {
        impl_->conditions.prepare(prompts);
        return {};
    });
}

Result<Condition> ClipSegMethod::textCondition(const std::string& phrase) {
    return impl_->run("encoding the phrase", [&] { return impl_->conditions.ofPhrase(phrase); });
}

Result<Condition> ClipSegMethod::imageCondition(const Image& engineered, std::stop_token stop) {
    return impl_->run("encoding the support picture",
                      [&] { return impl_->conditions.ofPixels(impl_->pixelsOf(engineered), stop); });
}

Result<Condition> ClipSegMethod::imageCondition(const Planar& normalised, std::stop_token stop) {
    return impl_->run("encoding the support picture", [&] { return impl_->conditions.ofPixels(normalised, stop); });
}

Result<Condition> ClipSegMethod::condition(const Prompt& prompt, std::stop_token stop) {
    return impl_->run("encoding the prompt", [&] { return impl_->conditions.ofPrompt(prompt, stop); });
}

Result<std::vector<Logits>> ClipSegMethod::decode(const Encoded& encoded, std::span<const Condition> conditions,
                                                  Resolution resolution) {
    return impl_->run("decoding the masks", [&]() -> Result<std::vector<Logits>> {
        const auto picture = impl_->own(encoded);
        if (!picture) {
            return picture.error();
        }
        MASKWRIGHT_TRY(impl_->checkWidths(conditions));
        const clipseg::Features& features = (*picture)->features;
        const std::int64_t tokens = features.gridHeight * features.gridWidth + 1;
        const Rows rows = rowsFor(conditions);
        const std::span<const Values> all = rows.values;
        const std::size_t atOnce = impl_->model->device().is_cpu()
                                       ? static_cast<std::size_t>(clipseg::conditionsAtOnce(tokens))
                                       : kConditionsOnDevice;
        std::vector<Logits> maps;
        maps.reserve(all.size());
        inParts(all.size(), atOnce, [&](std::size_t begin, std::size_t end) {
            const auto some = all.subspan(begin, end - begin);
            at::Tensor logits = impl_->model->decode(features, rowsOf(some, impl_->facts.projection));  // [N, h, w]
            if (resolution == Resolution::input) {
                logits = clipseg::toInputSize(logits, encoded.inputHeight, encoded.inputWidth);
            }
            std::ranges::move(mapsOf(logits), std::back_inserter(maps));
        });
        std::vector<Logits> answer;
        answer.reserve(conditions.size());
        for (std::size_t i = 0; i < maps.size(); ++i) {
            MASKWRIGHT_TRY(checkFinite(impl_->info, maps[i].values.pixels));
            const std::size_t owner = rows.owners[i];
            if (!conditions[owner].words.known) {
                std::fill(maps[i].values.pixels.begin(), maps[i].values.pixels.end(), kNothing);
            }
            if (owner < answer.size()) {
                unite(answer[owner], maps[i]);
            } else {
                answer.push_back(std::move(maps[i]));
            }
        }
        return answer;
    });
}

Heatmap ClipSegMethod::ofWholePicture(const Encoded& encoded, Heatmap map) const {
    const auto* picture = dynamic_cast<const ClipSegPicture*>(encoded.picture.get());
    return picture != nullptr ? clip::wholeMap(std::move(map), picture->framing) : map;
}

Result<std::vector<Sighting>> ClipSegMethod::sightings(const Image& image, std::size_t most, std::stop_token stop) {
    return impl_->run("detecting things", [&]() -> Result<std::vector<Sighting>> {
        const clipseg::Config& config = impl_->model->config();
        if (!impl_->facts.detects) {
            return Error{ErrorKind::usage, message("the model %1 has no detector", info().name),
                         "choose a built-in model that has one, such as sight"};
        }
        if (image.empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        const clip::Framing framing = impl_->framingOf(image, {});
        const c10::InferenceMode inference;
        vision::DetectionOptions options;
        options.most = static_cast<std::int64_t>(most);
        const vision::Detections seen =
            vision::detections(impl_->model->params()["clip"]["vision_model"], config.clip.vision,
                               impl_->seen(image, framing), options, stop);
        std::vector<Sighting> all = sightingsOf(seen, framing.seen, framing.width, framing.height);
        for (Sighting& one : all) {
            one.mask = clip::wholeMap(std::move(one.mask), framing);
        }
        return all;
    });
}

Result<std::vector<Sighting>> ClipSegMethod::sightingsIn(const Encoded& encoded, std::stop_token stop) {
    return impl_->run("detecting things", [&]() -> Result<std::vector<Sighting>> {
        const auto picture = impl_->own(encoded);
        if (!picture) {
            return picture.error();
        }
        const at::Tensor& onDevice = (*picture)->pixels;
        if (!impl_->facts.detects || ((*picture)->seen.empty() && !onDevice.defined())) {
            return std::vector<Sighting>();
        }
        if (impl_->sighted.lock() != encoded.picture) {
            const c10::InferenceMode inference;
            const Planar here = onDevice.defined() ? Planar() : impl_->pixelsOf((*picture)->seen);
            const vision::Detections found =
                vision::detections(impl_->model->params()["clip"]["vision_model"], impl_->model->config().clip.vision,
                                   onDevice.defined() ? onDevice.to(impl_->model->device()) : asTensor(here), {}, stop);
            impl_->sightings = sightingsOf(found, {}, encoded.inputWidth, encoded.inputHeight);
            impl_->sighted = encoded.picture;
        }
        return impl_->sightings;
    });
}

Image ClipSegMethod::asSeen(const Image& image, const EncodeOptions& options) const {
    return image.empty() ? Image() : clip::framed(image, impl_->framingOf(image, options), impl_->preprocessing.filter);
}

Result<std::vector<std::int64_t>> ClipSegMethod::tokenize(const std::string& text) const {
    return guarded("tokenizing", [&]() -> Result<std::vector<std::int64_t>> {
        return impl_->model->tokenizer().encode(text, impl_->facts.textPositions).ids;
    });
}

Result<TokenIds> tokenize(const std::string& model, const std::string& text) {
    return guarded("tokenizing", [&]() -> Result<TokenIds> {
        const auto found = store::find(model);
        if (!found) {
            return found.error();
        }
        const clipseg::Config config = clipseg::readModelConfig(found->folder);
        const auto tokenizer = clip::loadTokenizer(found->folder, config.clip.text);
        if (!tokenizer) {
            return tokenizer.error();
        }
        text::Tokens tokens = (*tokenizer)->encode(text, config.clip.text.positions);
        return TokenIds{std::move(tokens.ids), tokens.truncated};
    });
}

Heatmap probability(const Plane<float>& logits) {
    const c10::InferenceMode inference;
    Heatmap map(logits.width, logits.height);
    const auto count = static_cast<std::int64_t>(map.pixels.size());
    at::Tensor to = at::from_blob(map.pixels.data(), {count}, at::kFloat);
    at::sigmoid_out(to, at::from_blob(const_cast<float*>(logits.pixels.data()), {count}, at::kFloat));
    return map;
}

}  // namespace maskwright::session
