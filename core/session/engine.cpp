#include "core/session/engine.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

#include "core/clip/preprocessing.h"
#include "core/clipseg/model.h"
#include "core/image/resize.h"
#include "core/nn/device.h"
#include "core/session/limits.h"
#include "core/session/lru.h"
#include "core/session/translate.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::session {

namespace {

constexpr std::size_t kTextCache = 1024, kRegionCache = 256;

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::atomic<std::uint64_t> engines{0};

at::Tensor asTensor(const Planar& planar) {
    // [1, 3, H, W]; read only, and the caller keeps `planar` as long as the tensor
    return at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, planar.height, planar.width}, at::kFloat);
}

Result<at::Device> openDevice(const std::string& name) {
    try {
        return nn::deviceFromName(name);
    } catch (const std::runtime_error& missing) {
        return Error{ErrorKind::resource, verbatim(missing.what()),
                     "use --device cpu, or a LibTorch with CUDA (README.md)"};
    }
}

std::vector<float> asVector(const at::Tensor& tensor) {
    const at::Tensor host = tensor.to(at::kCPU, at::kFloat).contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

// Weak pointers so that a cached embedding keeps no picture alive; compared by owner, so a reused address never
// matches.
template <class T>
bool sameOwner(const std::weak_ptr<T>& a, const std::shared_ptr<T>& b) {
    return !a.owner_before(b) && !b.owner_before(a) && !a.expired();
}

struct RegionKey {
    std::weak_ptr<const Image> image;
    std::weak_ptr<const Mask> region;
    visual_prompt::Style style;
};

}  // namespace

class EncodedPicture {
  public:
    clip::VisionOutput features;
    std::uint64_t engine = 0;  // features of one model mean nothing to another
    int inputWidth = 0, inputHeight = 0;
};

struct Engine::Impl {
    std::unique_ptr<clipseg::Model> model;
    clip::Preprocessing preprocessing;
    ModelInfo info;
    std::uint64_t serial = ++engines;
    Lru<std::string, Condition> texts{kTextCache};
    Lru<RegionKey, Condition> regions{kRegionCache};

    [[nodiscard]] const clipseg::Config& config() const { return model->config(); }
    [[nodiscard]] Planar pixelsOf(const Image& image) const {
        return normalize(image, preprocessing.mean, preprocessing.deviation);
    }

