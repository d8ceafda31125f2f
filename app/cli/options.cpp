#include "app/cli/options.h"

namespace maskwright::cli {

CLI::Option* addList(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                     const std::string& help) {
    return app.add_option(name, values, help)->allow_extra_args(false);
}

void addModel(CLI::App& app, ModelArguments& model) {
    app.add_option("--model", model.model, "Built-in model's name, or a model folder")->capture_default_str();
    app.add_option("--device", model.device, "auto, cpu or cuda:N")->capture_default_str();
    app.add_option("--dtype", model.dtype,
                   "float32, bfloat16, float16 (on a GPU), or auto: bfloat16 where the processor multiplies it, "
                   "float16 on a GPU")
        ->check(CLI::IsMember({"float32", "bfloat16", "float16", "auto"}))
        ->capture_default_str();
    app.add_option("--threads", model.threads, "Threads to compute with; 0: as many as cores")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

void addSize(CLI::App& app, std::int64_t& size) {
    app.add_option("--size", size, "Side of the network's input in pixels; 0: the model's own")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1) << 30))
        ->capture_default_str();
}

void addRegionLabel(CLI::App& app, const std::string& name, std::optional<std::int64_t>& label) {
    app.add_option(name, label,
                   "Of a mask of several labels only this one: its grey level or palette index, 1 to 4294967295; "
                   "default: all")
        ->check(CLI::Range(std::int64_t(1), std::int64_t(4294967295)));
}

void addMegapixels(CLI::App& app, double& limit) {
    app.add_option("--max-megapixels", limit, "Refuse larger pictures, before they are decoded")
        ->check(CLI::Range(0.001, 4000.0))
        ->capture_default_str();
}

}  // namespace maskwright::cli
