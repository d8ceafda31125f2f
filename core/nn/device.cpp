#include "core/nn/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <dlfcn.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>
#include <string_view>
#include <thread>

#include "core/nn/onednn.h"

namespace maskwright::nn {

namespace {

// A function of the BLAS that LibTorch is bound to: in the program's own scope, or else in LibTorch's.
void* blasFunction(const char* name) {
    Dl_info owner{};
    void* function = dlsym(RTLD_DEFAULT, name);
    if (function == nullptr) {
        if (void* torch = dladdr(reinterpret_cast<void*>(&at::get_num_threads), &owner) != 0
                              ? dlopen(owner.dli_fname, RTLD_NOLOAD | RTLD_LAZY)
                              : nullptr) {
            function = dlsym(torch, name);
            dlclose(torch);
        }
    }
    return function;
}

void setBlasThreads(int count) {
    if (void* set = blasFunction("openblas_set_num_threads")) {
        reinterpret_cast<void (*)(int)>(set)(count);
    }
}

std::string openBlasKernel(void* library) {
    void* name = dlsym(library, "openblas_get_corename");
    return name == nullptr ? std::string() : reinterpret_cast<char* (*)()>(name)();
}

bool hasAvx2() {
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

// OpenBLAS's names of x86-64 kernels that make do without AVX2 (its TargetList.txt).
bool isOlderThanAvx2(std::string_view kernel) {
    constexpr std::string_view kOld[] = {
        "Prescott",     "Core2",     "Penryn", "Dunnington", "Nehalem",    "Atom",        "Sandybridge", "Opteron",
        "Opteron_SSE3", "Barcelona", "Bobcat", "Bulldozer",  "Piledriver", "Steamroller", "Nano",        "Unknown"};
    return std::find(std::begin(kOld), std::end(kOld), kernel) != std::end(kOld);
}

// What CUDA's own libraries say of memory that LibTorch's allocator did not give them.
bool saysOutOfMemory(const std::string& text) {
    return text.find("DefaultCPUAllocator") != std::string::npos || text.find("out of memory") != std::string::npos ||
           text.find("ALLOC_FAILED") != std::string::npos;
}

}  // namespace

Result<at::Device> deviceFromName(std::string_view name) {
    const bool cuda = at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0;
    if (name == "auto") {
        return cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
    }
    if (name == "cpu") {
        return at::Device(at::kCPU);
    }
    const Error unknown{ErrorKind::usage, message("the device %1 is not auto, cpu or cuda:N", quoted(name)), ""};
    if (name != "cuda" && !name.starts_with("cuda:")) {
        return unknown;
    }
    int index = 0;
    if (name.size() > 4) {
        const std::string_view digits = name.substr(5);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (error != std::errc() || end != digits.data() + digits.size() || index < 0) {
            return unknown;
        }
    }
    const Message advice("use --device cpu, or a LibTorch with CUDA (README.md)");
    if (!cuda) {
        return Error{ErrorKind::resource, message("there is no CUDA device for %1", quoted(name)), advice};
    }
    if (index >= at::detail::getCUDAHooks().getNumGPUs()) {
        return Error{
            ErrorKind::resource,
            message("there are only %1 CUDA devices, so no %2", at::detail::getCUDAHooks().getNumGPUs(), quoted(name)),
            advice};
    }
    return at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index));
}

std::string nameOf(at::Device device) { return device.str(); }

Result<at::ScalarType> dtypeFromName(std::string_view name, at::Device device) {
    if (name == "float32") {
        return at::kFloat;
    }
    if (name == "bfloat16") {
        return at::kBFloat16;
    }
    if (name == "float16") {
        if (device.is_cpu()) {
            return Error{ErrorKind::usage, "float16 is for GPUs, and the model runs on the processor",
                         "use auto, float32 or bfloat16"};
        }
        return at::kHalf;
    }
    if (name == "auto") {
        return !device.is_cpu() ? at::kHalf : fastBfloat16() ? at::kBFloat16 : at::kFloat;
    }
    return Error{ErrorKind::usage,
                 message("the number type %1 is not auto, float32, bfloat16 or float16", quoted(name)), ""};
}

std::string nameOf(at::ScalarType type) {
    return type == at::kBFloat16 ? "bfloat16" : type == at::kHalf ? "float16" : "float32";
}

void keepFloat32Exact() {
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
}

void waitFor(at::Device device) {
    if (device.is_cuda()) {
        at::detail::getCUDAHooks().deviceSynchronize(device.index());
    }
}

bool ranOutOfMemory() {
    try {
        throw;
    } catch (const c10::OutOfMemoryError&) {
        return true;
    } catch (const std::bad_alloc&) {
        return true;
    } catch (const c10::Error& error) {
        return saysOutOfMemory(error.what_without_backtrace());
    } catch (...) {
        return false;
    }
}

void setThreads(int threads, Products products) {
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const int count = threads > 0 ? threads : cores;
    at::set_num_threads(count);
    setBlasThreads(products == Products::oneDnn && onednn::available() ? 1 : count);
}

int threads() { return at::get_num_threads(); }

OneBlasThread::OneBlasThread() {
    if (void* count = blasFunction("openblas_get_num_threads")) {
        before_ = reinterpret_cast<int (*)()>(count)();
        setBlasThreads(1);
    }
}

OneBlasThread::~OneBlasThread() {
    if (before_ > 0) {
        setBlasThreads(before_);
    }
}

bool fastBfloat16() {
#if defined(__x86_64__) && defined(__GNUC__)
    return onednn::available() ? onednn::multipliesBfloat16() : __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

bool oneDnnMultiplies() { return onednn::available(); }

std::string instructions() { return onednn::instructions(); }

Blas blas() {
    if (at::Context::hasMKL()) {
        return {"MKL", "", false};
    }
    // Debian chooses the BLAS at run time through libblas.so.3, and other libraries may bring another one along: what
    // counts is whose sgemm_ LibTorch is bound to.
    Dl_info owner{};
    void* product = blasFunction("sgemm_");
    if (product == nullptr || dladdr(product, &owner) == 0 || owner.dli_fname == nullptr) {
        return {"unknown", "", false};
    }
    // The alternatives' link hides the provider, but each exports a name of its own.
    void* library = dlopen(owner.dli_fname, RTLD_NOLOAD | RTLD_LAZY);
    if (library == nullptr) {
        return {"unknown", "", false};
    }
    const auto exports = [&](const char* name) { return dlsym(library, name) != nullptr; };
    Blas found{"unknown", "", false};
    if (exports("openblas_get_config")) {
        found = {"OpenBLAS", openBlasKernel(library), false};
        found.slow = hasAvx2() && isOlderThanAvx2(found.kernel);
    } else if (exports("bli_info_get_version_str")) {
        found = {"BLIS", "", false};
    } else if (exports("ATL_buildinfo")) {
        found = {"ATLAS", "", false};
    } else if (std::string_view(owner.dli_fname).find("libblas.so") != std::string_view::npos) {
        found = {"reference BLAS", "", true};
    }
    dlclose(library);
    return found;
}

}  // namespace maskwright::nn
