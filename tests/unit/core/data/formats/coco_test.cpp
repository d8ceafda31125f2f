#include "core/data/formats/coco.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/image_io/image_io.h"
#include "tests/support/paths.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Coco : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("maskwright-coco-" + std::to_string(getpid()) + "-" +
                                               testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(folder_ / "images");
        Image image(4, 3);
        image.at(1, 2)[0] = 200;
        ASSERT_TRUE(image_io::writeImage((folder_ / "images/a.png").string(), image).ok());
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
    // The file with one part replaced.
    std::string good(const std::string& part = "", const std::string& by = "") {
        std::string text = R"({"images": [{"id": 7, "file_name": "a.png", "width": 4, "height": 3}],
            "annotations": [{"id": 1, "image_id": 7, "category_id": 3, "segmentation": [[0, 0, 2, 0, 2, 3, 0, 3]]},
                            {"id": 2, "image_id": 7, "category_id": 2, "segmentation": {"size": [3, 4], "counts": [9, 3]}, "iscrowd": 1}],
            "categories": [{"id": 1, "name": "animal"}, {"id": 2, "name": "tree"},
                           {"id": 3, "name": "dog", "names": ["dog", "hound"], "parents": [1]}]})";
        if (!part.empty()) {
            const std::size_t at = text.find(part);
            EXPECT_NE(at, std::string::npos) << part;
            text.replace(at, part.size(), by);
        }
        return text;
    }
    // Read strictly.
    std::string errorOf(const std::string& text) {
        write("train.json", text);
        const auto set = readCoco(folder_.string(), "train", {.strict = true});
        if (set) {
            return "";
        }
        EXPECT_EQ(set.error().kind, ErrorKind::input);
        EXPECT_NE(set.error().what.text().find("train.json"), std::string::npos) << set.error().what.text();
        return set.error().what.text();
    }
    // Read as it is.
    DataSet read(const std::string& text, const CocoOptions& options = {}) {
        write("train.json", text);
        auto set = readCoco(folder_.string(), "train", options);
        EXPECT_TRUE(set.ok()) << set.error().line() << "\n" << text;
        return set ? std::move(*set) : DataSet();
    }
    fs::path folder_;
};

TEST_F(Coco, ReadsPolygonsRunsNamesAndParents) {
    write("train.json", good());
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_TRUE(set.ok()) << set.error().line();
    ASSERT_EQ(set->annotations.size(), 2u);
    EXPECT_EQ(set->annotations[0].area, 6);
    EXPECT_EQ(set->annotations[1].area, 3);
    EXPECT_TRUE(set->annotations[1].crowd);
    EXPECT_EQ(set->categories[2].names, (std::vector<std::string>{"dog", "hound"}));
    EXPECT_TRUE(set->covers(0, 2));
    EXPECT_FALSE(set->covers(2, 0));
    EXPECT_EQ(set->closed.size(), 3u);
    const Mask animal = maskOf(*set, set->photos[0], 0), tree = maskOf(*set, set->photos[0], 1);
    EXPECT_EQ(animal.at(1, 1), 255);
    EXPECT_EQ(animal.at(3, 1), 0);
    EXPECT_EQ(tree.at(3, 1), 255);
    const auto image = readPhoto(*set, set->photos[0]);
    ASSERT_TRUE(image.ok());
    EXPECT_EQ(image->at(1, 2)[0], 200);
}

TEST_F(Coco, WarningsAboutAPicturesFileAreHeardOnce) {
    std::ifstream fixture(test::sourcePath("tests/unit/core/image_io/fixtures/turn1.jpg"), std::ios::binary);
    std::string jpeg(std::istreambuf_iterator<char>(fixture), {});
    jpeg.resize(jpeg.size() - 2);  // its end marker: all pixels are there
    write("images/a.png", jpeg);
    DataSet set = read(R"({"images": [{"id": 7, "file_name": "a.png", "width": 32, "height": 16}], "categories": [],
                           "annotations": []})");
    EXPECT_TRUE(readPhoto(set, set.photos[0]).ok()) << "nobody has to hear them";
    std::vector<std::string> heard;
    set.warnings = std::make_shared<PhotoWarnings>([&](const Message& warning) { heard.push_back(warning.text()); });
    const DataSet copy = set;
    for (const DataSet* each : std::initializer_list<const DataSet*>{&set, &copy, &set}) {
        EXPECT_TRUE(readPhoto(*each, each->photos[0]).ok());
    }
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_NE(heard[0].find("a.png has no end marker"), std::string::npos) << heard[0];
}

