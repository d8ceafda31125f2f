#include "core/project/moved.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "core/base/sha256.h"
#include "tests/unit/core/project/some_project.h"

namespace maskwright::project {
namespace {

namespace fs = std::filesystem;

TEST(Moved, PicturesAreFoundByWhatIsInThem) {
    const fs::path folder = fs::path(::testing::TempDir()) / ("moved" + std::to_string(::getpid()));
    fs::create_directories(folder / "new" / ".hidden");
    std::ofstream(folder / "new" / "renamed.png") << "the cat";
    std::ofstream(folder / "new" / "other.png") << "not cat";  // as long
    std::ofstream(folder / "new" / ".hidden" / "copy.png") << "the dog";
    PictureFile cat = fileOf(1), dog = fileOf(9);
    cat.sha256 = *sha256File(folder / "new" / "renamed.png");
    dog.sha256 = *sha256File(folder / "new" / ".hidden" / "copy.png");
    cat.bytes = dog.bytes = 7;
    Project project = apply(someProject(), SetPictureFile{1, cat})->project;
    Example example = *project.row(1, 3)->examples[0];
    example.picture = cat;
    project = apply(project, SetExample{1, 3, std::make_shared<const Example>(example)})->project;
    project = apply(project, SetPictureFile{2, dog})->project;

    EXPECT_EQ(missingFiles(project).size(), 2u);
    const auto found = findMoved(missingFiles(project), folder);
    ASSERT_EQ(found.size(), 1u);
    const auto edit = movedEdit(project, found);
    ASSERT_TRUE(edit);
    const auto after = apply(project, *edit);
    ASSERT_TRUE(after) << after.error().line();
    EXPECT_EQ(after->project.picture(1)->file.path, (folder / "new" / "renamed.png").string());
    EXPECT_EQ(after->project.row(1, 3)->examples[0]->picture.path, (folder / "new" / "renamed.png").string());
    EXPECT_EQ(after->project.picture(2)->file.path, dog.path);
    EXPECT_FALSE(movedEdit(after->project, found));
    fs::remove_all(folder);
}

// A picture is replaced; another, which is an example too, is missing.
TEST(Moved, AReplacedPictureIsFoundElsewhere) {
    const fs::path folder = fs::path(::testing::TempDir()) / ("replaced" + std::to_string(::getpid()));
    fs::create_directories(folder / "elsewhere");
    const auto file = [&](const char* name, const char* content, PictureFile made) {
        std::ofstream(folder / name) << content;
        made.path = (folder / name).string();
        made.sha256 = *sha256File(folder / name);
        made.bytes = fs::file_size(folder / name);
        return made;
    };
    const PictureFile cat = file("cat.png", "the cat", fileOf(1)), dog = file("dog.png", "the dog", fileOf(2));
    Project project = apply(someProject(), SetPictureFile{1, cat})->project;
    project = apply(project, SetPictureFile{2, dog})->project;
    Example example = *project.row(1, 3)->examples[0];
    example.picture = dog;
    project = apply(project, SetExample{1, 3, std::make_shared<const Example>(example)})->project;
    EXPECT_TRUE(missingFiles(project).empty());
    EXPECT_TRUE(replacedFiles(project).empty());

    fs::rename(folder / "cat.png", folder / "elsewhere" / "tom.png");
    fs::rename(folder / "dog.png", folder / "elsewhere" / "rex.png");
    std::ofstream(folder / "cat.png") << "a hare";
    EXPECT_EQ(replacedFiles(project), std::vector<PictureFile>{cat});
    EXPECT_TRUE(lookForLost(project, {cat}, {}).found.empty()) << "nowhere";
    const Whereabouts now = lookForLost(project, replacedFiles(project), folder);
    EXPECT_EQ(now.lost, (std::vector<PictureFile>{dog, cat}));
    ASSERT_EQ(now.found.size(), 2u);
    const auto edit = movedEdit(project, now.found);
    ASSERT_TRUE(edit);
    const auto after = apply(project, *edit);
    ASSERT_TRUE(after) << after.error().line();
    EXPECT_EQ(after->project.picture(1)->file.path, (folder / "elsewhere" / "tom.png").string());
    EXPECT_EQ(after->project.picture(2)->file.path, (folder / "elsewhere" / "rex.png").string());
    EXPECT_EQ(after->project.row(1, 3)->examples[0]->picture.path, (folder / "elsewhere" / "rex.png").string());
    EXPECT_TRUE(replacedFiles(after->project).empty());

    Project idle = project;
    auto bare = std::make_shared<Picture>(*idle.pictures[0]);
    bare->rows.clear();
    idle.pictures[0] = bare;
    EXPECT_TRUE(replacedFiles(idle).empty()) << "nobody asks for a picture without rows";
    fs::remove_all(folder);
}

}  // namespace
}  // namespace maskwright::project
