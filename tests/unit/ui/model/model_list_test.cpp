#include "ui/model/model_list.h"

#include <gtest/gtest.h>

#include <QSettings>
#include <QTemporaryDir>

#include "tests/support/fake_model_store.h"
#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

using State = StoredModel::State;
using A = ModelAction;
using Actions = std::vector<ModelAction>;

class ModelListTest : public testing::Test {
  protected:
    ModelListTest() {
        QSettings().clear();
        list.setUsed("sight", {});
        QObject::connect(&list, &ModelList::arrived, &list, [this](const QString& id) { arrived << id; });
        QObject::connect(&list, &ModelList::failed, &list, [this](const QString& id) { failed << id; });
    }
    [[nodiscard]] ModelEntry entry(const QString& id) const { return list.find(id).value(); }
    [[nodiscard]] Actions actions(const QString& id) const { return actionsOf(entry(id)); }

    const QString refined = "clipseg-rd64-refined", clip = "clip-vit-base-patch32";
    const Error refused{ErrorKind::weights, "the hub answers 404", "check the name"};
    FakeModelStore store;
    ModelList list{store};
    QStringList arrived, failed;
};

TEST_F(ModelListTest, WhatCanBeDoneWithEach) {
    EXPECT_TRUE(entry("sight").inUse);
    EXPECT_EQ(actions("sight"), Actions({A::reveal}));
    EXPECT_EQ(actions("mini"), Actions({A::use, A::reveal}));
    EXPECT_EQ(actions(refined), Actions({A::download}));
    store.finish(refined);
    store.finish(clip);
    list.refresh();
    EXPECT_EQ(actions(refined), Actions({A::use, A::reveal, A::remove}));
    EXPECT_EQ(actions(clip), Actions({A::useForWhich, A::reveal, A::remove}));
    list.setUsed("/data/" + refined, clip);
    EXPECT_EQ(actions(refined), Actions({A::reveal})) << "what is in use stays";
    EXPECT_EQ(actions(clip), Actions({A::leaveWhich, A::reveal}));
    EXPECT_FALSE(entry("sight").inUse);
    list.remove(refined);
    list.remove("mini");
    EXPECT_TRUE(store.removed.isEmpty());
}

TEST_F(ModelListTest, ADownloadPausesAndGoesOn) {
    list.download(refined);
    list.download(refined);
    ASSERT_EQ(store.fetched.size(), 1u) << "twice is once";
    EXPECT_EQ(actions(refined), Actions({A::pause, A::cancel}));
    store.bring(refined, 0.5);
    EXPECT_EQ(percentOf(*entry(refined).progress), 50);
    list.pause(refined);
    EXPECT_EQ(store.stopped, QStringList{refined});
    EXPECT_TRUE(entry(refined).stopping);
    EXPECT_EQ(actions(refined), Actions{});
    store.endStopped(refined);
    EXPECT_EQ(entry(refined).model.state, State::unfinished);
    EXPECT_FALSE(entry(refined).error) << "a pause is no failure";
    EXPECT_EQ(actions(refined), Actions({A::resume, A::cancel}));
    EXPECT_TRUE(store.removed.isEmpty());
    list.download(refined);
    EXPECT_EQ(store.fetched.size(), 2u);
    store.finish(refined);
    EXPECT_EQ(arrived, QStringList{refined});
    EXPECT_TRUE(failed.isEmpty());
    EXPECT_EQ(list.running(), 0);
}

TEST_F(ModelListTest, ACancelledOneLeavesNothing) {
    list.download(refined);
    store.bring(refined, 0.3);
    list.cancel(refined);
    EXPECT_TRUE(store.removed.isEmpty()) << "while it runs its folder is locked";
    store.endStopped(refined);
    EXPECT_EQ(store.removed, QStringList{refined});
    EXPECT_EQ(entry(refined).model.state, State::published);
    EXPECT_TRUE(failed.isEmpty());

    list.download(refined);
    store.bring(refined, 0.3);
    list.pause(refined);
    store.endStopped(refined);
    list.cancel(refined);
    EXPECT_EQ(store.removed, QStringList({refined, refined}));
    EXPECT_TRUE(arrived.isEmpty());
}

