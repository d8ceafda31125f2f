#include "core/train/options.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/train/fields.h"
#include "core/train/run_folders.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> kStages = {"tokenizer", "text",    "joint",   "names",
                                                     "words",     "segment", "support", "presence"};

Error wrong(const std::string& where, Message what, Message advice) {
    return {ErrorKind::input, message("%1: %2", where, std::move(what)), std::move(advice)};
}

Error wrongStages(const std::string& file, Message what) {
    return wrong(file, std::move(what),
                 "the stages are tokenizer, text, joint, names, words, segment, support and presence");
}

Result<void> onlyKnown(const Json& object, const std::string& where, const std::vector<std::string_view>& known) {
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) {
            continue;
        }
        const std::string_view near = nearest(key, known);
        return wrong(where, message("%1 is no setting", quoted(key)),
                     near.empty() ? Message("see core/train/README.md for the settings")
                                  : message("the nearest is %1; see core/train/README.md for all settings",
                                            quoted(std::string(near))));
    }
    return {};
}

template <class S>
std::vector<std::string_view> namesOf() {
    std::vector<std::string_view> names;
    for (const Field<S>& field : fieldsOf<S>()) {
        names.push_back(field.name);
    }
    return names;
}

// Settings with a range or a type that JsonReader knows; lists and objects are read by their own functions.
template <class S>
void readFields(JsonReader& reader, const fs::path& folder, S& values) {
    for (const Field<S>& field : fieldsOf<S>()) {
        if (field.required) {
            reader.require(field.name);
        }
        if (auto* whole = std::get_if<std::int64_t S::*>(&field.member)) {
            values.** whole = reader.integer(field.name, values.**whole, static_cast<std::int64_t>(field.low),
                                             static_cast<std::int64_t>(field.high));
        } else if (auto* number = std::get_if<double S::*>(&field.member)) {
            values.** number = reader.number(field.name, values.**number, field.low, field.high);
        } else if (auto* flag = std::get_if<bool S::*>(&field.member)) {
            values.** flag = reader.boolean(field.name, values.**flag);
        } else if (auto* text = std::get_if<std::string S::*>(&field.member)) {
            std::string value = reader.string(field.name, values.**text);
            const bool relative = field.path && !value.empty() && !fs::path(value).is_absolute();
            values.** text = relative ? (folder / value).lexically_normal().string() : value;
        }
    }
}

Result<void> readStages(const Json& json, Options& o) {
    if (!json.contains("stages")) {
        return {};
    }
    const Json& stages = json["stages"];
    if (!stages.is_array() || stages.empty()) {
        return wrongStages(o.file, "stages is not a list of stages");
    }
    o.stages.clear();
    for (const Json& stage : stages) {
        const std::string name = stage.is_string() ? stage.get<std::string>() : std::string();
        if (std::find(kStages.begin(), kStages.end(), name) == kStages.end()) {
            return wrongStages(o.file, message("stages holds %1", quoted(stage.dump())));
        }
        o.stages.push_back(name);
    }
    return {};
}

Result<void> readModel(const Json& json, Options& o) {
    if (!json.contains("model")) {
        return {};
    }
    if (!json["model"].is_object()) {
        return wrong(o.file, "\"model\" is not an object", "it is the config.json of the model to build");
    }
    o.model = json["model"];
    return {};
}

