#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "core/image/resize.h"
#include "core/visual_prompt/engineer.h"
#include "tests/support/paths.h"

namespace maskwright::visual_prompt {
namespace {

// Picture and masks of tests/reference/make_visual_prompt_fixtures.py.
Planar picture(int width, int height) {
    Image image(width, height);
    std::uint32_t state = static_cast<std::uint32_t>(width) * 7919u + static_cast<std::uint32_t>(height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < 3; ++c) {
                state = state * 1664525u + 1013904223u;
                image.at(x, y)[c] =
                    static_cast<std::uint8_t>((static_cast<int>(state >> 26) + 4 * x + 5 * y + 20 * c) % 256);
            }
        }
    }
    return normalize(image, kImageNetMean, kImageNetStd);
}

Mask mask(int width, int height, const std::string& name) {
    Mask m(width, height);
    const auto fill = [&m](int x0, int x1, int y0, int y1) {
        for (int y = y0; y < y1; ++y) {
            for (int x = x0; x < x1; ++x) {
                m.at(x, y) = 255;
            }
        }
    };
    if (name == "box") {
        fill(width / 3, 2 * width / 3, height / 4, height / 2 + 1);
    } else if (name == "corner") {
        fill(width - 4, width, height - 3, height);
    } else if (name == "pixel") {
        fill(width / 2, width / 2 + 1, height / 3, height / 3 + 1);
    } else if (name == "two") {
        fill(1, 4, 1, 3);
        fill(width - 6, width - 3, height - 4, height - 2);
    } else if (name == "all") {
        fill(0, width, 0, height);
    }
    return m;
}

Style style(const std::string& text) {
    const auto parsed = parseStyle(text);
    EXPECT_TRUE(parsed) << text << ": " << parsed.error().line();
    return *parsed;
}

TEST(EngineerAsReference, GivesTheReferencesNumbers) {
    const std::string folder = test::sourcePath("tests/unit/core/visual_prompt/fixtures/");
    std::ifstream cases(folder + "cases.txt"), answers(folder + "cases.bin", std::ios::binary);
    int width = 0, height = 0, outWidth = 0, outHeight = 0, count = 0;
    std::string region, text;
    while (cases >> width >> height >> region >> outWidth >> outHeight >> text) {
        SCOPED_TRACE(std::to_string(width) + "x" + std::to_string(height) + " " + region + " " + text);
        std::vector<float> expected(static_cast<std::size_t>(outWidth) * static_cast<std::size_t>(outHeight) * 3);
        answers.read(reinterpret_cast<char*>(expected.data()),
                     static_cast<std::streamsize>(expected.size() * sizeof(float)));
        ASSERT_TRUE(answers);
        const auto out = engineerAsReference(picture(width, height), mask(width, height, region), style(text));
        ASSERT_TRUE(out) << out.error().line();
        ASSERT_EQ(out->width, outWidth);
        ASSERT_EQ(out->height, outHeight);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            ASSERT_NEAR(out->values[i], expected[i], 1e-5) << i;
        }
        ++count;
    }
    EXPECT_EQ(count, 32);
}

TEST(EngineerAsReference, RefusesWhatTheReferenceCannotDo) {
    const Planar p = picture(20, 14);
    const auto wrongSize = engineerAsReference(p, mask(14, 20, "box"), {});
    ASSERT_FALSE(wrongSize);
    EXPECT_EQ(wrongSize.error().kind, ErrorKind::input);
    EXPECT_EQ(engineerAsReference(p, mask(20, 14, "box"), style("ground=black")).error().kind, ErrorKind::usage);
    EXPECT_EQ(engineerAsReference(p, mask(20, 14, "box"), style("tint=outline")).error().kind, ErrorKind::usage);
    EXPECT_EQ(engineerAsReference({}, {}, {}).error().kind, ErrorKind::input);
}

// On a wide picture the reference's end of x can lie left of its begin, where Python's slice is empty or counts from
// the end.
TEST(EngineerAsReference, SlicesAsPythonDoes) {
    Mask m(40, 4);
    m.at(2, 1) = 255;
    // x: 2 to 4 - 37 = -33, the seventh column; y: 1 to 40 - 2, all that is left: 5x3, one row of zeros above and
    // below.
    const Planar wide = picture(40, 4);
    const auto out = engineerAsReference(wide, m, style("crop_small,context=0,size=80"));
    ASSERT_TRUE(out) << out.error().line();
    EXPECT_EQ(out->values[40 * 80 + 8], wide.values[2 * 40 + 2]);
    EXPECT_EQ(out->values[40 * 80 + 79], wide.values[2 * 40 + 6]);
    EXPECT_EQ(out->values[8], 0);
    // x: 5 to 4 - 3 = 1, nothing: the answer is the padding.
    Mask n(9, 4);
    n.at(5, 0) = 255;
    const auto nothing = engineerAsReference(picture(9, 4), n, style("crop_small,context=0,size=16"));
    ASSERT_TRUE(nothing) << nothing.error().line();
    EXPECT_TRUE(std::all_of(nothing->values.begin(), nothing->values.end(), [](float v) { return v == 0; }));
}

TEST(EngineerAsReference, LeavesItsInputAlone) {
    const Planar before = picture(16, 16);
    const auto out = engineerAsReference(before, mask(16, 16, "box"), style("overlay,brightness=0.5"));
    ASSERT_TRUE(out);
    EXPECT_EQ(before.values, picture(16, 16).values);
}

TEST(TokenMask, TakesTheNearestPixel) {
    Mask m(8, 4);
    m.at(4, 2) = 255;  // columns 0, 4 and rows 0, 2 are looked at
    EXPECT_EQ(tokenMask(m, 2), (std::vector<float>{0, 0, 0, 1}));
    EXPECT_TRUE(tokenMask({}, 2).empty());
}

}  // namespace
}  // namespace maskwright::visual_prompt
