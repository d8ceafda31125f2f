#include "core/visual_prompt/style.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace maskwright::visual_prompt {
namespace {

TEST(Presets, HaveTheReferencesNames) {
    std::set<std::string> names;
    for (const Preset& preset : presets()) {
        EXPECT_TRUE(names.insert(preset.name).second) << preset.name << " is there twice";
        EXPECT_FALSE(preset.title.empty());
        EXPECT_TRUE(validate(preset.style)) << preset.name;
        const auto parsed = parseStyle(preset.name);
        ASSERT_TRUE(parsed) << preset.name;
        EXPECT_EQ(*parsed, preset.style);
    }
    for (const char* name : {"overlay", "highlight", "highlight2", "blur_highlight", "blur3_highlight",
                             "blur3_highlight01", "crop", "crop_blur_highlight", "crop_blur_highlight352", "shape",
                             "image_only", "image_black", "outline", "colorize", "grayscale", "rect", "separate"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
    EXPECT_EQ(presets().front().style, Style{});
}

TEST(ParseStyle, ReadsKeysOverAPresetOrTheDefault) {
    const auto style = parseStyle("blur=0,size=224,tint=outline,crop=off,context=0.25,background=1");
    ASSERT_TRUE(style) << style.error().line();
    EXPECT_EQ(style->blurSigma, 0);
    EXPECT_EQ(style->size, 224);
    EXPECT_EQ(style->tint, Tint::outline);
    EXPECT_FALSE(style->crop);
    EXPECT_EQ(style->context, 0.25);
    EXPECT_EQ(style->backgroundFactor, 1);
    const auto over = parseStyle("crop,blur=2");
    ASSERT_TRUE(over);
    EXPECT_EQ(over->blurSigma, 2);
    EXPECT_EQ(over->size, 224);
    EXPECT_EQ(*parseStyle("text_and_crop_blur_highlight352"), Style{});
    EXPECT_EQ(parseStyle("tokens=cls:11")->tokenMasking, TokenMasking::clsOnly);
    EXPECT_EQ(parseStyle("tokens=from:9")->maskFromLayer, 9);
    EXPECT_EQ(parseStyle("tokens=all")->tokenMasking, TokenMasking::allLayers);
}

TEST(ParseStyle, SaysWhatIsWrong) {
    for (const auto& [text, named] : {std::pair{"", "crop_blur_highlight352"},
                                      {"nonsense", "crop_blur_highlight352"},
                                      {"concat", "shape"},
                                      {"blurr=1", "blur (0..20)"},
                                      {"blur", "blur_highlight"},
                                      {"blur=", "0..20"},
                                      {"blur=x", "0..20"},
                                      {"blur=21", "0..20"},
                                      {"blur=-1", "0..20"},
                                      {"blur=nan", "0..20"},
                                      {"blur=inf", "0..20"},
                                      {"blur=1 ", "0..20"},
                                      {"blur=1,", "context (0..2)"},
                                      {"size=100", "multiple of 16"},
                                      {"size=0", "16..1024"},
                                      {"size=2048", "16..1024"},
                                      {"size=99999999999999999999", "16..1024"},
                                      {"crop=maybe", "on or off"},
                                      {"tint=blue", "outline"},
                                      {"markwidth=65", "0..64"},
                                      {"markwidth=1.5", "0..64"},
                                      {"markcolour=red", "RRGGBB"},
                                      {"markcolour=#ff00", "RRGGBB"},
                                      {"markcolour=ff00001", "RRGGBB"},
                                      {"tokens=from", "from:K"},
                                      {"tokens=cls:99", "0..47"},
                                      {"tokens=all:1", "all"},
                                      {"crop,overlay", "key=value"},
                                      {"blur_highlight_random,seed=x", "seed=0"}}) {
        const auto style = parseStyle(text);
        ASSERT_FALSE(style) << text;
        EXPECT_EQ(style.error().kind, ErrorKind::usage);
        EXPECT_NE(style.error().advice.text().find(named), std::string::npos) << text << ": " << style.error().line();
    }
}

TEST(StyleText, IsReadBack) {
    EXPECT_EQ(styleText({}), "crop_blur_highlight352");
    for (const char* text : {"overlay", "blur=1.25,background=0.333", "tokens=cls:3", "tokens=from:0",
                             "crop_large,context=2", "tint=outline,markwidth=9,markcolour=00a0ff",
                             "ground=black,tint=rectangle,brightness=0.1,object=1.5,objectshift=-0.25,shift=0.5",
                             "content=shape,size=16", "blur_highlight_random,seed=5"}) {
        const auto style = parseStyle(text);
        ASSERT_TRUE(style) << text;
        const auto again = parseStyle(styleText(*style));
        ASSERT_TRUE(again) << styleText(*style);
        EXPECT_EQ(*again, *style) << text;
    }
}

// A window's style can hold a block from before its masking was taken back.
TEST(StyleText, IsReadBackWhereNoMaskingReadsTheBlock) {
    for (const TokenMasking masking : {TokenMasking::none, TokenMasking::allLayers}) {
        Style style = *parseStyle("crop=off,blur=7");
        style.tokenMasking = masking;
        style.maskFromLayer = 5;
        const auto again = parseStyle(styleText(style));
        ASSERT_TRUE(again) << styleText(style);
        EXPECT_EQ(*again, style) << styleText(style);
    }
    Style preset = presets().front().style;
    preset.maskFromLayer = 5;
    EXPECT_EQ(styleText(preset), presets().front().name);
}

TEST(Style, ComparesWhatCounts) {
    const Style from3 = *parseStyle("tokens=from:3"), from4 = *parseStyle("tokens=from:4");
    EXPECT_NE(from3, from4);
    EXPECT_TRUE(from3.masksFromLayer());
    EXPECT_NE(from3, *parseStyle("tokens=cls:3"));
    EXPECT_NE(*parseStyle("markcolour=ff0001"), Style{});
    EXPECT_NE(*parseStyle("shift=0.1"), Style{});
    Style zero;
    zero.shift = -0.0;
    EXPECT_EQ(zero, Style{});
}

TEST(Validate, NamesTheRange) {
    Style style;
    style.size = 17;
    EXPECT_EQ(validate(style).error().kind, ErrorKind::usage);
    style = {};
    style.blurSigma = std::numeric_limits<double>::quiet_NaN();
    EXPECT_NE(validate(style).error().advice.text().find("0..20"), std::string::npos);
}

TEST(Validate, RefusesWhatNoEnumHolds) {
    const auto refused = [](auto Style::*member, int value, const std::string& key) {
        Style style;
        style.*member = static_cast<std::remove_reference_t<decltype(style.*member)>>(value);
        const auto result = validate(style);
        ASSERT_FALSE(result) << key;
        EXPECT_EQ(result.error().kind, ErrorKind::usage);
        EXPECT_EQ(result.error().what.text(), "the style's " + key + " is " + std::to_string(value));
    };
    refused(&Style::tint, 9, "tint");
    refused(&Style::content, 3, "content");
    refused(&Style::ground, -1, "ground");
    refused(&Style::tokenMasking, 4, "tokens");
}

TEST(RandomBlurHighlight, StaysInTheReferencesRange) {
    std::set<double> sigmas;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Style style = randomBlurHighlight(seed);
        sigmas.insert(style.blurSigma);
        EXPECT_GE(style.backgroundFactor, 0.1);
        EXPECT_LT(style.backgroundFactor, 0.9);
        EXPECT_EQ(style.shift, -0.01);
        EXPECT_FALSE(style.crop);
    }
    EXPECT_EQ(sigmas, (std::set<double>{0, 1, 2}));
    EXPECT_EQ(randomBlurHighlight(3), randomBlurHighlight(3));
}

}  // namespace
}  // namespace maskwright::visual_prompt
