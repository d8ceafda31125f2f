#include "core/data/formats/coco_values.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/base/json_last.h"
#include "core/base/json_tokens.h"

namespace maskwright::data {
namespace {

constexpr double kMostCoordinate = 1e7;  // as runsFromPolygons has it
// The largest whole number up to which a double holds all of them.
constexpr double kMostExact = 9007199254740992.0;

// Stands for a whole number that no program can hold; what is shorter becomes an empty text.
constexpr std::string_view kBeyond = "beyond 64 bits";

// Also "7.0", as spreadsheets and tables write it.
std::optional<std::int64_t> wholeOfText(std::string_view text) {
    if (const std::size_t point = text.find('.'); point != std::string_view::npos && point + 1 < text.size() &&
                                                  text.find_first_not_of('0', point + 1) == std::string_view::npos) {
        text = text.substr(0, point);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && !text.empty() && end == text.data() + text.size() ? std::optional(value)
                                                                                     : std::nullopt;
}

// Whether it is a whole number from 2^63 on, which would turn negative.
bool isUnsigned64(const Json& value) {
    return value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX};
}

// FNV-1a (Fowler, Noll, Vo), made negative, where no usual id is.
std::int64_t idOfText(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    return -static_cast<std::int64_t>(hash >> 2) - 1;
}

// The polygon, where all its values are coordinates.
std::optional<std::vector<double>> polygonOf(const Json& list) {
    std::vector<double> polygon;
    for (const Json& value : list) {
        if (!value.is_number() || !(std::abs(value.get<double>()) <= kMostCoordinate)) {
            return std::nullopt;
        }
        polygon.push_back(value.get<double>());
    }
    return polygon;
}

Result<std::optional<Runs>> maskOfPolygons(const Json& list, int width, int height, const std::string& where,
                                           Oddities& oddities) {
    // Some write one polygon without the list around it.
    const bool flat = std::none_of(list.begin(), list.end(), [](const Json& part) { return part.is_array(); });
    const Json one = flat ? Json::array({list}) : Json();
    if (!one.is_null()) {
        MASKWRIGHT_TRY(oddities.add(Oddity::form, where, "its segmentation is one polygon, not a list of them"));
    }
    const Json& parts = flat ? one : list;
    if (std::all_of(parts.begin(), parts.end(), [](const Json& part) { return part.is_array() && part.empty(); })) {
        MASKWRIGHT_TRY(oddities.add(Oddity::noMask, where, "its segmentation is empty"));
        return std::optional<Runs>();
    }
    std::vector<std::vector<double>> polygons;
    for (const Json& given : parts) {
        auto polygon = given.is_array() ? polygonOf(given) : std::nullopt;
        if (!polygon) {
            MASKWRIGHT_TRY(oddities.add(Oddity::coordinate, where, "a polygon holds something that is no coordinate"));
        } else if (polygon->size() >= 6 && polygon->size() % 2 == 0) {
            polygons.push_back(std::move(*polygon));
        } else {
            MASKWRIGHT_TRY(oddities.add(
                Oddity::polygon, where,
                message("a polygon has %1 numbers (an even number, at least 6, is needed)", polygon->size())));
        }
    }
    if (polygons.empty()) {
        return std::optional<Runs>();
    }
    auto runs = runsFromPolygons(polygons, width, height);
    if (!runs) {
        MASKWRIGHT_TRY(oddities.add(Oddity::coordinate, where, runs.error().what));
        return std::optional<Runs>();
    }
    return std::optional(std::move(*runs));
}

// `odd`: some of them are not written as whole numbers.
Result<Runs> runsOfCounts(const Json& counts, int width, int height, bool& odd) {
    if (counts.is_string()) {
        return runsFromCompressed(counts.get_ref<const std::string&>(), width, height);
    }
    const Error wrong{ErrorKind::input, "its runs are neither a text nor a list of whole numbers", ""};
    if (!counts.is_array()) {
        return wrong;
    }
    std::vector<std::int64_t> list;
    for (const Json& value : counts) {
        const auto count = wholeOf(&value);
        if (!count) {
            return wrong;
        }
        odd = odd || count->odd;
        list.push_back(count->value);
    }
    return runsFromCounts(list, width, height);
}

// Of "\uD83D\uDE00" at `at`: 12; where only one half of such a pair is there, which stands for no character: 6; else 0.
std::size_t halfPairAt(std::string_view json, std::size_t at) {
    const auto unit = [&](std::size_t from) {
        unsigned value = 0;
        const std::string_view escape = json.substr(std::min(from, json.size()), 6);
        const char* end = escape.data() + escape.size();
        return escape.size() == 6 && escape.starts_with("\\u") &&
                       std::from_chars(escape.data() + 2, end, value, 16).ptr == end
                   ? value
                   : 0u;
    };
    const unsigned first = unit(at);
    if (first < 0xD800 || first > 0xDFFF) {
        return 0;
    }
    const unsigned second = first < 0xDC00 ? unit(at + 6) : 0;
    return second >= 0xDC00 && second <= 0xDFFF ? 12 : 6;
}

bool tooLarge(const std::string& number) {
    if (number.find_first_of("eE") != std::string::npos) {
        return !std::isfinite(std::strtod(number.c_str(), nullptr));
    }
    if (number.size() < 19 || number.find('.') != std::string::npos) {
        return false;
    }
    errno = 0;
    if (number.front() == '-') {
        (void)std::strtoll(number.c_str(), nullptr, 10);
    } else {
        (void)std::strtoull(number.c_str(), nullptr, 10);
    }
    return errno == ERANGE;
}

// In the text `text` of the JSON.
Result<void> replaceHalfPairs(std::string& json, const JsonToken& text, Oddities& oddities) {
    for (std::size_t at = text.at + 1; at < text.end(); ++at) {
        if (json[at] == '\\') {
            if (const std::size_t half = halfPairAt(json, at); half == 6) {
                MASKWRIGHT_TRY(oddities.add(Oddity::character, "",
                                            message("%1 at byte %2", quoted(json.substr(at, half)), at + 1)));
                json.replace(at, half, "\\ufffd");
            } else if (half > 6) {
                at += half - 2;  // a whole pair: past its second half
            }
            ++at;
        }
    }
    return {};
}

// A data set's JSON is far larger than a configuration: COCO's own has 450 MB.
constexpr JsonLimits kLimits{.bytes = std::size_t{1} << 30, .depth = 64, .elements = 150'000'000};

}  // namespace

Result<Json> readCocoFile(const std::string& path, Oddities& oddities) {
    auto text = readFile(path, kLimits.bytes);
    if (!text) {
        return text.error();
    }
    MASKWRIGHT_TRY(replaceNonNumbers(*text, oddities));
    DoubledKeys doubled;
    auto json = parseJsonLast(*text, path, doubled, ErrorKind::input, kLimits);
    for (std::size_t i = 0; json && i < doubled.count; ++i) {
        MASKWRIGHT_TRY(
            oddities.add(Oddity::key, doubled.where, message("the key %1 is there twice", quoted(doubled.key, 60))));
    }
    return json;
}

const Json* member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<Whole> wholeOf(const Json* value) {
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_number_integer()) {
        return isUnsigned64(*value) ? std::nullopt : std::optional(Whole{value->get<std::int64_t>(), false});
    }
    if (value->is_number_float()) {
        const auto number = value->get<double>();
        if (std::trunc(number) == number && std::abs(number) <= kMostExact) {
            return Whole{static_cast<std::int64_t>(number), true};
        }
        return std::nullopt;
    }
    if (value->is_string()) {
        if (const auto number = wholeOfText(value->get_ref<const std::string&>())) {
            return Whole{*number, true};
        }
    }
    return std::nullopt;
}

