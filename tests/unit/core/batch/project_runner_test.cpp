#include "core/batch/project_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image/refine.h"
#include "core/image/run_ops.h"
#include "core/output/write.h"
#include "core/project/mask.h"

namespace maskwright::batch {
namespace {

namespace fs = std::filesystem;
using project::Id;
using testing::HasSubstr;

// The map of "left" falls from left to right, of all other phrases from right to left.
Heatmap mapFor(const std::string& phrase, int width, int height) {
    Heatmap map(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float p = (float(x) + 0.5f) / float(width);
            map.at(x, y) = phrase == "left" ? 1 - p : p;
        }
    }
    return map;
}

class Ramps : public Segmenter {
  public:
    int asked = 0;
    std::vector<session::Prompt> prompts;
    Result<Model> open(const std::stop_token& /*stop*/) override { return Model{"ramps", "float32", {}, {}}; }
    Result<void> segment(std::size_t /*index*/, const std::shared_ptr<const Image>& picture, const Request& request,
                         const Give& give, const std::stop_token& /*stop*/) override {
        ++asked;
        prompts.push_back(request.prompts.front());
        if (request.prompts.front().phrase == "broken") {
            return Error{ErrorKind::weights, "the model is broken", ""};
        }
        return give(
            {std::make_shared<const Heatmap>(mapFor(request.prompts.front().phrase, picture->width, picture->height)),
             0.75f,
             false,
             {},
             {}});
    }
};

class Projects : public testing::Test {
  protected:
    static constexpr int kWidth = 20, kHeight = 10;
    void SetUp() override {
        fs::create_directories(folder_ / "in");
        add(1, "a.png", {row(11, "left"), row(12, "right")});
    }
    void TearDown() override { fs::remove_all(folder_); }

    static project::Row row(Id id, const std::string& phrase) {
        project::Row made{id};
        made.question.phrase = phrase;
        return made;
    }
    static project::RunsPtr box(int x, int y, int width, int height) {
        Mask mask(kWidth, kHeight);
        for (int line = y; line < y + height; ++line) {
            std::fill_n(&mask.at(x, line), width, 255);
        }
        return std::make_shared<const Runs>(runsFromMask(mask));
    }
    project::PictureFile file(const std::string& name) {
        const fs::path path = folder_ / "in" / name;
        if (!fs::exists(path)) {
            Image image(kWidth, kHeight);
            std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t(90));
            EXPECT_TRUE(image_io::writeImage(path.string(), image));
        }
        return {path.string(), *sha256File(path), fs::file_size(path), kWidth, kHeight};
    }
    void add(Id id, const std::string& name, const std::vector<project::Row>& rows) {
        project::Picture picture{id, file(name), {}};
        for (const project::Row& one : rows) {
            picture.rows.push_back(std::make_shared<const project::Row>(one));
        }
        project_.pictures.push_back(std::make_shared<const project::Picture>(picture));
    }
    void change(const project::Row& row) {
        auto picture = std::make_shared<project::Picture>(*project_.pictures[0]);
        for (project::RowPtr& one : picture->rows) {
            if (one->id == row.id) {
                one = std::make_shared<const project::Row>(row);
            }
        }
        project_.pictures[0] = picture;
    }
    std::vector<PictureOutcome> run(ProjectRequest request, bool model = true) {
        request.output = (folder_ / "out").string();
        std::vector<PictureOutcome> outcomes;
        const auto plan = planProject(project_, request);
        EXPECT_TRUE(plan) << plan.error().line();
        const ProjectModel asked{model ? &ramps_ : nullptr, "ramps", 0.5, {ErrorKind::weights, "no model", ""}};
        const auto done = runProject(project_, *plan, request, asked,
                                     [&](const PictureOutcome& one) { outcomes.push_back(one); }, {});
        EXPECT_TRUE(done) << done.error().line();
        return outcomes;
    }
    std::string out(const std::string& name) { return (folder_ / "out" / name).string(); }
    Runs runsOf(const std::string& name) {
        const auto read = image_io::read(out(name), {});
        EXPECT_TRUE(read) << read.error().line();
        Mask mask(kWidth, kHeight);
        for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
            mask.pixels[i] = read->image.pixels[3 * i];
        }
        return runsFromMask(mask);
    }
    fs::path folder_ = fs::path(testing::TempDir()) / ("project_run" + std::to_string(::getpid()));
    project::Project project_;
    Ramps ramps_;
};

