#include "core/output/annotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/base/file.h"

namespace maskwright::output {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// Two parts, one with a hole that has an island.
Runs ragged() {
    Mask mask(50, 40);
    const auto box = [&](int x, int y, int width, int height, std::uint8_t value) {
        for (int row = y; row < y + height; ++row) {
            std::fill_n(&mask.at(x, row), width, value);
        }
    };
    box(2, 3, 20, 25, 255);
    box(5, 8, 10, 12, 0);
    box(8, 11, 3, 4, 255);
    box(30, 20, 15, 18, 255);
    return runsFromMask(mask);
}

Runs plain() {
    Mask mask(50, 40);
    for (int x = 40; x < 50; ++x) {
        mask.at(x, 0) = 255;
    }
    return runsFromMask(mask);
}

class Annotations : public ::testing::Test {
  protected:
    void TearDown() override { fs::remove_all(folder_); }
    [[nodiscard]] AnnotatedPicture picture() const {
        return {"/pictures/cats/cat.jpg",
                "cats/cat.jpg",
                50,
                40,
                {{"a \"big\" cat: it's", ragged(), 0.75},
                 {"\xea\xb3\xa0\xec\x96\x91\xec\x9d\xb4", plain(), 1},
                 {"nothing", runsFromMask(Mask(50, 40)), 0.1}}};
    }
    // Writes the picture and reads it again. -> its file
    std::string exported(AnnotationOptions options) {
        auto writer = AnnotationWriter::create(options, folder_.string(), {"cats/cat.jpg"});
        EXPECT_TRUE(writer) << writer.error().line();
        const auto file = writer->add(picture());
        EXPECT_TRUE(file);
        EXPECT_TRUE(writer->finish());
        return *file;
    }
    void comesBack(const std::string& file) {
        const auto read = readAnnotations(file, {"/elsewhere/cat.jpg", 50, 40});
        ASSERT_TRUE(read) << read.error().line();
        ASSERT_EQ(read->objects.size(), 2u);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ(read->objects[i].label, picture().objects[i].label);
            EXPECT_EQ(read->objects[i].runs, picture().objects[i].runs);
        }
        EXPECT_TRUE(read->warnings.empty());
    }
    fs::path folder_ = fs::path(::testing::TempDir()) / ("annotations" + std::to_string(::getpid()));
};

TEST_F(Annotations, ComeBackFromCoco) {
    const std::string file = exported({Format::coco});
    EXPECT_EQ(file, (folder_ / "annotations.json").string());
    comesBack(file);
    EXPECT_DOUBLE_EQ(readAnnotations(file, {"cat.jpg", 50, 40})->objects[0].score, 0.75);
}
TEST_F(Annotations, ComeBackFromCocoPolygons) { comesBack(exported({Format::coco, true})); }
TEST_F(Annotations, ComeBackFromLabelme) {
    const std::string file = exported({Format::labelme});
    EXPECT_EQ(file, (folder_ / "cats-cat.json").string());
    comesBack(file);
}
TEST_F(Annotations, ComeBackFromYolo) {
    const std::string file = exported({Format::yolo});
    EXPECT_EQ(file, (folder_ / "labels" / "cats-cat.txt").string());
    comesBack(file);
}

TEST_F(Annotations, NothingIsReplacedUnasked) {
    for (const Format format : {Format::coco, Format::labelme, Format::yolo}) {
        const std::string file = exported({format});
        const auto again = AnnotationWriter::create({format}, folder_.string(), {"cats/cat.jpg"});
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().kind, ErrorKind::output);
        exported({format, false, true});
        comesBack(file);
    }
}

TEST_F(Annotations, NamesMustFit) {
    const auto one = AnnotationWriter::create({Format::labelme}, (folder_ / "x.json").string(), {"a.png", "b.png"});
    ASSERT_FALSE(one);
    EXPECT_EQ(one.error().kind, ErrorKind::usage);
    EXPECT_FALSE(AnnotationWriter::create({Format::yolo}, folder_.string(), {"a.png", "a.jpg"}));
    EXPECT_TRUE(AnnotationWriter::create({Format::coco}, folder_.string(), {"a.png", "a.jpg"}));
}