    // A mask of NaN would be empty and look like an answer.
    [[nodiscard]] Result<void> checkFinite(std::span<const float> values) const {
        if (std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); })) {
            return {};
        }
        return Error{ErrorKind::weights, "the model " + info.name + " gives numbers that are not finite",
                     info.dtype == "float32" ? Message("its weights are damaged or of another model; get them again")
                                             : Message("try --dtype float32, or get the weights again")};
    }

    [[nodiscard]] Result<void> checkSize(std::int64_t size) const { return checkInputSize(info, size); }
    [[nodiscard]] Result<void> checkMemory(std::int64_t width, std::int64_t height) const {
        return model->device().is_cpu() ? checkInputMemory(config().clip.vision, width, height) : Result<void>();
    }

    Result<Condition> embedPixels(const Planar& pixels, std::stop_token stop, clip::TokenMask tokenMask = {}) {
        const std::int64_t cell = info.cell;
        if (pixels.width < cell || pixels.height < cell || pixels.width % cell != 0 || pixels.height % cell != 0 ||
            pixels.width > kMaxSize || pixels.height > kMaxSize) {
            return Error{
                ErrorKind::usage,
                "an engineered picture of " + std::to_string(pixels.width) + "x" + std::to_string(pixels.height) +
                    " does not fit the model " + info.name,
                "its sides must be multiples of " + std::to_string(cell) + " up to " + std::to_string(kMaxSize)};
        }
        MASKWRIGHT_TRY(checkMemory(pixels.width, pixels.height));
        const Clock::time_point start = Clock::now();
        Condition condition;
        condition.values = asVector(model->imageCondition(asTensor(pixels), std::move(stop), std::move(tokenMask)));
        MASKWRIGHT_TRY(checkFinite(condition.values));
        condition.milliseconds = millisecondsSince(start);
        return condition;
    }

    Result<Condition> embedRegion(const SupportRegion& support, std::stop_token stop) {
        if (!support.image || !support.region) {
            return Error{ErrorKind::usage, "a support region has no picture or no mask", ""};
        }
        using visual_prompt::TokenMasking;
        const TokenMasking masking = support.style.tokenMasking;
        if (masking != TokenMasking::none && !model->config().clip.vision.isVit()) {
            return Error{ErrorKind::usage,
                         "the model " + info.name + " has no tokens to hide: its encoder is not a transformer",
                         "choose a style that changes pixels, such as crop_blur_highlight352, or a CLIPSeg model"};
        }
        if (masking != TokenMasking::none && support.style.crop) {
            return Error{ErrorKind::usage, "hiding tokens inside the encoder needs the whole picture, not a crop",
                         "give the style crop=off as well"};
        }
        const std::int64_t blocks = model->config().clip.vision.layers;
        if (masking != TokenMasking::none && support.style.maskFromLayer >= blocks) {
            // Without this the style would do nothing and say nothing.
            return Error{ErrorKind::usage,
                         "the model " + info.name + " has " + std::to_string(blocks) +
                             " blocks, none of them is block " + std::to_string(support.style.maskFromLayer),
                         "give tokens= a block from 0 to " + std::to_string(blocks - 1)};
        }
        if (const Condition* cached = regions.find([&](const RegionKey& key) {
                return key.style == support.style && sameOwner(key.image, support.image) &&
                       sameOwner(key.region, support.region);
            })) {
            Condition condition = *cached;
            condition.milliseconds = 0;
            return condition;
        }
        const auto engineered = visual_prompt::engineer(*support.image, *support.region, support.style);
        if (!engineered) {
            return engineered.error();
        }
        clip::TokenMask tokenMask;
        if (masking != TokenMasking::none) {
            const int grid = engineered->width / static_cast<int>(info.cell);
            const std::vector<float> inside = visual_prompt::tokenMask(*support.region, grid);
            tokenMask.queries = masking == TokenMasking::clsOnly ? clip::TokenMask::Queries::classToken
                                                                 : clip::TokenMask::Queries::patches;
            tokenMask.fromBlock = masking == TokenMasking::allLayers ? 0 : support.style.maskFromLayer;
            tokenMask.inside = at::tensor(inside, at::kFloat).reshape({1, std::int64_t(grid) * grid});
        }
        auto condition = embedPixels(pixelsOf(*engineered), std::move(stop), tokenMask);
        if (condition) {
            regions.put({support.image, support.region, support.style}, *condition);
        }
        return condition;
    }

    // The weighted mean of the regions' embeddings.
    Result<Condition> embedRegions(std::span<const SupportRegion> supports, const std::stop_token& stop) {
        double total = 0;
        for (const SupportRegion& support : supports) {
            if (!std::isfinite(support.weight) || support.weight < 0) {
                return Error{ErrorKind::usage, "a support region's weight is negative or not a number",
                             "weights are 0 or more"};
            }
            total += support.weight;
        }
        if (!(total > 0)) {
            return Error{ErrorKind::usage, "every support region has the weight 0",
                         "give at least one a weight above 0"};
        }
        Condition mean;
        mean.values.assign(static_cast<std::size_t>(info.projection), 0.0f);
        for (const SupportRegion& support : supports) {
            if (support.weight == 0) {
                continue;
            }
            const auto one = embedRegion(support, stop);
            if (!one) {
                return one.error();
            }
            for (std::size_t i = 0; i < mean.values.size(); ++i) {
                mean.values[i] += static_cast<float>(support.weight / total) * one->values[i];
            }
            mean.milliseconds += one->milliseconds;
        }
        return mean;
    }
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options) {
    return guarded("loading the model", [&]() -> Result<std::unique_ptr<Engine>> {
        auto folder = findModel(options.model);
        if (!folder) {
            return folder.error();
        }
        nn::setThreads(options.threads);
        const at::ScalarType dtype = nn::dtypeFromName(options.dtype);
        auto device = openDevice(options.device);
        if (!device) {
            return device.error();
        }
        const auto preprocessing = clip::readModelPreprocessing(*folder);
        if (!preprocessing) {
            return preprocessing.error();
        }
        auto impl = std::make_unique<Impl>();
        impl->preprocessing = *preprocessing;
        impl->model = clipseg::Model::load(*folder, *device, dtype);
        const clipseg::Config& config = impl->config();
        const nn::Blas blas = nn::blas();
        ModelInfo& info = impl->info;
        info.name = config.name;
        info.folder = *folder;
        info.device = nn::nameOf(impl->model->device());
        info.dtype = options.dtype;
        info.blas = blas.name;
        info.slowBlas = blas.slow && impl->model->device().is_cpu();
        info.torchVersion = TORCH_VERSION;
        info.visionType = config.clip.vision.modelType;
        info.tokenizer = config.clip.text.tokenizer;
        info.head = !config.pyramidLayers.empty()         ? "pyramid"
                    : config.complexTransposedConvolution ? "refined"
                                                          : "plain";
        info.threads = nn::threads();
        info.parameters = impl->model->parameterCount();
        info.inputSize = config.inputSize;
        info.cell = config.clip.vision.cell();
        info.reduceDim = config.reduceDim;
        info.projection = config.clip.projection;
        info.textPositions = config.clip.text.positions;
        info.extractLayers = config.extractLayers;
        info.defaultThreshold = config.defaultThreshold;
        info.logitScale = std::exp(impl->model->params()["clip"].tensor("logit_scale").item<double>());
        return std::unique_ptr<Engine>(new Engine(std::move(impl)));
    });
}

