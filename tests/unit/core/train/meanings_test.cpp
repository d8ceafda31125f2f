// Which of a trunk's names a phrase means, on a dozen categories and a WordNet of six nouns.
#include "core/train/meanings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

// animal(0) > dog(1) > husky(2), animal > cat(3), vehicle(4) > car(5) > taxi(6), person(7), sky(8)
data::DataSet things() {
    data::DataSet set;
    const auto add = [&](const char* name, const char* synset, std::vector<std::string> more,
                         std::vector<std::size_t> ancestors) {
        data::Category category;
        category.name = name;
        category.names = {name};
        category.names.insert(category.names.end(), more.begin(), more.end());
        category.synset = synset;
        category.ancestors = std::move(ancestors);
        set.categories.push_back(category);
    };
    add("animal", "n00000010", {}, {});
    add("dog", "n00000011", {}, {0});
    add("husky", "n00000012", {}, {0, 1});
    add("cat", "n00000013", {"true cat"}, {0});
    add("vehicle", "n00000014", {}, {});
    add("car", "n00000015", {}, {4});
    add("taxi", "n00000016", {"cab"}, {4, 5});
    add("person", "n00000017", {}, {});
    add("sky", "", {}, {});
    return set;
}

class MeaningOf : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("maskwright-wordnet-" + std::to_string(getpid()));
        fs::create_directories(folder_);
        std::ofstream(folder_ / "index.noun") << "  1 a licence\n"
                                              << "night_watchman n 1 1 @ 1 0 00000020\n"
                                              << "watchman n 2 1 @ 2 0 00000021 00000013\n"
                                              << "freedom n 1 0 1 0 00000022\n"
                                              << "kitty n 3 1 @ 3 0 00000022 00000023 00000017\n"
                                              << "soul n 2 1 @ 2 0 00000022 00000017\n";
        std::ofstream(folder_ / "data.noun")
            << "  1 a licence\n"
            << "00000020 18 n 01 night_watchman 0 001 @ 00000021 n 0000 | by night\n"
            << "00000021 18 n 02 watchman 0 guard 1 002 @ 00000017 n 0000 ~ 00000020 n 0000 | who watches\n"
            << "00000022 07 n 01 freedom 0 000 | no thing\n"
            << "00000023 05 n 0a kitty 0 puss 0 a 0 b 0 c 0 d 0 e 0 f 0 g 0 h 0 001 @ 00000013 n 0000 | a cat\n"
            << "00000017 18 n 01 person 0 000 | anybody\n";
    }
    void TearDown() override { fs::remove_all(folder_); }

    // The detector knows dog, cat, car and person (0 .. 3), the classifier husky and taxi (4, 5).
    [[nodiscard]] Meanings meanings() const { return {set_, {1, 3, 5, 7}, {2, 6}, &*net_}; }
    [[nodiscard]] std::optional<Meaning> of(const std::string& phrase) const { return meanings().of(phrase); }

    void load() {
        auto net = WordNet::load(folder_.string());
        ASSERT_TRUE(net.ok()) << net.error().line();
        net_ = std::move(*net);
    }

    fs::path folder_;
    const data::DataSet set_ = things();
    std::optional<WordNet> net_;
};

TEST_F(MeaningOf, ANameIsItselfAndAParentAllBelowIt) {
    load();
    EXPECT_EQ(of("cat"), (Meaning{{1, 1.0f}}));
    EXPECT_EQ(of("true cat"), of("cat"));
    EXPECT_EQ(of("animal"), (Meaning{{0, 1.0f}, {1, 1.0f}, {4, 1.0f}}));
    EXPECT_EQ(of("vehicle"), (Meaning{{2, 1.0f}, {5, 1.0f}}));
    EXPECT_EQ(of("dog"), (Meaning{{0, 1.0f}, {4, 1.0f}}));
    EXPECT_EQ(meanings().outputs(), 6);
}

TEST_F(MeaningOf, AClassBelowANameMeansTheNameLess) {
    load();
    EXPECT_EQ(of("cab"), (Meaning{{2, 0.6f}, {5, 1.0f}}));
}

TEST_F(MeaningOf, AKindWithNoClassOfItsOwnIsTheNearestNameAboveIt) {
    load();
    EXPECT_EQ(of("night watchman"), (Meaning{{3, 1.0f}}));
    EXPECT_EQ(of("watchman"), (Meaning{{3, 1.0f}})) << "by its commonest sense, not the cat";
}

TEST_F(MeaningOf, AWordWhoseCommonestSenseCannotBeSeenIsTheFirstThingItMeans) {
    load();
    EXPECT_EQ(of("kitty"), of("cat"));
    EXPECT_EQ(of("soul"), Meaning()) << "no thing but somebody";
}

TEST_F(MeaningOf, PhrasesGoByTheirHead) {
    load();
    EXPECT_EQ(of("Two cats"), of("cat"));
    EXPECT_EQ(of("the red car on the left"), of("car"));
    EXPECT_EQ(of("dog next to a cat"), of("dog"));
    EXPECT_EQ(of("a photo of a taxi."), of("taxi"));
    EXPECT_EQ(of("tired watchmen"), of("watchman"));
}

TEST_F(MeaningOf, WhatIsNoneOfThemIsToldFromWhatIsUnknown) {
    load();
    EXPECT_EQ(of("sky"), Meaning());
    EXPECT_EQ(of("freedom"), Meaning());
    EXPECT_EQ(of("grmbl"), std::nullopt);
    EXPECT_EQ(Meanings(set_, {1}, {}, nullptr).of("freedom"), std::nullopt);
}

TEST_F(MeaningOf, ABrokenFileIsNamedWithItsLine) {
    std::ofstream(folder_ / "data.noun") << "00000020 18 n zz\n";
    const auto net = WordNet::load(folder_.string());
    ASSERT_FALSE(net.ok());
    EXPECT_NE(net.error().line().find("data.noun: line 1"), std::string::npos) << net.error().line();
}

}  // namespace
}  // namespace maskwright::train
