// What core and the window say of errors, read in their sources: every template is there in Korean, and every
// translation is of something that is still said.
#include <gtest/gtest.h>

#include <QFile>
#include <QXmlStreamReader>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/qt_paths.h"
#include "tests/support/source_literals.h"
#include "ui/model/error_text.h"

namespace maskwright::ui {
namespace {

namespace fs = std::filesystem;
using test::literalsOf;

struct Exempt {
    std::string_view what, why;
};

// Folders and files none of whose sentences reach the window.
constexpr std::array kExemptSources = {
    Exempt{"core/data/dataset.cpp", "data sets are the command line's"},
    Exempt{"core/data/referring.cpp", "data sets are the command line's"},
    Exempt{"core/data/without.cpp", "data sets are the command line's"},
    Exempt{"core/data/wordnet.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/coco.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/coco_categories.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/coco_pictures.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/expression_list.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/named_pictures.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/phrasecut.cpp", "data sets are the command line's"},
    Exempt{"core/data/formats/refcoco.cpp", "data sets are the command line's"},
    Exempt{"core/eval", "evaluation is the command line's"},
    Exempt{"core/metrics", "evaluation is the command line's"},
    Exempt{"core/train", "training is the command line's"},
    Exempt{"core/batch/merge.cpp", "a run is shared by machines on the command line only"},
    Exempt{"core/batch/shard_journal.cpp", "a run is shared by machines on the command line only"},
    Exempt{"core/batch/naming.cpp", "-o and its patterns are the command line's"},
    Exempt{"core/base/draft_folder.cpp", "folders are written by convert and train"},
    Exempt{"core/base/made_folders.cpp", "folders are made by train and evaluate"},
    Exempt{"core/base/message.h", "defines what a template is"},
    Exempt{"core/text/wording.cpp", "a wording is given on the command line only"},
    Exempt{"core/text/token_spacing.cpp", "endings of words"},
    Exempt{"core/text/requests.h", "words that are read"},
    Exempt{"core/referring/place_languages.cpp", "words of seven languages that are read"},
    Exempt{"core/visual_prompt/reference.cpp", "the original's pictures are made by the command line only"},
    Exempt{"core/visual_prompt/style.cpp", "a style is given as text on the command line only"},
    Exempt{"core/visual_prompt/style_fields.cpp", "a style is given as text on the command line only"},
    Exempt{"core/visual_prompt/presets.cpp", "names of styles, which the window has its own for"},
    Exempt{"core/text/sentencepiece_module", "speaks C; what it says is the library's text"},
    Exempt{"core/segmenters/convert_sam.cpp", "the window converts nothing"},
    Exempt{"core/segmenters/convert_solo.cpp", "the window converts nothing"},
    Exempt{"core/segmenters/released.cpp", "read by convert"},
    Exempt{"core/weights/pickle_text.cpp", "read by evaluate"},
};

constexpr std::array kExemptTexts = {
    Exempt{": text_config", "a place in a file"},
    Exempt{": vision_config", "a place in a file"},
    Exempt{": mask_decoder_config", "a place in a file"},
    Exempt{": backbone", "a place in a file"},
    Exempt{"System Volume Information", "a folder of Windows"},
    Exempt{"reference BLAS", "a library's name"},
    Exempt{"phrase ", "a key of what is kept"},
    Exempt{"styled region", "a key of what is kept"},
    Exempt{"named region", "a key of what is kept"},
    Exempt{"# words: ", "a line of a list of words"},
    Exempt{"Maskwright ", "the program's name in a PNG"},
    Exempt{" (id ", "a place in a file"},
    Exempt{"beyond 64 bits", "stands in a file for a number"},
    Exempt{"maskwright project", "the name of a format"},
    Exempt{"maskwright journal", "the name of a format"},
    Exempt{": model", "a place in a file"},
    Exempt{": settings", "a place in a file"},
    Exempt{": draft", "a place in a file"},
    Exempt{": pictures[", "a place in a file"},
    Exempt{"# The pictures belong in images/, each with the name of its text in labels/.\n", "a line of a file"},
    Exempt{"path: .\ntrain: images\nval: images\nnames:\n", "lines of a file"},
    Exempt{"premature end", "looked for in what libjpeg says"},
    Exempt{"Premature end", "looked for in what libjpeg says"},
    Exempt{"a tensor name or metadata is not UTF-8", "safetensors are written by convert and train"},
    Exempt{"tensor %1 of %2 was given %3 bytes", "safetensors are written by convert and train"},
    Exempt{"the tensor name %1 is taken", "safetensors are written by convert and train"},
    Exempt{"there are too many tensors for one file", "safetensors are written by convert and train"},
    Exempt{"%1: a tensor was read into a buffer of another size", "a mistake of the program's"},
};

// Calls whose texts are no messages: exceptions are the tensor code's, for the log; the others search or compare.
const std::set<std::string, std::less<>> kOtherCalls = {
    "TORCH_CHECK",  "debug",         "ends_with",   "find",        "invalid_argument", "is",   "logic_error", "info",
    "out_of_range", "runtime_error", "set_pattern", "starts_with", "static_assert",    "warn",
};

template <std::size_t N>
bool listed(const std::array<Exempt, N>& list, std::string_view what) {
    return std::any_of(list.begin(), list.end(), [&](const Exempt& one) { return one.what == what; });
}

struct Said {
    std::string text, where;
    bool filled = false;  // given to message()
};

struct Sources {
    std::vector<Said> templates;
    std::set<std::string> elsewhere;    // sentences of the command line alone
    std::set<std::string> literals;     // all, to see that exemptions are still needed
    std::vector<std::string> mistakes;  // what no translation can mend
};

std::string contents(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

bool isSentence(const std::string& text) {
    static const std::regex word("[a-z]{2}");
    return text.find(' ') != std::string::npos && std::regex_search(text, word);
}

bool hasWords(const std::string& text) {
    static const std::regex word("[A-Za-z]{2}");
    return std::regex_search(text, word);
}

std::set<char> placesOf(const std::string& text) {
    std::set<char> places;
    for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at + 1)) {
        if (at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9') {
            places.insert(text[at + 1]);
        }
    }
    return places;
}

void read(Sources& out, const test::SourceLiteral& literal, const std::string& where, bool core) {
    out.literals.insert(literal.text);
    const bool filled = literal.call == "message" && literal.argument == 0;
    if (literal.call == "message" && !filled) {
        if (isSentence(literal.text)) {
            out.mistakes.push_back(where + ": a sentence given as a name: \"" + literal.text + "\"");
        }
        return;
    }
    // In core any sentence may be handed on to become an Error's; the window's other texts are tr()'s.
    const bool said =
        filled || literal.call == "Message" || (literal.first == "ErrorKind" && isSentence(literal.text)) ||
        (core && isSentence(literal.text) && literal.call != "verbatim" && !kOtherCalls.contains(literal.call));
    if (!said || !hasWords(literal.text) || listed(kExemptTexts, literal.text)) {
        return;
    }
    if (literal.text.front() == ' ' || literal.text.back() == ' ') {
        out.mistakes.push_back(where + ": a piece of a sentence: \"" + literal.text + "\"");
    } else if (!filled && !placesOf(literal.text).empty()) {
        out.mistakes.push_back(where + ": places that nothing fills: \"" + literal.text + "\"");
    } else {
        out.templates.push_back({literal.text, where, filled});
    }
}

bool within(const std::string& file, std::string_view folder) { return file.starts_with(std::string(folder) + "/"); }

bool exempt(const std::string& file) {
    return listed(kExemptSources, file) || std::any_of(kExemptSources.begin(), kExemptSources.end(),
                                                       [&](const Exempt& one) { return within(file, one.what); });
}

const Sources& sources() {
    static const Sources all = [] {
        Sources out;
        const fs::path root = test::sourcePath("");
        for (const char* top : {"core", "ui", "app/maskwright", "app/net"}) {
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                const std::string file = fs::relative(entry.path(), root).generic_string();
                if (!file.ends_with(".cpp") && !file.ends_with(".h")) {
                    continue;
                }
                for (const auto& literal : literalsOf(contents(entry.path()))) {
                    if (exempt(file)) {
                        out.elsewhere.insert(literal.text);
                    } else {
                        read(out, literal, file + ":" + std::to_string(literal.line),
                             file.starts_with("core/") || file.starts_with("app/net/"));
                    }
                }
            }
        }
        return out;
    }();
    return all;
}