std::optional<Whole> idOf(const Json* value) {
    const auto whole = wholeOf(value);
    if (!whole && value != nullptr && isUnsigned64(*value)) {
        return Whole{idOfText(value->dump()), false};  // as the same digits in quotes
    }
    if (!whole && value != nullptr && value->is_string()) {
        const auto& text = value->get_ref<const std::string&>();
        return text.empty() || text == kBeyond ? std::nullopt : std::optional(Whole{idOfText(text), true});
    }
    return whole;
}

Message noId(const Json& object, const char* key) {
    const Json* value = member(object, key);
    if (value == nullptr) {
        return message("it has no \"%1\"", key);
    }
    return *value == Json(std::string(kBeyond)) ? message("\"%1\" is a number beyond 64 bits", key)
                                                : message("\"%1\" is %2, which is no id", key, shown(*value));
}

std::string shown(const Json& value) {
    constexpr std::size_t kMost = 40;
    const std::string text = value.dump(-1, ' ', true);  // ASCII, control characters escaped
    return text.size() <= kMost ? text : text.substr(0, kMost) + "...";
}

std::string entryName(const char* list, std::size_t index, const Json& object) {
    const std::string where = std::string(list) + "[" + std::to_string(index) + "]";
    const Json* id = object.is_object() ? member(object, "id") : nullptr;
    return id == nullptr || id->is_structured() ? where : where + " (id " + shown(*id) + ")";
}

