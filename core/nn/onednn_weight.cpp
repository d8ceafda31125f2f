#ifdef MASKWRIGHT_ONEDNN

#include <ATen/ATen.h>

#include <mutex>
#include <string_view>

#include "core/nn/onednn.h"
#include "core/nn/onednn_internal.h"

namespace maskwright::nn::onednn {

namespace {

// Rows of the product that a matrix's form is chosen for: 352 pixels in ViT-B/16. Others get the same form.
constexpr std::int64_t kTypicalRows = 485;
// Side of the map that a kernel's form is chosen for.
constexpr std::int64_t kTypicalSide = 56;

void addAfter(dnnl::post_ops& ops, Activation activation) {
    switch (activation) {
        case Activation::none:
            return;
        case Activation::quickGelu:
            return ops.append_eltwise(1, dnnl::algorithm::eltwise_swish, static_cast<float>(kQuickGelu), 0);
        case Activation::gelu:
            return ops.append_eltwise(1, dnnl::algorithm::eltwise_gelu_erf, 0, 0);
        case Activation::relu:
            return ops.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        case Activation::relu6:
            return ops.append_eltwise(1, dnnl::algorithm::eltwise_clip, 0, 6);
        case Activation::silu:
            return ops.append_eltwise(1, dnnl::algorithm::eltwise_swish, 1, 0);
    }
}

// A residual is added to from where it lies by a product. To a convolution's result, where it has to be already:
// oneDNN 2.6's convolutions of some shapes leave a residual of its own out.
enum class Residual { none, apart, inPlace };

dnnl::primitive_attr attributesFor(Activation activation, Residual residual, const Desc& result) {
    dnnl::primitive_attr attr = attributes();
    dnnl::post_ops ops;
    addAfter(ops, activation);
    if (residual == Residual::apart) {
        ops.append_binary(dnnl::algorithm::binary_add, result);
    } else if (residual == Residual::inPlace) {
        ops.append_sum(1);
    }
    attr.set_post_ops(ops);
    return attr;
}

}  // namespace

class Weight {
  public:
    at::ScalarType type = at::kFloat;
    std::int64_t inputs = 0, outputs = 0, kernel = 1, groups = 1;
    bool convolution = false;
    Desc desc;          // of `packed`
    at::Tensor packed;  // bytes
    at::Tensor bias;    // [O] float32

    [[nodiscard]] Memory memory() const { return {desc, engine(), packed.data_ptr()}; }

    // In another form, for maps of a size whose fastest kernel reads no other; kept.
    [[nodiscard]] Memory as(const Desc& wanted) const {
        if (wanted == desc) {
            return memory();
        }
        const std::lock_guard lock(mutex_);
        for (const auto& [form, bytes] : others_) {
            if (form == wanted) {
                return {form, engine(), bytes.data_ptr()};
            }
        }
        others_.emplace_back(wanted, at::empty({static_cast<std::int64_t>(wanted.get_size())}, at::kByte));
        Memory to(wanted, engine(), others_.back().second.data_ptr()), from = memory();
        dnnl::reorder(from, to).execute(stream(), from, to);
        stream().wait();
        return to;
    }