TEST_F(Projects, EachVisibleRowBecomesAFile) {
    project::Row hidden = row(13, "hidden");
    hidden.visible = false;
    add(2, "b.png", {row(21, "left"), row(22, "left"), hidden});
    const auto outcomes = run({});
    ASSERT_EQ(outcomes.size(), 2u);
    EXPECT_EQ(outcomes[0].rows[0].output, out("a-left.png"));
    EXPECT_EQ(outcomes[1].rows[1].output, out("b-left-2.png"));
    EXPECT_EQ(outcomes[1].rows.size(), 2u);
    EXPECT_EQ(runsOf("a-left.png"), *box(0, 0, 10, 10));
    EXPECT_FLOAT_EQ(outcomes[0].rows[0].presence, 0.75f);
    EXPECT_EQ(outcomes[0].rows[0].area, 100);
}

TEST_F(Projects, TheFileIsTheOneThatTheDoorWrites) {
    project::Row changed = row(11, "left");
    changed.threshold = {project::Threshold::Kind::value, 0.7};
    changed.correction = {box(15, 0, 3, 3), box(0, 0, 2, 2)};
    changed.colour = {1, 2, 3};
    change(changed);
    for (const output::Kind kind :
         {output::Kind::mask, output::Kind::probability16, output::Kind::cutout, output::Kind::overlay}) {
        ProjectRequest request;
        request.kind = kind;
        request.overwrite = true;
        run(request);
        Heatmap map = mapFor("left", kWidth, kHeight);
        project::correct(map, changed.correction);
        const auto picture = image_io::read(file("a.png").path, {});
        output::Request one;
        one.kind = kind;
        one.picture = &picture->image;
        one.map = &map;
        one.appearance.threshold = 0.7;
        one.appearance.colour = output::Colour{1, 2, 3};
        one.labels = {"left"};
        one.model = "ramps";
        ASSERT_TRUE(output::write(out("expected.png"), one));
        EXPECT_EQ(*readFile(out("a-left.png"), 1 << 20), *readFile(out("expected.png"), 1 << 20));
    }
}

TEST_F(Projects, CompetingRowsShareNoPixelAndCorrectionsComeAfter) {
    project_.settings.compete = true;
    project::Row left = row(11, "left"), right = row(12, "right");
    left.threshold = right.threshold = {project::Threshold::Kind::value, 0.2};
    right.correction.added = box(0, 0, 1, 1);
    change(left);
    change(right);
    run({});
    EXPECT_EQ(runsOf("a-left.png"), *box(0, 0, 10, 10));
    EXPECT_EQ(runsOf("a-right.png"), united(*box(10, 0, 10, 10), *box(0, 0, 1, 1)));
    project_.settings.compete = false;
    ProjectRequest again;
    again.overwrite = true;
    run(again);
    EXPECT_EQ(runsOf("a-left.png"), *box(0, 0, 16, 10));
}

TEST_F(Projects, ARowAloneHasWhatItHasAmongTheVisibleOnes) {
    project_.settings.compete = true;
    project::Row left = row(11, "left"), right = row(12, "right"), hidden = row(13, "hidden");
    left.threshold = right.threshold = {project::Threshold::Kind::value, 0.2};
    hidden.visible = false;
    add(2, "b.png", {hidden, left, right});
    ProjectRequest request;
    request.rows = {11};
    request.pictures = {2};
    run(request);
    EXPECT_EQ(runsOf("b-left.png"), *box(0, 0, 10, 10));
    // A hidden row that is asked for is one of them; it is the first of two that are equally sure.
    request.rows = {11, 12, 13};
    request.overwrite = true;
    const auto outcomes = run(request);
    EXPECT_EQ(runsOf("b-hidden.png"), *box(10, 0, 10, 10));
    EXPECT_EQ(runsOf("b-left.png"), *box(0, 0, 10, 10));
    EXPECT_EQ(outcomes[0].rows[2].area, 0);
    EXPECT_TRUE(outcomes[0].rows[2].leftOut);
    EXPECT_FALSE(fs::exists(out("b-right.png")));
}

