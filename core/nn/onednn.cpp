#include "core/nn/onednn.h"

#ifdef MASKWRIGHT_ONEDNN

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <bit>
#include <list>
#include <map>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

namespace maskwright::nn::onednn {

namespace {

using Memory = dnnl::memory;
using Desc = dnnl::memory::desc;
using Dims = dnnl::memory::dims;
using Format = dnnl::memory::format_tag;

// Picture sides and numbers of tokens differ from picture to picture: of so many the primitives are kept, here and by
// the library, each some 20 to 100 KB of code.
constexpr std::size_t kKept = 192;
// Rows of the product that a matrix's form is chosen for: 352 pixels in ViT-B/16. Others get the same form.
constexpr std::int64_t kTypicalRows = 485;
// Side of the map that a kernel's form is chosen for.
constexpr std::int64_t kTypicalSide = 56;

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

// A primitive, what it reads beside its tensors, and what it needs while it runs.
struct Prepared {
    dnnl::primitive primitive;
    Desc scratchpad, weights, source, result;
};

// The last primitives that were used, by what they were made for.
class Shelf {
  public:
    using Key = std::vector<std::int64_t>;

    template <class Make>
    std::shared_ptr<const Prepared> get(const Key& key, Make make) {
        {
            const std::lock_guard lock(mutex_);
            if (const auto found = index_.find(key); found != index_.end()) {
                order_.splice(order_.begin(), order_, found->second);
                return found->second->second;
            }
        }
        auto made = std::make_shared<const Prepared>(make());
        const std::lock_guard lock(mutex_);
        if (!index_.contains(key)) {
            order_.emplace_front(key, made);
            index_[key] = order_.begin();
            if (order_.size() > kKept) {
                index_.erase(order_.back().first);
                order_.pop_back();
            }
        }
        return made;
    }

