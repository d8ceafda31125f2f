// Models in the window: the menu, the dialog, the status bar and the card of the start page, over a scripted store.
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

#include "tests/support/fake_inference.h"
#include "ui/dialogs/models_dialog.h"
#include "ui/model/settings.h"
#include "ui/shell/models_card.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

using State = StoredModel::State;
using A = ModelAction;

class Models : public WindowFixture {
  protected:
    void SetUp() override { open(engine_); }
    ModelsDialog& dialog() {
        actionNamed("&Models…")->trigger();
        auto* shown = window_->findChild<ModelsDialog*>("models");
        shown->confirm = [this](const QString& question, const QString&) {
            asked_ << question;
            return agree_;
        };
        return *shown;
    }
    static void press(ModelRow& row, A action) {
        ASSERT_NE(row.button(action), nullptr) << qPrintable(row.text());
        row.button(action)->click();
    }
    [[nodiscard]] QStringList menu() const {
        QStringList names;
        for (const QAction* action : modelMenu()->actions()) {
            if (action->isCheckable()) {
                names << action->text() + (action->isChecked() ? QStringLiteral(" *") : QString());
            }
        }
        return names;
    }
    [[nodiscard]] QMenu* modelMenu() const {
        for (QAction* top : window_->menuBar()->actions()) {
            if (top->text() == QLatin1String("&Model")) {
                return top->menu();
            }
        }
        return nullptr;
    }
    [[nodiscard]] QToolButton* downloads() const {
        for (QToolButton* button : window_->findChildren<QToolButton*>()) {
            if (button->toolTip().startsWith(QLatin1String("Models on their way"))) {
                return button;
            }
        }
        return nullptr;
    }
    [[nodiscard]] ModelsCard& card() const { return *window_->findChild<ModelsCard*>(); }
    static QPushButton* buttonOf(const QWidget& in, const QString& text) {
        for (QPushButton* button : in.findChildren<QPushButton*>()) {
            if (button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }

    const QString refined = "clipseg-rd64-refined", clip = "clip-vit-base-patch32";
    FakeInference engine_;
    bool agree_ = true;
    QStringList asked_;
};

TEST_F(Models, TheMenuHasWhatIsHereAndFinds) {
    EXPECT_EQ(menu(), QStringList({"mini", "sight *"}));
    modelStore_.finish(refined);
    modelStore_.finish(clip);
    dialog();  // looks at the disk again
    EXPECT_EQ(menu(), QStringList({"mini", "sight *", refined})) << "a CLIP alone finds nothing";
}

TEST_F(Models, TheDialogSaysWhatEachIs) {
    ModelsDialog& models = dialog();
    EXPECT_TRUE(models.isVisible());
    EXPECT_TRUE(models.row("sight")->text().contains("In use"));
    const QString said = models.row(refined)->text();
    for (const char* part : {"about 604 MB", "Licence: Apache-2.0", "OWNER/clipseg-rd64-refined"}) {
        EXPECT_TRUE(said.contains(QLatin1String(part))) << part;
    }
    EXPECT_TRUE(models.row(clip)->text().contains("Which one"));
    EXPECT_TRUE(modelStore_.fetched.empty()) << "nothing is asked of the network";
}

TEST_F(Models, ADownloadIsShownPausedAndGoneOnWith) {
    ModelsDialog& models = dialog();
    ModelRow& row = *models.row(refined);
    row.button(A::download)->setFocus();
    press(row, A::download);
    EXPECT_EQ(models.focusWidget(), row.button(A::pause)) << "the focus stays with the model";
    ASSERT_EQ(modelStore_.fetched.size(), 1u);
    modelStore_.bring(refined, 0.25);
    EXPECT_TRUE(row.text().contains("151 MB of 604 MB · 10.0 MB/s · 46 s left")) << qPrintable(row.text());
    EXPECT_TRUE(downloads()->isVisible());
    EXPECT_EQ(downloads()->text(), refined + ": 25 %");

    models.close();
    EXPECT_TRUE(modelStore_.stopped.isEmpty()) << "it goes on";
    QTest::mouseClick(downloads(), Qt::LeftButton);
    EXPECT_TRUE(models.isVisible());
    press(row, A::pause);
    modelStore_.endStopped(refined);
    EXPECT_EQ(models.focusWidget(), row.button(A::resume));
    EXPECT_FALSE(downloads()->isVisible());
    EXPECT_TRUE(row.text().contains("151 MB of 604 MB are here")) << qPrintable(row.text());
    EXPECT_EQ(row.error(), "");
    press(row, A::resume);
    EXPECT_EQ(modelStore_.fetched.size(), 2u);
    models.close();
    modelStore_.finish(refined);
    EXPECT_EQ(menu(), QStringList({"mini", "sight *", refined})) << "not switched to unasked";
}

TEST_F(Models, ErrorsAreSaidInTheRowWithWhatToDo) {
    ModelsDialog& models = dialog();
    ModelRow& row = *models.row(refined);
    press(row, A::download);
    modelStore_.step(refined, ModelProgress::Step::waiting, 30);
    EXPECT_TRUE(row.text().contains("next try in 30 s"));
    modelStore_.fail(refined, {ErrorKind::weights, "the hub answers 404", "check the name"});
    EXPECT_EQ(row.error(), "The hub answers 404. Check the name");
    EXPECT_FALSE(bar().isVisible()) << "once is enough";
    press(row, A::download);
    EXPECT_EQ(row.error(), "");
    models.close();
    modelStore_.fail(refined, {ErrorKind::weights, "the hub answers 429", "try again later"});
    EXPECT_TRUE(bar().text().contains("429")) << "with the dialog closed the window says it";
}

TEST_F(Models, OneIsUsedOnlyIfItOpens) {
    engine_.answer();  // the model in use is open
    modelStore_.finish(refined);
    ModelsDialog& models = dialog();
    press(*models.row(refined), A::use);
    ASSERT_EQ(engine_.requests.back().engine.model, refined.toStdString());
    EXPECT_TRUE(models.row("sight")->text().contains("In use")) << "not yet";
    engine_.fail({ErrorKind::weights, "the file is cut off", "download it again"}, false);
    EXPECT_TRUE(models.row("sight")->text().contains("In use"));
    press(*models.row(refined), A::use);
    engine_.answer();
    EXPECT_TRUE(models.row(refined)->text().contains("In use"));
    EXPECT_EQ(models.row(refined)->button(A::remove), nullptr);
    EXPECT_EQ(QSettings().value(settings::kCurrentModel).toString(), refined);
}

TEST_F(Models, RemovingAsks) {
    modelStore_.finish(refined);
    ModelsDialog& models = dialog();
    agree_ = false;
    press(*models.row(refined), A::remove);
    EXPECT_TRUE(modelStore_.removed.isEmpty());
    ASSERT_EQ(asked_.size(), 1);
    EXPECT_TRUE(asked_.front().contains(refined) && asked_.front().contains("604 MB"));
    agree_ = true;
    press(*models.row(refined), A::remove);
    EXPECT_EQ(modelStore_.removed, QStringList{refined});
    EXPECT_EQ(menu(), QStringList({"mini", "sight *"}));
    EXPECT_NE(models.row(refined)->button(A::download), nullptr);
}

TEST_F(Models, AClipAnswersWhichOne) {
    modelStore_.finish(clip);
    ModelsDialog& models = dialog();
    press(*models.row(clip), A::useForWhich);
    EXPECT_TRUE(models.row(clip)->text().contains("In use for “Which one”"));
    EXPECT_TRUE(models.row("sight")->text().contains("In use"));
    openCat();
    window_->candidates().setOn(true);
    window_->setPhrase("the cat on the left");
    engine_.answer();  // the preview's mask comes first
    ASSERT_TRUE(waitFor([this] { return engine_.requests.back().which.has_value(); }));
    EXPECT_EQ(engine_.requests.back().which->model, clip.toStdString());
    EXPECT_EQ(engine_.requests.back().engine.model, "sight");
    EXPECT_EQ(QSettings().value(settings::kWhichModel).toString(), clip);
    press(*models.row(clip), A::leaveWhich);
    EXPECT_TRUE(window_->candidates().options().model.isEmpty());
    EXPECT_FALSE(QSettings().contains(settings::kWhichModel));
}

TEST_F(Models, AClipThatIsGoneIsNotAskedAtTheNextStart) {
    QSettings().setValue(settings::kWhichModel, clip);
    openAgain(engine_, modelStore_);
    EXPECT_TRUE(window_->candidates().options().model.isEmpty());
    modelStore_.finish(clip);
    openAgain(engine_, modelStore_);
    EXPECT_EQ(window_->candidates().options().model, clip);
}

TEST_F(Models, AFileThatLacksAPartAsksForIt) {
    const QTemporaryDir folder;
    const QString file = folder.filePath("rd64-uni.pth");
    ASSERT_TRUE(QFile(file).open(QIODevice::WriteOnly));
    modelStore_.finish(clip);
    ModelsDialog& models = dialog();
    QStringList offered;
    models.choose = [&](const QString&, const QStringList& all) {
        offered = all;
        return clip;
    };
    models.import(file);
    EXPECT_EQ(offered, QStringList{clip});
    ASSERT_EQ(modelStore_.imported.size(), 1u);
    EXPECT_EQ(modelStore_.imported[0], std::pair(file, clip));
    EXPECT_TRUE(models.row(file)->text().contains("rd64-uni.pth"));
    models.choose = [](const QString&, const QStringList&) { return QString(); };
    models.import(folder.filePath("rd64-uni.pth"));
    EXPECT_EQ(modelStore_.imported.size(), 1u) << "no answer, no import";
    models.import(folder.path());
    EXPECT_EQ(modelStore_.imported.back(), std::pair(folder.path(), QString()));
}

TEST_F(Models, TheMirrorIsASetting) {
    ModelsDialog& models = dialog();
    auto& mirror = *models.findChild<QLineEdit*>("mirror");
    QTest::keyClicks(&mirror, " https://mirror.example.com ");
    QTest::keyClick(&mirror, Qt::Key_Return);
    EXPECT_TRUE(models.isVisible());
    EXPECT_EQ(QSettings().value(settings::kMirror).toString(), "https://mirror.example.com");
    press(*models.row(refined), A::download);
    EXPECT_EQ(modelStore_.fetched[0].second, "https://mirror.example.com");
}

TEST_F(Models, TabGoesDownTheListThenToTheRest) {
    ModelsDialog& models = dialog();
    EXPECT_EQ(models.focusWidget(), models.row("mini")->button(A::use));
    std::vector<QWidget*> met;
    for (QWidget* at = models.row("mini")->button(A::use); met.size() < 40; at = at->nextInFocusChain()) {
        if ((at->focusPolicy() & Qt::TabFocus) != 0 && at->isVisibleTo(&models)) {
            met.push_back(at);
        }
    }
    const std::vector<QWidget*> wanted{models.row("mini")->button(A::use), models.row("mini")->button(A::reveal),
                                       models.row("sight")->button(A::reveal),
                                       models.row(refined)->button(A::download)};
    EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(), met.begin()));
    const auto place = [&](const QWidget* of) { return std::find(met.begin(), met.end(), of) - met.begin(); };
    const auto last = place(models.row(clip)->button(A::download));
    EXPECT_EQ(place(models.findChild<QWidget*>("repository")), last + 1);
    EXPECT_EQ(place(models.findChild<QWidget*>("getRepository")), last + 2);
    EXPECT_EQ(place(models.findChild<QWidget*>("mirror")), last + 3);
}

