#include "ui/model/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>

namespace maskwright::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

project::RowPtr row(project::Id id, const std::string& phrase, bool visible = true) {
    project::Row row;
    row.id = id;
    row.question.phrase = phrase;
    row.visible = visible;
    return std::make_shared<const project::Row>(row);
}

// a.png: cat, dog (hidden); b.png: cat, bird. Open: a.png, its first row.
class Exports : public testing::Test {
  protected:
    Exports() {
        source_.project.pictures = {picture(1, "/in/a.png", {row(11, "cat"), row(12, "dog", false)}),
                                    picture(2, "/in/b.png", {row(21, "cat"), row(22, "bird")})};
        source_.picture = 1;
        source_.row = 11;
        choice_.folder = out_.path();
    }
    static project::PicturePtr picture(project::Id id, const std::string& path, std::vector<project::RowPtr> rows) {
        return std::make_shared<const project::Picture>(
            project::Picture{id, {path, std::string(64, 'a'), 5, 4, 3}, std::move(rows)});
    }
    // The planned files' names.
    [[nodiscard]] std::vector<std::string> names() const {
        const auto plan = planExport(choice_, source_);
        std::vector<std::string> names;
        for (const std::string& file : plan ? plan->files : std::vector<std::string>{plan.error().what.text()}) {
            names.push_back(QDir(out_.path()).relativeFilePath(QString::fromStdString(file)).toStdString());
        }
        return names;
    }
    QTemporaryDir out_;
    ExportSource source_;
    ExportChoice choice_;
};

TEST_F(Exports, RowsAndPicturesAreChosen) {
    EXPECT_THAT(names(), ElementsAre("a-cat.png"));
    choice_.rows = ExportRows::all;
    EXPECT_THAT(names(), ElementsAre("a-cat.png", "a-dog.png"));
    choice_.allPictures = true;
    EXPECT_THAT(names(), ElementsAre("a-cat.png", "a-dog.png", "b-cat.png", "b-bird.png"));
    choice_.rows = ExportRows::visible;
    EXPECT_THAT(names(), ElementsAre("a-cat.png", "b-cat.png", "b-bird.png"));
    choice_.rows = ExportRows::current;
    EXPECT_THAT(names(), ElementsAre("a-cat.png", "b-cat.png")) << "what is called the same";
    source_.row = 12;
    EXPECT_THAT(names(), ElementsAre("a-dog.png")) << "hidden, but it is the one that is worked on";
    choice_.allPictures = false;
    EXPECT_THAT(names(), ElementsAre("a-dog.png"));
    source_.row = 0;
    EXPECT_FALSE(planExport(choice_, source_)) << "none is worked on";
    choice_.rows = ExportRows::all;
    source_.picture = 0;
    EXPECT_FALSE(planExport(choice_, source_)) << "none is open";
}

TEST_F(Exports, WhatIsTypedIsARowToo) {
    project::Row draft;
    draft.question.phrase = "mouse";
    source_ = withDraft(source_, {}, draft);
    EXPECT_THAT(names(), ElementsAre("a-cat.png", "a-mouse.png"));
    choice_.rows = ExportRows::current;
    EXPECT_THAT(names(), ElementsAre("a-mouse.png"));
    // In a picture that the project does not have.
    source_.picture = 0;
    source_ = withDraft(source_, {"/in/c.png", std::string(64, 'c'), 5, 4, 3}, draft);
    EXPECT_EQ(source_.project.pictures.size(), 3u);
    EXPECT_THAT(names(), ElementsAre("c-mouse.png"));
    EXPECT_NE(source_.row, 22u);
}

TEST_F(Exports, FilesOfEachSort) {
    choice_.allPictures = true;
    const std::vector<std::vector<std::string>> expected = {{"annotations.json"},
                                                            {"annotations.json"},
                                                            {"a.json", "b.json"},
                                                            {"labels/a.txt", "labels/b.txt", "data.yaml"}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        choice_.what = kExportWhats[6 + i];
        EXPECT_EQ(names(), expected[i]);
    }
    choice_.what = {output::Kind::index};
    EXPECT_THAT(names(), ElementsAre("a.png", "b.png"));
    choice_.pattern = " {n}_{stem}.png ";
    EXPECT_THAT(names(), ElementsAre("1_a.png", "2_b.png"));
    choice_.pattern = "{stem}.jpg";
    EXPECT_EQ(planExport(choice_, source_).error().kind, ErrorKind::usage);
    choice_.pattern.clear();
    choice_.folder = " ";
    EXPECT_EQ(planExport(choice_, source_).error().kind, ErrorKind::usage);
}

TEST_F(Exports, WhatIsThereIsNamed) {
    EXPECT_THAT(planExport(choice_, source_)->replaced, IsEmpty());
    QFile there(out_.filePath("a-cat.png"));
    ASSERT_TRUE(there.open(QIODevice::WriteOnly));
    EXPECT_THAT(planExport(choice_, source_)->replaced, ElementsAre(there.fileName().toStdString()));
    choice_.rows = ExportRows::all;
    EXPECT_EQ(planExport(choice_, source_)->replaced.size(), 1u);
}

TEST_F(Exports, TheProjectKeepsTheChoice) {
    for (const ExportWhat& what : kExportWhats) {
        choice_.what = what;
        choice_.pattern = "{stem}_{phrase}.png";
        choice_.opacity = 0.25;
        choice_.hardEdges = true;
        const auto plan = planExport(choice_, source_);
        ASSERT_TRUE(plan);
        ExportChoice again;
        again.folder = choice_.folder;
        takeSettings(again, plan->project.settings);
        EXPECT_EQ(again, choice_);
    }
    project::Settings unknown;
    unknown.exportKind = "hologram";
    takeSettings(choice_, unknown);
    EXPECT_EQ(choice_.what, ExportWhat{});
}

}  // namespace
}  // namespace maskwright::ui
