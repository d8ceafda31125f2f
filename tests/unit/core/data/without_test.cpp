// What stays of a data set when some of its kinds are kept out.
#include <gtest/gtest.h>

#include "core/data/dataset.h"

namespace maskwright::data {
namespace {

// Animals 0 (dog 1, poodle 2 below it), car 3; a photo of a dog and a car, of a poodle, of a car, of an undrawn dog, of
// a boxed poodle, of a car that nobody drew.
DataSet animals() {
    DataSet set;
    const auto category = [&](const char* name, std::vector<std::size_t> parents, std::vector<std::size_t> ancestors) {
        Category c;
        c.name = name;
        c.names = {name};
        c.parents = std::move(parents);
        c.ancestors = std::move(ancestors);
        set.categories.push_back(c);
    };
    category("animal", {}, {});
    category("dog", {0}, {0});
    category("poodle", {1}, {0, 1});
    category("car", {}, {});
    set.categories[3].names.push_back("dog");  // of some other language
    set.closed = {1, 3};
    for (const char* file : {"both", "poodle", "car", "undrawn dog", "boxed poodle", "undrawn car"}) {
        Photo photo;
        photo.file = file;
        set.photos.push_back(photo);
    }
    const auto annotate = [&](std::size_t photo, std::size_t kind) {
        set.photos[photo].annotations.push_back(set.annotations.size());
        set.annotations.push_back({photo, kind, {}, static_cast<std::int64_t>(10 * photo + kind), false});
    };
    annotate(0, 1);
    annotate(0, 3);
    annotate(1, 2);
    annotate(2, 3);
    const auto box = [&](std::size_t photo, std::size_t kind) {
        set.photos[photo].undrawn.push_back(set.undrawn.size());
        set.undrawn.push_back({photo, kind, 0, 0, 1, double(photo)});
    };
    box(3, 1);
    set.photos[4].unmarked = {2};
    box(5, 3);
    set.photos[5].unmarked = {3};
    return set;
}

TEST(Without, LeavesOutKindsThoseBelowThemAndTheirPhotos) {
    const DataSet rest = without(animals(), {1});
    ASSERT_EQ(rest.categories.size(), 2u);
    EXPECT_EQ(rest.categories[1].name, "car");
    EXPECT_EQ(rest.closed, std::vector<std::size_t>{1});
    ASSERT_EQ(rest.photos.size(), 2u);
    EXPECT_EQ(rest.photos[0].file, "car");
    EXPECT_EQ(rest.photos[1].file, "undrawn car");
    ASSERT_EQ(rest.annotations.size(), 1u);
    EXPECT_EQ(rest.annotations[0].area, 23) << "the car's";
    EXPECT_EQ(rest.annotations[0].photo, 0u);
    EXPECT_EQ(rest.annotations[0].category, 1u);
    EXPECT_EQ(rest.photos[0].annotations, std::vector<std::size_t>{0});
    ASSERT_EQ(rest.undrawn.size(), 1u);
    EXPECT_EQ(rest.undrawn[0].photo, 1u);
    EXPECT_EQ(rest.undrawn[0].bottom, 5);
    EXPECT_EQ(rest.photos[1].undrawn, std::vector<std::size_t>{0});
    EXPECT_EQ(rest.photos[1].unmarked, std::vector<std::size_t>{1});
    EXPECT_TRUE(rest.holds(rest.photos[0], 1));
}

TEST(Without, AKindBelowLeavesWhatIsAboveIt) {
    const DataSet rest = without(animals(), {2});
    ASSERT_EQ(rest.categories.size(), 3u);
    EXPECT_EQ(rest.categories[1].name, "dog");
    EXPECT_EQ(rest.categories[1].ancestors, std::vector<std::size_t>{0});
    EXPECT_EQ(rest.photos.size(), 4u) << "those of the poodle and of its box are gone";
    EXPECT_TRUE(rest.holds(rest.photos[0], 0));
    EXPECT_EQ(without(animals(), {}).photos.size(), 6u);
}

TEST(CategoryCalled, MeansTheClosedOneThenTheOneThatIsCalledSoFirst) {
    DataSet set = animals();
    EXPECT_EQ(categoryCalled(set, "poodle"), 2u);
    EXPECT_EQ(categoryCalled(set, "dog"), 1u);
    EXPECT_FALSE(categoryCalled(set, "Dog"));
    set.closed = {3};
    EXPECT_EQ(categoryCalled(set, "dog"), 3u) << "a closed one that is called so as well";
    set.closed = {0};
    EXPECT_EQ(categoryCalled(set, "dog"), 1u);
}

}  // namespace
}  // namespace maskwright::data