TEST_F(Models, AnotherRepositoryIsAField) {
    ModelsDialog& models = dialog();
    auto& field = *models.findChild<QLineEdit*>("repository");
    auto& get = *models.findChild<QPushButton*>("getRepository");
    EXPECT_FALSE(get.isEnabled());
    QTest::keyClicks(&field, "clipseg");
    EXPECT_FALSE(get.isEnabled()) << "no repository";
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_TRUE(modelStore_.fetched.empty());
    field.clear();
    QTest::keyClicks(&field, "someone/clipseg-birds");
    EXPECT_TRUE(get.isEnabled());
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_TRUE(models.isVisible());
    ASSERT_EQ(modelStore_.fetched.size(), 1u);
    EXPECT_EQ(modelStore_.fetched[0].first, "someone/clipseg-birds");
    EXPECT_EQ(field.text(), "");
    const ModelRow* row = models.row("someone/clipseg-birds");
    ASSERT_NE(row, nullptr);
    EXPECT_TRUE(row->text().startsWith("clipseg-birds")) << qPrintable(row->text());
    modelStore_.fail("someone/clipseg-birds", {ErrorKind::weights, "the hub answers 404", ""});
    EXPECT_TRUE(row->error().contains("404"));
    press(*models.row("someone/clipseg-birds"), A::dismiss);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(models.row("someone/clipseg-birds"), nullptr);
}

