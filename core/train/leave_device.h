// What training does where a device's memory is full. Private to core/train.
#pragma once

#include "core/nn/device.h"
#include "core/train/stages.h"

namespace maskwright::train {

// work(), and where a device's memory is full once more on the processor, resumed from what is on disk: of a stage that
// a loop trains that is everything up to the step that did not fit. Throws what the last of the two throws.
template <class Work>
void whereItFits(Context& context, Work&& work) {
    try {
        return work();
    } catch (...) {
        if (context.device.is_cpu() || !nn::ranOutOfMemory()) {
            throw;
        }
    }
    context.say("the memory of " + nn::nameOf(context.device) +
                " is full: training goes on on the processor, which takes longer");
    context.device = at::kCPU;
    context.resume = true;
    work();
}

}  // namespace maskwright::train
