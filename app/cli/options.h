// Options that several subcommands have, with one help.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/mixing_arguments.h"
#include "app/cli/model_arguments.h"

namespace maskwright::cli {

inline constexpr const char* kRegionHelp =
    "x,y,width,height in pixels, or a mask picture (non-zero is inside: of a palette the index, whatever its colours; "
    "where some of it is transparent, what is not)";
inline constexpr const char* kStyleHelp =
    "a preset (crop_blur_highlight352, ...; see `prompt --help`), key=value,... or both";

// An option that takes one value each time it is given.
CLI::Option* addList(CLI::App& app, const std::string& name, std::vector<std::string>& values, const std::string& help);
void addModel(CLI::App& app, ModelArguments& model);
void addSize(CLI::App& app, std::int64_t& size);
// `tiles`: see session/tiles.h.
void addTiles(CLI::App& app, int& tiles);
// The label of a mask's pixels that are meant.
void addRegionLabel(CLI::App& app, const std::string& name, std::optional<std::int64_t>& label);
void addMegapixels(CLI::App& app, double& limit);
// Both, the last options of what reads pictures.
void addReading(CLI::App& app, double& limit, ModelArguments& model);
// --v, --r, --k, --masking, --prior
void addMixing(CLI::App& app, MixingArguments& mixing);
// --format and --polygons.
void addFormat(CLI::App& app, std::string& format, bool& polygons);

}  // namespace maskwright::cli
