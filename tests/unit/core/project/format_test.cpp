#include "core/project/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/file.h"
#include "tests/unit/core/project/some_project.h"

namespace maskwright::project {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Format : public ::testing::Test {
  protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }
    fs::path folder_ = fs::path(::testing::TempDir()) / ("format" + std::to_string(::getpid()));
};

TEST_F(Format, ReadsBackWhatItWrites) {
    const Project project = someProject();
    const auto sha256 = save(project, folder_ / "a.maskwright");
    ASSERT_TRUE(sha256) << sha256.error().line();
    const auto loaded = load(folder_ / "a.maskwright");
    ASSERT_TRUE(loaded) << loaded.error().line();
    EXPECT_EQ(loaded->project, project);
    EXPECT_EQ(loaded->sha256, *sha256);
    EXPECT_EQ(textOf(loaded->project, folder_), textOf(project, folder_));
}

TEST_F(Format, WhatIsTypedIsWrittenToo) {
    const Example tom{21, "Tom", fileOf(9), boxRuns(1, 2, 3, 4)};
    Row draft{20, "", {"bird", "", 0.5, 1, false, {}}, {std::make_shared<const Example>(tom)}};
    Project project = someProject();
    EXPECT_EQ(textOf(project, folder_).find("\"draft\""), std::string::npos);
    project.draft = std::make_shared<const Row>(draft);
    const auto read = projectOf(textOf(project, folder_), "a.maskwright", folder_);
    ASSERT_TRUE(read) << read.error().line();
    EXPECT_EQ(*read, project);
    draft.correction.added = boxRuns(1, 1, 2, 2);
    project.draft = std::make_shared<const Row>(draft);
    EXPECT_FALSE(projectOf(textOf(project, folder_), "a.maskwright", folder_)) << "it belongs to no picture";
}

TEST_F(Format, WhatIsNoProjectIsCalledDamagedWhereItIsCalledAProject) {
    for (const char* text : {"[]", "{}", "{\"format\": 1}"}) {
        const auto named = projectOf(text, "a.maskwright", folder_), other = projectOf(text, "a.json", folder_);
        ASSERT_FALSE(named);
        ASSERT_FALSE(other);
        EXPECT_THAT(named.error().line(), HasSubstr("is no Maskwright project; the file is damaged"));
        EXPECT_THAT(other.error().line(), HasSubstr("choose a file that ends in .maskwright"));
    }
}

TEST_F(Format, PathsAreRelativeToTheFileBehindALink) {
    fs::create_directories(folder_ / "work");
    const fs::path file = folder_ / "work" / "a.maskwright", link = folder_ / "b.maskwright";
    Project project;
    Picture picture{1, fileOf(1), {}};
    picture.file.path = (folder_ / "work" / "cat.png").string();
    project.pictures = {std::make_shared<const Picture>(picture)};
    ASSERT_TRUE(save({}, file));
    fs::create_symlink(file, link);
    ASSERT_TRUE(save(project, link));
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_THAT(*readFile(file, 1 << 20), HasSubstr("\"path\": \"cat.png\""));
    EXPECT_EQ(load(link)->project, project);
    EXPECT_EQ(fileBehind(link), file);
    EXPECT_EQ(fileBehind(folder_ / "." / "new.maskwright"), folder_ / "new.maskwright");
}

TEST_F(Format, MoreRowsThanAPictureMayHaveAreRefusedWithTheirNumber) {
    Project project;
    Picture picture{1, fileOf(1), {}};
    for (Id id = 2; id < 2 + kMostRows; ++id) {
        picture.rows.push_back(std::make_shared<const Row>(Row{id, "row"}));
    }
    const auto read = [&] {
        project.pictures = {std::make_shared<const Picture>(picture)};
        return projectOf(textOf(project, folder_), "a.maskwright", folder_);
    };
    const auto most = read();
    ASSERT_TRUE(most) << most.error().line();
    EXPECT_EQ(most->pictures[0]->rows.size(), kMostRows);
    picture.rows.push_back(std::make_shared<const Row>(Row{999, "one more"}));
    const auto more = read();
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().kind, ErrorKind::input);
    EXPECT_THAT(more.error().line(), HasSubstr("a.maskwright: pictures[0]: \"/pictures/1.png\" has 256 rows, and 255"));
}

TEST_F(Format, PicturesBelowItsFolderMoveWithIt) {
    Project project = someProject();
    PictureFile file = fileOf(1);
    file.path = (folder_ / "cats" / "a.png").string();
    project = apply(project, SetPictureFile{1, file})->project;
    const std::string text = textOf(project, folder_);
    EXPECT_THAT(text, HasSubstr("\"path\": \"cats/a.png\""));
    EXPECT_THAT(text, HasSubstr("\"path\": \"/pictures/2.png\""));
    const auto elsewhere = projectOf(text, "a.maskwright", "/elsewhere");
    ASSERT_TRUE(elsewhere);
    EXPECT_EQ(elsewhere->pictures[0]->file.path, "/elsewhere/cats/a.png");
}

TEST_F(Format, ANewerVersionIsRefusedAndLeftAlone) {
    std::string text = textOf(someProject(), folder_);
    text.replace(text.find("\"version\": 1"), 12, "\"version\": 2");
    const fs::path path = folder_ / "new.maskwright";
    std::ofstream(path) << text;
    const auto loaded = load(path);
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().line(), HasSubstr("newer Maskwright"));
    const auto saved = save(someProject(), path);
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::output);
    EXPECT_EQ(*readFile(path, 1 << 20), text);
}

TEST_F(Format, WhatIsDamagedIsNamedWithItsPlace) {
    const std::string good = textOf(someProject(), "/");
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto read = projectOf(text, "a.maskwright", "/");
        return read ? std::string() : read.error().line();
    };
    EXPECT_THAT(with("\"id\": 2", "\"id\": 1"), HasSubstr("two things have the id 1"));
    EXPECT_THAT(with("\"width\": 40", "\"width\": -4"), HasSubstr("pictures[0]"));
    EXPECT_THAT(with("\"counts\": \"", "\"counts\": \"!"), HasSubstr("pictures[0].rows[0]"));
    EXPECT_THAT(with("\"kind\": \"value\"", "\"kind\": \"high\""), HasSubstr("high"));
    EXPECT_THAT(with("\"refine_radius\": 12.5", "\"refine_radius\": 0"), HasSubstr("refine_radius"));
    EXPECT_THAT(with("ff2e7e", "ff2e7"), HasSubstr("no colour"));
    EXPECT_THAT(with("crop_blur_highlight352", "shiny"), HasSubstr("shiny"));
    EXPECT_THAT(with("maskwright project", "other project"), HasSubstr("no Maskwright project"));
    EXPECT_THAT(with("\"pictures\"", "\"picture\""), HasSubstr("list of pictures is missing"));
    EXPECT_FALSE(projectOf(good.substr(0, good.size() / 2), "a.maskwright", "/"));
    EXPECT_FALSE(projectOf("[]", "a.maskwright", "/"));
}

TEST_F(Format, AFailedSaveLeavesTheOldFile) {
    ASSERT_TRUE(save(someProject(), folder_ / "a.maskwright"));
    EXPECT_FALSE(save(someProject(), folder_ / "none" / "a.maskwright"));
    EXPECT_FALSE(fs::exists(folder_ / "none"));
}

}  // namespace
}  // namespace maskwright::project