// What the stages need of one another and of the files that are named.
Result<void> checkTogether(const Options& o) {
    if ((o.runs("tokenizer") || o.runs("text") || o.runs("joint")) && o.text.empty()) {
        return wrong(o.file, "text_data is missing", "name the folder of phrases.tsv and phrase_targets.safetensors");
    }
    if (o.runs("words") && o.text.empty()) {
        return wrong(o.file, "the stage words lacks text_data", "name the folder of phrases.tsv");
    }
    if (o.runs("joint") && o.backbone.empty()) {
        return wrong(o.file, "backbone is missing", "name the EfficientNet-Lite safetensors file");
    }
    const bool namesAgain = !o.start.empty() && o.stages == std::vector<std::string>{"names"};
    if (namesAgain && (o.text.empty() || o.detector.empty() || o.classes.empty() || o.wordnet.empty())) {
        return wrong(o.file, "the stage names with start lacks text_data, detector, classes or wordnet",
                     "name all four");
    }
    if (o.runs("names") && !namesAgain &&
        (o.text.empty() || o.backbone.empty() || o.detector.empty() || o.textModel.empty())) {
        return wrong(o.file, "the stage names lacks text_data, backbone, detector or text_model", "name all four");
    }
    if (!o.classes.empty() && o.wordnet.empty()) {
        return wrong(o.file, "classes goes with wordnet", "name WordNet's folder, or leave classes out");
    }
    if (!o.start.empty() && !namesAgain &&
        (!o.base.empty() || o.runs("names") || o.runs("tokenizer") || o.runs("text") || o.runs("joint") ||
         o.stages.size() > 3)) {
        return wrong(o.file,
                     "start goes with the stages segment, support and presence, or with names alone, and without base",
                     "set stages to [\"segment\"], or leave start out");
    }
    if (o.runs("support") && o.start.empty() && !o.runs("segment")) {
        return wrong(o.file, "the stage support has no model to go on with",
                     "name the model folder to start from, or run the stage segment before it");
    }
    if (o.runs("presence") && ((o.start.empty() && !o.runs("segment")) || o.text.empty())) {
        return wrong(o.file, "the stage presence lacks a model to go on with, or text_data",
                     "name the model folder as start, or run the stage segment before it; and name text_data");
    }
    if (o.segment.startShare > 0) {
        if (o.start.empty()) {
            return wrong(o.file, "segment.start_share goes with start",
                         "name the model folder to start from, or leave start_share out");
        }
        if (samePlace(o.start, o.output)) {
            return wrong(o.file, "output is the folder of start, which a later --resume with start_share still needs",
                         "choose another output");
        }
    }
    const bool ofStart = !o.start.empty() && (namesAgain || o.stages == std::vector<std::string>{"words"} ||
                                              o.stages == std::vector<std::string>{"presence"});
    if (o.base.empty() && o.model.is_null() && !ofStart && o.stages != std::vector<std::string>{"support"}) {
        return wrong(o.file, "neither model nor base is there",
                     "give the model to build, or the model folder to fine-tune");
    }
    return {};
}

}  // namespace

bool Options::runs(std::string_view stage) const {
    return std::find(stages.begin(), stages.end(), stage) != stages.end();
}

Result<Options> readOptions(const std::string& file) {
    const auto json = readJsonFile(file, ErrorKind::input);
    if (!json) {
        return json.error();
    }
    if (!json->is_object()) {
        return wrong(file, "the top level is not an object", "see core/train/README.md for the settings");
    }
    std::vector<std::string_view> known = namesOf<Options>();
    known.push_back("comment");
    forEachSection([&](const char* name, auto) { known.push_back(name); });
    MASKWRIGHT_TRY(onlyKnown(*json, file, known));

    Options o;
    o.file = file;
    const fs::path folder = fs::path(file).parent_path();
    JsonReader root(*json, file, ErrorKind::input);
    readFields(root, folder, o);
    MASKWRIGHT_TRY(root.status());
    if (o.output.empty()) {
        return wrong(file, "output is empty", "name the model folder to write");
    }
    if (o.work.empty()) {
        o.work = o.output;
    }
    forEachSection([&](const char* name, auto section) {
        JsonReader reader = root.object(name);
        readFields(reader, folder, o.*section);
    });
    MASKWRIGHT_TRY(root.status());
    Result<void> sections;
    forEachSection([&]<class S>(const char* name, S Options::*) {
        if (sections && json->contains(name)) {
            // The file's name and the section's, as messages name a place.
            sections = onlyKnown((*json)[name], file + ": " + name, namesOf<S>());
        }
    });
    MASKWRIGHT_TRY(sections);
    MASKWRIGHT_TRY(readModel(*json, o));
    MASKWRIGHT_TRY(readStages(*json, o));
    MASKWRIGHT_TRY(checkTogether(o));
    return o;
}

}  // namespace maskwright::train
