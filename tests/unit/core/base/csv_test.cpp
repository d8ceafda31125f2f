#include "core/base/csv.h"

#include <gtest/gtest.h>

namespace maskwright {
namespace {

TEST(Csv, ACellIsQuotedWhereItMust) {
    EXPECT_EQ(csvCell(""), "");
    EXPECT_EQ(csvCell("a cat; \xea\xb3\xa0\xec\x96\x91\xec\x9d\xb4"), "a cat; \xea\xb3\xa0\xec\x96\x91\xec\x9d\xb4");
    EXPECT_EQ(csvCell("cat, dog"), "\"cat, dog\"");
    EXPECT_EQ(csvCell("the \"left\" one"), "\"the \"\"left\"\" one\"");
    EXPECT_EQ(csvCell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csvCell("\r"), "\"\r\"");
}

}  // namespace
}  // namespace maskwright