TEST_F(Coco, TheClosedVocabularyComesFromItsFile) {
    write("train.json", good());
    write("coco80.json", R"({"3": "dog"})");
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_TRUE(set.ok());
    EXPECT_EQ(set->closed, (std::vector<std::size_t>{2}));
    write("coco80.json", R"({"9": "bird"})");
    EXPECT_FALSE(readCoco(folder_.string(), "train").ok());
}

TEST_F(Coco, WrongEntriesAreNamed) {
    EXPECT_NE(errorOf("{}").find("images"), std::string::npos);
    EXPECT_NE(errorOf("{\"images\": [").size(), 0u);
    EXPECT_NE(errorOf(good("\"image_id\": 7, \"category_id\": 3", "\"image_id\": 8, \"category_id\": 3"))
                  .find("annotations[0]"),
              std::string::npos);
    EXPECT_NE(errorOf(good("\"category_id\": 2", "\"category_id\": 5")).find("annotations[1]"), std::string::npos);
    EXPECT_NE(errorOf(good("[9, 3]", "[9, 4]")).find("annotations[1]"), std::string::npos);
    EXPECT_NE(errorOf(good("[3, 4]", "[4, 3]")).find("4x3"), std::string::npos);
    EXPECT_NE(errorOf(good("\"id\": 2, \"name\"", "\"id\": 1, \"name\"")).find("twice"), std::string::npos);
    EXPECT_NE(errorOf(good("\"parents\": [1]", "\"parents\": [11]")).find("categories[2]"), std::string::npos);
    EXPECT_NE(errorOf(good("\"width\": 4", "\"width\": \"4\"")).find("width"), std::string::npos);
    EXPECT_NE(errorOf(good("\"width\": 4", "\"width\": 100000000000")).find("width"), std::string::npos);
    EXPECT_NE(errorOf(good("a.png", "../a.png")).find("found as"), std::string::npos);
    EXPECT_NE(errorOf(good("{\"size\": [3, 4], \"counts\": [9, 3]}", "17")).find("annotations[1]"), std::string::npos);
}

TEST_F(Coco, AMissingPictureIsNamed) {
    write("train.json", good("a.png", "b.png"));
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_FALSE(set.ok());
    EXPECT_NE(set.error().what.text().find("b.png"), std::string::npos);
}

// One picture of two is of another size than the file says: the other one is read.
TEST_F(Coco, APictureOfAnotherSizeIsPassedOverAndNamed) {
    fs::copy(folder_ / "images/a.png", folder_ / "images/b.png");
    const std::string text =
        good(R"({"id": 7,)", R"({"id": 9, "file_name": "b.png", "width": 4, "height": 4}, {"id": 7,)");
    const DataSet set = read(text);
    ASSERT_EQ(set.photos.size(), 1u);
    EXPECT_EQ(set.photos[0].file, "a.png");
    EXPECT_EQ(set.annotations.size(), 2u);
    EXPECT_THAT(set.oddities.text(), HasSubstr("images[0] (id 9)"));
    EXPECT_THAT(set.oddities.text(), HasSubstr("4x3, not 4x4"));
    EXPECT_THAT(errorOf(text), HasSubstr("4x3, not 4x4"));
}

