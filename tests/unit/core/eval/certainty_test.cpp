#include "core/eval/certainty.h"

#include <gtest/gtest.h>

namespace maskwright::eval {
namespace {

using data::Coverage;

// dog(0) is closed; husky(1) and malamute(2) have sled dog(3) above them, which is no class; tench(4).
data::DataSet samples() {
    data::DataSet set;
    for (std::size_t i = 0; i < 5; ++i) {
        set.categories.emplace_back();
    }
    for (const std::size_t sled : {1, 2}) {
        set.categories[sled].parents = {3};
        set.categories[sled].ancestors = {0, 3};
    }
    set.categories[3].parents = {0};
    set.categories[3].ancestors = {0};
    set.closed = {0};
    const auto add = [&](Coverage coverage, std::vector<std::size_t> categories) {
        data::Photo photo;
        photo.coverage = coverage;
        for (const std::size_t category : categories) {
            photo.annotations.push_back(set.annotations.size());
            set.annotations.push_back({set.photos.size(), category, {}, 1, false});
        }
        set.photos.push_back(photo);
    };
    add(Coverage::saliency, {1});
    add(Coverage::saliency, {2});
    add(Coverage::saliency, {4});
    add(Coverage::closed, {});
    add(Coverage::listed, {});
    return set;
}

TEST(Certainty, AClosedNameIsSureWhereTheLabelsCoverIt) {
    const data::DataSet set = samples();
    const Certainty certainty(set);
    EXPECT_TRUE(certainty.knows(set.photos[0], 0)) << "a husky is a dog";
    EXPECT_TRUE(certainty.knows(set.photos[2], 0)) << "none there";
    EXPECT_TRUE(certainty.knows(set.photos[3], 0));
    EXPECT_FALSE(certainty.knows(set.photos[4], 0));
}

TEST(Certainty, AClassIsSureInPicturesOfClassesThatAreNoKin) {
    const data::DataSet set = samples();
    const Certainty certainty(set);
    EXPECT_TRUE(certainty.knows(set.photos[0], 1)) << "there";
    EXPECT_FALSE(certainty.knows(set.photos[0], 2)) << "a malamute may be taken for a husky";
    EXPECT_TRUE(certainty.knows(set.photos[0], 4)) << "no tench";
    EXPECT_TRUE(certainty.knows(set.photos[2], 1)) << "no husky";
    EXPECT_FALSE(certainty.knows(set.photos[3], 1)) << "nobody looked for huskies there";
    EXPECT_FALSE(certainty.knows(set.photos[2], 3)) << "no picture stands for sled dogs alone";
}

}  // namespace
}  // namespace maskwright::eval