// The translations of the errors, as they are in the file.
std::map<std::string, std::string> korean() {
    std::map<std::string, std::string> texts;
    QFile file(test::sourceFile("ui/translations/maskwright_ko.ts"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString context;
    std::string source;
    int sources = 0, translations = 0;  // of the message; Qt's tool takes the last of several without a word
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        sources += xml.name() == QLatin1String("source") ? 1 : 0;
        translations += xml.name() == QLatin1String("translation") ? 1 : 0;
        EXPECT_EQ(std::max({sources, translations, 1}), 1) << "two messages in one, at line " << xml.lineNumber();
        if (xml.name() == QLatin1String("message")) {
            sources = translations = 0;
        } else if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText(QXmlStreamReader::SkipChildElements);
        } else if (xml.name() == QLatin1String("source")) {
            source = xml.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
        } else if (xml.name() == QLatin1String("translation")) {
            const std::string text = xml.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
            if (context == QLatin1String("maskwright::ui::Errors")) {
                EXPECT_TRUE(texts.emplace(source, text).second) << source << " is there twice";
            }
        }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return texts;
}

TEST(ErrorTemplates, EverySentenceIsOneTemplate) {
    for (const std::string& mistake : sources().mistakes) {
        ADD_FAILURE() << mistake;
    }
}

TEST(ErrorTemplates, EveryOneIsThereInKorean) {
    const auto texts = korean();
    EXPECT_GT(sources().templates.size(), 200u);
    std::set<std::string> seen;
    for (const Said& said : sources().templates) {
        if (!seen.insert(said.text).second) {
            continue;
        }
        const std::string shown = shownTemplate(said.text.c_str());
        // The window may leave out what only the command line can use.
        const std::set<char> filled = placesOf(said.text), used = placesOf(shown);
        EXPECT_TRUE(std::includes(filled.begin(), filled.end(), used.begin(), used.end())) << said.where;
        const auto found = texts.find(shown);
        if (found == texts.end()) {
            ADD_FAILURE() << said.where << ": no Korean for \"" << shown << "\"";
            continue;
        }
        EXPECT_EQ(placesOf(found->second), used) << shown;
        EXPECT_NE(found->second, shown);
    }
}

TEST(ErrorTemplates, EveryTranslationIsOfSomethingSaid) {
    std::set<std::string> shown = sources().elsewhere;
    shown.insert("%1: %2");
    for (const ErrorKind kind : {ErrorKind::usage, ErrorKind::input, ErrorKind::weights, ErrorKind::resource,
                                 ErrorKind::output, ErrorKind::cancelled}) {
        shown.insert(kindTemplate(kind));
    }
    for (const Said& said : sources().templates) {
        shown.insert(shownTemplate(said.text.c_str()));
    }
    for (const auto& [source, text] : korean()) {
        EXPECT_TRUE(shown.contains(source)) << "nothing says \"" << source << "\" any more";
    }
}

TEST(ErrorTemplates, ExemptionsAreStillNeeded) {
    for (const Exempt& one : kExemptSources) {
        EXPECT_TRUE(fs::exists(test::sourcePath(std::string(one.what)))) << one.what << ": " << one.why;
    }
    for (const Exempt& one : kExemptTexts) {
        EXPECT_TRUE(sources().literals.contains(std::string(one.what))) << one.what << ": " << one.why;
    }
}

// The reader that all of this rests on.
TEST(SourceLiterals, AreFoundWithTheirCall) {
    const auto found = literalsOf(R"x(#include "skipped.h"
// "a comment"
Error f(int n = 65'536, char c = '"') {
    return Error{kind, n > 0 ? message("two %1 "
                                       "halves", n, "name") : Message("said \"so\""), /* "no" */ R"(raw "advice")"};
}
)x");
    ASSERT_EQ(found.size(), 4u);
    EXPECT_EQ(found[0].text, "two %1 halves");
    EXPECT_EQ(found[0].call, "message");
    EXPECT_EQ(found[0].argument, 0u);
    EXPECT_EQ(found[0].line, 4);
    EXPECT_EQ(found[1].text, "name");
    EXPECT_EQ(found[1].argument, 2u);
    EXPECT_EQ(found[2].text, "said \"so\"");
    EXPECT_EQ(found[2].call, "Message");
    EXPECT_EQ(found[3].text, "raw \"advice\"");
    EXPECT_EQ(found[3].call, "Error");
    EXPECT_EQ(found[3].first, "kind");
    EXPECT_EQ(found[3].argument, 2u);
}

}  // namespace
}  // namespace maskwright::ui