// What each oddity of one annotation leaves: the other annotation alone, and a line that names the first.
TEST_F(Coco, AnnotationsWithoutAMaskArePassedOverAndCounted) {
    const std::string polygon = "\"segmentation\": [[0, 0, 2, 0, 2, 3, 0, 3]]",
                      ids = "\"image_id\": 7, \"category_id\": 3";
    struct Case {
        std::string part, by, said;
    };
    const std::vector<Case> cases = {
        {polygon, "\"segmentation\": [[0, 0, 2, 3]]", "polygons that enclose nothing: 1"},
        {polygon, "\"segmentation\": [[0, 0, 2, 3, 1]]", "a polygon has 5 numbers"},
        {polygon, "\"segmentation\": []", "its segmentation is empty"},
        {polygon, "\"segmentation\": [[]]", "its segmentation is empty"},
        {polygon, "\"segmentation\": null", "annotations without a mask: 1"},
        {polygon, "\"bbox\": [0, 0, 2, 3]", "it has no segmentation"},
        {polygon, "\"segmentation\": 17", "neither polygons nor runs: 1"},
        {polygon, "\"segmentation\": [[0, 0, NaN, 0, 2, 3, 0, 3]]", "no coordinate"},
        {polygon, "\"segmentation\": [[0, 0, 1e300, 0, 2, 3, 0, 3]]", "no coordinate"},
        {polygon, "\"segmentation\": [[0, 0, -Infinity, 0, 2, 3, 0, 3]]", "\"-Infinity\" at byte"},
        {polygon, "\"segmentation\": [[0, 0, \"2\", 0, 2, 3, 0, 3]]", "no coordinate"},
        {polygon, "\"segmentation\": {\"size\": [4, 3], \"counts\": [9, 3]}", "its mask is 3x4, the picture 4x3"},
        {polygon, "\"segmentation\": {\"size\": [3, 4], \"counts\": [9, 4]}", "its runs cover 13 pixels"},
        {polygon, "\"segmentation\": {\"size\": [3, 4], \"counts\": true}", "runs are neither"},
        {ids, "\"image_id\": 8, \"category_id\": 3", "annotations[0] (id 1): no image has the id 8"},
        {ids, "\"image_id\": 7, \"category_id\": 4", "annotations[0] (id 1): no category has the id 4"},
        {ids, "\"image_id\": 7", "it has no \"category_id\""},
        {"\"id\": 1, " + ids, "\"id\": \"x\\n\", \"image_id\": 7.5, \"category_id\": 3",
         "annotations[0] (id \"x\\n\"): \"image_id\" is 7.5, which is no id"},
        {ids, "\"image_id\": 123456789012345678901, \"category_id\": 3", "\"image_id\" is a number beyond 64 bits"},
        {ids, "\"image_id\": 7, \"category_id\": 1e30", "\"category_id\" is 1e+30, which is no id"},
        {ids, "\"image_id\": [7], \"category_id\": 3", "\"image_id\" is [7], which is no id"},
        {polygon, "\"segmentation\": [0, 0, 2, 3]", "a polygon has 4 numbers"},
        {polygon, "\"segmentation\": [null]", "no coordinate"},
        {ids, "\"image_id\": 18446744073709551615, \"category_id\": 3", "no image has the id 18446744073709551615"},
        {polygon, "\"segmentation\": {\"size\": [3, 4], \"counts\": [9.5, 2.5]}", "runs are neither"},
        {polygon, "\"segmentation\": [[0.6, 0.6, 0.9, 0.6, 0.9, 0.9]]", "masks that cover no pixel: 1"},
        {polygon, "\"segmentation\": {\"size\": [3, 4], \"counts\": [12]}", "covers the centre of no pixel"},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.by);
        const std::string text = good(one.part, one.by);
        const DataSet set = read(text);
        ASSERT_EQ(set.annotations.size(), 1u);
        EXPECT_EQ(set.annotations[0].area, 3);
        EXPECT_THAT(set.oddities.text(), HasSubstr(one.said));
        EXPECT_EQ(set.oddities.text().find('\n'), std::string::npos);
        EXPECT_NE(errorOf(text), "") << "strict";
    }
    EXPECT_TRUE(read(good()).oddities.empty());
}

