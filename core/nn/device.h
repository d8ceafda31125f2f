// Where and how numbers are computed.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace maskwright::nn {

// "auto" (a CUDA device if LibTorch has one, else the CPU), "cpu", "cuda", "cuda:N". Errors: ErrorKind::usage for
// another name, resource where there is no such device.
Result<at::Device> deviceFromName(std::string_view name);
std::string nameOf(at::Device device);
// "float32" or "bfloat16". Errors: ErrorKind::usage.
Result<at::ScalarType> dtypeFromName(std::string_view name);
// Cores unless `threads` > 0. Call it from the thread that computes.
void setThreads(int threads);
int threads();
// While it lives OpenBLAS, whose threads are its own beside LibTorch's, computes in the thread that asks: for work that
// is spread over threads already.
class OneBlasThread {
  public:
    OneBlasThread();
    ~OneBlasThread();
    OneBlasThread(const OneBlasThread&) = delete;
    OneBlasThread& operator=(const OneBlasThread&) = delete;

  private:
    int before_ = 0;  // 0: another BLAS
};
// Whether this processor multiplies bfloat16 by itself (avx512_bf16). Without, LibTorch's bfloat16 products are many
// times slower than float32's.
bool fastBfloat16();
// "OpenBLAS", "MKL", ... or "reference" with slow = true when the BLAS in use is the slow one.
struct Blas {
    std::string name;
    bool slow = false;
};
Blas blas();

}  // namespace maskwright::nn
