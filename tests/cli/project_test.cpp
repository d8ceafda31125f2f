// segment --format, and run: the masks of a project without its window.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image/run_ops.h"
#include "core/output/annotations.h"
#include "core/project/format.h"
#include "core/project/journal.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ProjectCommand : public Program {
  protected:
    // The mask in a PNG of 0 and 255.
    Runs runsIn(const std::string& file) const {
        const auto read = image_io::read(file, {});
        EXPECT_TRUE(read.ok()) << file;
        Mask mask(read->image.width, read->image.height);
        for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
            mask.pixels[i] = read->image.pixels[3 * i];
        }
        return runsFromMask(mask);
    }
    std::vector<output::AnnotatedObject> objectsIn(const std::string& file) const {
        const auto read = output::readAnnotations(file, {picture, 96, 64});
        EXPECT_TRUE(read.ok()) << read.error().line();
        return read ? read->objects : std::vector<output::AnnotatedObject>();
    }
    project::PictureFile fileOf(const std::string& at) const {
        return {at, *sha256File(at), fs::file_size(at), 96, 64};
    }
    static project::RunsPtr box() {
        Mask mask(96, 64);
        for (int x = 10; x < 20; ++x) {
            mask.at(x, 5) = 255;
        }
        return std::make_shared<const Runs>(runsFromMask(mask));
    }
    project::Project project() const {
        project::Row cat{2};
        cat.question.phrase = "cat";
        cat.threshold = {project::Threshold::Kind::value, 0.4};
        project::Row object{3, "the thing"};
        object.object = box();
        project::Project made;
        made.model.folder = model;
        made.pictures = {std::make_shared<const project::Picture>(project::Picture{
            1,
            fileOf(picture),
            {std::make_shared<const project::Row>(cat), std::make_shared<const project::Row>(object)}})};
        return made;
    }
    std::string saved(const project::Project& project) const {
        const std::string file = path("photos.maskwright");
        const auto done = project::save(project, file);
        EXPECT_TRUE(done.ok()) << done.error().line();
        return file;
    }
};

TEST_F(ProjectCommand, FormatsHoldTheMasksThatPicturesHave) {
    // A threshold at which the small model's masks are neither empty nor full.
    const std::vector<std::string> asked = {"segment", picture,   "--phrase", "cat",         "--phrase",
                                            "a dog",   "--model", model,      "--threshold", "0.5"};
    auto plain = asked;
    plain.insert(plain.end(), {"-o", path("{phrase}.png")});
    ASSERT_EQ(run(plain).code, 0);
    const Runs cat = runsIn(path("cat.png")), dog = runsIn(path("a_dog.png"));
    const struct {
        std::vector<std::string> options;
        std::string file;
    } ways[] = {{{"--format", "coco", "-o", path("a.json")}, path("a.json")},
                {{"--format", "coco", "--polygons", "-o", path("poly")}, path("poly/annotations.json")},
                {{"--format", "labelme", "-o", path("labelme")}, path("labelme/photo.json")},
                {{"--format", "yolo", "-o", path("yolo")}, path("yolo/labels/photo.txt")}};
    for (const auto& [options, file] : ways) {
        auto words = asked;
        words.insert(words.end(), options.begin(), options.end());
        const Outcome outcome = run(words);
        ASSERT_EQ(outcome.code, 0) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr(" -> " + file));
        std::size_t expected = 0;
        const auto objects = objectsIn(file);
        for (const auto& [label, runs] : {std::pair<std::string, Runs>("cat", cat), {"a dog", dog}}) {
            if (!isEmpty(runs)) {
                ASSERT_LT(expected, objects.size()) << file;
                EXPECT_EQ(objects[expected].label, label);
                EXPECT_EQ(objects[expected].runs, runs) << file;
                ++expected;
            }
        }
        EXPECT_EQ(objects.size(), expected) << file;
        expectError(words, 6, "is there already");
        words.emplace_back("--overwrite");
        EXPECT_EQ(run(words).code, 0);
    }
}