TEST_F(Models, AFolderThatNoFileManagerOpensIsSaid) {
    ModelsDialog& models = dialog();
    const auto& line = *models.findChild<QWidget*>("folderLine");
    EXPECT_FALSE(line.isVisible());
    press(*models.row("mini"), A::reveal);
    EXPECT_TRUE(line.isVisible()) << "the offscreen platform opens nothing";
    EXPECT_EQ(line.findChild<QLineEdit*>("folderPath")->text(), "/models/mini");
    line.findChild<QPushButton*>("copyFolder")->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "/models/mini");
}

TEST_F(Models, EveryControlHasAName) {
    modelStore_.finish(refined);
    ModelsDialog& models = dialog();
    int buttons = 0;
    for (const QPushButton* button : models.findChildren<QPushButton*>()) {
        EXPECT_FALSE(button->accessibleName().isEmpty() && button->text().isEmpty());
        buttons += button->isVisibleTo(&models) ? 1 : 0;
    }
    EXPECT_GT(buttons, 8);
    EXPECT_EQ(models.row(refined)->button(A::use)->accessibleName(), "Use: clipseg-rd64-refined");
    language_->use("ko");
    EXPECT_TRUE(waitFor([&] { return models.windowTitle() == QString::fromUtf8("모델"); }));
    EXPECT_FALSE(models.row(refined)->text().contains("Licence"));
}

