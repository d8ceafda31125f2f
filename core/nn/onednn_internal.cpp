#ifdef MASKWRIGHT_ONEDNN

#include "core/nn/onednn_internal.h"

#include <ATen/ATen.h>

namespace maskwright::nn::onednn {

const dnnl::engine& engine() {
    static const dnnl::engine cpu = [] {
        dnnl::set_primitive_cache_capacity(static_cast<int>(kKept));
        return dnnl::engine(dnnl::engine::kind::cpu, 0);
    }();
    return cpu;
}

dnnl::stream& stream() {
    static thread_local dnnl::stream own(engine());
    return own;
}

Memory::data_type typeFor(at::ScalarType type) {
    return type == at::kBFloat16 ? Memory::data_type::bf16 : Memory::data_type::f32;
}

Shelf& shelf() {
    static Shelf shared;
    return shared;
}

dnnl::primitive_attr attributes(double scale) {
    dnnl::primitive_attr attr;
    attr.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (scale != 1) {
        attr.set_output_scales(0, {static_cast<float>(scale)});
    }
    return attr;
}

Memory memoryOf(const Desc& desc, const at::Tensor& x) { return {desc, engine(), x.data_ptr()}; }

void execute(const Prepared& prepared, Arguments arguments) {
    at::Tensor scratch;
    if (const std::size_t bytes = prepared.scratchpad.get_size(); bytes > 0) {
        scratch = at::empty({static_cast<std::int64_t>(bytes)}, at::kByte);
        arguments.emplace(DNNL_ARG_SCRATCHPAD, Memory(prepared.scratchpad, engine(), scratch.data_ptr()));
    }
    prepared.primitive.execute(stream(), arguments);
    stream().wait();
}

}  // namespace maskwright::nn::onednn

#endif
