#include "core/project/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/base/hex.h"
#include "core/project/check.h"

namespace maskwright::project {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 3> kThresholdKinds = {"model", "value", "automatic"};  // by Threshold::Kind

Error wrong(const std::string& where, Message what) {
    return {ErrorKind::input, message("%1: %2", where, std::move(what)),
            "the file is damaged, or another program has changed it"};
}

// The same error with where it was found before it.
template <class T>
Error at(const std::string& where, const Result<T>& failed) {
    return wrong(where, failed.error().what);
}

Result<void> needObject(const Json& json, const std::string& where) {
    return json.is_object() ? Result<void>() : wrong(where, "it is no JSON object");
}

JsonReader readerOf(const Json& object, const std::string& where) { return {object, where, ErrorKind::input}; }

void merge(OrderedJson& into, const OrderedJson& from) {
    for (const auto& [key, value] : from.items()) {
        into[key] = value;
    }
}

// The elements of the list `key`, each read by `read`; a missing list is empty.
template <class T, class Read>
Result<std::vector<T>> readList(const Json& object, const char* key, const std::string& where, Read read) {
    std::vector<T> list;
    const auto found = object.find(key);
    if (found == object.end()) {
        return list;
    }
    if (!found->is_array()) {
        return wrong(where, message("%1 is no list", key));
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
        auto value = read((*found)[i], where + "." + key + "[" + std::to_string(i) + "]");
        if (!value) {
            return value.error();
        }
        list.push_back(std::move(*value));
    }
    return list;
}

}  // namespace

std::string Base::relative(const std::string& path) const {
    const fs::path whole(path);
    if (folder.empty() || !whole.is_absolute()) {
        return path;
    }
    const fs::path below = whole.lexically_relative(folder);
    return below.empty() || *below.begin() == ".." || below == "." ? path : below.generic_string();
}

std::string Base::absolute(const std::string& path) const {
    const fs::path whole(path);
    return path.empty() || whole.is_absolute() ? path : (folder / whole).lexically_normal().string();
}

OrderedJson jsonOf(const RunsPtr& runs) {
    if (!runs) {
        return nullptr;
    }
    return {{"size", {runs->height, runs->width}}, {"counts", toCompressed(*runs)}};
}

OrderedJson jsonOf(const PictureFile& file, const Base& base) {
    return {{"path", base.relative(file.path)},
            {"sha256", file.sha256},
            {"bytes", file.bytes},
            {"width", file.width},
            {"height", file.height}};
}

OrderedJson jsonOf(const Example& example, const Base& base) {
    OrderedJson json = {{"id", example.id}, {"name", example.name}};
    merge(json, jsonOf(example.picture, base));
    merge(json, {{"region", jsonOf(example.region)},
                 {"weight", example.weight},
                 {"enabled", example.enabled},
                 {"negative", example.negative}});
    return json;
}

OrderedJson jsonOf(const Question& question) {
    return {{"phrase", question.phrase},   {"negative_phrase", question.negativePhrase},
            {"mix", question.mix},         {"negative_weight", question.negativeWeight},
            {"compete", question.compete}, {"style", visual_prompt::styleText(question.style)}};
}

OrderedJson jsonOf(const Threshold& threshold) {
    return {{"kind", kThresholdKinds[static_cast<std::size_t>(threshold.kind)]}, {"value", threshold.value}};
}

OrderedJson jsonOf(Colour colour) { return hexOf(std::as_bytes(std::span(colour))); }

OrderedJson jsonOf(const Row& row, const Base& base) {
    OrderedJson json = {{"id", row.id}, {"name", row.name}};
    merge(json, jsonOf(row.question));
    merge(json, {{"colour", jsonOf(row.colour)},
                 {"visible", row.visible},
                 {"threshold", jsonOf(row.threshold)},
                 {"refine", row.refine},
                 {"refine_radius", row.refineRadius},
                 {"object", jsonOf(row.object)},
                 {"added", jsonOf(row.correction.added)},
                 {"removed", jsonOf(row.correction.removed)}});
    OrderedJson examples = OrderedJson::array();
    for (const ExamplePtr& example : row.examples) {
        examples.push_back(jsonOf(*example, base));
    }
    json["examples"] = std::move(examples);
    return json;
}

OrderedJson jsonOf(const Picture& picture, const Base& base) {
    OrderedJson json = {{"id", picture.id}};
    merge(json, jsonOf(picture.file, base));
    OrderedJson rows = OrderedJson::array();
    for (const RowPtr& row : picture.rows) {
        rows.push_back(jsonOf(*row, base));
    }
    json["rows"] = std::move(rows);
    return json;
}

OrderedJson jsonOf(const Model& model, const Base& base) {
    return {{"name", model.name}, {"folder", base.relative(model.folder)}, {"sha256", model.sha256}};
}

