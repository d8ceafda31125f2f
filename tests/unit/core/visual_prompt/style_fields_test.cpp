#include "core/visual_prompt/style_fields.h"

#include <gtest/gtest.h>

#include <set>

namespace maskwright::visual_prompt {
namespace {

TEST(StyleFields, ReadWhatTheyWrite) {
    std::set<std::string> names;
    for (const StyleField& field : styleFields()) {
        EXPECT_TRUE(names.insert(field.name).second) << field.name << " is there twice";
        EXPECT_FALSE(field.values.empty()) << field.name;
        EXPECT_FALSE(field.takes.empty()) << field.name;
        Style style;
        const std::string usual = field.write(style);
        EXPECT_TRUE(field.read(style, usual)) << field.name << "=" << usual;
        EXPECT_EQ(style, Style{}) << field.name;
        EXPECT_FALSE(field.read(style, "")) << field.name;
        EXPECT_FALSE(field.read(style, usual + " ")) << field.name;
        EXPECT_EQ(style, Style{}) << field.name << " changed what it could not read";
    }
}

// Both ends of a range belong to it, a step further does not.
TEST(StyleFields, NumbersKeepToTheirRange) {
    int numbers = 0;
    for (const StyleField& field : styleFields()) {
        const Range& range = field.range;
        const auto valid = [&](double value) {
            Style style;
            if (const auto* member = std::get_if<double Style::*>(&field.number)) {
                style.*(*member) = value;
            } else if (const auto* whole = std::get_if<int Style::*>(&field.number)) {
                style.tokenMasking = TokenMasking::clsOnly;  // reads maskFromLayer
                style.*(*whole) = static_cast<int>(value);
            }
            return validate(style).ok();
        };
        if (std::holds_alternative<std::monostate>(field.number)) {
            continue;
        }
        ++numbers;
        EXPECT_GT(range.step, 0) << field.name;
        EXPECT_TRUE(valid(range.low)) << field.name;
        EXPECT_TRUE(valid(range.low + range.step)) << field.name;
        EXPECT_TRUE(valid(range.high)) << field.name;
        EXPECT_FALSE(valid(range.low - range.step)) << field.name;
        EXPECT_FALSE(valid(range.high + range.step)) << field.name;
    }
    EXPECT_EQ(numbers, 10);
}

TEST(RangeOf, FindsTheNumber) {
    EXPECT_EQ(rangeOf(&Style::context).high, 2);
    EXPECT_EQ(rangeOf(&Style::shift).low, -1);
    EXPECT_EQ(rangeOf(&Style::size).step, 16);
    EXPECT_EQ(rangeOf(&Style::maskFromLayer).high, 47);
}

TEST(StyleFields, SayTheirValuesInWords) {
    const auto takes = [](const std::string& name) {
        for (const StyleField& field : styleFields()) {
            if (field.name == name) {
                return field.takes.text();
            }
        }
        return std::string();
    };
    EXPECT_EQ(takes("crop"), "on or off");
    EXPECT_EQ(takes("tint"), "none, outline, colour, grayscale or rectangle");
    EXPECT_EQ(takes("markwidth"), "0..64, 0 being the usual width");
    EXPECT_EQ(takes("size"), "16..1024, a multiple of 16");
    EXPECT_EQ(takes("tokens"), "none, all, from:K, cls or cls:K with K 0..47");
    EXPECT_EQ(takes("objectshift"), "-1..1");
}

}  // namespace
}  // namespace maskwright::visual_prompt
