#include "app/cli/style_help.h"

#include "core/visual_prompt/style_fields.h"

namespace maskwright::cli {

std::string styleKeysHelp() {
    constexpr std::size_t kColumns = 110;
    std::string text, line = " ";
    for (const visual_prompt::StyleField& field : visual_prompt::styleFields()) {
        std::string entry = " " + field.name + "=" + field.values;
        if (!field.meaning.empty()) {
            entry += " (" + field.meaning + ")";
        }
        if (line.size() + entry.size() > kColumns) {
            text += line + "\n";
            line = " ";
        }
        line += entry;
    }
    return text + line + "\n";
}

}  // namespace maskwright::cli
