#include "core/data/wordnet.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/model_fixture.h"

namespace maskwright::data {
namespace {

// animal(1) > feline(2) > cat(3), lion(4); animal > dog(5)
TEST(WordNet, KinAreAboveBelowOrBeside) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "index.noun") << "cat n 1 1 @ 1 0 00000003\n";
    std::ofstream(folder.path() / "data.noun") << "00000001 05 n 01 animal 0 000 | a\n"
                                               << "00000002 05 n 01 feline 0 001 @ 00000001 n 0000 | b\n"
                                               << "00000003 05 n 01 cat 0 001 @ 00000002 n 0000 | c\n"
                                               << "00000004 05 n 01 lion 0 001 @ 00000002 n 0000 | d\n"
                                               << "00000005 05 n 01 dog 0 001 @ 00000001 n 0000 | e\n";
    const auto net = WordNet::load(folder.path().string());
    ASSERT_TRUE(net.ok()) << net.error().line();
    EXPECT_TRUE(net->kin(3, 3));
    EXPECT_TRUE(net->kin(3, 1));
    EXPECT_TRUE(net->kin(1, 3));
    EXPECT_TRUE(net->kin(3, 4)) << "both felines";
    EXPECT_FALSE(net->kin(3, 5));
    EXPECT_FALSE(net->kin(3, 77)) << "not known";
}

TEST(WordNet, AWordSaysHowManyOfItsSensesWereCounted) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "index.noun") << "car_wheel n 2 1 @ 2 1 00000003 00000001\n";
    std::ofstream(folder.path() / "data.noun") << "00000001 06 n 01 thing 0 000 | a\n"
                                               << "00000003 06 n 02 Car_Wheel 0 wheel 1 001 @ 00000001 n 0000 | c\n";
    const auto net = WordNet::load(folder.path().string());
    ASSERT_TRUE(net.ok()) << net.error().line();
    EXPECT_EQ(net->sensesOf("car wheel").size(), 2u);
    EXPECT_EQ(net->countedOf("car wheel"), 1u);
    EXPECT_EQ(net->countedOf("cart"), 0u);
    EXPECT_EQ(net->wordsFor(3), (std::vector<std::string>{"car wheel", "wheel"}));
    EXPECT_TRUE(net->wordsFor(77).empty());
    EXPECT_EQ(net->directlyAbove(3), std::vector<std::uint32_t>{1});
}

TEST(WordNet, ASynsetNamesASense) {
    EXPECT_EQ(senseNumber("n02084071"), 2084071u);
    EXPECT_EQ(senseNumber("v02084071"), 0u);
    EXPECT_EQ(senseNumber(""), 0u);
}

}  // namespace
}  // namespace maskwright::data
