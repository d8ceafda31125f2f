// Why a module: Debian's libsentencepiece exports the symbols of a protobuf of its own (3.14, lite), and those of
// LibTorch's libprotobuf have the same names. Bound to one another the two abort.
//
// Why a link namespace (dlmopen): there the module finds its own C and C++ library and its own protobuf, and nothing of
// the program's. RTLD_DEEPBIND would do for functions, but the protobufs' unique symbols (their list of things to free
// at exit) would still be shared by two versions, and the sanitizers refuse it. Debian has no static libsentencepiece.
#include "core/text/sentencepiece_library.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace maskwright::text {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "libmaskwright_sentencepiece.so";

std::vector<fs::path> folders() {
    std::vector<fs::path> out;
    Dl_info self;
    if (dladdr(reinterpret_cast<const void*>(&sentencePieceDoor), &self) != 0 && self.dli_fname != nullptr) {
        out.push_back(fs::path(self.dli_fname).parent_path());
    }
    std::error_code none;
    const fs::path program = fs::read_symlink("/proc/self/exe", none).parent_path();
    if (!none) {
        out.push_back(program);
        out.push_back(program / "../lib/maskwright");
    }
    out.emplace_back(MASKWRIGHT_MODULES);
    return out;
}

fs::path findModule() {
    if (const char* given = std::getenv("MASKWRIGHT_SENTENCEPIECE")) {
        return given;
    }
    for (const fs::path& folder : folders()) {
        std::error_code none;
        if (const fs::path file = fs::absolute(folder / kName, none); fs::exists(file, none)) {
            return file;
        }
    }
    return {};
}

Result<const SentencePieceDoor*> openModule() {
    const fs::path file = findModule();
    const auto bad = [](Message reason) {
        return Error{ErrorKind::resource, message("%1 cannot be loaded: %2", kName, std::move(reason)),
                     "build or install Maskwright again"};
    };
    if (file.empty()) {
        return bad("it is not there");
    }
    if (void* module = dlmopen(LM_ID_NEWLM, file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
        if (void* symbol = dlsym(module, "maskwrightSentencePieceDoor")) {
            return reinterpret_cast<decltype(&maskwrightSentencePieceDoor)>(symbol)();
        }
    }
    const char* reason = dlerror();
    return bad(reason != nullptr ? verbatim(reason) : Message("it is not there"));
}

}  // namespace

Result<const SentencePieceDoor*> sentencePieceDoor() {
    static const auto door = openModule();  // never unloaded: tokenizers keep pointing into it
    return door;
}

}  // namespace maskwright::text
