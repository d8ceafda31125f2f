#include "app/cli/options.h"

#include "core/base/bytes.h"
#include "core/session/tiles.h"

namespace maskwright::cli {

CLI::Option* addList(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                     const std::string& help) {
    return app.add_option(name, values, help)->allow_extra_args(false);
}

void addModel(CLI::App& app, ModelArguments& model) {
    app.add_option("--model", model.model,
                   "Name of a model that is built in or yours (see models list), or a model folder")
        ->capture_default_str();
    app.add_option("--device", model.device, "auto, cpu or cuda:N")->capture_default_str();
    app.add_option("--dtype", model.dtype,
                   "float32, bfloat16, float16 (on a GPU), or auto: bfloat16 where the processor multiplies it, "
                   "float16 on a GPU")
        ->check(CLI::IsMember({"float32", "bfloat16", "float16", "auto"}))
        ->capture_default_str();
    app.add_option("--threads", model.threads, "Threads to compute with; 0: as many as cores")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    app.add_option_function<std::string>(
           "--memory",
           [&model](const std::string& text) {
               const auto bytes = parseBytes(text);
               if (!bytes) {
                   throw CLI::ValidationError("--memory",
                                              bytes.error().what.text() + ": " + bytes.error().advice.text());
               }
               model.memory = *bytes;
           },
           "Memory for the features of pictures that may come back, e.g. 500M or 2G; 0 keeps none. They are given up "
           "where a picture would not fit otherwise")
        ->type_name("SIZE")
        ->default_str(model.memory == 0 ? "0" : "a 64th of the machine's, 256M at most");
}

void addSize(CLI::App& app, std::int64_t& size) {
    app.add_option("--size", size, "Side of the network's input in pixels; 0: the model's own")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1) << 30))
        ->capture_default_str();
}

void addTiles(CLI::App& app, int& tiles) {
    app.add_flag(
           "--tiles{-1}", tiles,
           "Look at overlapping tiles of a picture too, for small things: as many as bring it to the network pixel "
           "by pixel, 2 to 8 along its longer side, or N with --tiles=N; each takes as long as a picture")
        ->type_name("[=N]")
        ->check([](const std::string& text) {
            int number = 0;
            const bool fits = CLI::detail::lexical_cast(text, number) &&
                              (number == session::kOwnTiles || (number > 1 && number <= session::kMostTiles));
            return fits ? std::string() : text + " tiles are not from 2 to " + std::to_string(session::kMostTiles);
        });
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

void addReading(CLI::App& app, double& limit, ModelArguments& model) {
    addMegapixels(app, limit);
    addModel(app, model);
}

void addMixing(CLI::App& app, MixingArguments& a) {
    app.add_option("--v", a.v,
                   "Share of the whole picture's features; the rest is the cut-out region's (default 0.95 with a CLIP, "
                   "0.25 with a built-in model)")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--r", a.r, "Share of the whole expression; the rest is the noun phrase's")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--k", a.k, "In how many of the last blocks the rest of the picture is silenced")
        ->check(CLI::Range(1, 128))
        ->capture_default_str();
    app.add_option("--masking", a.masking, "How it is silenced")
        ->check(CLI::IsMember({"tokens", "one-block", "attention", "region"}))
        ->capture_default_str();
    app.add_option("--prior", a.prior, "Read left, second, biggest and the like off the regions themselves")
        ->check(CLI::IsMember({"on", "off"}))
        ->capture_default_str();
}

void addFormat(CLI::App& app, std::string& format, bool& polygons) {
    app.add_option(
           "--format", format,
           "Instead of pictures the masks for other programs. coco: one JSON with runs as pycocotools has them; "
           "labelme: a JSON a picture, with polygons; yolo: a text a picture in labels/, and data.yaml. Polygons "
           "go along the pixels' edges; a slit without width leads to each hole, and in YOLO's lines without "
           "width join an object's parts")
        ->check(CLI::IsMember({"coco", "labelme", "yolo"}));
    app.add_flag("--polygons", polygons, "With --format coco: polygons in place of runs");
}

}  // namespace maskwright::cli
