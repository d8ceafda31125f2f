// A trunk's tensors as training begins with them.
#pragma once

#include "core/nn/params.h"
#include "core/vision/trunk.h"

namespace maskwright::test {

inline nn::TensorMap freshTensors(const vision::Trunk& trunk) {
    nn::Parameters all;
    trunk.declare(nn::Declaration(all, nn::Part::visionTower));
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : all) {
        tensors.emplace(name, nn::fresh(parameter));
    }
    return tensors;
}

}  // namespace maskwright::test