const ModelInfo& Engine::info() const { return impl_->info; }

Result<void> Engine::checkSize(std::int64_t size) const { return impl_->checkSize(size); }

Result<Encoded> Engine::encode(const Image& image, const EncodeOptions& options, std::stop_token stop) {
    return guarded("encoding the picture", [&]() -> Result<Encoded> {
        const Clock::time_point start = Clock::now();
        if (image.empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        const std::int64_t size = options.size != 0 ? options.size : impl_->info.inputSize;
        MASKWRIGHT_TRY(impl_->checkSize(size));
        std::int64_t width = size, height = size;
        if (options.keepAspect) {
            const std::int64_t cell = impl_->info.cell;
            const auto shorter = [&](int side, int longer) {
                const double wanted = double(size) * side / longer / double(cell);
                return std::max<std::int64_t>(1, std::llround(wanted)) * cell;
            };
            (image.width >= image.height ? height : width) =
                image.width >= image.height ? shorter(image.height, image.width) : shorter(image.width, image.height);
        }
        MASKWRIGHT_TRY(impl_->checkMemory(width, height));
        auto picture = std::make_shared<EncodedPicture>();
        picture->engine = impl_->serial;
        picture->inputWidth = static_cast<int>(width);
        picture->inputHeight = static_cast<int>(height);
        const Image resized = resizeBilinearAntialiased(image, picture->inputWidth, picture->inputHeight);
        const Planar pixels = impl_->pixelsOf(resized);
        picture->features = impl_->model->encode(asTensor(pixels), std::move(stop));
        return Encoded{picture, picture->inputWidth, picture->inputHeight, millisecondsSince(start)};
    });
}

Result<Condition> Engine::textCondition(const std::string& phrase) {
    return guarded("encoding the phrase", [&]() -> Result<Condition> {
        if (const Condition* cached = impl_->texts.find([&](const std::string& key) { return key == phrase; })) {
            Condition condition = *cached;
            condition.milliseconds = 0;
            return condition;
        }
        const Clock::time_point start = Clock::now();
        const text::Tokens tokens = impl_->model->tokenizer().encode(phrase, impl_->info.textPositions);
        Condition condition;
        condition.values = asVector(impl_->model->textCondition(tokens));
        MASKWRIGHT_TRY(impl_->checkFinite(condition.values));
        condition.truncated = tokens.truncated;
        condition.milliseconds = millisecondsSince(start);
        return impl_->texts.put(phrase, condition);
    });
}

Result<Condition> Engine::imageCondition(const Image& engineered, std::stop_token stop) {
    return guarded("encoding the support picture",
                   [&] { return impl_->embedPixels(impl_->pixelsOf(engineered), std::move(stop)); });
}

Result<Condition> Engine::imageCondition(const Planar& normalised, std::stop_token stop) {
    return guarded("encoding the support picture", [&] { return impl_->embedPixels(normalised, std::move(stop)); });
}

Result<Condition> Engine::condition(const Prompt& prompt, std::stop_token stop) {
    return guarded("encoding the prompt", [&]() -> Result<Condition> {
        if (prompt.phrase.empty() && prompt.regions.empty()) {
            return Error{ErrorKind::usage, "the prompt has neither a phrase nor a support region", "give one of them"};
        }
        if (!(prompt.mix >= 0 && prompt.mix <= 1)) {
            return Error{ErrorKind::usage, "the mixture is outside 0 to 1",
                         "0 is the phrase alone, 1 the support alone"};
        }
        const double a = prompt.phrase.empty() ? 1 : prompt.regions.empty() ? 0 : prompt.mix;
        Condition mixed;
        mixed.values.assign(static_cast<std::size_t>(impl_->info.projection), 0.0f);
        // Both are computed whatever the mixture, so a slider's way from end to end finds both in the caches.
        if (!prompt.phrase.empty()) {
            const auto text = textCondition(prompt.phrase);
            if (!text) {
                return text.error();
            }
            for (std::size_t i = 0; i < mixed.values.size(); ++i) {
                mixed.values[i] += static_cast<float>(1 - a) * text->values[i];
            }
            mixed.truncated = text->truncated;
            mixed.milliseconds += text->milliseconds;
        }
        if (!prompt.regions.empty()) {
            const auto image = impl_->embedRegions(prompt.regions, stop);
            if (!image) {
                return image.error();
            }
            for (std::size_t i = 0; i < mixed.values.size(); ++i) {
                mixed.values[i] += static_cast<float>(a) * image->values[i];
            }
            mixed.milliseconds += image->milliseconds;
        }
        return mixed;
    });
}

Result<std::vector<Logits>> Engine::decode(const EncodedPicture& picture, std::span<const Condition> conditions,
                                           bool raw) {
    return guarded("decoding the masks", [&]() -> Result<std::vector<Logits>> {
        if (picture.engine != impl_->serial) {
            return Error{ErrorKind::usage, "the picture was encoded by another model", "encode it again"};
        }
        const std::int64_t projection = impl_->info.projection;
        for (const Condition& condition : conditions) {
            if (static_cast<std::int64_t>(condition.values.size()) != projection) {
                return Error{ErrorKind::usage,
                             "a condition has " + std::to_string(condition.values.size()) + " numbers, not " +
                                 std::to_string(projection),
                             "make it with this model"};
            }
        }
        // Some 8,000 tokens at a time: wide enough to be fast, and the memory does not grow with the number of phrases.
        const std::int64_t tokens = picture.features.gridHeight * picture.features.gridWidth + 1;
        const auto chunk = static_cast<std::size_t>(std::clamp<std::int64_t>(8192 / tokens, 1, 64));
        std::vector<Logits> answer;
        answer.reserve(conditions.size());
        for (std::size_t begin = 0; begin < conditions.size(); begin += chunk) {
            const std::size_t count = std::min(chunk, conditions.size() - begin);
            at::Tensor rows = at::empty({static_cast<std::int64_t>(count), projection}, at::kFloat);
            for (std::size_t i = 0; i < count; ++i) {
                const std::vector<float>& values = conditions[begin + i].values;
                std::copy(values.begin(), values.end(),
                          rows.data_ptr<float>() + static_cast<std::ptrdiff_t>(i) * projection);
            }
            at::Tensor logits = impl_->model->decode(picture.features, rows);  // [count, h, w]
            if (!raw) {
                logits = clipseg::toInputSize(logits, picture.inputHeight, picture.inputWidth);
            }
            logits = logits.contiguous();
            const std::int64_t height = logits.size(1), width = logits.size(2);
            for (std::size_t i = 0; i < count; ++i) {
                const float* from = logits.data_ptr<float>() + static_cast<std::ptrdiff_t>(i) * height * width;
                Logits one;
                one.values.width = static_cast<int>(width);
                one.values.height = static_cast<int>(height);
                one.values.pixels.assign(from, from + height * width);
                MASKWRIGHT_TRY(impl_->checkFinite(one.values.pixels));
                answer.push_back(std::move(one));
            }
        }
        return answer;
    });
}

Result<std::vector<std::int64_t>> Engine::tokenize(const std::string& text) const {
    return guarded("tokenizing", [&]() -> Result<std::vector<std::int64_t>> {
        return impl_->model->tokenizer().encode(text, impl_->info.textPositions).ids;
    });
}

Result<TokenIds> tokenize(const std::string& model, const std::string& text) {
    return guarded("tokenizing", [&]() -> Result<TokenIds> {
        const auto folder = findModel(model);
        if (!folder) {
            return folder.error();
        }
        const clipseg::Config config = clipseg::readModelConfig(*folder);
        text::Tokens tokens = clipseg::loadTokenizer(*folder, config)->encode(text, config.clip.text.positions);
        return TokenIds{std::move(tokens.ids), tokens.truncated};
    });
}

Heatmap probability(const Plane<float>& logits) {
    Heatmap map(logits.width, logits.height);
    std::transform(logits.pixels.begin(), logits.pixels.end(), map.pixels.begin(),
                   [](float x) { return 1.0f / (1.0f + std::exp(-x)); });
    return map;
}

}  // namespace maskwright::session
