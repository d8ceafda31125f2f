// What is loaded: a model folder, opened by the method it is for. No torch in sight. Threads: an Engine and its method
// belong to one thread.
#pragma once

#include <memory>
#include <string>

#include "core/session/memory.h"
#include "core/session/method.h"

namespace maskwright::session {

class ClipSegMethod;
class Kept;

// The model that is taken where none is named; in models/.
inline constexpr const char* kBuiltInModel = "sight";

struct EngineOptions {
    std::string model = kBuiltInModel;  // a built-in model's name, or a model folder (UTF-8 path)
    std::string device = "auto";        // auto, cpu, cuda:N
    std::string dtype = "float32";      // bfloat16, float16 or auto (nn/device.h)
    int threads = 0;                    // 0: as many as cores
    // Bytes for the features of pictures that may come back (memory.h); 0: none are kept.
    std::int64_t memory = kOwnMemory;
    bool operator==(const EngineOptions&) const = default;
};

class Engine {
  public:
    // `tell` may be called as long as the engine lives. `kept`: where features are kept, if several engines share one
    // budget; null: a place of its own.
    // Errors: ErrorKind::weights, resource (device, memory), usage (unknown device or dtype name).
    static Result<std::unique_ptr<Engine>> open(const EngineOptions& options, Tell tell = {},
                                                std::shared_ptr<Kept> kept = nullptr);

    [[nodiscard]] Method& method() const { return *method_; }
    [[nodiscard]] const ModelInfo& info() const { return method_->info(); }
    // The method where it is CLIPSeg, else null.
    [[nodiscard]] ClipSegMethod* clipseg() const;

  private:
    explicit Engine(std::unique_ptr<Method> method) : method_(std::move(method)) {}
    std::unique_ptr<Method> method_;
};

// clipseg(), for work that is made of conditions or logits. Errors: usage where the model is not CLIPSeg's.
Result<ClipSegMethod*> needClipSeg(const Engine& engine);

}  // namespace maskwright::session