// Numbers that nobody needs do not matter, and are said; a good polygon beside a bad one is kept.
TEST_F(Coco, WhatCanBeReadIsRead) {
    struct Case {
        std::string part, by, said;
    };
    const std::vector<Case> cases = {
        {"\"image_id\": 7, \"category_id\": 3", "\"image_id\": 7.0, \"category_id\": 3.0", "\"image_id\" is 7.0"},
        {"\"image_id\": 7, \"category_id\": 3", "\"image_id\": \"7\", \"category_id\": \"3\"",
         "whole numbers that are not written as such: 2"},
        {"{\"id\": 7,", "{\"id\": 7.0,", "images[0] (id 7.0)"},
        {"\"width\": 4, \"height\": 3", "\"width\": 4.0, \"height\": 3.0", "\"width\" is 4.0"},
        {"\"width\": 4, \"height\": 3", "\"license\": 1", "a.png is 4x3"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[0, 0, 2, 0, 2, 3, 0, 3]",
         "annotations[0] (id 1): its segmentation is one polygon"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[[0, 0, 2, 0, 2, 3, 0, 3], []]", "a polygon has 0 numbers"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[null, [0, 0, 2, 0, 2, 3, 0, 3], 5]", "something that is no coordinate: 2"},
        {"\"image_id\": 7, \"category_id\": 3", "\"image_id\": \"7.0\", \"category_id\": \"3.00\"",
         "annotations[0] (id 1): \"image_id\" is \"7.0\""},
        {"[9, 3]", "[9.0, 3.0]", "annotations[1] (id 2): its runs"},
        {"\"a.png\"", "\"images/A.PNG\"", "\"images/A.PNG\" was found as \"a.png\""},
        {"\"animal\"", "\"an\\ud83dimal\"", "\"\\ud83d\" at byte"},
        {"\"size\": [3, 4]", "\"size\": [3.0, 4]", "annotations[1] (id 2): its runs or their size"},
        {"\"iscrowd\": 1", "\"iscrowd\": 0, \"iscrowd\": 1",
         "keys that are there twice, of which the last counts: 1 (first: annotations[1]: the key \"iscrowd\" is there"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[[0, 0, 1, 0, 1, 1]], \"segmentation\": [[0, 0, 2, 0, 2, 3, 0, 3]]",
         "annotations[0]: the key \"segmentation\" is there twice"},
        {"{\"images\": [", "{\"images\": [{\"id\": 1}], \"info\": {\"a\": 1, \"a\": {\"b\": [2]}}, \"images\": [",
         "the last counts: 2 (first: info: the key \"a\""},
        {"\"iscrowd\": 1", "\"iscrowd\": \"1\"", "\"iscrowd\" is \"1\""},
        {"\"iscrowd\": 1", "\"iscrowd\": true", "\"iscrowd\" is true"},
        {"\"iscrowd\": 1", "\"iscrowd\": \"yes\"", "members of an unknown kind: 1"},
        {"\"id\": 2, \"image_id\"", "\"id\": 1, \"image_id\"", "annotations[1] (id 1): the id 1 is used twice"},
        {"\"id\": 2, \"image_id\"", "\"image_id\"", "annotations without an id of their own: 1"},
        {"\"id\": 2, \"image_id\"", "\"id\": 98765432109876543210, \"image_id\"", "\"id\" is a number beyond 64 bits"},
        {"\"a.png\"", "\"http://images.cocodataset.org/val2017/a.png?size=2#x\"", "found as \"a.png\""},
        {"\"file_name\": \"a.png\"", "\"coco_url\": \"http://images.cocodataset.org/a.png\"", "found as \"a.png\""},
        {"\"a.png\"", "\"images%2F%61.png\"", "found as \"a.png\""},
        {"\"a.png\"", "\"images/a.png\"", "found as \"a.png\""},
        {"\"a.png\"", "\"C:\\\\data\\\\a.png\"", "found as \"a.png\""},
        {"\"a.png\"", "\"/data/coco/a.png\"", "found as \"a.png\""},
        {"\"a.png\"", "\"../../a.png\"", "found as \"a.png\""},
        {"\"a.png\", ", "\"a.png\", \"source\": 3, \"labels\": [\"x\"], ", "members of an unknown kind: 2"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[[0, 0, 2, 0, 2, 3, 0, 3], [1, 1]]", "a polygon has 2 numbers"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[[0, 0, 2, 0, 2, 3, 0, 3]], \"area\": NaN",
         "numbers that JSON does not have: 1"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[[0, 0, 2, 0, 2, 3, 0, 3]], \"area\": 1e999", "\"1e999\" at byte"},
        {"[[0, 0, 2, 0, 2, 3, 0, 3]]", "[[0, 0, 2, 0, 2, 3, 0, 3]], \"score\": 123456789012345678901234567890",
         "at byte"},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.by);
        const std::string text = good(one.part, one.by);
        const DataSet set = read(text);
        ASSERT_EQ(set.annotations.size(), 2u);
        EXPECT_EQ(set.annotations[0].area, 6);
        EXPECT_EQ(set.photos[0].width, 4);
        EXPECT_EQ(set.photos[0].file, "a.png");
        EXPECT_THAT(set.oddities.text(), HasSubstr(one.said));
        EXPECT_NE(errorOf(text), "") << "strict";
    }
    EXPECT_FALSE(read(good("\"iscrowd\": 1", "\"iscrowd\": \"0\"")).annotations[1].crowd);
    // These are nothing to speak of: "NaN" in a text, a byte order mark, large ids.
    const DataSet plain = read(
        "\xEF\xBB\xBF" + good("\"tree\"", "\"NaN -Infinity \\\" 1e999\", \"group\": \"\\ud83d\\ude00 \\\\ud83d\""));
    EXPECT_TRUE(plain.oddities.empty()) << plain.oddities.text();
    EXPECT_EQ(plain.categories[1].name, "NaN -Infinity \" 1e999");
    EXPECT_TRUE(read(good("\"id\": 2, \"image_id\"", "\"id\": 18446744073709551615, \"image_id\"")).oddities.empty());
}

