#include "core/vision/trunk.h"

namespace maskwright::vision {

namespace {

template <class T>
Result<Trunk> asTrunk(Result<T> read) {
    return read ? Result<Trunk>(Trunk(std::move(*read))) : Result<Trunk>(read.error());
}

}  // namespace

Result<Trunk> Trunk::read(JsonReader& json, const std::string& where) {
    const std::string modelType = json.string("model_type", Vit::kName);
    if (Vit::isCalled(modelType)) {
        return asTrunk(Vit::read(json, where));
    }
    if (EfficientNet::isCalled(modelType)) {
        return asTrunk(EfficientNet::read(json, where));
    }
    if (DetectorTrunk::isCalled(modelType)) {
        return asTrunk(DetectorTrunk::read(json, where));
    }
    if (ModifiedResNet::isCalled(modelType)) {
        return asTrunk(ModifiedResNet::read(json, where));
    }
    MASKWRIGHT_TRY(json.status());
    return Error{ErrorKind::weights,
                 message("%1.model_type is %2, not clipseg_vision_model, clip_modified_resnet, efficientnet_lite or "
                         "yolov7_seg_efficientnet",
                         where, quoted(modelType)),
                 "take the config.json that belongs to these weights"};
}

Json Trunk::toJson() const {
    return std::visit([](const auto& type) { return type.toJson(); }, type_);
}

std::string Trunk::name() const {
    return std::visit([](const auto& type) { return std::string(type.kName); }, type_);
}

std::int64_t Trunk::cell() const {
    return std::visit([](const auto& type) { return type.cell(); }, type_);
}

std::int64_t Trunk::gridStride() const {
    return std::visit([](const auto& type) { return type.gridStride(); }, type_);
}

std::int64_t Trunk::blocks() const {
    return std::visit([](const auto& type) { return type.blockCount(); }, type_);
}

std::int64_t Trunk::channelsAfter(std::int64_t block) const {
    return std::visit([&](const auto& type) { return type.channelsAfter(block); }, type_);
}

std::int64_t Trunk::strideAfter(std::int64_t block) const {
    return std::visit([&](const auto& type) { return type.strideAfter(block); }, type_);
}

std::int64_t Trunk::hiddenSize() const {
    return std::visit([](const auto& type) { return type.hiddenSize; }, type_);
}

std::int64_t Trunk::pooledSize() const {
    return std::visit([](const auto& type) { return type.pooledSize; }, type_);
}

std::int64_t Trunk::imageSize() const {
    return std::visit(
        [](const auto& type) -> std::int64_t {
            if constexpr (requires { type.imageSize; }) {
                return type.imageSize / type.cell() * type.cell();
            } else {
                return 0;
            }
        },
        type_);
}

double Trunk::eps() const {
    return std::visit([](const auto& type) { return type.eps; }, type_);
}

bool Trunk::hidesTokens() const {
    return std::visit([](const auto& type) { return type.kHidesTokens; }, type_);
}

bool Trunk::hasMaps() const {
    return std::visit([](const auto& type) { return type.kHasMaps; }, type_);
}

bool Trunk::channelsLast() const {
    return std::visit([](const auto& type) { return type.kChannelsLast; }, type_);
}

bool Trunk::holdsInHalf() const {
    return std::visit([](const auto& type) { return type.kHoldsInHalf; }, type_);
}

bool Trunk::projectsWithBias() const {
    return std::visit(
        [](const auto& type) {
            if constexpr (requires { type.kProjectsWithBias; }) {
                return type.kProjectsWithBias;
            } else {
                return false;
            }
        },
        type_);
}

std::int64_t Trunk::names() const {
    return std::visit(
        [](const auto& type) -> std::int64_t {
            if constexpr (requires { type.names; }) {
                return type.names;
            } else {
                return 0;
            }
        },
        type_);
}

std::int64_t Trunk::classes() const {
    return std::visit(
        [](const auto& type) -> std::int64_t {
            if constexpr (requires { type.classes; }) {
                return type.classes;
            } else {
                return 0;
            }
        },
        type_);
}

void Trunk::declare(const nn::Declaration& d) const {
    std::visit([&](const auto& type) { type.declare(d); }, type_);
}

double Trunk::bytesAlive(std::int64_t width, std::int64_t height, const Request& request) const {
    return 4 * std::visit([&](const auto& type) { return type.floatsAlive(width, height, request); }, type_);
}

Output Trunk::forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const {
    return std::visit([&](const auto& type) { return type.forward(p, pixels, request); }, type_);
}

}  // namespace maskwright::vision
