#include "core/data/formats/coco_names.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <tuple>

#include "core/data/formats/coco_values.h"
#include "core/text/unicode.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

std::string_view lastOf(std::string_view name) { return name.substr(name.find_last_of("/\\") + 1); }

bool isPlain(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether two names of files may be alike: most are told apart without a look at their letters.
bool areAlike(std::string_view a, std::string_view b) {
    if (isPlain(a) != isPlain(b) || (isPlain(a) && a.size() != b.size())) {
        return false;
    }
    return a == b || alikeKey(a) == alikeKey(b);
}

Agreement between(const std::string& name, const std::string& path) {
    if (!areAlike(lastOf(name), lastOf(path))) {
        return {};
    }
    const std::vector<std::string> own = partsOf(name), there = partsOf(path);
    Agreement found{0, false, true};
    for (; found.parts < std::min(own.size(), there.size()); ++found.parts) {
        const std::string &one = own[own.size() - 1 - found.parts], &other = there[there.size() - 1 - found.parts];
        if (!areAlike(one, other)) {
            break;
        }
        found.exactly = found.exactly && one == other;
    }
    found.whole = found.parts == own.size();
    return found;
}

std::string absolute(const std::string& path) {
    std::error_code failed;
    const fs::path whole = fs::absolute(path, failed).lexically_normal();
    return failed ? path : whole.string();
}

}  // namespace

std::vector<std::string> partsOf(std::string_view name) {
    std::vector<std::string> parts(1);
    for (const char c : name) {
        if (c == '/' || c == '\\') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    std::erase_if(parts, [](const std::string& part) { return part.empty() || part == "." || part == ".."; });
    return parts;
}

std::string decodedName(const std::string& name) {
    // An address ends before its query (RFC 3986, section 3); "%20" is a space (section 2.1).
    const std::size_t end = name.find("://") == std::string::npos ? name.size() : name.find_first_of("?#");
    std::string plain;
    for (std::size_t at = 0; at < std::min(end, name.size()); ++at) {
        unsigned value = 0;
        const char* digits = name.data() + at + 1;
        if (name[at] == '%' && at + 2 < name.size() && std::isxdigit(static_cast<unsigned char>(*digits)) != 0 &&
            std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2 && value != 0) {
            plain += static_cast<char>(value);
            at += 2;
        } else {
            plain += name[at];
        }
    }
    return plain;
}

std::string alikeKey(std::string_view name) {
    return text::encodeUtf8(text::nfc(text::lowerCase(text::nfc(text::decodeUtf8(name)))));
}

Agreement agreement(const std::string& name, const std::string& path) {
    const Agreement found = between(name, path);
    if (found.parts > 0 || (name.find('%') == std::string::npos && name.find("://") == std::string::npos)) {
        return found;
    }
    return between(decodedName(name), path);
}

Result<std::vector<std::size_t>> entriesOf(const Json& images, const std::string& path, const std::string& file) {
    const std::string whole = absolute(path);
    std::vector<std::size_t> entries;
    const std::string* name = nullptr;  // theirs
    Agreement best;
    bool several = false;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const Json* own = images[i].is_object() ? member(images[i], "file_name") : nullptr;
        if (own == nullptr || !own->is_string()) {
            continue;
        }
        const auto& text = own->get_ref<const std::string&>();
        const Agreement found = agreement(text, whole);
        const auto rank = [](const Agreement& one) { return std::tuple(one.whole, one.exactly, one.parts); };
        if (found.parts == 0 || rank(found) < rank(best)) {
            continue;
        }
        if (rank(found) > rank(best)) {
            best = found;
            name = &text;
            entries.clear();
            several = false;
        }
        several = several || *name != text;
        entries.push_back(i);
    }
    if (several) {
        return Error{ErrorKind::input,
                     message("%1 lists several pictures called %2, and their folders are none of this one's",
                             quoted(file), quoted(fs::path(path).filename().string())),
                     "open the picture in the folder that the file has for it"};
    }
    return entries;
}

}  // namespace maskwright::data
