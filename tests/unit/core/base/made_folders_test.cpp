#include "core/base/made_folders.h"

#include <gtest/gtest.h>

namespace maskwright {
namespace {

TEST(MadeFolders, WhyOneIsNotMadeIsTheSystemsReason) {
    // The kernel's own tree takes no folders, from nobody.
    if (!std::filesystem::is_directory("/sys/kernel")) {
        GTEST_SKIP() << "no /sys here";
    }
    MadeFolders folders;
    const auto made = folders.make("/sys/kernel/maskwright/masks");
    ASSERT_FALSE(made);
    const std::string said = made.error().what.text();
    EXPECT_NE(said.find("cannot be made"), std::string::npos) << said;
    EXPECT_EQ(said.find("No such file"), std::string::npos) << said;
}

}  // namespace
}  // namespace maskwright
