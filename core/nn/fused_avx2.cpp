#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define FUSED_TARGET __attribute__((target("avx2,fma")))
#define FUSED_LANES 8
#define FUSED_ROWS 6
#define FUSED_BFLOAT16 0
#include "core/nn/fused_kernel_body.h"

namespace maskwright::nn::fused {

const Kernel kAvx2 = {kRows, kColumns, kDeep, pack, attend};

}  // namespace maskwright::nn::fused

#endif
