#include "ui/model/annotation_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <set>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "ui/model/document.h"

namespace maskwright::ui {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

Runs dot(int x, int y) {
    Mask mask(8, 4);
    mask.at(x, y) = 255;
    return runsFromMask(mask);
}

class Imports : public testing::Test {
  protected:
    Imports() {
        for (const char* name : {"a.png", "b.png"}) {
            EXPECT_TRUE(image_io::writeImage(path(name), Image(8, 4)));
            targets_.push_back({path(name)});
        }
    }
    [[nodiscard]] std::string path(const char* name) const {
        return folder_.filePath(QString::fromLatin1(name)).toStdString();
    }
    // -> a file about pictures of these names, each with two objects.
    std::string written(output::Format format, const std::vector<std::string>& names) {
        auto writer = output::AnnotationWriter::create({format, false, true}, path("out"), names);
        EXPECT_TRUE(writer);
        std::string file;
        for (const std::string& name : names) {
            file = *writer->add({path(name.c_str()), name, 8, 4, {{"cat", dot(1, 1)}, {"dog", dot(5, 2)}}});
        }
        EXPECT_TRUE(writer->finish());
        return file;
    }
    QTemporaryDir folder_;
    std::vector<ImportTarget> targets_;
};

TEST_F(Imports, EachPictureGetsItsOwn) {
    const auto read = importFrom({written(output::Format::coco, {"a.png", "b.png", "c.png"})}, targets_, 0);
    ASSERT_TRUE(read) << read.error().line();
    ASSERT_THAT(read->pictures, SizeIs(2));
    EXPECT_EQ(read->objects(), 4u);
    EXPECT_EQ(read->pictures[1].file.path, path("b.png"));
    EXPECT_EQ(read->pictures[1].file.sha256, *sha256File(path("b.png")));
    EXPECT_EQ(read->pictures[1].file.width, 8);
    ASSERT_THAT(read->skipped, SizeIs(1));
    EXPECT_THAT(read->skipped[0].text(), HasSubstr("not open"));
}

TEST_F(Imports, AFileAboutOnePictureIsTheOpenOnes) {
    const auto read = importFrom({written(output::Format::coco, {"elsewhere.png"})}, targets_, 1);
    ASSERT_TRUE(read);
    ASSERT_THAT(read->pictures, SizeIs(1));
    EXPECT_EQ(read->pictures[0].file.path, path("b.png"));
    EXPECT_TRUE(read->skipped.empty());
    targets_.push_back({path("b.png"), {}, "Pasted picture.png"});
    const auto pasted = importFrom({written(output::Format::labelme, {"Pasted picture.png"})}, targets_, 0);
    ASSERT_TRUE(pasted);
    EXPECT_EQ(pasted->pictures.at(0).file.path, path("b.png")) << "by the name that people know";
}

TEST_F(Imports, WhyNothingCameIsSaid) {
    ASSERT_TRUE(writeFileAtomically(path("a.txt"), "0 2.5 2.5 0.5 0.5\n0 0.5 0.5 0.5 0.5\n"));
    auto read = importFrom({path("a.txt")}, targets_, 0);
    ASSERT_TRUE(read) << read.error().line();
    EXPECT_EQ(read->objects(), 1u);
    ASSERT_THAT(read->skipped, SizeIs(1));
    EXPECT_EQ(read->skipped[0].text(), "objects without a pixel in \"a.png\" were passed over: 1");

    const std::string images = R"({"images": [{"id": 1, "file_name": "a.png", "width": 8, "height": 4}], )";
    ASSERT_TRUE(writeFileAtomically(
        path("stray.json"), images + R"("annotations": [{"id": 1, "image_id": 9, "segmentation": [[0,0,4,0,4,4]]}]})"));
    read = importFrom({path("stray.json")}, targets_, 0);
    ASSERT_TRUE(read) << read.error().line();
    ASSERT_THAT(read->skipped, SizeIs(1));
    EXPECT_THAT(read->skipped[0].text(), HasSubstr("objects of pictures that it does not list were passed over: 1"));

    ASSERT_TRUE(writeFileAtomically(path("none.json"), images + R"("annotations": []})"));
    ASSERT_TRUE(writeFileAtomically(path("empty.json"), R"({"images": [], "annotations": []})"));
    read = importFrom({path("none.json"), path("empty.json")}, targets_, 0);
    ASSERT_TRUE(read) << read.error().line();
    ASSERT_THAT(read->skipped, SizeIs(2));
    EXPECT_THAT(read->skipped[0].text(), HasSubstr("none.json has no object in the pictures that are open"));
    EXPECT_THAT(read->skipped[1].text(), HasSubstr("empty.json names no picture"));
}

TEST_F(Imports, WhatCannotBeReadIsSaidAndTheRestIsRead) {
    const std::string yolo = written(output::Format::yolo, {"a.png"});
    ASSERT_TRUE(writeFileAtomically(path("broken.json"), "{\"a\": 1}"));
    const auto read = importFrom({path("broken.json"), yolo}, targets_, 0);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->objects(), 2u);
    EXPECT_THAT(read->skipped, SizeIs(1));
    const auto none = importFrom({path("broken.json")}, targets_, 0);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::input);
    ASSERT_TRUE(image_io::writeImage(path("a.png"), Image(9, 4)));
    const auto other = importFrom({written(output::Format::labelme, {"a.png"})}, targets_, 0);
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().what.text(), HasSubstr("9x4"));
}

TEST_F(Imports, RowsAreOneEditInColoursOfTheirOwn) {
    project::Project project;
    project::Row row;
    row.id = 7;
    row.question.phrase = "mouse";
    row.colour = kOverlayColours[0];
    const auto files = importFrom({written(output::Format::coco, {"a.png", "b.png"})}, targets_, 0);
    ASSERT_TRUE(files);
    project.pictures = {std::make_shared<const project::Picture>(
        project::Picture{3, files->pictures[0].file, {std::make_shared<const project::Row>(row)}})};
    const auto applied = project::apply(project, importEdit(project, *files));
    ASSERT_TRUE(applied) << applied.error().line();
    ASSERT_THAT(applied->project.pictures, SizeIs(2));
    const auto& rows = applied->project.pictures[0]->rows;
    ASSERT_THAT(rows, SizeIs(3));
    EXPECT_EQ(rows[0]->id, 7u);
    EXPECT_EQ(rows[1]->label(), "cat");
    EXPECT_EQ(*rows[2]->object, dot(5, 2));
    std::set<output::Colour> colours;
    for (const auto& one : rows) {
        colours.insert(one->colour);
    }
    EXPECT_THAT(colours, SizeIs(3));
    EXPECT_EQ(project::apply(applied->project, applied->inverse)->project, project);
}

}  // namespace
}  // namespace maskwright::ui
