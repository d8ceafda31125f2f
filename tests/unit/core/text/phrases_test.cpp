#include "core/text/phrases.h"

#include <gtest/gtest.h>

namespace maskwright::text {
namespace {

TEST(Phrases, TemplatesAreClipsegs) {
    EXPECT_EQ(promptTemplates(Prompt::plain).size(), 1u);
    EXPECT_EQ(promptTemplates(Prompt::plain)[0], "{}");
    EXPECT_EQ(promptTemplates(Prompt::fixed)[0], "a photo of a {}.");
    EXPECT_EQ(promptTemplates(Prompt::shuffle).size(), 4u);
    EXPECT_EQ(promptTemplates(Prompt::shuffle)[3], "{}.");
    ASSERT_EQ(promptTemplates(Prompt::shufflePlus).size(), 9u);
    EXPECT_EQ(promptTemplates(Prompt::shufflePlus)[1], "a photograph of a {}.");
    EXPECT_EQ(promptTemplates(Prompt::shufflePlus)[8], "a photo of the {}.");
}

TEST(Phrases, NamesGoBothWays) {
    for (const char* name : {"plain", "fixed", "shuffle", "shuffle+"}) {
        const auto prompt = promptNamed(name);
        ASSERT_TRUE(prompt.has_value()) << name;
        EXPECT_EQ(promptName(*prompt), name);
    }
    EXPECT_FALSE(promptNamed("").has_value());
    EXPECT_FALSE(promptNamed("Plain").has_value());
}

TEST(Phrases, EveryHoleIsFilledOnce) {
    EXPECT_EQ(applyTemplate("a photo of a {}.", "cat"), "a photo of a cat.");
    EXPECT_EQ(applyTemplate("{} and {}", "x"), "x and x");
    EXPECT_EQ(applyTemplate("{}", "a {} b"), "a {} b");
    EXPECT_EQ(applyTemplate("nothing", "cat"), "nothing");
    EXPECT_EQ(applyTemplate("{", "cat"), "{");
    EXPECT_EQ(applyTemplate("", "cat"), "");
}

}  // namespace
}  // namespace maskwright::text
