#include "core/batch/inputs.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "core/output/write.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::batch {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Finding : public testing::Test {
  protected:
    void put(const std::string& name, const std::string& text = "x") const {
        fs::create_directories(fs::path(folder / name).parent_path());
        test::writeText(folder / name, text);
    }
    void link(const std::string& name, const std::string& target) const {
        fs::create_directories(fs::path(folder / name).parent_path());
        fs::create_symlink(target, folder / name);
    }
    // Below the folder, by name.
    [[nodiscard]] std::vector<std::string> names(const Inputs& inputs) const {
        std::vector<std::string> all;
        for (const std::string& file : inputs.files) {
            all.push_back(file.substr(folder.path().size() + 1));
        }
        return all;
    }
    [[nodiscard]] Inputs find(const std::vector<std::string>& arguments, Depth depth = Depth::all) const {
        std::vector<std::string> paths;
        for (const std::string& argument : arguments) {
            paths.push_back(folder / argument);
        }
        const auto found = expandInputs(paths, depth);
        EXPECT_TRUE(found) << found.error().line();
        return found ? *found : Inputs();
    }
    [[nodiscard]] std::string failure(const std::string& name, Depth depth = Depth::all) const {
        const auto found = expandInputs({folder / name}, depth);
        EXPECT_FALSE(found);
        return found ? "" : found.error().line();
    }
    test::OwnFolder folder;
};

TEST_F(Finding, AFolderIsThePicturesInItAndBelow) {
    for (const char* name : {"in/b.png", "in/a.JPG", "in/notes.txt", "in/2024/봄 소풍/c.webp", "single.png"}) {
        put(name);
    }
    fs::create_directories(folder / "in/sub.png");
    fs::create_directories(folder / "empty");
    const Inputs inputs = find({"single.png", "in", "empty"});
    EXPECT_THAT(names(inputs), ElementsAre("single.png", "in/2024/봄 소풍/c.webp", "in/a.JPG", "in/b.png"));
    EXPECT_THAT(inputs.roots, ElementsAre("", folder / "in", folder / "in", folder / "in"));
    EXPECT_TRUE(inputs.fromFolder);
    ASSERT_EQ(inputs.bad.size(), 1u);
    EXPECT_EQ(inputs.bad[0].first, folder / "empty");
    EXPECT_EQ(inputs.bad[0].second.kind, ErrorKind::input);
    EXPECT_THAT(namesBelow(inputs), ElementsAre("single.png", "in/2024/봄 소풍/c.webp", "in/a.JPG", "in/b.png"));
    EXPECT_THAT(names(find({"in"}, Depth::one)), ElementsAre("in/a.JPG", "in/b.png"));
    EXPECT_FALSE(find({"single.png"}).fromFolder);
    EXPECT_THAT(names(find({"in", "in", "in/2024"})), ElementsAre("in/2024/봄 소풍/c.webp", "in/a.JPG", "in/b.png"))
        << "each folder once";
}

TEST_F(Finding, WhatTellsPicturesApartIsSeenFromTheFolderTheyShare) {
    for (const char* name : {"year/01/IMG.jpg", "year/02/x/IMG.jpg", "year/top.png"}) {
        put(name);
    }
    const Inputs one = find({"year/"});
    const auto parts = nameParts(one);
    EXPECT_EQ(parts[0].folder, "01");
    EXPECT_EQ(parts[0].below, "01");
    EXPECT_EQ(parts[1].folder, "02/x");
    EXPECT_EQ(parts[2].folder, "year") << "of one in the folder itself";
    EXPECT_EQ(parts[2].below, "");
    EXPECT_EQ(parts[2].number, "3");
    EXPECT_THAT(namesBelow(one), ElementsAre("01/IMG.jpg", "02/x/IMG.jpg", "top.png"));
    const auto two = nameParts(find({"year/01/IMG.jpg", "year/02"}));
    EXPECT_EQ(two[0].folder, "01");
    EXPECT_EQ(two[0].below, "") << "it was named itself";
    EXPECT_EQ(two[1].folder, "02/x");
    EXPECT_EQ(two[1].below, "x");
}

TEST_F(Finding, WhatSystemsLeaveBehindIsPassedOverQuietly) {
    put("in/a.jpg");
    for (const char* name : {"in/._a.jpg", "in/.hidden.png", "in/__MACOSX/a.jpg", "in/.thumbnails/a.png",
                             "in/@eaDir/a.jpg", "in/Thumbs.db", "in/.DS_Store", "in/$RECYCLE.BIN/b.jpg"}) {
        put(name);
    }
    const Inputs inputs = find({"in"});
    EXPECT_THAT(names(inputs), ElementsAre("in/a.jpg"));
    EXPECT_THAT(inputs.bad, IsEmpty());
    EXPECT_THAT(inputs.notices, IsEmpty());
}

TEST_F(Finding, OtherKindsOfPicturesAreOneLine) {
    put("in/a.jpg");
    for (const char* name : {"in/b.NEF", "in/c.dng", "in/d.nef", "in/e.svg"}) {
        put(name);
    }
    const Inputs inputs = find({"in"});
    ASSERT_EQ(inputs.notices.size(), 1u);
    EXPECT_THAT(inputs.notices[0].line(), HasSubstr("1 .dng, 2 .nef, 1 .svg"));
    EXPECT_THAT(inputs.notices[0].line(), HasSubstr("b.NEF"));
    put("raw/c.dng");
    EXPECT_THAT(failure("raw"), HasSubstr("1 .dng, which are not read"));
}

