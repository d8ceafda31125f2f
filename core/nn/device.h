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
// "float32", "bfloat16", "float16" (on a GPU alone: LibTorch multiplies it slowly on processors), or "auto": float16 on
// a GPU, which has three bits more than bfloat16 and the same speed, bfloat16 on a processor that multiplies it in
// hardware, else float32. Errors: ErrorKind::usage.
Result<at::ScalarType> dtypeFromName(std::string_view name, at::Device device);
std::string nameOf(at::ScalarType type);  // as above
// float32 is float32 on a GPU too: cuDNN would multiply it in TF32, which has float16's mantissa, unless told.
void keepFloat32Exact();
// Returns when a GPU has done all that it was asked; it works on after the function that asked has returned.
void waitFor(at::Device device);
// Whether the exception being handled says that memory ran out, a device's or the computer's. Call it in a catch block.
bool ranOutOfMemory();
// Who multiplies on the CPU: packed layers and products that nothing is recorded of oneDNN, where the build has it, and
// everything else the BLAS that LibTorch is bound to.
enum class Products { oneDnn, blas };
// Cores unless `threads` > 0. Call it from the thread that computes. OpenBLAS has threads of its own beside LibTorch's
// and oneDNN's, which share OpenMP's; on two cores they take each other's time. So where oneDNN does the work OpenBLAS,
// asked for what little is left, computes in the thread that asks.
void setThreads(int threads, Products products);
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
// The BLAS that LibTorch is bound to: training multiplies by it, and a build without oneDNN everything.
struct Blas {
    std::string name;    // "OpenBLAS", "MKL", "reference BLAS", ...
    std::string kernel;  // whose processor's code OpenBLAS runs, such as "SkylakeX"; empty for others
    bool slow = false;  // the reference, or a fast library that does not know this processor and runs an old one's code
};
Blas blas();
// Whether oneDNN multiplies when a model is used, and by which instructions ("avx2", "avx512_core_bf16", ...; "none").
bool oneDnnMultiplies();
std::string instructions();

}  // namespace maskwright::nn