OrderedJson jsonOf(const Settings& settings) {
    return {{"size", settings.size},
            {"keep_aspect", settings.keepAspect},
            {"compete", settings.compete},
            {"export",
             {{"kind", settings.exportKind},
              {"format", settings.exportFormat},
              {"polygons", settings.exportPolygons},
              {"pattern", settings.exportPattern},
              {"opacity", settings.overlayOpacity},
              {"hard_edges", settings.hardEdges}}}};
}

Result<const Json*> memberObject(const Json& object, const char* key, const std::string& where) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_object()) {
        return wrong(where, message("%1 is missing or no JSON object", key));
    }
    return &*found;
}

Result<RunsPtr> readRuns(const Json& object, const char* key, const std::string& where) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) {
        return RunsPtr();
    }
    const std::string here = where + "." + key;
    MASKWRIGHT_TRY(needObject(*found, here));
    JsonReader reader = readerOf(*found, here);
    reader.require("size");
    reader.require("counts");
    const auto size = reader.integers("size", {}, 1, kMostPixelsASide, 2);
    const std::string counts = reader.string("counts", "");
    MASKWRIGHT_TRY(reader.status());
    if (size.size() != 2 || size[0] * size[1] > std::numeric_limits<std::uint32_t>::max()) {
        return wrong(here, "size is no height and width of a picture");
    }
    auto runs = runsFromCompressed(counts, static_cast<int>(size[1]), static_cast<int>(size[0]));
    if (!runs) {
        return at(here, runs);
    }
    return std::make_shared<const Runs>(std::move(*runs));
}

Result<PictureFile> readFile(const Json& object, const std::string& where, const Base& base) {
    MASKWRIGHT_TRY(needObject(object, where));
    JsonReader reader = readerOf(object, where);
    for (const char* key : {"path", "sha256", "width", "height"}) {
        reader.require(key);
    }
    PictureFile file;
    file.path = base.absolute(reader.string("path", ""));
    file.sha256 = reader.string("sha256", "");
    file.bytes = static_cast<std::uint64_t>(reader.integer("bytes", 0, 0, std::numeric_limits<std::int64_t>::max()));
    file.width = static_cast<int>(reader.integer("width", 0, 1, kMostPixelsASide));
    file.height = static_cast<int>(reader.integer("height", 0, 1, kMostPixelsASide));
    MASKWRIGHT_TRY(reader.status());
    const auto good = check(file);
    return good ? Result<PictureFile>(std::move(file)) : at(where, good);
}

Result<Id> readId(const Json& object, const char* key, const std::string& where) {
    MASKWRIGHT_TRY(needObject(object, where));
    JsonReader reader = readerOf(object, where);
    reader.require(key);
    const auto id = static_cast<Id>(reader.integer(key, 1, 1, static_cast<std::int64_t>(kHighestId)));
    MASKWRIGHT_TRY(reader.status());
    return id;
}

Result<ExamplePtr> readExample(const Json& object, const std::string& where, const Base& base) {
    auto file = readFile(object, where, base);
    const auto id = file ? readId(object, "id", where) : Result<Id>(file.error());
    auto region = id ? readRuns(object, "region", where) : Result<RunsPtr>(id.error());
    if (!region) {
        return region.error();
    }
    Example example;
    JsonReader reader = readerOf(object, where);
    example.id = *id;
    example.name = reader.string("name", "");
    example.picture = std::move(*file);
    example.region = std::move(*region);
    example.weight = reader.number("weight", example.weight, 0, 100);
    example.enabled = reader.boolean("enabled", example.enabled);
    example.negative = reader.boolean("negative", example.negative);
    MASKWRIGHT_TRY(reader.status());
    const auto good = check(example);
    return good ? Result<ExamplePtr>(std::make_shared<const Example>(std::move(example))) : at(where, good);
}

Result<Question> readQuestion(const Json& object, const std::string& where) {
    MASKWRIGHT_TRY(needObject(object, where));
    JsonReader reader = readerOf(object, where);
    Question question;
    question.phrase = reader.string("phrase", "");
    question.negativePhrase = reader.string("negative_phrase", "");
    question.mix = reader.number("mix", question.mix, 0, 1);
    question.negativeWeight = reader.number("negative_weight", question.negativeWeight, 0, 100);
    question.compete = reader.boolean("compete", question.compete);
    const std::string style = reader.string("style", "");
    MASKWRIGHT_TRY(reader.status());
    if (!style.empty()) {
        auto parsed = visual_prompt::parseStyle(style);
        if (!parsed) {
            return at(where, parsed);
        }
        question.style = *parsed;
    }
    return question;
}

Result<Threshold> readThreshold(const Json& object, const std::string& where) {
    MASKWRIGHT_TRY(needObject(object, where));
    JsonReader reader = readerOf(object, where);
    Threshold threshold;
    const std::string kind = reader.string("kind", kThresholdKinds[0]);
    threshold.value = reader.number("value", threshold.value, 0, 1);
    MASKWRIGHT_TRY(reader.status());
    const auto known = std::find(kThresholdKinds.begin(), kThresholdKinds.end(), kind);
    if (known == kThresholdKinds.end()) {
        return wrong(where, message("a threshold of the kind %1 is not known", quoted(kind)));
    }
    threshold.kind = static_cast<Threshold::Kind>(known - kThresholdKinds.begin());
    return threshold;
}

