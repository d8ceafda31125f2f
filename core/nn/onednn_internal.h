// What oneDNN's calls share. Internal to core/nn/onednn*.cpp.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

namespace maskwright::nn::onednn {

using Memory = dnnl::memory;
using Desc = dnnl::memory::desc;
using Dims = dnnl::memory::dims;
using Format = dnnl::memory::format_tag;

// Picture sides and numbers of tokens differ from picture to picture: of so many the primitives are kept, here and by
// the library, each some 20 to 100 KB of code.
constexpr std::size_t kKept = 192;
const dnnl::engine& engine();
// This thread's.
dnnl::stream& stream();

Memory::data_type typeFor(at::ScalarType type);

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

Shelf& shelf();

enum class Op : std::int64_t { product, softmax, linear, convolution };

// Scratch memory is the caller's: the library's own belongs to the thread that made a primitive.
dnnl::primitive_attr attributes(double scale = 1);

using Arguments = std::unordered_map<int, Memory>;

Memory memoryOf(const Desc& desc, const at::Tensor& x);
// Runs it, with scratch memory where it needs some, and waits for it.
void execute(const Prepared& prepared, Arguments arguments);

}  // namespace maskwright::nn::onednn