TEST_F(Projects, WhatAnObjectCompetesWithNeedsTheModel) {
    project_.settings.compete = true;
    project::Row object = row(12, "");
    object.object = box(0, 0, 20, 10);
    change(object);
    ProjectRequest request;
    request.output = out("");
    request.rows = {12};
    EXPECT_TRUE(asks(*planProject(project_, request)));
    project_.settings.compete = false;
    EXPECT_FALSE(asks(*planProject(project_, request)));
}

TEST_F(Projects, AnIndexHasTheRowsByNumber) {
    ProjectRequest request;
    request.kind = output::Kind::index;
    const auto outcomes = run(request);
    EXPECT_EQ(outcomes[0].rows[1].output, out("a.png"));
    EXPECT_TRUE(output::isOurs(out("a.png")));
}

TEST_F(Projects, WhatCannotBeDoneIsSaidAndTheRestDone) {
    project::Row object = row(23, "");
    object.object = box(2, 2, 3, 3);
    add(2, "b.png", {row(21, "broken"), row(22, ""), object, row(24, "left")});
    add(3, "c.png", {row(31, "left")});
    add(4, "d.png", {row(41, "left")});
    fs::remove(folder_ / "in" / "c.png");
    Image other(5, 5);
    ASSERT_TRUE(image_io::writeImage((folder_ / "in" / "d.png").string(), other));
    const auto outcomes = run({});
    ASSERT_EQ(outcomes.size(), 4u);
    EXPECT_TRUE(outcomes[1].rows[0].error && outcomes[1].rows[1].error);
    EXPECT_FALSE(outcomes[1].rows[2].error);
    EXPECT_EQ(runsOf("b-object-2.png"), *box(2, 2, 3, 3));
    EXPECT_EQ(runsOf("b-left.png"), *box(0, 0, 10, 10));
    ASSERT_TRUE(outcomes[2].error && outcomes[3].error);
    EXPECT_THAT(outcomes[3].error->line(), HasSubstr("5x5"));
    EXPECT_EQ(outcomes[0].rows.size(), 2u);
}

TEST_F(Projects, WithoutAModelObjectsGoOn) {
    project::Row object = row(12, "");
    object.object = box(2, 2, 3, 3);
    change(object);
    const auto outcomes = run({}, false);
    EXPECT_EQ(outcomes[0].rows[0].error->what.text(), "no model");
    EXPECT_EQ(runsOf("a-object.png"), *box(2, 2, 3, 3));
}

TEST_F(Projects, ExamplesAreShownFromTheirPictures) {
    project::Row shown = row(11, "left");
    project::Example good{50, "", file("e.png"), box(1, 1, 4, 4), 2};
    project::Example off = good, negative = good;
    off.enabled = false;
    negative.negative = true;
    negative.picture = project_.pictures[0]->file;
    for (const auto& one : {good, off, negative}) {
        shown.examples.push_back(std::make_shared<const project::Example>(one));
    }
    change(shown);
    run({});
    ASSERT_EQ(ramps_.prompts[0].regions.size(), 1u);
    EXPECT_DOUBLE_EQ(ramps_.prompts[0].regions[0].weight, 2);
    EXPECT_EQ(runsFromMask(*ramps_.prompts[0].regions[0].region), *box(1, 1, 4, 4));
    EXPECT_EQ(ramps_.prompts[0].negativeRegions.size(), 1u);
}

