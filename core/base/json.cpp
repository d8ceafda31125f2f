#include "core/base/json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <locale>
#include <sstream>

#include "core/base/file.h"
#include "core/base/json_last.h"
#include "core/base/json_tokens.h"

namespace maskwright {
namespace {

// Builds the document while it counts: nlohmann's own builder has no limits and keeps the last of two equal keys
// silently.
class Builder : public nlohmann::json_sax<Json> {
  public:
    // Without `doubled` a key that is there twice is refused.
    explicit Builder(const JsonLimits& limits, DoubledKeys* doubled) : limits_(&limits), doubled_(doubled) {
        if (doubled_ != nullptr) {
            *doubled_ = {};
        }
    }

    bool null() override { return add(Json(nullptr)); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(number_integer_t value) override { return add(Json(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(Json(value)); }
    // Also an integer of more than 64 bits, rounded.
    bool number_float(number_float_t value, const string_t&) override { return add(Json(value)); }
    bool string(string_t& value) override { return add(Json(std::move(value))); }
    bool binary(binary_t&) override { return fail("it holds binary data"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool key(string_t& value) override {
        if (!count()) {
            return false;
        }
        auto [place, added] = open_.back()->get_ref<Json::object_t&>().try_emplace(value, nullptr);
        if (!added && doubled_ == nullptr) {
            return fail(message("the key %1 is there twice", quoted(value, 60)));
        }
        if (!added && ++doubled_->count == 1) {
            doubled_->key = value;
            doubled_->where = here();
        }
        slot_ = &place->second;
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override {
        if (error.id == 406) {  // out_of_range.406: a number that overflows a double
            overflow = true;
            return false;
        }
        const std::string text = error.what();
        if (text.find("UTF-8") != std::string::npos) {
            return fail(message("the text is not UTF-8 at byte %1", position));
        }
        return fail(message("not valid JSON at byte %1", position));
    }

    Json root;
    Message problem;
    bool overflow = false;

  private:
    bool fail(Message what) {
        problem = std::move(what);
        return false;
    }
    bool count() {
        return ++elements_ <= limits_->elements || fail(message("it has more than %1 values", limits_->elements));
    }
    Json* place(Json value) {
        if (open_.empty()) {
            root = std::move(value);
            return &root;
        }
        if (open_.back()->is_array()) {
            auto& array = open_.back()->get_ref<Json::array_t&>();
            array.push_back(std::move(value));
            return &array.back();
        }
        *slot_ = std::move(value);
        return slot_;
    }
    bool add(Json value) {
        if (!count()) {
            return false;
        }
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (!count()) {
            return false;
        }
        if (open_.size() >= limits_->depth) {
            return fail(message("it is nested deeper than %1 levels", limits_->depth));
        }
        open_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    // The innermost open container: "annotations[3]"; empty for the root.
    [[nodiscard]] std::string here() const {
        std::string path;
        for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
            if (open_[i]->is_array()) {
                path += "[" + std::to_string(open_[i]->size() - 1) + "]";
                continue;
            }
            const auto& members = open_[i]->get_ref<const Json::object_t&>();
            const auto inner = std::find_if(members.begin(), members.end(),
                                            [&](const auto& member) { return &member.second == open_[i + 1]; });
            path += (path.empty() ? "" : ".") + (inner == members.end() ? std::string() : inner->first);
        }
        return path;
    }

    const JsonLimits* limits_;
    DoubledKeys* doubled_;
    // Pointers stay good: a container grows only at its open end, which is the last of these.
    std::vector<Json*> open_;
    Json* slot_ = nullptr;
    std::size_t elements_ = 0;
};

// With a byte order mark, or with every other byte of what is ASCII zero, as Windows' editors and PowerShell write it.
bool isUtf16(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    return text.size() >= 2 && ((byte(0) == 0xFF && byte(1) == 0xFE) || (byte(0) == 0xFE && byte(1) == 0xFF) ||
                                (byte(0) == 0) != (byte(1) == 0));
}

// The same text with the largest double where a number overflows one, at which nlohmann stops.
std::string withoutOverflow(std::string_view text) {
    static const std::string largest = Json(std::numeric_limits<double>::max()).dump();
    std::string out;
    std::size_t at = 0;
    for (auto token = nextJsonToken(text, at); token; token = nextJsonToken(text, at)) {
        out += text.substr(at, token->at - at);
        const std::string part(text.substr(token->at, token->length));
        double value = 0;
        bool fits = true;
        if (token->kind == JsonToken::Kind::number) {
            std::istringstream stream(part);
            stream.imbue(std::locale::classic());
            fits = static_cast<bool>(stream >> value);  // where it overflows, value is the largest
        }
        out += fits || value == 0 ? part : value < 0 ? "-" + largest : largest;
        at = token->end();
    }
    return out += text.substr(at);
}

// An empty text where Python wrote NaN or an infinity: what needs a number there refuses it. Whether there was one; no
// byte moves.
bool blankNonNumbers(std::string& text) {
    bool any = false;
    for (auto token = nextJsonToken(text, 0); token; token = nextJsonToken(text, token->end())) {
        if (token->kind == JsonToken::Kind::nonNumber) {
            text.replace(token->at, token->length, "\"\"" + std::string(token->length - 2, ' '));
            any = true;
        }
    }
    return any;
}

const Json& emptyObject() {
    static const Json object = Json::object();
    return object;
}

// Whether a whole number does not fit std::int64_t: an unsigned value of 2^63 or more would turn negative, and one
// beyond 64 bits came as a float.
bool isHuge(const Json& value) {
    return (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) ||
           (value.is_number_float() && std::abs(value.get<double>()) >= 0x1p63);
}

std::string shortNumber(double value) {
    std::string text = Json(value).dump();
    if (text.ends_with(".0")) {
        text.resize(text.size() - 2);
    }
    return text;
}

Result<Json> parse(std::string_view text, std::string_view name, ErrorKind kind, const JsonLimits& limits,
                   DoubledKeys* doubled) {
    const auto fail = [&](const Message& problem) {
        return Error{kind, message("%1: %2", name, problem), "check or replace that file"};
    };
    if (text.size() > limits.bytes) {
        return fail(message("too large: %1 bytes, the limit is %2", text.size(), limits.bytes));
    }
    if (isUtf16(text)) {
        return Error{kind, message("%1: %2", name, Message("the text is UTF-16, not UTF-8")), "save the file as UTF-8"};
    }
    // nlohmann takes a NUL for the end of the text, and whatever follows would go unseen.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        return fail(message("not valid JSON at byte %1", nul + 1));
    }
    Builder builder(limits, doubled);
    bool good = Json::sax_parse(text.begin(), text.end(), &builder);
    if (!good) {
        std::string finite(text);
        if (blankNonNumbers(finite) || builder.overflow) {
            finite = withoutOverflow(finite);
            builder = Builder(limits, doubled);
            good = Json::sax_parse(finite.begin(), finite.end(), &builder);
        }
    }
    if (!good) {
        return fail(builder.problem.empty() ? Message("not valid JSON") : builder.problem);
    }
    return std::move(builder.root);
}

}  // namespace

Result<Json> parseJson(std::string_view text, std::string_view name, ErrorKind kind, const JsonLimits& limits) {
    return parse(text, name, kind, limits, nullptr);
}

Result<Json> parseJsonLast(std::string_view text, std::string_view name, DoubledKeys& doubled, ErrorKind kind,
                           const JsonLimits& limits) {
    return parse(text, name, kind, limits, &doubled);
}

Result<Json> readJsonFile(const std::string& path, ErrorKind kind, const JsonLimits& limits) {
    auto text = readFile(path, limits.bytes, kind);
    if (!text) {
        return text.error();
    }
    return parseJson(*text, path, kind, limits);
}

JsonReader::JsonReader(const Json& object, std::string where, ErrorKind kind)
    : object_(&object), where_(std::move(where)), kind_(kind), problem_(std::make_shared<Message>()) {
    if (!object.is_object()) {
        fail("not a JSON object");
        object_ = &emptyObject();
    }
}

std::string JsonReader::member(std::string_view key) const { return path_ + std::string(key); }

void JsonReader::fail(const Message& problem) {
    if (problem_->empty()) {
        *problem_ = message("%1: %2", where_, problem);
    }
}

// A null counts as missing: the Hugging Face writers put it where nothing was chosen.
const Json* JsonReader::find(std::string_view key) {
    const auto at = object_->find(key);
    return at == object_->end() || at->is_null() ? nullptr : &*at;
}

bool JsonReader::has(std::string_view key) const {
    const auto at = object_->find(key);
    return at != object_->end() && !at->is_null();
}

std::int64_t JsonReader::integer(std::string_view key, std::int64_t fallback, std::int64_t low, std::int64_t high) {
    const Json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    const bool huge = isHuge(*value);
    if (!value->is_number_integer() && !huge) {
        fail(message("%1 is not a whole number", member(key)));
        return fallback;
    }
    const std::int64_t number = huge ? 0 : value->get<std::int64_t>();
    if (huge || number < low || number > high) {
        fail(message("%1 is %2, not between %3 and %4", member(key), value->dump(), low, high));
        return fallback;
    }
    return number;
}

double JsonReader::number(std::string_view key, double fallback, double low, double high) {
    const Json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_number()) {
        fail(message("%1 is not a number", member(key)));
        return fallback;
    }
    const auto number = value->get<double>();
    if (!(number >= low && number <= high)) {
        fail(message("%1 is %2, not between %3 and %4", member(key), value->dump(), shortNumber(low),
                     shortNumber(high)));
        return fallback;
    }
    return number;
}

bool JsonReader::boolean(std::string_view key, bool fallback) {
    const Json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_boolean()) {
        fail(message("%1 is neither true nor false", member(key)));
        return fallback;
    }
    return value->get<bool>();
}

std::string JsonReader::string(std::string_view key, const std::string& fallback) {
    const Json* value = find(key);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_string()) {
        fail(message("%1 is not a text", member(key)));
        return fallback;
    }
    return value->get<std::string>();
}

std::vector<std::int64_t> JsonReader::integers(std::string_view key, std::vector<std::int64_t> fallback,
                                               std::int64_t low, std::int64_t high, std::size_t maxCount) {
    const Json* value = find(key);
    if (value == nullptr) {
        for (const std::int64_t entry : fallback) {  // a default may depend on other members, as layers on their number
            if (entry < low || entry > high) {
                fail(message("%1 is missing, and its default holds %2, not between %3 and %4", member(key), entry, low,
                             high));
                break;
            }
        }
        return fallback;
    }
    if (!value->is_array()) {
        fail(message("%1 is not a list of whole numbers", member(key)));
        return fallback;
    }
    if (value->size() > maxCount) {
        fail(message("%1 has %2 entries, at most %3 are allowed", member(key), value->size(), maxCount));
        return fallback;
    }
    std::vector<std::int64_t> numbers;
    for (const Json& entry : *value) {
        const bool huge = isHuge(entry);
        if (!entry.is_number_integer() && !huge) {
            fail(message("%1 is not a list of whole numbers", member(key)));
            return fallback;
        }
        if (huge || entry.get<std::int64_t>() < low || entry.get<std::int64_t>() > high) {
            fail(message("%1 holds %2, not between %3 and %4", member(key), entry.dump(), low, high));
            return fallback;
        }
        numbers.push_back(entry.get<std::int64_t>());
    }
    return numbers;
}

JsonReader JsonReader::object(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && !value->is_object()) {
        fail(message("%1 is not a JSON object", member(key)));
        value = nullptr;
    }
    JsonReader nested(*this);
    nested.object_ = value != nullptr ? value : &emptyObject();
    nested.path_ = member(key) + ".";
    return nested;
}

void JsonReader::require(std::string_view key) {
    if (!has(key)) {
        fail(message("%1 is missing", member(key)));
    }
}

Result<void> JsonReader::status() const {
    if (problem_->empty()) {
        return {};
    }
    return Error{kind_, *problem_, "check or replace that file"};
}

}  // namespace maskwright