TEST_F(Finding, TheAdviceFitsTheFolder) {
    fs::create_directories(folder / "empty");
    EXPECT_THAT(failure("empty"), HasSubstr(".png, .jpg"));
    put("deep/below/a.jpg");
    EXPECT_THAT(failure("deep", Depth::one), HasSubstr("--flat"));
}

TEST_F(Finding, LinksThatGoRoundAreALineAndNothingIsFoundTwice) {
    put("in/a/1.jpg");
    put("in/b/2.jpg");
    put("elsewhere/3.jpg");
    link("in/a/up", "..");
    link("in/0again", "b");
    link("in/self", "self");
    link("in/out", "../elsewhere");
    link("in/gone.jpg", "nowhere.jpg");
    link("in/loop.jpg", "loop.jpg");
    link("in/missing", "/nowhere/at all");
    link("in/2023.08", "/nowhere/2023.08");
    link("in/가족.여름", "/nowhere");
    link("in/notes.txt", "/nowhere/notes.txt");
    const Inputs inputs = find({"in"});
    EXPECT_THAT(names(inputs), ElementsAre("in/a/1.jpg", "in/b/2.jpg", "in/gone.jpg", "in/loop.jpg", "in/out/3.jpg"))
        << "what cannot be read says so when it is read";
    ASSERT_EQ(inputs.skipped.size(), 2u);
    EXPECT_EQ(inputs.skipped[0].first, folder / "in/0again");
    EXPECT_EQ(inputs.skipped[1].first, folder / "in/a/up");
    std::set<std::string> bad;
    for (const auto& [path, error] : inputs.bad) {
        bad.insert(path);
        EXPECT_THAT(error.line(), HasSubstr("leads nowhere"));
    }
    EXPECT_EQ(bad, (std::set<std::string>{folder / "in/self", folder / "in/missing", folder / "in/2023.08",
                                          folder / "in/가족.여름"}))
        << "all that may be a folder";
}

// A folder whose list may be read and nothing in it looked at.
TEST_F(Finding, WhatMayNotBeLookedAtIsALineToo) {
    put("in/a.jpg");
    put("in/listed/b.jpg");
    put("in/listed/sub/c.jpg");
    link("in/listed/link", "sub");
    fs::permissions(folder / "in/listed", fs::perms::owner_read);
    if (::access((folder / "in/listed/b.jpg").c_str(), F_OK) == 0) {
        fs::permissions(folder / "in/listed", fs::perms::owner_all);
        GTEST_SKIP() << "root may read everything";
    }
    const Inputs inputs = find({"in"});
    fs::permissions(folder / "in/listed", fs::perms::owner_all);
    EXPECT_THAT(names(inputs), ElementsAre("in/a.jpg", "in/listed/b.jpg"));
    ASSERT_EQ(inputs.bad.size(), 2u);
    for (const auto& [path, error] : inputs.bad) {
        EXPECT_THAT(error.line(), HasSubstr("Permission denied")) << path;
    }
}

TEST_F(Finding, WhatIsNoFileIsFoundAndNotOpened) {
    put("in/a.jpg");
    ASSERT_EQ(::mkfifo((folder / "in/pipe.png").c_str(), 0600), 0);
    EXPECT_THAT(names(find({"in"})), ElementsAre("in/a.jpg", "in/pipe.png"));
}

TEST_F(Finding, AFolderThatMayNotBeReadIsALine) {
    put("in/a.jpg");
    put("in/closed/b.jpg");
    fs::permissions(folder / "in/closed", fs::perms::none);
    if (::access((folder / "in/closed").c_str(), R_OK) == 0) {
        GTEST_SKIP() << "root may read everything";
    }
    const Inputs inputs = find({"in"});
    fs::permissions(folder / "in/closed", fs::perms::owner_all);
    EXPECT_THAT(names(inputs), ElementsAre("in/a.jpg"));
    ASSERT_EQ(inputs.bad.size(), 1u);
    EXPECT_THAT(inputs.bad[0].second.line(), HasSubstr("Permission denied"));
}

TEST_F(Finding, ResultsOfAnEarlierRunAreNoPictures) {
    const Image image = test::picture(8, 8);
    const Heatmap map = test::ramp(8, 8);
    output::Request request;
    request.picture = &image;
    request.map = &map;
    request.labels = {"고양이"};
    request.model = "mini";
    fs::create_directories(folder / "in/masks");
    ASSERT_TRUE(image_io::writeImage(folder / "in/a.png", image));
    for (const output::Kind kind : {output::Kind::mask, output::Kind::cutout, output::Kind::probability16}) {
        request.kind = kind;
        ASSERT_TRUE(output::write(folder / ("in/masks/" + std::string(output::kindName(kind)) + ".png"), request));
    }
    const Inputs inputs = find({"in"});
    EXPECT_THAT(names(inputs), ElementsAre("in/a.png"));
    ASSERT_EQ(inputs.notices.size(), 1u);
    EXPECT_THAT(inputs.notices[0].line(), HasSubstr("not searched: 3"));
    EXPECT_EQ(find({"in/masks"}).files.size(), 3u) << "where there is nothing else, they are what is meant";
    EXPECT_EQ(find({"in/masks/mask.png"}).files.size(), 1u);
    EXPECT_TRUE(output::isOurs(folder / "in/masks/mask.png"));
    EXPECT_FALSE(output::isOurs(folder / "in/a.png"));
    put("in/cut.png", "\x89PNG\r\n\x1a\n");
    EXPECT_FALSE(output::isOurs(folder / "in/cut.png"));
    EXPECT_FALSE(output::isOurs(folder / "none.png"));
}

}  // namespace
}  // namespace maskwright::batch