Result<Colour> readColour(const Json& object, const char* key, const std::string& where) {
    JsonReader reader = readerOf(object, where);
    const std::string text = reader.string(key, "000000");
    MASKWRIGHT_TRY(reader.status());
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (text.size() != 6 || failed != std::errc() || end != text.data() + text.size()) {
        return wrong(where, message("%1 is no colour", quoted(text)));
    }
    return Colour{std::uint8_t(number >> 16), std::uint8_t(number >> 8), std::uint8_t(number)};
}

Result<RowPtr> readRow(const Json& object, const std::string& where, const Base& base) {
    const auto id = readId(object, "id", where);
    auto question = id ? readQuestion(object, where) : Result<Question>(id.error());
    if (!question) {
        return question.error();
    }
    Row row;
    JsonReader reader = readerOf(object, where);
    row.id = *id;
    row.name = reader.string("name", "");
    row.question = std::move(*question);
    row.visible = reader.boolean("visible", row.visible);
    row.refine = reader.boolean("refine", row.refine);
    row.refineRadius = reader.number("refine_radius", row.refineRadius, kLeastRefineRadius, kMostRefineRadius);
    MASKWRIGHT_TRY(reader.status());
    const auto colour = readColour(object, "colour", where);
    if (!colour) {
        return colour.error();
    }
    row.colour = *colour;
    if (const auto found = object.find("threshold"); found != object.end()) {
        const auto threshold = readThreshold(*found, where + ".threshold");
        if (!threshold) {
            return threshold.error();
        }
        row.threshold = *threshold;
    }
    for (const auto& [key, into] : {std::pair{"object", &row.object}, std::pair{"added", &row.correction.added},
                                    std::pair{"removed", &row.correction.removed}}) {
        auto runs = readRuns(object, key, where);
        if (!runs) {
            return runs.error();
        }
        *into = std::move(*runs);
    }
    auto examples = readList<ExamplePtr>(object, "examples", where, [&](const Json& one, const std::string& here) {
        return readExample(one, here, base);
    });
    if (!examples) {
        return examples.error();
    }
    row.examples = std::move(*examples);
    return std::make_shared<const Row>(std::move(row));
}

Result<PicturePtr> readPicture(const Json& object, const std::string& where, const Base& base) {
    auto file = readFile(object, where, base);
    const auto id = file ? readId(object, "id", where) : Result<Id>(file.error());
    if (!id) {
        return id.error();
    }
    // Before the rows are read: a file may have millions.
    if (const auto list = object.find("rows"); list != object.end() && list->is_array() && list->size() > kMostRows) {
        return Error{
            ErrorKind::input,
            message("%1: %2 has %3 rows, and %4 is the most", where, quoted(file->path), list->size(), kMostRows),
            "leave rows of this picture out of the file, which is text, or make the project anew with fewer"};
    }
    auto rows = readList<RowPtr>(object, "rows", where,
                                 [&](const Json& one, const std::string& here) { return readRow(one, here, base); });
    if (!rows) {
        return rows.error();
    }
    Picture picture{*id, std::move(*file), std::move(*rows)};
    const auto good = check(picture);
    return good ? Result<PicturePtr>(std::make_shared<const Picture>(std::move(picture))) : at(where, good);
}

Result<Model> readModel(const Json& object, const std::string& where, const Base& base) {
    MASKWRIGHT_TRY(needObject(object, where));
    JsonReader reader = readerOf(object, where);
    Model model;
    model.name = reader.string("name", "");
    model.folder = base.absolute(reader.string("folder", ""));
    model.sha256 = reader.string("sha256", "");
    MASKWRIGHT_TRY(reader.status());
    return model;
}

Result<Settings> readSettings(const Json& object, const std::string& where) {
    MASKWRIGHT_TRY(needObject(object, where));
    JsonReader reader = readerOf(object, where);
    Settings settings;
    settings.size = reader.integer("size", settings.size, 0, 1 << 16);
    settings.keepAspect = reader.boolean("keep_aspect", settings.keepAspect);
    settings.compete = reader.boolean("compete", settings.compete);
    JsonReader exported = reader.object("export");
    settings.exportKind = exported.string("kind", settings.exportKind);
    settings.exportFormat = exported.string("format", settings.exportFormat);
    settings.exportPolygons = exported.boolean("polygons", settings.exportPolygons);
    settings.exportPattern = exported.string("pattern", settings.exportPattern);
    settings.overlayOpacity = exported.number("opacity", settings.overlayOpacity, 0, 1);
    settings.hardEdges = exported.boolean("hard_edges", settings.hardEdges);
    MASKWRIGHT_TRY(reader.status());
    return settings;
}

}  // namespace maskwright::project
