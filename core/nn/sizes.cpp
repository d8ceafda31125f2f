#include "core/nn/sizes.h"

namespace maskwright::nn {

Result<void> checkTransformer(const std::string& where, std::int64_t width, std::int64_t heads,
                              const std::string& activation) {
    const Message advice = "take the config.json that belongs to these weights";
    if (width % heads != 0) {
        return Error{ErrorKind::weights,
                     message("%1 has hidden_size %2, which its %3 attention heads do not divide", where, width, heads),
                     advice};
    }
    if (activation != "quick_gelu" && activation != "gelu" && activation != "relu") {
        return Error{ErrorKind::weights,
                     message("%1.hidden_act is %2, not quick_gelu, gelu or relu", where, quoted(activation)), advice};
    }
    return {};
}

}  // namespace maskwright::nn