TEST_F(ProjectCommand, OneCocoFileHoldsAFolder) {
    const std::string folder = path("photos");
    fs::create_directories(folder + "/deeper");
    fs::copy_file(picture, folder + "/a.png");
    fs::copy_file(picture, folder + "/deeper/a.png");
    std::ofstream(folder + "/bad.png") << "no picture";
    const Outcome outcome =
        run({"segment", folder, "--phrase", "cat", "--model", model, "--format", "coco", "-o", path("all.json")});
    EXPECT_EQ(outcome.code, 3);
    const Json json = Json::parse(*readFile(path("all.json"), 1 << 24));
    ASSERT_EQ(json["images"].size(), 2u);
    EXPECT_EQ(json["images"][0]["file_name"], "a.png");
    EXPECT_EQ(json["images"][1]["file_name"], "deeper/a.png");
    expectError({"segment", picture, "--phrase", "cat", "--format", "coco"}, 2, "-o");
    expectError({"segment", picture, "--phrase", "cat", "--format", "coco", "-o", path("b"), "--kind", "overlay"}, 2,
                "overlay");
    expectError({"segment", picture, "--phrase", "cat", "-o", path("b"), "--overwrite"}, 2, "--format");
    expectError({"segment", picture, "--phrase", "cat", "-o", path("b"), "--polygons"}, 2, "--format");
}

TEST_F(ProjectCommand, RunGivesWhatSegmentGives) {
    const std::string file = saved(project());
    const Outcome outcome = run({"run", file, "-o", path("out")});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.lines(outcome.out).size(), 2u);
    ASSERT_EQ(
        run({"segment", picture, "--phrase", "cat", "--model", model, "--threshold", "0.4", "-o", path("expected.png")})
            .code,
        0);
    EXPECT_EQ(*readFile(path("out/photo-cat.png"), 1 << 20), *readFile(path("expected.png"), 1 << 20));
    EXPECT_EQ(runsIn(path("out/photo-the_thing.png")), *box());
    expectError({"run", file, "-o", path("out")}, 6, "is there already");
    EXPECT_EQ(run({"run", file, "-o", path("out"), "--overwrite"}).code, 0);

    const Outcome coco = run({"run", file, "-o", path("out.json"), "--format", "coco", "--json"});
    ASSERT_EQ(coco.code, 0) << coco.err;
    EXPECT_EQ(coco.json()[1]["row"], "the thing");
    EXPECT_EQ(objectsIn(path("out.json")).back().runs, *box());
}