// What is after an address, and a name's escapes, is taken off only where the file is not there as it is written.
TEST_F(Coco, AddressesAndEscapedNamesAreFiles) {
    for (const char* name : {"b%20c.png", "b c.png", "d%.png"}) {
        fs::copy(folder_ / "images/a.png", folder_ / "images" / name);
    }
    const auto fileOf = [&](const std::string& name) { return read(good("a.png", name)).photos.at(0).file; };
    EXPECT_EQ(fileOf("b%20c.png"), "b%20c.png");
    EXPECT_EQ(fileOf("https://example.org/x/b%20c.png"), "b%20c.png");
    fs::remove(folder_ / "images/b%20c.png");
    EXPECT_EQ(fileOf("b%20c.png"), "b c.png");
    EXPECT_EQ(fileOf("https://example.org/x/b%20c.png?w=1"), "b c.png");
    EXPECT_EQ(fileOf("d%.png"), "d%.png");
    EXPECT_EQ(fileOf("x/d%.png"), "d%.png");
    const std::string gone = errorOf(good("a.png", "https://example.org/gone.png"));
    EXPECT_THAT(gone, HasSubstr("\"https://example.org/gone.png\" is an address, which is not fetched"));
    EXPECT_THAT(errorOf(good("a.png", "..%2F..%2Fetc%2Fpasswd%00")), HasSubstr("there is no"));
}

// Two categories of one name are one, unless they are two meanings of the word.
TEST_F(Coco, CategoriesOfOneNameAreOne) {
    const DataSet set = read(good("\"name\": \"tree\"", "\"name\": \"dog\", \"names\": [\"puppy\"]"));
    ASSERT_EQ(set.categories.size(), 2u);
    ASSERT_EQ(set.annotations.size(), 2u);
    EXPECT_EQ(set.annotations[0].category, set.annotations[1].category);
    EXPECT_EQ(set.categories[1].names, (std::vector<std::string>{"dog", "puppy", "hound"}));
    EXPECT_TRUE(set.covers(0, 1)) << "the parents of both";
    EXPECT_EQ(set.closed, (std::vector<std::size_t>{0, 1}));
    EXPECT_THAT(set.oddities.text(), HasSubstr("categories[2] (id 3): the name \"dog\" is used twice"));
    write("coco80.json", R"({"2": "dog", "3": "dog"})");
    EXPECT_EQ(readCoco(folder_.string(), "train")->closed, std::vector<std::size_t>{1});
    fs::remove(folder_ / "coco80.json");
    const DataSet two = read(good("\"name\": \"tree\"", "\"name\": \"dog\", \"synset\": \"n02710044\""));
    EXPECT_EQ(two.categories.size(), 3u);
    EXPECT_TRUE(two.oddities.empty()) << two.oddities.text();
}

TEST_F(Coco, Utf16IsSaid) {
    std::string wide = "\xFF\xFE";
    for (const char c : good()) {
        wide += c;
        wide += '\0';
    }
    for (const std::string& text : {wide, wide.substr(2), wide.substr(3)}) {
        std::ofstream(folder_ / "train.json", std::ios::binary) << text;
        const auto set = readCoco(folder_.string(), "train");
        ASSERT_FALSE(set.ok());
        EXPECT_THAT(set.error().line(), HasSubstr("train.json: the text is UTF-16, not UTF-8; save the file as UTF-8"));
    }
}

// One entry of ten thousand.
TEST_F(Coco, OneOddEntryOfManyIsNamed) {
    std::string many;
    for (int i = 10; i < 10'000; ++i) {
        many += R"({"id": )" + std::to_string(i) +
                R"(, "image_id": 7, "category_id": 3, "segmentation": {"size": [3, 4], "counts": [9, )" +
                (i == 5000 ? "4" : "3") + "]}}, ";
    }
    const std::string text = good(R"({"id": 1, "image_id")", many + R"({"id": 1, "image_id")");
    const DataSet set = read(text);
    EXPECT_EQ(set.annotations.size(), 9991u);
    EXPECT_THAT(set.oddities.text(),
                HasSubstr("passed over: masks whose runs do not fit: 1 (first: annotations[4990] (id 5000)"));
    EXPECT_THAT(errorOf(text), HasSubstr("annotations[4990] (id 5000)"));
}

// A box alone says that the object is there, and nothing about where: neither present nor absent.
TEST_F(Coco, AnObjectWithoutAMaskIsUnsureNotAbsent) {
    const std::string polygon = "\"segmentation\": [[0, 0, 2, 0, 2, 3, 0, 3]]";
    const DataSet box = read(good(polygon, "\"bbox\": [0, 0, 2, 3]"));
    EXPECT_FALSE(box.holds(box.photos[0], 2));
    EXPECT_TRUE(box.unsure(box.photos[0], 2)) << "the dog";
    EXPECT_TRUE(box.unsure(box.photos[0], 0)) << "the animal, which the dog is";
    EXPECT_FALSE(box.unsure(box.photos[0], 1)) << "the tree";
    const DataSet broken = read(good(polygon, "\"segmentation\": {\"size\": [3, 4], \"counts\": [9, 4]}"));
    EXPECT_TRUE(broken.unsure(broken.photos[0], 2));
    for (const char* empty :
         {"\"segmentation\": []", "\"segmentation\": [], \"bbox\": [0, 0, 0, 0]", "\"segmentation\": [[]]"}) {
        const DataSet none = read(good(polygon, empty));
        EXPECT_FALSE(none.unsure(none.photos[0], 2)) << empty;
    }
}