  private:
    using Order = std::list<std::pair<Key, std::shared_ptr<const Prepared>>>;
    std::mutex mutex_;
    Order order_;  // last used first
    std::map<Key, Order::iterator> index_;
};

Shelf& shelf() {
    static Shelf shared;
    return shared;
}

enum class Op : std::int64_t { product, softmax, linear, convolution };

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

// Scratch memory is the caller's: the library's own belongs to the thread that made a primitive.
dnnl::primitive_attr attributes(double scale = 1) {
    dnnl::primitive_attr attr;
    attr.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (scale != 1) {
        attr.set_output_scales(0, {static_cast<float>(scale)});
    }
    return attr;
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

using Arguments = std::unordered_map<int, Memory>;

void execute(const Prepared& prepared, Arguments arguments) {
    at::Tensor scratch;
    if (const std::size_t bytes = prepared.scratchpad.get_size(); bytes > 0) {
        scratch = at::empty({static_cast<std::int64_t>(bytes)}, at::kByte);
        arguments.emplace(DNNL_ARG_SCRATCHPAD, Memory(prepared.scratchpad, engine(), scratch.data_ptr()));
    }
    prepared.primitive.execute(stream(), arguments);
    stream().wait();
}

// The same numbers with strides that oneDNN's fast kernels take: one of the last two sides without gaps, none repeated.
at::Tensor plain(const at::Tensor& x) {
    const std::int64_t n = x.dim();
    const bool rows = x.stride(n - 1) == 1 && x.stride(n - 2) >= x.size(n - 1);
    const bool columns = x.stride(n - 2) == 1 && x.stride(n - 1) >= x.size(n - 2);
    bool repeated = false;
    for (std::int64_t i = 0; i < n; ++i) {
        repeated = repeated || (x.stride(i) == 0 && x.size(i) > 1);
    }
    return (rows || columns) && !repeated ? x : x.contiguous();
}

// Strides of sides of one number mean nothing to LibTorch, and something to oneDNN.
Dims stridesOf(const at::Tensor& x) {
    Dims strides(x.strides().begin(), x.strides().end());
    for (std::int64_t i = x.dim() - 1; i >= 0; --i) {
        const auto at = static_cast<std::size_t>(i);
        if (x.size(i) == 1) {
            strides[at] = i + 1 < x.dim() ? x.size(i + 1) * strides[at + 1] : 1;
        }
    }
    return strides;
}

Desc descOf(const at::Tensor& x, const Dims& strides) {
    return {Dims(x.sizes().begin(), x.sizes().end()), typeFor(x.scalar_type()), strides};
}

Memory memoryOf(const Desc& desc, const at::Tensor& x) { return {desc, engine(), x.data_ptr()}; }

// With leading sides of 1 until there are `sides`.
at::Tensor withSides(at::Tensor x, std::int64_t sides) {
    while (x.dim() < sides) {
        x = x.unsqueeze(0);
    }
    return x;
}

void append(Shelf::Key& key, at::ScalarType type, at::IntArrayRef sizes, const Dims& strides) {
    key.push_back(static_cast<std::int64_t>(type));
    key.insert(key.end(), sizes.begin(), sizes.end());
    key.insert(key.end(), strides.begin(), strides.end());
}

}  // namespace

bool available() { return true; }

std::string instructions() {
    switch (dnnl::get_effective_cpu_isa()) {
        case dnnl::cpu_isa::sse41:
            return "sse41";
        case dnnl::cpu_isa::avx:
            return "avx";
        case dnnl::cpu_isa::avx2:
            return "avx2";
        case dnnl::cpu_isa::avx2_vnni:
            return "avx2_vnni";
        case dnnl::cpu_isa::avx512_core:
            return "avx512_core";
        case dnnl::cpu_isa::avx512_core_vnni:
            return "avx512_core_vnni";
        case dnnl::cpu_isa::avx512_core_bf16:
            return "avx512_core_bf16";
        case dnnl::cpu_isa::avx512_core_amx:
            return "avx512_core_amx";
        default:
            return "other";
    }
}

bool multipliesBfloat16() {
    const auto isa = dnnl::get_effective_cpu_isa();
    return isa == dnnl::cpu_isa::avx512_core_bf16 || isa == dnnl::cpu_isa::avx512_core_amx;
}

bool computes(const at::Tensor& x) {
    return x.is_cpu() && !at::GradMode::is_enabled() &&
           (x.scalar_type() == at::kFloat || (x.scalar_type() == at::kBFloat16 && multipliesBfloat16()));
}

void product(const at::Tensor& a, const at::Tensor& b, double scale, const at::Tensor& out) {
    if (out.numel() == 0) {
        return;
    }
    const std::int64_t sides = std::max({a.dim(), b.dim(), out.dim()});
    const at::Tensor x = plain(withSides(a, sides)), y = plain(withSides(b, sides)), z = withSides(out, sides);
    const Dims xs = stridesOf(x), ys = stridesOf(y), zs = stridesOf(z);
    Shelf::Key key = {static_cast<std::int64_t>(Op::product), sides, std::bit_cast<std::int64_t>(scale)};
    append(key, x.scalar_type(), x.sizes(), xs);
    append(key, y.scalar_type(), y.sizes(), ys);
    append(key, z.scalar_type(), z.sizes(), zs);
    const Desc xd = descOf(x, xs), yd = descOf(y, ys), zd = descOf(z, zs);
    const auto prepared = shelf().get(key, [&]() -> Prepared {
        const dnnl::matmul::primitive_desc d({xd, yd, zd}, attributes(scale), engine());
        return {dnnl::matmul(d), d.scratchpad_desc(), yd, xd, zd};
    });
    execute(*prepared,
            {{DNNL_ARG_SRC, memoryOf(xd, x)}, {DNNL_ARG_WEIGHTS, memoryOf(yd, y)}, {DNNL_ARG_DST, memoryOf(zd, z)}});
}

void softmax(const at::Tensor& scores, const at::Tensor& out) {
    if (scores.numel() == 0) {
        return;
    }
    const std::int64_t columns = scores.size(-1), rows = scores.numel() / columns;
    const Desc in({rows, columns}, typeFor(scores.scalar_type()), Format::ab),
        to({rows, columns}, typeFor(out.scalar_type()), Format::ab);
    const Shelf::Key key = {static_cast<std::int64_t>(Op::softmax), rows, columns,
                            static_cast<std::int64_t>(out.scalar_type())};
    const auto prepared = shelf().get(key, [&]() -> Prepared {
        const dnnl::softmax_v2_forward::primitive_desc d(
            {dnnl::prop_kind::forward_inference, dnnl::algorithm::softmax_accurate, in, to, 1}, attributes(), engine());
        return {dnnl::softmax_v2_forward(d), d.scratchpad_desc(), {}, in, to};
    });
    execute(*prepared, {{DNNL_ARG_SRC, memoryOf(in, scores)}, {DNNL_ARG_DST, memoryOf(to, out)}});
}

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

at::ScalarType typeOf(const Weight& weight) { return weight.type; }
std::int64_t kernelOf(const Weight& weight) { return weight.kernel; }
std::int64_t outputsOf(const Weight& weight) { return weight.outputs; }
std::int64_t bytesOf(const Weight& weight) { return weight.packed.nbytes() + weight.bias.nbytes(); }

}  // namespace maskwright::nn::onednn

#else

#include <c10/util/Exception.h>

namespace maskwright::nn::onednn {

class Weight {};

bool available() { return false; }
std::string instructions() { return "none"; }
bool multipliesBfloat16() { return false; }
bool computes(const at::Tensor&) { return false; }

// Nobody comes here: computes() says no, and nothing is packed.
void product(const at::Tensor&, const at::Tensor&, double, const at::Tensor&) { TORCH_CHECK(false, "no oneDNN"); }
void softmax(const at::Tensor&, const at::Tensor&) { TORCH_CHECK(false, "no oneDNN"); }
WeightPtr packMatrix(const at::Tensor&, const at::Tensor&, at::ScalarType, std::int64_t) { return nullptr; }
WeightPtr packConvolution(const at::Tensor&, const at::Tensor&, at::ScalarType, std::int64_t) { return nullptr; }
at::Tensor linear(const Weight&, const at::Tensor&, const After&) { TORCH_CHECK(false, "no oneDNN"); }
at::Tensor conv2d(const Weight&, const at::Tensor&, const Window&, const After&) { TORCH_CHECK(false, "no oneDNN"); }
at::ScalarType typeOf(const Weight&) { return at::kFloat; }
std::int64_t kernelOf(const Weight&) { return 1; }
std::int64_t outputsOf(const Weight&) { return 0; }
std::int64_t bytesOf(const Weight&) { return 0; }

}  // namespace maskwright::nn::onednn

#endif