TEST_F(ModelListTest, OneThatIsDoneBeforeItIsCancelledStays) {
    list.download(refined);
    list.cancel(refined);
    store.finish(refined);
    EXPECT_EQ(entry(refined).model.state, State::yours);
    EXPECT_TRUE(store.removed.isEmpty());
}

TEST_F(ModelListTest, AnErrorStaysWithItsModelUntilItIsTriedAgain) {
    list.download(refined);
    store.bring(refined, 0.3);
    store.fail(refined, refused);
    ASSERT_TRUE(entry(refined).error);
    EXPECT_EQ(entry(refined).error->line(), refused.line());
    EXPECT_EQ(failed, QStringList{refined});
    EXPECT_EQ(actions(refined), Actions({A::resume, A::cancel}));
    list.refresh();
    EXPECT_TRUE(entry(refined).error);
    list.download(refined);
    EXPECT_FALSE(entry(refined).error);
    store.fail(refined, refused);
    store.removeFails = Error{ErrorKind::output, "cannot remove it", "check the folder's permissions"};
    list.cancel(refined);
    EXPECT_EQ(entry(refined).error->kind, ErrorKind::output);
}

TEST_F(ModelListTest, TheMirrorOfTheSettingsIsAsked) {
    list.download(refined);
    QSettings().setValue(settings::kMirror, "https://mirror.example.com");
    list.download(clip);
    EXPECT_EQ(store.fetched[0].second, "");
    EXPECT_EQ(store.fetched[1].second, "https://mirror.example.com");
    EXPECT_EQ(list.hub(), "https://mirror.example.com");
    EXPECT_EQ(list.running(), 2);
}

TEST_F(ModelListTest, ImportsAreListedWhileTheyRunAndWhenTheyFail) {
    list.import("/downloads/mine.pth", clip);
    EXPECT_EQ(store.imported, (std::vector<std::pair<QString, QString>>{{"/downloads/mine.pth", clip}}));
    EXPECT_EQ(entry("/downloads/mine.pth").model.name, "mine.pth");
    EXPECT_EQ(actions("/downloads/mine.pth"), Actions({A::cancel}));
    store.fail("/downloads/mine.pth", refused);
    EXPECT_EQ(actions("/downloads/mine.pth"), Actions({A::dismiss}));
    list.dismiss("/downloads/mine.pth");
    EXPECT_FALSE(list.find("/downloads/mine.pth"));

    list.import("/downloads/mine.pth");
    list.cancel("/downloads/mine.pth");
    store.endStopped("/downloads/mine.pth");
    EXPECT_FALSE(list.find("/downloads/mine.pth"));
    EXPECT_TRUE(store.removed.isEmpty()) << "there is no model of that name";
}

TEST_F(ModelListTest, FoldersThatWereOpenedAreForgottenAndNotDeleted) {
    const QTemporaryDir folder;
    QSettings().setValue(settings::kRecentModels, QStringList{folder.path(), "/gone", "/models/mini"});
    list.refresh();
    EXPECT_EQ(entry(folder.path()).model.state, State::folder);
    EXPECT_FALSE(list.find("/gone"));
    EXPECT_FALSE(list.find("/models/mini")) << "mini is listed as what it is";
    list.setUsed(folder.path(), {});
    EXPECT_EQ(actions(folder.path()), Actions({A::reveal}));
    list.setUsed("sight", {});
    EXPECT_EQ(actions(folder.path()), Actions({A::use, A::reveal, A::forget}));
    list.remove(folder.path());
    EXPECT_FALSE(list.find(folder.path()));
    EXPECT_TRUE(store.removed.isEmpty());
    EXPECT_TRUE(QFileInfo::exists(folder.path()));
}

TEST_F(ModelListTest, ProgressInWords) {
    ModelProgress at;
    EXPECT_EQ(progressText(at), "Asking what there is…");
    EXPECT_EQ(percentOf(at), -1);
    at = {ModelProgress::Step::receiving, 151'000'000, 604'000'000, 3.2e6, 0};
    EXPECT_EQ(progressText(at), "151 MB of 604 MB · 3.2 MB/s · 3 min left");
    at.bytesPerSecond = 0;
    EXPECT_EQ(progressText(at), "151 MB of 604 MB");
    at.bytesPerSecond = 20e6;
    EXPECT_EQ(progressText(at), "151 MB of 604 MB · 20.0 MB/s · 23 s left");
    at.bytesPerSecond = 1000;
    EXPECT_EQ(progressText(at), "151 MB of 604 MB · 1.0 kB/s · 126 h left");
    at = {ModelProgress::Step::waiting, 0, 0, 0, 30};
    EXPECT_EQ(progressText(at), "The other side is busy or away: next try in 30 s");
}

