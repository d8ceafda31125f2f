#include "core/data/referring.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/json.h"
#include "tests/support/model_fixture.h"
#include "tests/support/paths.h"

namespace maskwright::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

fs::path fixtures() { return test::reference() / "refer"; }

ReferringSet refcoco(const std::string& split, const std::string& by) {
    return test::valueOf(readReferring({(fixtures() / "refcoco").string(), split, "", by, ""}));
}

std::vector<std::string> textsOf(const ReferringSet& set) {
    std::vector<std::string> texts;
    for (const ReferringText& one : set.texts) {
        texts.push_back(one.text);
    }
    return texts;
}

// Of what is meant: its leftmost column and its pixels.
std::pair<int, std::int64_t> meant(const ReferringSet& set, std::size_t text) {
    const Mask mask = truthOf(set, set.texts[text]);
    int left = mask.width;
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            left = mask.at(x, y) != 0 ? std::min(left, x) : left;
        }
    }
    return {left, std::count(mask.pixels.begin(), mask.pixels.end(), 255)};
}

TEST(Referring, ReadsRefCocosPickles) {
    const ReferringSet set = refcoco("val", "unc");
    EXPECT_EQ(set.format, "RefCOCO");
    EXPECT_THAT(textsOf(set), ElementsAre("left square", "the red one that isn't right", "right square"));
    ASSERT_EQ(set.data.photos.size(), 1u) << "the pictures of other splits are not read";
    EXPECT_EQ(set.data.photos[0].annotations.size(), 2u);
    EXPECT_EQ(meant(set, 1), std::pair(4, std::int64_t(144)));
    EXPECT_EQ(meant(set, 2), std::pair(24, std::int64_t(144)));
    EXPECT_TRUE(readPhoto(set.data, set.data.photos[0]).ok());
    EXPECT_THAT(textsOf(refcoco("testA", "unc")), ElementsAre("blau\xc3\xa9 square \xe2\x98\x83"));
    EXPECT_THAT(textsOf(refcoco("train", "google")), ElementsAre("left square", "the red one that isn't right"));
}

TEST(Referring, SaysWhichSplitsThereAre) {
    const std::string folder = (fixtures() / "refcoco").string();
    const auto several = readReferring({folder, "val", "", "", ""});
    ASSERT_FALSE(several.ok());
    EXPECT_EQ(several.error().kind, ErrorKind::usage);
    EXPECT_THAT(several.error().line(), HasSubstr("google, unc"));
    EXPECT_THAT(readReferring({folder, "val", "", "umd", ""}).error().line(), HasSubstr("umd"));
    EXPECT_THAT(readReferring({folder, "test", "", "unc", ""}).error().line(), HasSubstr("testA, val"));
    EXPECT_THAT(readReferring({test::reference().string(), "val", "", "", ""}).error().line(), HasSubstr("refer_val"));
    EXPECT_FALSE(readReferring({folder + "/none", "val", "", "", ""}).ok());
}

TEST(Referring, ReadsPhraseCut) {
    const ReferringSet set = test::valueOf(readReferring({(fixtures() / "phrasecut").string(), "miniv", "", "", ""}));
    EXPECT_EQ(set.format, "PhraseCut");
    EXPECT_THAT(textsOf(set), ElementsAre("red squares", "left square"));
    EXPECT_EQ(meant(set, 0), std::pair(4, std::int64_t(288))) << "all instances together";
    EXPECT_EQ(meant(set, 1), std::pair(4, std::int64_t(144)));
    EXPECT_THAT(set.data.oddities.text(), HasSubstr("1 of 3 expressions"));
    EXPECT_TRUE(readPhoto(set.data, set.data.photos[0]).ok());
}

class BrokenReferring : public testing::Test {
  protected:
    [[nodiscard]] std::string problem(const std::string& file, const std::string& text) const {
        fs::copy(fixtures() / "refcoco", place_.path(), fs::copy_options::recursive | fs::copy_options::skip_existing);
        for (const char* name : {"refs(unc).p", "refs(google).p"}) {
            fs::remove(place_.path() / name);
        }
        fs::remove(place_.path() / "refer_val.json");
        std::ofstream(place_.path() / file, std::ios::binary) << text;
        const auto read = readReferring({place_.path().string(), "val", "", "", ""});
        return read.ok() ? "" : read.error().line();
    }
    test::TemporaryFolder place_;
};

TEST_F(BrokenReferring, FilesAreNamedAndNothingInThemIsRun) {
    for (const char* text :
         {"", "(dp0\n.", "(lp0\nI1\na.", "cos\nsystem\n(S'true'\ntR.", "(lp0\n(dp1\nS'ann_id'\nI1\nsa."}) {
        EXPECT_THAT(problem("refs(unc).p", text), HasSubstr("refs(unc).p")) << text;
    }
    for (const char* text :
         {"", "{}", "[1]", R"([{"image_id": 581857, "phrase": "a"}])", R"([{"image_id": 581857, "Polygons": []}])"}) {
        EXPECT_THAT(problem("refer_val.json", text), HasSubstr("refer_val.json")) << text;
    }
}

TEST_F(BrokenReferring, AListMustBelongToTheDataSet) {
    const std::string folder = (fixtures() / "refcoco").string();
    const auto read = [&](const std::string& text) {
        std::ofstream(place_.path() / "list.json") << text;
        return readReferring({folder, "instances", (place_.path() / "list.json").string(), "", ""});
    };
    const auto good = read(R"([{"image": "COCO_train2014_000000581857.jpg", "annotation": 12, "expression": "right"},
                               {"image": "COCO_train2014_000000581857.jpg", "annotation": 99, "expression": "gone"}])");
    ASSERT_TRUE(good.ok()) << good.error().line();
    EXPECT_EQ(meant(*good, 0).first, 24);
    EXPECT_THAT(good->data.oddities.text(), HasSubstr("1 of 2 expressions"));
    EXPECT_THAT(
        read(R"([{"image": "COCO_train2014_000000581857.jpg", "annotation": 21, "expression": "a"}])").error().line(),
        HasSubstr("annotation 21"));
    for (const char* text :
         {"{}", "[1]", R"([{"image": "a", "annotation": 1}])", R"([{"image": "a", "expression": "b"}])"}) {
        EXPECT_THAT(read(text).error().line(), HasSubstr("list.json")) << text;
    }
}

// The list of expressions that the README's figures are of.
TEST(Referring, TheListOfPhotographsIsWhole) {
    const auto list = test::valueOf(readJsonFile((fixtures() / "photos-val.json").string()));
    std::set<std::string> pictures;
    for (const Json& one : list) {
        pictures.insert(one["image"].get<std::string>());
    }
    EXPECT_GE(pictures.size(), 60u);
    const std::string folder = test::sharedPath("data/photos");
    if (!fs::exists(folder)) {
        GTEST_SKIP() << "no " << folder;
    }
    const ReferringSet set =
        test::valueOf(readReferring({folder, "val", (fixtures() / "photos-val.json").string(), "", ""}));
    EXPECT_EQ(set.texts.size(), list.size());
    std::set<std::size_t> several;
    for (const ReferringText& text : set.texts) {
        const std::size_t kind = set.data.annotations[text.annotations[0]].category;
        const auto& all = set.data.photos[text.photo].annotations;
        if (std::count_if(all.begin(), all.end(),
                          [&](std::size_t k) { return set.data.annotations[k].category == kind; }) > 1) {
            several.insert(text.photo);
        }
    }
    EXPECT_GE(2 * several.size(), pictures.size()) << "half of the pictures have several objects of one kind";
}

}  // namespace
}  // namespace maskwright::data
