#include <torch/version.h>

#include <atomic>

#include "core/image/resize.h"
#include "core/nn/device.h"
#include "core/session/engine_impl.h"
#include "core/session/translate.h"

namespace maskwright::session {

namespace {

std::atomic<std::uint64_t> engines{0};

Result<at::Device> openDevice(const std::string& name) {
    try {
        return nn::deviceFromName(name);
    } catch (const std::runtime_error& missing) {
        return Error{ErrorKind::resource, missing.what(), "use --device cpu, or a LibTorch with CUDA (README.md)"};
    }
}

}  // namespace

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
        impl->serial = ++engines;
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