// From 2^63 on an id is no negative number of the same bits.
TEST_F(Coco, LargeIdsAreNotNegativeOnes) {
    std::string text = good("\"id\": 7", "\"id\": 18446744073709551615");
    EXPECT_THAT(read(text).oddities.text(), HasSubstr("no image has the id 7"));
    for (std::size_t at = 0; (at = text.find("\"image_id\": 7", at)) != std::string::npos; ++at) {
        text.replace(at, 13, "\"image_id\": 18446744073709551615");
    }
    const DataSet set = read(text);
    EXPECT_EQ(set.annotations.size(), 2u);
    EXPECT_TRUE(set.oddities.empty()) << set.oddities.text();
    text.replace(text.find("\"image_id\": 18446744073709551615"), 32, "\"image_id\": -1");
    EXPECT_EQ(read(text).annotations.size(), 1u);
}

// Names in Unicode's other form, or in other letters where one file alone can be meant; never the file of another
// entry.
TEST_F(Coco, NamesInOtherLettersAreFound) {
    const std::string composed = "\xea\xb0\x95.png", decomposed = "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xbc.png";
    fs::rename(folder_ / "images/a.png", folder_ / "images" / decomposed);
    const auto entry = [&](int id, const std::string& name) {
        return "{\"id\": " + std::to_string(id) + ", \"file_name\": \"" + name + "\", \"width\": 4, \"height\": 3}";
    };
    const auto only = [&](const std::string& entries) {
        return "{\"images\": [" + entries + "], \"annotations\": [], \"categories\": []}";
    };
    const DataSet set = read(only(entry(1, "train/" + composed)));
    ASSERT_EQ(set.photos.size(), 1u);
    EXPECT_EQ(set.photos[0].file, decomposed);
    EXPECT_THAT(set.oddities.text(), HasSubstr("files that were found under another name: 1"));
    const DataSet both = read(only(entry(1, composed) + ", " + entry(2, decomposed)));
    ASSERT_EQ(both.photos.size(), 1u);
    EXPECT_EQ(both.photos[0].id, 2);
    fs::copy(folder_ / "images" / decomposed, folder_ / "images/x.png");
    fs::copy(folder_ / "images" / decomposed, folder_ / "images/X.png");
    EXPECT_EQ(read(only(entry(1, "X.PNG") + ", " + entry(2, decomposed))).photos.size(), 1u) << "two may be meant";
}

// Each entry has annotations of its own, so that what the other shows looks absent: counted.
TEST_F(Coco, OnePictureUnderTwoIdsIsSaid) {
    const std::string text = good("\"images\": [", R"("images": [{"id": 8, "file_name": "a.png"}, )");
    EXPECT_EQ(read(text).photos.size(), 2u);
    EXPECT_THAT(read(text).oddities.text(), HasSubstr("pictures that are listed more than once: 1 (first: images[1]"));
    EXPECT_THAT(
        errorOf(good("\"images\": [", R"("images": [{"id": 8, "file_name": "a.png", "width": 4, "height": 3}, )")),
        HasSubstr("the file of another picture too"));
}

TEST_F(Coco, TextsAreIdsToo) {
    std::string text = good("\"id\": 7", "\"id\": \"photo-7\"");
    for (std::size_t at = 0; (at = text.find("\"image_id\": 7", at)) != std::string::npos; ++at) {
        text.replace(at, 13, "\"image_id\": \"photo-7\"");
    }
    EXPECT_EQ(read(text).annotations.size(), 2u);
}

TEST_F(Coco, PicturesThatAreNotThereTakeTheirAnnotationsAlong) {
    write("images/broken.png", "no picture");
    const std::string others = R"({"id": 1, "file_name": "gone.png", "width": 4, "height": 3},
        {"id": 2, "file_name": "broken.png", "width": 4, "height": 3}, {"id": 3, "width": 4, "height": 3},
        {"id": 4, "file_name": "a.png", "width": -4, "height": 3}, {"file_name": "a.png"}, 5,
        {"id": 7, "file_name": "elsewhere/a.png", "width": 4, "height": 3}, {"id": 7,)";
    const std::string text = good(R"({"id": 7,)", others);
    std::string more = text;
    more.replace(more.find("{\"id\": 1, \"image_id\""), 0, R"({"id": 9, "image_id": 1, "category_id": 3}, )");
    const DataSet set = read(more);
    ASSERT_EQ(set.photos.size(), 1u);
    EXPECT_EQ(set.photos[0].file, "a.png");
    EXPECT_EQ(set.annotations.size(), 2u);
    const std::string said = set.oddities.text();
    EXPECT_THAT(said, HasSubstr("pictures that are not there: 1 (first: images[0] (id 1): there is no \"gone.png\")"));
    EXPECT_THAT(said, HasSubstr("pictures that cannot be read: 1 (first: images[1]"));
    EXPECT_THAT(said, HasSubstr("picture entries that cannot be used: 4 (first: images[2] (id 3)"));
    EXPECT_THAT(said, HasSubstr("an id that was used before: 1 (first: images[7] (id 7)"));
    EXPECT_EQ(said.find("not listed"), std::string::npos) << "the annotation went with its picture";
}

