#include "core/data/formats/coco.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/image_io/image_io.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

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
            "annotations": [{"image_id": 7, "category_id": 3, "segmentation": [[0, 0, 2, 0, 2, 3, 0, 3]]},
                            {"image_id": 7, "category_id": 2, "segmentation": {"size": [3, 4], "counts": [9, 3]}, "iscrowd": 1}],
            "categories": [{"id": 1, "name": "animal"}, {"id": 2, "name": "tree"},
                           {"id": 3, "name": "dog", "names": ["dog", "hound"], "parents": [1]}]})";
        if (!part.empty()) {
            const std::size_t at = text.find(part);
            EXPECT_NE(at, std::string::npos) << part;
            text.replace(at, part.size(), by);
        }
        return text;
    }
    std::string errorOf(const std::string& text) {
        write("train.json", text);
        const auto set = readCoco(folder_.string(), "train");
        if (set) {
            return "";
        }
        EXPECT_EQ(set.error().kind, ErrorKind::input);
        EXPECT_NE(set.error().what.text().find("train.json"), std::string::npos) << set.error().what.text();
        return set.error().what.text();
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
    EXPECT_NE(errorOf(good("\"id\": 2", "\"id\": 1")).find("twice"), std::string::npos);
    EXPECT_NE(errorOf(good("\"parents\": [1]", "\"parents\": [11]")).find("categories[2]"), std::string::npos);
    EXPECT_NE(errorOf(good("\"width\": 4", "\"width\": \"4\"")).find("width"), std::string::npos);
    EXPECT_NE(errorOf(good("\"width\": 4", "\"width\": 100000000000")).find("width"), std::string::npos);
    EXPECT_NE(errorOf(good("a.png", "../a.png")).find("leads out"), std::string::npos);
    EXPECT_NE(errorOf(good("{\"size\": [3, 4], \"counts\": [9, 3]}", "17")).find("annotations[1]"), std::string::npos);
}

TEST_F(Coco, AMissingPictureIsNamed) {
    write("train.json", good("a.png", "b.png"));
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_FALSE(set.ok());
    EXPECT_NE(set.error().what.text().find("b.png"), std::string::npos);
}

TEST_F(Coco, APictureOfAnotherSizeIsNamed) {
    // Runs are for the size the file says: leave only the polygon.
    const auto text = good("\"height\": 3", "\"height\": 4");
    write("train.json",
          std::string(text).replace(text.find("[3, 4]"), 6, "[4, 4]").replace(text.find("[9, 3]"), 6, "[9, 7]"));
    const auto set = readCoco(folder_.string(), "train");
    ASSERT_TRUE(set.ok()) << set.error().line();
    const auto image = readPhoto(*set, set->photos[0]);
    ASSERT_FALSE(image.ok());
    EXPECT_NE(image.error().what.text().find("4x3"), std::string::npos);
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