TEST_F(Annotations, AFileSaysWhichPicturesItIsAbout) {
    const auto coco = AnnotationFile::open(exported({Format::coco}));
    ASSERT_TRUE(coco);
    EXPECT_THAT(coco->pictures(), ::testing::ElementsAre("cats/cat.jpg"));
    EXPECT_TRUE(coco->isAbout("/elsewhere/cat.jpg"));
    EXPECT_FALSE(coco->isAbout("/elsewhere/cat.png"));
    const auto labelme = AnnotationFile::open(exported({Format::labelme}));
    ASSERT_TRUE(labelme);
    EXPECT_TRUE(labelme->isAbout("/elsewhere/cat.jpg"));
    EXPECT_TRUE(labelme->isAbout("/elsewhere/cats-cat.png")) << "beside which the file was put";
    EXPECT_FALSE(labelme->isAbout("/elsewhere/dog.jpg"));
    const auto yolo = AnnotationFile::open(exported({Format::yolo}));
    ASSERT_TRUE(yolo);
    EXPECT_THAT(yolo->pictures(), ::testing::ElementsAre("cats-cat"));
    EXPECT_TRUE(yolo->isAbout("/elsewhere/cats-cat.webp"));
    EXPECT_FALSE(yolo->isAbout("/elsewhere/cat.jpg"));
    EXPECT_FALSE(AnnotationFile::open("/nowhere.json"));
}

TEST_F(Annotations, PicturesOfOneNameAreToldApartByTheirFolders) {
    auto writer = AnnotationWriter::create({Format::coco}, folder_.string(), {"a/x.png", "b/x.png"});
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->add({"/in/a/x.png", "a/x.png", 50, 40, {{"first", plain()}}}));
    const auto path = writer->add({"/in/b/x.png", "b/x.png", 50, 40, {{"second", plain()}}});
    ASSERT_TRUE(path && writer->finish());
    EXPECT_EQ(readAnnotations(*path, {"/in/a/x.png", 50, 40})->objects.at(0).label, "first");
    EXPECT_EQ(readAnnotations(*path, {"/in/b/x.png", 50, 40})->objects.at(0).label, "second");
}

// As pandas, Windows and addresses write them; and what is not sure is not guessed.
TEST_F(Annotations, CocosNamesAndNumbersAreReadAsTheyAreFound) {
    fs::create_directories(folder_);
    const auto read = [&](const std::string& images, const std::string& picture) {
        std::ofstream(folder_ / "c.json") << R"({"images": [)" << images << R"(], "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "area": NaN, "segmentation": [[0, 0, 5, 0, 5, 4, 0, 4]]},
            {"id": 2, "image_id": 2, "category_id": 1, "segmentation": [[0, 0, 2, 0, 2, 4, 0, 4]]}],
            "categories": [{"id": 1, "name": "cup"}]})";
        return readAnnotations((folder_ / "c.json").string(), {picture, 50, 40});
    };
    const auto area = [&](const std::string& images, const std::string& picture) {
        const auto found = read(images, picture);
        EXPECT_TRUE(found) << found.error().line();
        return found && found->objects.size() == 1 ? found->objects[0].runs.area() : -1;
    };
    const std::string other = R"(, {"id": 2, "file_name": "other.png"})";
    EXPECT_EQ(area(R"({"id": 1, "file_name": "sub\\a.png"})" + other, "/in/sub/a.png"), 20);
    EXPECT_EQ(area(R"({"id": 1, "file_name": "C:\\x\\a.png"})" + other, "/in/sub/a.png"), 20);
    EXPECT_EQ(area(R"({"id": 1, "file_name": "http://x.org/a%2Epng?size=1"})" + other, "/in/sub/a.png"), 20);
    EXPECT_EQ(area(R"({"id": 1, "file_name": "A.PNG"})" + other, "/in/sub/a.png"), 20);
    EXPECT_EQ(area(R"({"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "A.png"})", "/in/a.png"), 20);
    EXPECT_EQ(area(R"({"id": 1, "file_name": "A.png"}, {"id": 2, "file_name": "a.png"})", "/in/a.png"), 8);
    // The longest name that is the end of the path, wherever it stands.
    EXPECT_EQ(area(R"({"id": 2, "file_name": "a.png"}, {"id": 1, "file_name": "sub/a.png"})", "/in/sub/a.png"), 20);
    EXPECT_EQ(area(R"({"id": 2, "file_name": "val/a.png"}, {"id": 1, "file_name": "train/a.png"})", "/in/train/a.png"),
              20);
    const auto both = read(R"({"id": 1, "file_name": "val/a.png"}, {"id": 2, "file_name": "train/a.png"})", "/a.png");
    ASSERT_FALSE(both);
    EXPECT_THAT(both.error().line(), HasSubstr("several pictures called \"a.png\""));
    const auto twice = read(R"({"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "a.png"})", "/in/a.png");
    ASSERT_TRUE(twice);
    EXPECT_EQ(twice->objects.size(), 2u) << "one picture under two ids";
    EXPECT_THAT(twice->warnings.at(0).text(), HasSubstr("\"NaN\" at byte"));
    const auto file = AnnotationFile::open((folder_ / "c.json").string());
    EXPECT_TRUE(file && file->isAbout("/in/A.png"));
    EXPECT_FALSE(file && file->isAbout("/in/b.png"));
}