// A name that was shortened until it fitted stands for one entry only.
TEST_F(Coco, OneFileIsNotTakenForTwo) {
    const DataSet set = read(good(R"({"id": 7, "file_name": "a.png", "width": 4, "height": 3})",
                                  R"({"id": 7, "file_name": "x/a.png"}, {"id": 8, "file_name": "y/a.png"})"));
    ASSERT_EQ(set.photos.size(), 1u);
    EXPECT_THAT(set.oddities.text(), HasSubstr("there is no \"y/a.png\""));
}

TEST_F(Coco, OddCategoriesAndListsArePassedOver) {
    const std::string more =
        R"([{"id": 1, "name": "cat"}, {"id": 5}, {"name": "x"}, 7, {"id": 6, "name": " "}, {"id": 1, "name": "animal"})";
    const DataSet set = read(good(R"([{"id": 1, "name": "animal"})", more));
    ASSERT_EQ(set.categories.size(), 3u);
    EXPECT_EQ(set.categories[0].name, "cat");
    EXPECT_THAT(set.oddities.text(), HasSubstr("category entries that cannot be used: 4 (first: categories[1] (id 5)"));
    EXPECT_THAT(set.oddities.text(), HasSubstr("categories with an id that was used before: 1"));
    EXPECT_THAT(read(good("\"parents\": [1]", "\"parents\": [1, 11]")).oddities.text(),
                HasSubstr("categories[2] (id 3): no category has the id 11"));
    // No list of annotations: the pictures are there, and nobody is told they have none.
    const DataSet bare = read(R"({"images": [{"id": 7, "file_name": "a.png"}], "categories": []})");
    EXPECT_TRUE(bare.annotations.empty());
    EXPECT_THAT(bare.oddities.text(), HasSubstr("there is no list \"annotations\""));
}

TEST_F(Coco, OnlyTheFirstPicturesThatCanBeUsed) {
    fs::copy(folder_ / "images/a.png", folder_ / "images/b.png");
    const std::string text = good(R"({"id": 7, "file_name": "a.png", "width": 4, "height": 3})",
                                  R"({"id": 1, "file_name": "gone.png", "width": 4, "height": 3},
        {"id": 2, "file_name": "b.png", "width": 4, "height": 3},
        {"id": 7, "file_name": "a.png", "width": 4, "height": 3})");
    const DataSet set = read(text, {.pictures = 1});
    ASSERT_EQ(set.photos.size(), 1u);
    EXPECT_EQ(set.photos[0].file, "b.png");
    EXPECT_TRUE(set.annotations.empty());
    EXPECT_EQ(set.oddities.text().find("not listed"), std::string::npos) << set.oddities.text();
}

// EXIF 2.32, tag 0x0112: on which sides of the upright picture the first stored row and the first stored column are.
struct Sides {
    const char *row, *column;
};
constexpr Sides kSides[] = {{"top", "left"}, {"top", "right"}, {"bottom", "right"}, {"bottom", "left"},
                            {"left", "top"}, {"right", "top"}, {"right", "bottom"}, {"left", "bottom"}};

bool isOn(const std::string& side, int x, int y, const Mask& mask) {
    return (side == "top" && y == 0) || (side == "bottom" && y == mask.height - 1) || (side == "left" && x == 0) ||
           (side == "right" && x == mask.width - 1);
}