// Of another size it is refused, an example as a picture; of the same size it is worked on, and said once.
TEST_F(Projects, WhatWasChangedIsSaid) {
    const auto asking = [&](Id id, const project::PictureFile& picture) {
        project::Row made = row(id, "left");
        made.examples = {
            std::make_shared<const project::Example>(project::Example{id + 50, "", picture, box(1, 1, 4, 4)})};
        return made;
    };
    const auto write = [&](const std::string& name, int width, std::uint8_t grey) {
        Image image(width, kHeight);
        std::fill(image.pixels.begin(), image.pixels.end(), grey);
        ASSERT_TRUE(image_io::writeImage((folder_ / "in" / name).string(), image));
    };
    const project::PictureFile example = file("e.png"), own = project_.pictures[0]->file;
    add(2, "b.png", {asking(21, example), asking(22, own)});
    add(3, "c.png", {asking(31, example)});
    EXPECT_TRUE(run({})[1].warnings.empty());

    write("e.png", kWidth, 91);
    write("a.png", kWidth, 92);
    ProjectRequest again;
    again.overwrite = true;
    auto outcomes = run(again);
    const auto said = [&](std::size_t picture) {
        std::vector<std::string> texts;
        for (const Message& one : outcomes[picture].warnings) {
            texts.push_back(one.text());
        }
        return texts;
    };
    EXPECT_THAT(said(0), testing::ElementsAre(HasSubstr("a.png\" was changed since the project was saved")));
    EXPECT_THAT(said(1), testing::ElementsAre(HasSubstr("e.png\" was changed since the project was saved")));
    EXPECT_THAT(said(2), testing::IsEmpty()) << "it was said";
    EXPECT_FALSE(outcomes[2].rows[0].error);

    write("e.png", kWidth + 1, 90);
    outcomes = run(again);
    ASSERT_TRUE(outcomes[1].rows[0].error);
    EXPECT_THAT(outcomes[1].rows[0].error->what.text(), HasSubstr("21x10 pixels"));
    EXPECT_FALSE(outcomes[1].rows[1].error);
}

TEST_F(Projects, NothingIsReplacedUnasked) {
    run({});
    ProjectRequest again;
    again.output = (folder_ / "out").string();
    const auto plan = planProject(project_, again);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().kind, ErrorKind::output);
    // Nor is a picture of the project, whatever is asked.
    ProjectRequest over;
    over.output = (folder_ / "in").string();
    over.kind = output::Kind::index;
    over.overwrite = true;
    const auto beside = planProject(project_, over);
    ASSERT_TRUE(beside);
    EXPECT_EQ(beside->pictures[0].outputs.front(), (folder_ / "in" / "a-2.png").string());
}

TEST_F(Projects, PatternsAreFollowedAndChecked) {
    ProjectRequest request;
    request.pattern = "{n}/{phrase}.png";
    run(request);
    EXPECT_TRUE(fs::exists(out("1/left.png")));
    request.output = (folder_ / "out").string();
    for (const char* wrong : {"{stem}.jpg", "{what}.png", "{stem.png"}) {
        request.pattern = wrong;
        EXPECT_FALSE(planProject(project_, request)) << wrong;
    }
}

TEST_F(Projects, APatternLeadsBelowTheFolderOnly) {
    ProjectRequest request;
    request.output = (folder_ / "out" / "deep").string();
    request.overwrite = true;
    for (const std::string wrong : {"../../../{stem}.png", "a/../{phrase}.png", "/tmp/{stem}.png"}) {
        request.pattern = wrong;
        const auto plan = planProject(project_, request);
        ASSERT_FALSE(plan) << wrong;
        EXPECT_EQ(plan.error().kind, ErrorKind::usage);
        EXPECT_THAT(plan.error().line(), HasSubstr("the pattern \"" + wrong + "\" leads out of the folder"));
        EXPECT_FALSE(plan.error().advice.empty());
    }
    // A row's name cannot.
    change(row(11, "../../x"));
    request.pattern = "a/{phrase}.png";
    const auto plan = planProject(project_, request);
    ASSERT_TRUE(plan) << plan.error().line();
    EXPECT_EQ(plan->pictures[0].outputs.front(), out("deep/a/.._.._x.png"));
}

