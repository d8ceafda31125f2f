// What is said of a vocabulary's size that does not fit its phrases.
#include "core/train/pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Pieces : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("maskwright-pieces-" + std::to_string(getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    // Empty where the vocabulary was made.
    [[nodiscard]] std::string errorOf(const std::vector<std::string>& lines, std::int64_t count) const {
        const auto made = trainPieces(lines, count, (folder_ / "tokenizer.model").string());
        EXPECT_EQ(made.ok(), fs::exists(folder_ / "tokenizer.model"));
        return made ? "" : made.error().line();
    }
    fs::path folder_;
};

TEST_F(Pieces, TooManyOrTooFewAreToldWithTheNumber) {
    // 256 bytes, three marks and a piece for each character at least.
    const std::vector<std::string> lines = {"a red cup", "red cups", "a blue cup", "blue cats", "a black cat"};
    const std::string many = errorOf(lines, 5000);
    EXPECT_THAT(many, HasSubstr("the phrases give a vocabulary of at most "));
    EXPECT_THAT(many, HasSubstr(" pieces, not 5000; set tokenizer.pieces lower"));
    EXPECT_THAT(many, Not(HasSubstr(".cc")));
    const std::string few = errorOf(lines, 262);
    EXPECT_THAT(few, HasSubstr("take a vocabulary of at least "));
    EXPECT_THAT(few, HasSubstr(" pieces, not 262; set tokenizer.pieces higher"));
    EXPECT_THAT(errorOf({}, 300), HasSubstr("has no lines"));
}

}  // namespace
}  // namespace maskwright::train
