#include "core/train/phrases.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <map>
#include <sstream>

#include "core/base/file.h"
#include "core/text/wording.h"
#include "core/weights/safetensors.h"

namespace maskwright::train {
namespace {

// The `shuffle+` list of the CLIPSeg authors (timojl/clipseg general_utils.py) but for its bare phrase, and three of
// ours.
constexpr std::array kTemplates = {"a photo of a {}.",      "a photograph of a {}.",
                                   "an image of a {}.",     "a cropped photo of a {}.",
                                   "a good photo of a {}.", "a photo of one {}.",
                                   "a bad photo of a {}.",  "a photo of the {}.",
                                   "a photo of a {}",       "the {}",
                                   "{} in the picture"};

std::string fill(std::string pattern, const std::string& name) {
    const std::size_t at = pattern.find("{}");
    // "a {}" before a vowel: "an".
    if (at >= 2 && pattern[at - 1] == ' ' && pattern[at - 2] == 'a' && (at == 2 || pattern[at - 3] == ' ') &&
        !name.empty() &&
        std::string_view("aeiou").find(static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])))) !=
            std::string_view::npos) {
        pattern.insert(at - 1, "n");
    }
    return text::worded(pattern, name);
}

}  // namespace

Result<PhraseTable> readPhrases(const std::string& folder) {
    namespace fs = std::filesystem;
    const std::string table = (fs::path(folder) / "phrases.tsv").string();
    const std::string vectors = (fs::path(folder) / "phrase_targets.safetensors").string();
    auto text = readFile(table, 256u << 20);
    if (!text) {
        return text.error();
    }
    auto file = weights::SafetensorsFile::open(vectors);
    if (!file) {
        return file.error();
    }
    const auto found = file->tensors().find("target");
    if (found == file->tensors().end() || found->second.shape.size() != 2 || found->second.count() == 0) {
        return Error{ErrorKind::input, message("%1: there is no table \"target\" in it", vectors),
                     "name the folder of phrases.tsv and phrase_targets.safetensors"};
    }
    PhraseTable result;
    result.rows = static_cast<std::size_t>(found->second.shape[0]);
    result.width = static_cast<std::size_t>(found->second.shape[1]);
    auto values = file->readFloats("target");
    if (!values) {
        return values.error();
    }
    result.targets = std::move(*values);
    std::istringstream lines(*text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
        if (number == 1 || line.empty()) {
            continue;
        }
        const std::size_t first = line.find('\t'), last = line.rfind('\t');
        Phrase phrase;
        if (first != std::string::npos && last > first) {
            phrase.language = line.substr(0, first);
            phrase.text = line.substr(first + 1, last - first - 1);
            const char* begin = line.data() + last + 1;
            const char* end = line.data() + line.size();
            const auto [stop, code] = std::from_chars(begin, end, phrase.row);
            if (code == std::errc() && stop == end && phrase.row < result.rows && !phrase.text.empty()) {
                result.phrases.push_back(std::move(phrase));
                continue;
            }
        }
        return Error{ErrorKind::input,
                     message("%1: line %2 is not language, phrase and a row below %3", table, number, result.rows),
                     "correct the line"};
    }
    if (result.phrases.empty()) {
        return Error{ErrorKind::input, message("%1: there is no phrase in it", table),
                     "give it lines of language, phrase and row"};
    }
    return result;
}

std::string withArticle(const std::string& phrase) { return fill("a {}", phrase); }

std::string asPrompt(const std::string& name, Random& random) {
    const double draw = random.uniform();
    if (draw < 0.6) {
        return name;
    }
    if (draw < 0.75) {
        return withArticle(name);
    }
    return fill(kTemplates[random.below(kTemplates.size())], name);
}

std::string varied(const Phrase& phrase, Random& random) {
    std::string text = phrase.text;
    if (phrase.language == "en") {
        const bool simple = text.find(' ') == std::string::npos || std::count(text.begin(), text.end(), ' ') == 1;
        const double draw = random.uniform();
        if (draw < 0.12 && simple) {
            text = plural(text);
        } else if (draw < 0.24 && simple) {
            text = withArticle(text);
        } else if (draw < 0.40) {
            text = fill(kTemplates[random.below(kTemplates.size())], text);
        }
    }
    return text;
}

std::string variedAbroad(const Phrase& phrase, Random& random) {
    using Patterns = std::vector<const char*>;
    static const std::map<std::string_view, Patterns> kPatterns = {
        {"de", {"ein {}", "eine {}", "der {}", "die {}", "das {}", "ein roter {}", "schwarze {}", "ein Foto von {}"}},
        {"fr", {"un {}", "une {}", "le {}", "la {}", "deux {}s", "{} noir", "un {} blanc", "une photo de {}"}},
        {"es", {"un {}", "una {}", "el {}", "la {}", "dos {}s", "{} negro", "un {} blanco", "una foto de {}"}},
        {"ko", {"{} 사진", "검은 {}", "빨간 {}", "흰 {}", "큰 {}", "{} 두 개"}},
        {"ja", {"{}の写真", "黒い{}", "赤い{}", "白い{}", "大きい{}"}},
        {"zh", {"{}的照片", "黑色的{}", "红色的{}", "白色的{}", "一个{}", "大{}"}}};
    const auto found = kPatterns.find(phrase.language);
    return found == kPatterns.end() ? phrase.text : fill(random.pick(found->second), phrase.text);
}

std::string madeUp(Random& random) {
    constexpr std::string_view kVowels = "aeiou", kConsonants = "bcdfghjklmnpqrstvwxz";
    const auto letter = [&](std::string_view from) { return from[random.below(from.size())]; };
    const auto word = [&] {
        std::string text;
        const bool spoken = random.chance(0.5);
        const std::size_t length = 3 + random.below(8);
        while (text.size() < length) {
            text +=
                spoken ? letter(text.size() % 2 == 0 ? kConsonants : kVowels) : letter("abcdefghijklmnopqrstuvwxyz");
        }
        return text;
    };
    return random.chance(0.25) ? word() + " " + word() : word();
}

}  // namespace maskwright::train