// Of an absent thing there is no file unless it is asked for, or an old one would stay.
TEST_F(ProjectCommand, RunLeavesOutWhatWasNotFound) {
    project::Project absent = project();
    auto picture = std::make_shared<project::Picture>(*absent.pictures[0]);
    auto row = std::make_shared<project::Row>(*picture->rows[0]);
    row->threshold.value = 1;
    picture->rows[0] = row;
    absent.pictures[0] = picture;
    const std::string file = saved(absent), cat = path("out/photo-cat.png");
    const Outcome outcome = run({"run", file, "-o", path("out"), "--json"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(outcome.json()[0]["output"].is_null());
    EXPECT_EQ(outcome.json()[0]["area"], 0);
    EXPECT_THAT(outcome.err, HasSubstr("nothing was found for 1 rows"));
    EXPECT_FALSE(fs::exists(cat));
    EXPECT_TRUE(fs::exists(path("out/photo-the_thing.png")));
    EXPECT_EQ(run({"run", file, "-o", path("all"), "--keep-empty"}).code, 0);
    EXPECT_TRUE(isEmpty(runsIn(path("all/photo-cat.png"))));
    EXPECT_EQ(run({"run", file, "-o", path("grey"), "--kind", "probability"}).code, 0);
    EXPECT_TRUE(fs::exists(path("grey/photo-cat.png"))) << "that says something";
    ASSERT_EQ(run({"run", saved(project()), "-o", path("out"), "--overwrite"}).code, 0);
    EXPECT_FALSE(isEmpty(runsIn(cat)));
    EXPECT_EQ(run({"run", saved(absent), "-o", path("out"), "--overwrite"}).code, 0);
    EXPECT_TRUE(isEmpty(runsIn(cat))) << "the old mask must not stay";
}

// What the window's export dialog asks.
TEST_F(ProjectCommand, RunTakesWhatTheDialogAsks) {
    project::Project two = project();
    auto first = std::make_shared<project::Picture>(*two.pictures[0]);
    auto hidden = std::make_shared<project::Row>(*first->rows[1]);
    hidden->visible = false;
    first->rows[1] = hidden;
    two.pictures[0] = first;
    const std::string other = path("other.png");
    fs::copy_file(picture, other);
    auto object = std::make_shared<project::Row>(*hidden);
    object->id = 12;
    object->visible = true;
    two.pictures.push_back(std::make_shared<const project::Picture>(project::Picture{11, fileOf(other), {object}}));
    two.settings.exportFormat = "coco";
    const std::string file = saved(two);
    const auto names = [&](const std::string& folder) {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(path(folder))) {
            found.insert(entry.path().filename().string());
        }
        return found;
    };
    using Names = std::set<std::string>;
    const auto masks = [&](std::vector<std::string> more, const std::string& folder) {
        more.insert(more.begin(), {"run", file, "-o", path(folder)});
        if (std::find(more.begin(), more.end(), "--kind") == more.end()) {
            more.insert(more.end(), {"--kind", "mask"});
        }
        const Outcome outcome = run(more);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return names(folder);
    };
    EXPECT_EQ(masks({}, "visible"), (Names{"photo-cat.png", "other-the_thing.png"}));
    EXPECT_EQ(masks({"--hidden"}, "hidden"), (Names{"photo-cat.png", "photo-the_thing.png", "other-the_thing.png"}));
    EXPECT_EQ(masks({"--row", "the thing"}, "row"), (Names{"photo-the_thing.png", "other-the_thing.png"}));
    EXPECT_EQ(masks({"--picture", "other.png"}, "picture"), (Names{"other-the_thing.png"}));
    EXPECT_EQ(masks({"--picture", picture, "--hidden", "--row", "the thing"}, "both"), (Names{"photo-the_thing.png"}));
    expectError({"run", file, "-o", path("x"), "--row", "dog"}, 2, "dog");
    expectError({"run", file, "-o", path("x"), "--picture", "none.png"}, 2, "none.png");

    ASSERT_EQ(run({"run", file, "-o", path("runs.json")}).code, 0);
    ASSERT_EQ(run({"run", file, "-o", path("polygons.json"), "--polygons"}).code, 0)
        << "the project's format is COCO's";
    EXPECT_THAT(*readFile(path("runs.json"), 1 << 20), HasSubstr("counts"));
    EXPECT_THAT(*readFile(path("polygons.json"), 1 << 20), testing::Not(HasSubstr("counts")));
    expectError({"run", file, "-o", path("x"), "--kind", "mask", "--polygons"}, 2, "--polygons");
    for (const std::vector<std::string>& way : {std::vector<std::string>{"--kind", "mask"}, {"--format", "coco"}, {}}) {
        for (const std::vector<std::string>& more :
             {std::vector<std::string>{"--edge", "hard"}, {"--opacity", "0.5"}, {"--pattern", "{stem}-{n}.png"}}) {
            if (more.front() == "--pattern" && way == std::vector<std::string>{"--kind", "mask"}) {
                continue;
            }
            std::vector<std::string> words = {"run", file, "-o", path("x")};
            words.insert(words.end(), way.begin(), way.end());
            words.insert(words.end(), more.begin(), more.end());
            expectError(words, 2, more.front() + " is for");
        }
    }
    project::Project own = two;
    own.settings.exportPolygons = true;
    saved(own);
    ASSERT_EQ(run({"run", file, "-o", path("own.json")}).code, 0);
    EXPECT_EQ(*readFile(path("own.json"), 1 << 20), *readFile(path("polygons.json"), 1 << 20));
    ASSERT_EQ(run({"run", file, "-o", path("given.json"), "--format", "coco"}).code, 0);
    EXPECT_EQ(*readFile(path("given.json"), 1 << 20), *readFile(path("runs.json"), 1 << 20));
    ASSERT_EQ(run({"run", file, "-o", path("yolo"), "--format", "yolo"}).code, 0);

    const auto bytes = [&](const std::vector<std::string>& options, const std::string& folder) {
        masks(options, folder);
        return *readFile(path(folder + "/photo-cat.png"), 1 << 22);
    };
    project::Project drawn = two;
    drawn.settings.overlayOpacity = 0.9;
    drawn.settings.hardEdges = true;
    const auto overlay = bytes({"--kind", "overlay", "--opacity", "0.9"}, "opaque");
    const auto cutout = bytes({"--kind", "cutout", "--edge", "hard"}, "hard");
    EXPECT_NE(bytes({"--kind", "overlay"}, "usual"), overlay);
    EXPECT_NE(bytes({"--kind", "cutout"}, "soft"), cutout);
    saved(drawn);
    EXPECT_EQ(bytes({"--kind", "overlay"}, "own opaque"), overlay);
    EXPECT_EQ(bytes({"--kind", "cutout"}, "own hard"), cutout);
}

TEST_F(ProjectCommand, RunSaysWhatIsMissingAndDoesTheRest) {
    project::Project broken = project();
    const std::string gone = path("gone.png");
    fs::copy_file(picture, gone);
    project::Picture second{7, fileOf(gone), {broken.pictures[0]->rows[1]}};
    auto row = std::make_shared<project::Row>(*second.rows[0]);
    row->id = 8;
    second.rows = {row};
    broken.pictures.push_back(std::make_shared<const project::Picture>(second));
    broken.model.folder = path("no-model");
    fs::remove(gone);
    const Outcome outcome = run({"run", saved(broken), "-o", path("out"), "--json"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_THAT(outcome.err, HasSubstr("no-model"));
    EXPECT_THAT(outcome.err, HasSubstr("gone.png"));
    EXPECT_EQ(runsIn(path("out/photo-the_thing.png")), *box());
}

TEST_F(ProjectCommand, RunFindsAPictureThatWasMoved) {
    const std::string file = saved(project());
    fs::create_directories(path("elsewhere"));
    fs::rename(picture, path("elsewhere/renamed.png"));
    const Outcome outcome = run({"run", file, "-o", path("out")});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.err, HasSubstr("renamed.png"));
    EXPECT_TRUE(fs::exists(path("out/renamed-cat.png")));
}

// As the window does: see Moved.AReplacedPictureIsFoundElsewhere and Projects.WhatWasChangedIsSaid.
TEST_F(ProjectCommand, RunLooksForAPictureInWhosePlaceAnotherLies) {
    const std::string file = saved(project());
    fs::create_directories(path("elsewhere"));
    fs::rename(picture, path("elsewhere/original.png"));
    Image other(96, 64);
    ASSERT_TRUE(image_io::writeImage(picture, other).ok());
    const Outcome found = run({"run", file, "-o", path("out")});
    EXPECT_EQ(found.code, 0);
    EXPECT_THAT(found.err, HasSubstr(picture + " is another picture now; the project's is"));
    EXPECT_THAT(found.err, testing::Not(HasSubstr("was changed")));
    EXPECT_TRUE(fs::exists(path("out/original-cat.png")));

    fs::remove(path("elsewhere/original.png"));
    const Outcome same = run({"run", file, "-o", path("same")});
    EXPECT_EQ(same.code, 0);
    EXPECT_THAT(same.err, HasSubstr("photo.png\" was changed since the project was saved"));
    EXPECT_TRUE(fs::exists(path("same/photo-the_thing.png")));

    ASSERT_TRUE(image_io::writeImage(picture, Image(64, 96)).ok());
    const Outcome refused = run({"run", file, "-o", path("refused")});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("64x96 pixels, in the project it has 96x64"));
}

TEST_F(ProjectCommand, RunSaysWhatItDoesNotTake) {
    const std::string file = saved(project());
    std::string text = *readFile(file, 1 << 20);
    text.replace(text.find("\"version\": 1"), 12, "\"version\": 9");
    std::ofstream(path("new.maskwright")) << text;
    expectError({"run", path("new.maskwright"), "-o", path("out")}, 3, "newer Maskwright");
    expectError({"run", picture, "-o", path("out")}, 3, "photo.png");
    expectError({"run", path("none.maskwright"), "-o", path("out")}, 3, "none.maskwright");
    expectError({"run", file}, 2, "--output");
    project::Project leading = project();
    leading.settings.exportPattern = "../../{stem}.png";
    ASSERT_TRUE(project::save(leading, path("leading.maskwright")).ok());
    expectError({"run", path("leading.maskwright"), "-o", path("a/b/")}, 2, "leads out of the folder");
    EXPECT_FALSE(fs::exists(path("a")));
    {
        auto journal = project::Journal::start(project::journalPath(file), project::load(file)->sha256);
        ASSERT_TRUE(journal.ok());
        ASSERT_TRUE(journal->add(project::SetRowName{1, 2, "later"}).ok());
    }
    const Outcome outcome = run({"run", file, "-o", path("out")});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.err, HasSubstr("never saved"));
}

}  // namespace
}  // namespace maskwright::test