TEST_F(Models, TheCardOffersAndIsClosedForGood) {
    EXPECT_TRUE(card().isVisible());
    EXPECT_TRUE(modelStore_.fetched.empty());
    buttonOf(card(), "Do not show again")->click();
    EXPECT_FALSE(card().isVisible());
    openAgain(engine_, modelStore_);
    EXPECT_FALSE(card().isVisible());
    EXPECT_TRUE(modelStore_.fetched.empty());
}

TEST_F(Models, TheCardDownloadsAndGoesWhenTheModelIsThere) {
    buttonOf(card(), "Download, 604 MB")->click();
    ASSERT_EQ(modelStore_.fetched.size(), 1u);
    EXPECT_EQ(modelStore_.fetched[0].first, refined);
    modelStore_.bring(refined, 0.5);
    EXPECT_TRUE(card().text().contains("302 MB of 604 MB"));
    modelStore_.finish(refined);
    EXPECT_FALSE(card().isVisible());
    EXPECT_EQ(menu(), QStringList({"mini", "sight *", refined}));
}

TEST_F(Models, WithoutANetworkTheCardSaysSoOnce) {
    buttonOf(card(), "Download, 604 MB")->click();
    modelStore_.fail(refined, {ErrorKind::weights, "the hub cannot be reached", "check the network"});
    EXPECT_TRUE(card().isVisible());
    EXPECT_TRUE(card().text().contains("The hub cannot be reached. Check the network"));
    EXPECT_EQ(modelStore_.fetched.size(), 1u) << "not asked again unasked";
    openAgain(engine_, modelStore_);
    EXPECT_FALSE(card().isVisible());
}

TEST_F(Models, WhoHasModelsOfTheirOwnIsOfferedNothing) {
    modelStore_.finish(clip);
    openAgain(engine_, modelStore_);
    EXPECT_FALSE(card().isVisible());
}

}  // namespace
}  // namespace maskwright::ui
