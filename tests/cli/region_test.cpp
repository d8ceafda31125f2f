// What --region means: masks of labels, and which of them is meant.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

// The program's picture with a grey mask of labels: 1 in one rectangle, 200 in another.
class Region : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        Heatmap labels(96, 64);
        fill(labels, one_, 1);
        fill(labels, two_, 200);
        ASSERT_TRUE(image_io::writeProbability(path("labels.png"), labels).ok());
    }
    static void fill(Heatmap& map, const Box& box, int value) {
        for (int y = box.y; y < box.y + box.height; ++y) {
            for (int x = box.x; x < box.x + box.width; ++x) {
                map.at(x, y) = static_cast<float>(value) / 255;
            }
        }
    }
    static std::string text(const Box& b) {
        return std::to_string(b.x) + "," + std::to_string(b.y) + "," + std::to_string(b.width) + "," +
               std::to_string(b.height);
    }
    // The engineered picture's bytes for a region.
    [[nodiscard]] std::string shown(std::vector<std::string> region) const {
        region.insert(region.begin(), {"prompt", picture, "--style", "size=64", "-o", path("shown.png")});
        const Outcome outcome = run(region);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        EXPECT_EQ(outcome.err, "");
        const auto image = image_io::read(path("shown.png"));
        return image ? std::string(image->image.pixels.begin(), image->image.pixels.end()) : "";
    }
    const Box one_{10, 8, 20, 16}, two_{50, 30, 30, 20};
};

TEST_F(Region, LabelsAreChosenByNumber) {
    const std::string mask = path("labels.png");
    EXPECT_EQ(shown({"--region", mask, "--region-label", "1"}), shown({"--region", text(one_)}));
    EXPECT_EQ(shown({"--region", mask, "--region-label", "200"}), shown({"--region", text(two_)}));
    Mask all(96, 64);
    for (const Box& box : {one_, two_}) {
        for (int y = box.y; y < box.y + box.height; ++y) {
            for (int x = box.x; x < box.x + box.width; ++x) {
                all.at(x, y) = 255;
            }
        }
    }
    ASSERT_TRUE(image_io::writeMask(path("all.png"), all).ok());
    EXPECT_EQ(shown({"--region", mask}), shown({"--region", path("all.png")}));
}

TEST_F(Region, EveryCommandTakesTheLabel) {
    const std::string mask = path("labels.png");
    const std::vector<std::string> base = {"segment", picture, "--model", model, "--style", "size=64", "--json"};
    const auto presence = [&](std::vector<std::string> more) {
        more.insert(more.begin(), base.begin(), base.end());
        const Outcome outcome = run(more);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome.json().at(0)["presence"];
    };
    EXPECT_EQ(presence({"--region", mask, "--region-label", "200"}), presence({"--region", text(two_)}));
    EXPECT_EQ(presence({"--phrase", "cat", "--negative-region", mask, "--negative-region-label", "1"}),
              presence({"--phrase", "cat", "--negative-region", text(one_)}));
    EXPECT_EQ(run({"embed", "--image", picture, "--region", mask, "--region-label", "1", "--style", "size=64",
                   "--model", model, "-o", path("e.npy")})
                  .code,
              0);
}

TEST_F(Region, WhatCannotBeChosenIsRefused) {
    const std::string mask = path("labels.png");
    const std::vector<std::string> out = {"-o", path("x.png")};
    const auto prompt = [&](std::vector<std::string> region) {
        region.insert(region.begin(), {"prompt", picture, "-o", path("x.png")});
        return region;
    };
    expectError(prompt({"--region", mask, "--region-label", "7"}), 3, "its labels are 1, 200");
    expectError(prompt({"--region", "1,1,9,9", "--region-label", "1"}), 2, "a box");
    expectError(prompt({"--region", mask, "--region-label", "0"}), 2, "--region-label");
    expectError({"segment", picture, "--phrase", "cat", "--region-label", "1", "--model", model, "--json"}, 2,
                "give --region with");
    expectError({"segment", picture, "--phrase", "cat", "--negative-region-label", "1", "--model", model, "--json"}, 2,
                "give --negative-region with");
    expectError({"embed", "--image", picture, "--region-label", "1", "--model", model, "-o", path("e.npy")}, 2,
                "give --region with");
    ASSERT_TRUE(image_io::writeMask(path("black.png"), Mask(96, 64)).ok());
    expectError(prompt({"--region", path("black.png")}), 3, "all its pixels are black");
}

TEST_F(Region, AFolderIsNamedAsOne) {
    for (const char* name : {"masks", "2024", "1,1,9"}) {
        fs::create_directory(path(name));
        expectError({"prompt", picture, "--region", path(name), "-o", path("x.png")}, 3, "is a folder");
    }
    expectError({"prompt", picture, "--region", ".", "-o", path("x.png")}, 3, "is a folder");
}

TEST_F(Region, MessagesNameThePicture) {
    expectError({"prompt", picture, "--region", "900,900,10,10", "-o", path("x.png")}, 3, picture);
    ASSERT_TRUE(image_io::writeMask(path("small.png"), Mask(9, 9)).ok());
    expectError({"prompt", picture, "--region", path("small.png"), "-o", path("x.png")}, 3, picture);
}

}  // namespace
}  // namespace maskwright::test
