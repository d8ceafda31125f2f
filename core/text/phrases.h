// The prompt templates that CLIPSeg was trained with: a phrase is put where a template says "{}".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace maskwright::text {

// The named lists of timojl/clipseg (general_utils.py): in training one template is drawn at random, `plain` is the
// bare phrase.
enum class Prompt { plain, fixed, shuffle, shufflePlus };

// "plain", "fixed", "shuffle", "shuffle+"; nothing for any other name.
std::optional<Prompt> promptNamed(std::string_view name);
std::string_view promptName(Prompt prompt);

// The templates, never none; they live as long as the program.
std::span<const std::string_view> promptTemplates(Prompt prompt);

// Every "{}" in `pattern` replaced by `phrase` (what stands in `phrase` is left alone). A pattern without one is
// returned as it is.
std::string applyTemplate(std::string_view pattern, std::string_view phrase);

}  // namespace maskwright::text