TEST_F(Projects, APictureWithMoreRowsThanItMayHaveIsRefused) {
    std::vector<project::Row> rows;
    for (Id id = 100; id <= 100 + project::kMostRows; ++id) {
        rows.push_back(row(id, "left"));
    }
    add(2, "many.png", rows);
    ProjectRequest request;
    request.output = (folder_ / "out").string();
    const auto plan = planProject(project_, request);
    ASSERT_FALSE(plan);
    EXPECT_THAT(plan.error().line(), HasSubstr("many.png\" would have 256 rows, and 255 is the most"));
}

TEST_F(Projects, PastedPicturesAreCalledByTheirNames) {
    add(2, "5d41402abc4b2a76b9719d911017c592.png", {row(21, "left")});
    add(3, "7d793037a0760186574b0282f2f435e7.png", {row(31, "left")});
    ProjectRequest request;
    request.names = {{2, "Pasted picture.png"}, {3, "Pasted picture.png"}};
    run(request);
    EXPECT_TRUE(fs::exists(out("a-left.png")));
    EXPECT_TRUE(fs::exists(out("Pasted picture-left.png")));
    EXPECT_TRUE(fs::exists(out("Pasted picture-2-left.png")));
    const auto plan = planProject(project_, {output::Kind::mask, {}, out("again"), {}, {}, {}, request.names});
    ASSERT_TRUE(plan);
    EXPECT_THAT(plan->names, testing::ElementsAre("a.png", "Pasted picture.png", "Pasted picture-2.png"));
    EXPECT_EQ(plan->pictures[1].outputs.front(), out("again/Pasted picture-left.png"));
    // Without any other picture there is no folder of theirs to see them from.
    ProjectRequest alone = request;
    alone.pictures = {2};
    alone.output = out("alone");
    EXPECT_THAT(planProject(project_, alone)->names, testing::ElementsAre("Pasted picture.png"));
}

TEST_F(Projects, WhatWouldBeReplacedIsKnownBefore) {
    ProjectRequest request;
    request.overwrite = true;
    request.output = (folder_ / "out").string();
    const auto there = [&] { return thereAlready(*filesOf(*planProject(project_, request), request)); };
    EXPECT_THAT(*filesOf(*planProject(project_, request), request),
                testing::ElementsAre(out("a-left.png"), out("a-right.png")));
    EXPECT_TRUE(there().empty());
    request.rows = {12};
    run(request);
    request.rows.clear();
    EXPECT_THAT(there(), testing::ElementsAre(out("a-right.png")));
    request.annotations = output::AnnotationOptions{output::Format::yolo, false, true};
    EXPECT_TRUE(there().empty());
    run(request);
    EXPECT_THAT(there(), testing::ElementsAre(out("labels/a.txt"), out("data.yaml")));
    request.output = out("one.json");
    EXPECT_EQ(filesOf(*planProject(project_, request), request).error().kind, ErrorKind::usage);
}

TEST_F(Projects, AnnotationsHoldWhatThePicturesWould) {
    project::Row left = row(11, "left");
    left.correction.added = box(18, 0, 1, 5);
    change(left);
    ProjectRequest request;
    request.annotations = output::AnnotationOptions{output::Format::coco};
    const auto outcomes = run(request);
    EXPECT_EQ(outcomes[0].rows[0].output, out("annotations.json"));
    const auto read = output::readAnnotations(out("annotations.json"), {"a.png", kWidth, kHeight});
    ASSERT_TRUE(read) << read.error().line();
    ASSERT_EQ(read->objects.size(), 2u);
    EXPECT_EQ(read->objects[0].runs, united(*box(0, 0, 10, 10), *box(18, 0, 1, 5)));
    EXPECT_EQ(read->objects[1].label, "right");
}

}  // namespace
}  // namespace maskwright::batch