TEST_F(Coco, SizesStoredBeforeTheTurnAreSaidAndCanBeRead) {
    const std::string fixtures = test::sourcePath("tests/unit/core/image_io/fixtures/turn");
    const auto upright = image_io::read(fixtures + "1.jpg");
    ASSERT_TRUE(upright.ok());
    for (int turn = 1; turn <= 8; ++turn) {
        SCOPED_TRACE(turn);
        fs::copy_file(fixtures + std::to_string(turn) + ".jpg", folder_ / "images/a.png",
                      fs::copy_options::overwrite_existing);
        const bool swaps = turn >= 5;
        const int width = swaps ? upright->image.height : upright->image.width,
                  height = swaps ? upright->image.width : upright->image.height;
        const std::string w = std::to_string(width), h = std::to_string(height);
        const std::string text =
            R"({"images": [{"id": 7, "file_name": "a.png", "width": )" + w + R"(, "height": )" + h +
            R"(}], "categories": [{"id": 1, "name": "row"}, {"id": 2, "name": "column"}],
            "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "segmentation": [[0, 0, )" +
            w + ", 0, " + w + R"(, 1, 0, 1]]},
                            {"id": 2, "image_id": 7, "category_id": 2, "segmentation": {"size": [)" +
            h + ", " + w + R"(], "counts": [0, )" + h + ", " + std::to_string(width * height - height) + "]}}]}";
        const DataSet set = read(text, {.strict = true, .exifAsStored = true});
        ASSERT_EQ(set.annotations.size(), 2u);
        const auto picture = readPhoto(set, set.photos[0]);
        ASSERT_TRUE(picture.ok()) << picture.error().line();
        const Mask row = maskOf(set, set.photos[0], 0), column = maskOf(set, set.photos[0], 1);
        EXPECT_EQ(row.width, upright->image.width);
        int wrong = 0;
        for (int y = 0; y < row.height; ++y) {
            for (int x = 0; x < row.width; ++x) {
                wrong += (row.at(x, y) != 0) != isOn(kSides[turn - 1].row, x, y, row) ? 1 : 0;
                wrong += (column.at(x, y) != 0) != isOn(kSides[turn - 1].column, x, y, column) ? 1 : 0;
            }
        }
        EXPECT_EQ(wrong, 0);
        if (swaps) {
            write("train.json", text);
            const auto plain = readCoco(folder_.string(), "train");
            ASSERT_FALSE(plain.ok());
            EXPECT_THAT(plain.error().line(), HasSubstr("--exif-as-stored"));
        }
    }
}

TEST_F(Coco, NoFolderIsAnError) { EXPECT_FALSE(readCoco((folder_ / "nowhere").string(), "train").ok()); }

TEST_F(Coco, ParentsInACircleEnd) {
    write("train.json", good("\"name\": \"animal\"", "\"name\": \"animal\", \"parents\": [3]"));
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_TRUE(set.ok());
    EXPECT_TRUE(set->covers(0, 2));
    EXPECT_TRUE(set->covers(2, 0));
}

TEST_F(Coco, KnowsWhoDrewAPictureWhoVouchesForItAndWhatNobodyDrew) {
    const std::string image =
        R"("height": 3}], "undrawn": [{"image_id": 7, "category_id": 1, "bbox": [1, 0.5, 2, 1]}])";
    write("train.json", good(R"("height": 3}])", R"("labels": "detector", "presence": "people", )" + image));
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_TRUE(set.ok()) << set.error().line();
    EXPECT_TRUE(set->photos[0].detected);
    EXPECT_TRUE(set->photos[0].vouched);
    ASSERT_EQ(set->undrawn.size(), 1u);
    EXPECT_EQ(set->photos[0].undrawn, std::vector<std::size_t>{0});
    EXPECT_EQ(set->undrawn[0].category, 0u);
    EXPECT_DOUBLE_EQ(set->undrawn[0].top, 0.5);
    EXPECT_DOUBLE_EQ(set->undrawn[0].right, 3);

    write("train.json", good(R"("height": 3)", R"("height": 3, "labels": "detector")"));
    EXPECT_FALSE(readCoco(folder_.string(), "train")->photos[0].vouched);
    write("train.json", good(R"("height": 3)", R"("height": 3, "labels": "instances")"));
    EXPECT_FALSE(readCoco(folder_.string(), "train")->photos[0].detected);

    EXPECT_NE(errorOf(good(R"("height": 3)", R"("height": 3, "presence": "cats")")).find("unknown presence"),
              std::string::npos);
    const auto boxed = [&](const std::string& box) {
        return errorOf(good(R"("height": 3}])", R"("height": 3}], "undrawn": )" + box));
    };
    EXPECT_NE(boxed("7").find("is not a list"), std::string::npos);
    EXPECT_NE(boxed(R"([{"image_id": 7, "category_id": 9, "bbox": [0, 0, 1, 1]}])").find("undrawn[0]"),
              std::string::npos);
    EXPECT_NE(boxed(R"([{"image_id": 7, "category_id": 1, "bbox": [0, 0, 1]}])").find("bbox"), std::string::npos);
}

}  // namespace
}  // namespace maskwright::data
