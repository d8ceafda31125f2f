#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "core/session/engine.h"
#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

class Models : public testing::Test {
  protected:
    void SetUp() override {
        test::copyModel(place, "plain");
        setenv("MASKWRIGHT_MODELS", (":/no/such/folder:" + place.path().string()).c_str(), 1);
    }
    void TearDown() override { unsetenv("MASKWRIGHT_MODELS"); }
    test::TemporaryFolder place;
};

TEST_F(Models, NamesAreFoundInTheFoldersGiven) {
    const auto found = findModel("plain");
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(*found, (place.path() / "plain").string());
    const std::vector<std::string> names = builtInModels();
    EXPECT_NE(std::find(names.begin(), names.end(), "plain"), names.end());
}

TEST_F(Models, FoldersAreTakenAsTheyAre) {
    const std::string folder = (place.path() / "plain").string();
    EXPECT_EQ(*findModel(folder), folder);
}

TEST_F(Models, UnknownNamesListTheKnown) {
    const auto found = findModel("no-such-model");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().kind, ErrorKind::weights);
    EXPECT_NE(found.error().line().find("plain"), std::string::npos) << found.error().line();
    EXPECT_EQ(findModel("/no/such/folder").error().kind, ErrorKind::weights);
    EXPECT_EQ(findModel("").error().kind, ErrorKind::usage);
}

TEST_F(Models, TokenizeNeedsNoWeights) {
    std::filesystem::resize_file(place.path() / "plain" / "model.safetensors", 0);
    const auto tokens = tokenize("plain", "a cat");
    ASSERT_TRUE(tokens.ok()) << tokens.error().line();
    EXPECT_EQ(tokens->ids, (std::vector<std::int64_t>{812, 320, 658, 813}));
}

}  // namespace
}  // namespace maskwright::session