Result<void> countWriting(const Whole& whole, const Json& object, const char* key, const std::string& where,
                          Oddities& oddities) {
    return whole.odd ? oddities.add(Oddity::number, where, message("\"%1\" is %2", key, shown(object[key])))
                     : Result<void>();
}

Result<void> textOf(const Json& object, const char* key, const std::string& where, std::string& out,
                    Oddities& oddities) {
    const Json* value = member(object, key);
    if (value != nullptr && !value->is_string()) {
        return oddities.add(Oddity::member, where, message("\"%1\" is no text", key));
    }
    out = value == nullptr ? std::string() : value->get<std::string>();
    return {};
}

Result<std::optional<Runs>> maskOf(const Json* segmentation, int width, int height, const std::string& where,
                                   Oddities& oddities) {
    if (segmentation == nullptr || (segmentation->is_array() && segmentation->empty())) {
        MASKWRIGHT_TRY(oddities.add(
            Oddity::noMask, where,
            segmentation == nullptr ? Message("it has no segmentation") : Message("its segmentation is empty")));
        return std::optional<Runs>();
    }
    if (segmentation->is_array()) {
        return maskOfPolygons(*segmentation, width, height, where, oddities);
    }
    const Json* size = segmentation->is_object() ? member(*segmentation, "size") : nullptr;
    const Json* counts = segmentation->is_object() ? member(*segmentation, "counts") : nullptr;
    const bool pair = size != nullptr && size->is_array() && size->size() == 2;
    const auto ownHeight = wholeOf(pair ? &(*size)[0] : nullptr), ownWidth = wholeOf(pair ? &(*size)[1] : nullptr);
    if (counts == nullptr || !ownHeight || !ownWidth) {
        MASKWRIGHT_TRY(oddities.add(Oddity::notAMask, where, "its segmentation is neither polygons nor runs"));
        return std::optional<Runs>();
    }
    if (ownHeight->value != height || ownWidth->value != width) {
        MASKWRIGHT_TRY(oddities.add(
            Oddity::runs, where,
            message("its mask is %1x%2, the picture %3x%4", ownWidth->value, ownHeight->value, width, height)));
        return std::optional<Runs>();
    }
    bool odd = false;
    auto runs = runsOfCounts(*counts, width, height, odd);
    if (!runs) {
        MASKWRIGHT_TRY(oddities.add(Oddity::runs, where, runs.error().what));
        return std::optional<Runs>();
    }
    if (odd || ownHeight->odd || ownWidth->odd) {
        MASKWRIGHT_TRY(oddities.add(Oddity::number, where, "its runs or their size are not whole numbers"));
    }
    return std::optional(std::move(*runs));
}

Result<void> replaceNonNumbers(std::string& json, Oddities& oddities) {
    using Kind = JsonToken::Kind;
    for (auto token = nextJsonToken(json, 0); token; token = nextJsonToken(json, token->end())) {
        if (token->kind == Kind::text) {
            MASKWRIGHT_TRY(replaceHalfPairs(json, *token, oddities));
            continue;
        }
        const std::string was = json.substr(token->at, token->length);
        if (token->kind == Kind::nonNumber || (token->length >= 4 && tooLarge(was))) {
            const std::string_view text = token->length >= kBeyond.size() + 2 ? kBeyond : "";
            json.replace(token->at, token->length,
                         '"' + std::string(text) + '"' + std::string(token->length - text.size() - 2, ' '));
            MASKWRIGHT_TRY(oddities.add(Oddity::token, "", message("%1 at byte %2", quoted(was, 40), token->at + 1)));
        }
    }
    return {};
}

}  // namespace maskwright::data