TEST_F(Annotations, OtherProgramsFilesAreRead) {
    fs::create_directories(folder_);
    const auto put = [&](const char* name, const char* text) {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    };
    const PictureMeant meant{"a.png", 50, 40};
    put("classes.txt", "cat\ndog\n");
    const auto yolo = readAnnotations(put("a.txt", "1 0.5 0.5 0.2 0.5\n\n7 0 0 0.2 0 0.2 0.5\n"), meant);
    ASSERT_TRUE(yolo) << yolo.error().line();
    EXPECT_EQ(yolo->objects[0].label, "dog");
    EXPECT_EQ(yolo->objects[0].runs.area(), 10 * 20);
    EXPECT_EQ(yolo->objects[1].label, "7");
    EXPECT_FALSE(readAnnotations(put("bad.txt", "1 0.5 x\n"), meant));

    const auto labelme = readAnnotations(put("a.json", R"({"imageWidth": 50, "imageHeight": 40, "shapes": [
            {"label": "box", "shape_type": "rectangle", "points": [[30, 30], [10, 20]]},
            {"label": "disc", "shape_type": "circle", "points": [[20, 20], [30, 20]]},
            {"label": "way", "shape_type": "linestrip", "points": [[0, 0], [5, 5]]}]})"),
                                         meant);
    ASSERT_TRUE(labelme) << labelme.error().line();
    ASSERT_EQ(labelme->objects.size(), 2u);
    EXPECT_EQ(labelme->objects[0].runs.area(), 20 * 10);
    EXPECT_NEAR(double(labelme->objects[1].runs.area()), 314, 6);
    EXPECT_EQ(labelme->warnings.size(), 1u);

    const auto coco = readAnnotations(
        put("c.json", R"({"images": [{"id": 4, "file_name": "b.png"}, {"id": 9, "file_name": "x/a.png"}],
            "annotations": [{"id": 1, "image_id": 9, "category_id": 3, "segmentation": [[1, 1, 5, 1, 5, 4, 1, 4]]},
                            {"id": 2, "image_id": 4, "category_id": 3, "segmentation": [[0, 0, 9, 0, 9, 9]]},
                            {"id": 3, "image_id": 9, "category_id": 3, "segmentation": []}],
            "categories": [{"id": 3, "name": "cup"}]})"),
        meant);
    ASSERT_TRUE(coco) << coco.error().line();
    ASSERT_EQ(coco->objects.size(), 1u);
    EXPECT_EQ(coco->objects[0].label, "cup");
    EXPECT_EQ(coco->objects[0].runs.area(), 12);
    EXPECT_EQ(coco->warnings.size(), 1u);
    EXPECT_FALSE(readAnnotations((folder_ / "c.json").string(), {"z.png", 50, 40}));
    EXPECT_FALSE(readAnnotations((folder_ / "a.json").string(), {"a.png", 51, 40}));
    EXPECT_FALSE(readAnnotations(put("d.json", "{}"), meant));
}

}  // namespace
}  // namespace maskwright::output