TEST_F(ModelListTest, AnyRepositoryCanBeAskedFor) {
    EXPECT_TRUE(ModelList::isRepository(" someone/clipseg-birds "));
    EXPECT_TRUE(ModelList::isRepository("https://huggingface.co/someone/clipseg-birds"));
    for (const char* none : {"", "clipseg-birds", "a/b/c", "a b/c", "/c", "a/"}) {
        EXPECT_FALSE(ModelList::isRepository(none)) << none;
    }
    const QString id = list.downloadRepository("https://huggingface.co/someone/clipseg-birds/");
    EXPECT_EQ(id, "someone/clipseg-birds");
    ASSERT_EQ(store.fetched.size(), 1u);
    EXPECT_EQ(store.fetched[0].first, id) << "the store is asked as the command line is";
    EXPECT_EQ(entry(id).model.name, "clipseg-birds");
    EXPECT_EQ(actions(id), Actions({A::pause, A::cancel}));
    EXPECT_EQ(list.downloadRepository(id), id);
    EXPECT_EQ(store.fetched.size(), 1u) << "twice is once";
    // Part of it has come: the store lists it by its name, the task goes on under its own.
    StoredModel part;
    part.state = State::unfinished;
    part.name = "clipseg-birds";
    part.repository = id;
    part.bytes = 100;
    part.have = 40;
    store.all.push_back(part);
    list.refresh();
    EXPECT_EQ(entry(id).model.have, 40u);
    EXPECT_FALSE(list.find("clipseg-birds").has_value()) << "one line";
    list.pause(id);
    EXPECT_EQ(store.stopped, QStringList{id});
    store.endStopped(id);
    EXPECT_FALSE(list.find(id).has_value());
    EXPECT_EQ(actions("clipseg-birds"), Actions({A::resume, A::cancel}));
    EXPECT_TRUE(failed.isEmpty());
    EXPECT_EQ(list.downloadRepository(id), "clipseg-birds") << "goes on with it";
    store.finish("clipseg-birds");
    EXPECT_EQ(arrived, QStringList{"clipseg-birds"});
    EXPECT_EQ(list.downloadRepository(id), "clipseg-birds") << "it is here";
    EXPECT_EQ(store.fetched.size(), 2u);
}

TEST_F(ModelListTest, ARepositoryThatIsNoneSaysSoUntilItIsDismissed) {
    const QString id = list.downloadRepository("someone/recipes");
    store.fail(id, refused);
    ASSERT_TRUE(entry(id).error.has_value());
    EXPECT_EQ(entry(id).error->line(), refused.line());
    EXPECT_EQ(failed, QStringList{"recipes"});
    EXPECT_EQ(actions(id), Actions({A::download, A::dismiss})) << "to try again, or not";
    list.download(id);
    EXPECT_FALSE(entry(id).error.has_value());
    store.fail(id, refused);
    list.dismiss(id);
    EXPECT_FALSE(list.find(id).has_value());
    // One that was called off leaves nothing.
    list.downloadRepository(id);
    list.cancel(id);
    store.endStopped(id);
    EXPECT_FALSE(list.find(id).has_value());
    EXPECT_EQ(store.removed, QStringList{"recipes"});
}

TEST_F(ModelListTest, ARepositoryOfTheListIsItsModel) {
    EXPECT_EQ(list.downloadRepository("owner/" + refined), refined);
    EXPECT_EQ(store.fetched[0].first, refined);
}

TEST_F(ModelListTest, ADownloadOfARepositoryThatBreaksOffKeepsItsErrorUnderItsName) {
    const QString id = list.downloadRepository("someone/clipseg-birds");
    StoredModel part;
    part.state = State::unfinished;
    part.name = "clipseg-birds";
    part.repository = id;
    store.all.push_back(part);
    store.fail(id, refused);
    EXPECT_TRUE(entry("clipseg-birds").error.has_value());
    EXPECT_FALSE(list.find(id).has_value());
}

}  // namespace
}  // namespace maskwright::ui