  private:
    mutable std::mutex mutex_;
    mutable std::vector<std::pair<Desc, at::Tensor>> others_;
};

namespace {

Desc biasDesc(const Weight& w) {
    return w.convolution ? Desc({w.outputs}, Memory::data_type::f32, Format::a)
                         : Desc({1, w.outputs}, Memory::data_type::f32, Format::ab);
}

// weights: the form they have, or any.
dnnl::matmul::primitive_desc productOf(const Weight& w, std::int64_t rows, Memory::data_type result,
                                       const Desc& weights, Activation activation, bool residual) {
    const Desc to({rows, w.outputs}, result, Format::ab);
    return {{{{rows, w.inputs}, typeFor(w.type), Format::ab}, weights, biasDesc(w), to},
            attributesFor(activation, residual ? Residual::apart : Residual::none, to),
            engine()};
}

Desc anyForm(const Weight& w) {
    if (!w.convolution) {
        return {{w.inputs, w.outputs}, typeFor(w.type), Format::any};
    }
    const std::int64_t in = w.inputs / w.groups;
    return w.groups > 1 ? Desc({w.groups, w.outputs / w.groups, in, w.kernel, w.kernel}, typeFor(w.type), Format::any)
                        : Desc({w.outputs, in, w.kernel, w.kernel}, typeFor(w.type), Format::any);
}

std::int64_t sideAfter(std::int64_t side, std::int64_t zeros, const Weight& w, const Window& window) {
    return (side + zeros - window.dilation * (w.kernel - 1) - 1) / window.stride + 1;
}

// Of a convolution: batch and sides.
struct MapSize {
    std::int64_t batch, height, width;
};

dnnl::convolution_forward::primitive_desc convolutionOf(const Weight& w, const MapSize& size, const Window& window,
                                                        Memory::data_type result, const Desc& weights,
                                                        Activation activation, bool residual) {
    const std::int64_t tall = sideAfter(size.height, window.top + window.bottom, w, window);
    const std::int64_t wide = sideAfter(size.width, window.left + window.right, w, window);
    const Desc to({size.batch, w.outputs, tall, wide}, result, Format::nhwc);
    return {{dnnl::prop_kind::forward_inference,
             dnnl::algorithm::convolution_direct,
             {{size.batch, w.inputs, size.height, size.width}, typeFor(w.type), Format::nhwc},
             weights,
             biasDesc(w),
             to,
             {window.stride, window.stride},
             {window.dilation - 1, window.dilation - 1},
             {window.top, window.left},
             {window.bottom, window.right}},
            attributesFor(activation, residual ? Residual::inPlace : Residual::none, to),
            engine()};
}

// With the weights as they lie, or, where only oneDNN's slow reference code takes those, in another form.
template <class Make>
auto withFastForm(const Weight& w, Make make) -> decltype(make(w.desc)) {
    try {
        auto d = make(w.desc);
        if (std::string_view(d.impl_info_str()).find("ref") != 0) {
            return d;
        }
    } catch (const dnnl::error&) {
        // Not in this form: any.
    }
    return make(anyForm(w));
}

WeightPtr filled(std::shared_ptr<Weight> w, const at::Tensor& weight, const Desc& given, const at::Tensor& bias) {
    w->packed = at::empty({static_cast<std::int64_t>(w->desc.get_size())}, at::kByte);
    w->bias = bias.defined() ? bias.to(at::kFloat).contiguous() : at::zeros({w->outputs}, at::kFloat);
    Memory from(given, engine(), weight.data_ptr()), to = w->memory();
    dnnl::reorder(from, to).execute(stream(), from, to);
    stream().wait();
    return w;
}

at::ScalarType resultType(const Weight& w, const After& after) {
    return after.residual.defined() ? after.residual.scalar_type() : w.type;
}

Shelf::Key keyOf(Op op, const Weight& w, at::ScalarType result, Activation activation, bool residual,
                 std::initializer_list<std::int64_t> sizes) {
    Shelf::Key key = {static_cast<std::int64_t>(op),
                      w.inputs,
                      w.outputs,
                      w.kernel,
                      w.groups,
                      static_cast<std::int64_t>(w.type),
                      static_cast<std::int64_t>(result),
                      static_cast<std::int64_t>(activation),
                      residual ? 1 : 0};
    key.insert(key.end(), sizes);
    return key;
}

// `place`: of the residual among what is done to the result.
void run(const Prepared& prepared, const Weight& w, const at::Tensor& in, const at::Tensor& out, int place,
         const at::Tensor& residual) {
    Arguments arguments = {{DNNL_ARG_SRC, memoryOf(prepared.source, in)},
                           {DNNL_ARG_WEIGHTS, w.as(prepared.weights)},
                           {DNNL_ARG_BIAS, memoryOf(biasDesc(w), w.bias)},
                           {DNNL_ARG_DST, memoryOf(prepared.result, out)}};
    if (residual.defined()) {
        arguments.emplace(DNNL_ARG_ATTR_MULTIPLE_POST_OP(place) | DNNL_ARG_SRC_1, memoryOf(prepared.result, residual));
    }
    execute(prepared, std::move(arguments));
}

}  // namespace

WeightPtr packMatrix(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type, std::int64_t kernel) {
    auto w = std::make_shared<Weight>();
    w->kernel = kernel;
    w->type = type;
    w->outputs = weight.size(0);
    w->inputs = weight.size(1);
    w->desc = productOf(*w, kTypicalRows, typeFor(type), anyForm(*w), Activation::none, false).weights_desc();
    const Desc given({w->inputs, w->outputs}, Memory::data_type::f32, Dims{weight.stride(1), weight.stride(0)});
    return filled(w, weight, given, bias);
}

WeightPtr packConvolution(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type, std::int64_t groups) {
    auto w = std::make_shared<Weight>();
    w->type = type;
    w->convolution = true;
    w->outputs = weight.size(0);
    w->inputs = weight.size(1) * groups;
    w->kernel = weight.size(2);
    w->groups = groups;
    Window window;
    window.top = window.left = window.bottom = window.right = w->kernel / 2;
    w->desc =
        convolutionOf(*w, {1, kTypicalSide, kTypicalSide}, window, typeFor(type), anyForm(*w), Activation::none, false)
            .weights_desc();
    const at::Tensor given = weight.contiguous();
    const Desc form(anyForm(*w).dims(), Memory::data_type::f32, groups > 1 ? Format::goihw : Format::oihw);
    return filled(w, given, form, bias);
}

at::Tensor linear(const Weight& weight, const at::Tensor& x, const After& after) {
    std::vector<std::int64_t> sides = x.sizes().vec();
    TORCH_CHECK(sides.back() == weight.inputs, "a product of ", sides.back(), " inputs, not ", weight.inputs);
    sides.back() = weight.outputs;
    const at::ScalarType type = resultType(weight, after);
    at::Tensor out = at::empty(sides, x.options().dtype(type));
    if (out.numel() == 0) {
        return out;
    }
    const at::Tensor in = x.to(weight.type).contiguous();
    const std::int64_t rows = in.numel() / weight.inputs;
    const bool residual = after.residual.defined();
    const auto prepared =
        shelf().get(keyOf(Op::linear, weight, type, after.activation, residual, {rows}), [&]() -> Prepared {
            const auto d = withFastForm(weight, [&](const Desc& form) {
                return productOf(weight, rows, typeFor(type), form, after.activation, residual);
            });
            return {dnnl::matmul(d), d.scratchpad_desc(), d.weights_desc(), d.src_desc(), d.dst_desc()};
        });
    run(*prepared, weight, in, out, after.activation == Activation::none ? 0 : 1,
        residual ? after.residual.expand(sides).contiguous() : at::Tensor());
    return out;
}

at::Tensor conv2d(const Weight& weight, const at::Tensor& x, const Window& window, const After& after) {
    TORCH_CHECK(x.dim() == 4 && x.size(1) == weight.inputs, "a convolution of ", x.sizes(), " with ", weight.inputs,
                " input channels");
    const MapSize size{x.size(0), x.size(2), x.size(3)};
    const at::ScalarType type = resultType(weight, after);
    const std::vector<std::int64_t> sides = {size.batch, weight.outputs,
                                             sideAfter(size.height, window.top + window.bottom, weight, window),
                                             sideAfter(size.width, window.left + window.right, weight, window)};
    TORCH_CHECK(sides[2] > 0 && sides[3] > 0, "a map of ", x.sizes(), " is smaller than the kernel");
    at::Tensor out = at::empty(sides, x.options().dtype(type).memory_format(at::MemoryFormat::ChannelsLast));
    if (out.numel() == 0) {
        return out;
    }
    const at::Tensor in = x.to(weight.type).contiguous(at::MemoryFormat::ChannelsLast);
    // Beside an activation it is added afterwards.
    const bool inPlace = after.residual.defined() && after.activation == Activation::none;
    if (inPlace) {
        out.copy_(after.residual.expand(sides));
    }
    const Shelf::Key key = keyOf(Op::convolution, weight, type, after.activation, inPlace,
                                 {size.batch, size.height, size.width, window.stride, window.dilation, window.top,
                                  window.left, window.bottom, window.right});
    const auto prepared = shelf().get(key, [&]() -> Prepared {
        const auto d = withFastForm(weight, [&](const Desc& form) {
            return convolutionOf(weight, size, window, typeFor(type), form, after.activation, inPlace);
        });
        return {dnnl::convolution_forward(d), d.scratchpad_desc(), d.weights_desc(), d.src_desc(), d.dst_desc()};
    });
    run(*prepared, weight, in, out, 0, {});
    if (after.residual.defined() && !inPlace) {
        out.add_(after.residual);
    }
    return out;
}

std::int64_t kernelOf(const Weight& weight) { return weight.kernel; }

}  // namespace maskwright::nn::onednn

#endif
