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

}  // namespace
}  // namespace maskwright::project
