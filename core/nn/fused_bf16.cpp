#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define FUSED_TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx512bf16,fma")))
#define FUSED_LANES 16
#define FUSED_ROWS 12
#define FUSED_BFLOAT16 1
#include "core/nn/fused_kernel_body.h"

namespace maskwright::nn::fused {

const Kernel kBf16 = {kRows, kColumns, kDeep, pack, attend};

}  // namespace maskwright::nn::fused

#endif
