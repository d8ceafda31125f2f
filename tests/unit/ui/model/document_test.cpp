#include "ui/model/document.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

Support support(int weight = 1) {
    Support s;
    s.id = QStringLiteral("a");
    s.image = std::make_shared<const Image>(4, 3);
    s.region = std::make_shared<const Region>(Mask(4, 3, 255));
    s.weight = weight;
    return s;
}

OpenPicture picture(const QString& key) {
    OpenPicture open;
    open.key = open.path = open.name = key;
    open.image = std::make_shared<const Image>(4, 3);
    return open;
}

struct Counts {
    int search = 0, prompt = 0, threshold = 0;
    explicit Counts(Document& document) {
        QObject::connect(&document, &Document::searchChanged, [this] { ++search; });
        QObject::connect(&document, &Document::promptChanged, [this] { ++prompt; });
        QObject::connect(&document, &Document::thresholdChanged, [this] { ++threshold; });
    }
};

void type(Document& document, const QString& phrase) {
    document.edit("phrase", "phrase", [&](Search& s) { s.phrase = phrase; });
}

TEST(Document, TypingIsOneUndoStepUntilAPause) {
    Document document;
    type(document, "c");
    type(document, "ca");
    type(document, "cat");
    EXPECT_EQ(document.history().steps(), 1u);
    document.endMerge();
    type(document, "cats");
    EXPECT_EQ(document.history().steps(), 2u);
    document.undo();
    EXPECT_EQ(document.search().phrase, "cat");
    document.undo();
    EXPECT_EQ(document.search().phrase, "");
    document.redo();
    EXPECT_EQ(document.search().phrase, "cat");
}

TEST(Document, DifferentEditsAreDifferentSteps) {
    Document document;
    type(document, "cat");
    document.edit("add", {}, [](Search& s) { s.supports.push_back(support()); });
    type(document, "dog");
    EXPECT_EQ(document.history().steps(), 3u);
    document.undo();
    EXPECT_EQ(document.search().phrase, "cat");
    EXPECT_EQ(document.search().supports.size(), 1u);
    document.undo();
    EXPECT_TRUE(document.search().supports.empty());
}

TEST(Document, AnEditThatChangesNothingIsNotOne) {
    Document document;
    Counts counts(document);
    document.edit("phrase", "phrase", [](Search&) {});
    EXPECT_EQ(document.history().steps(), 0u);
    EXPECT_EQ(counts.search, 0);
}

TEST(Document, TypingAWordAndTakingItBackLeavesNoStep) {
    Document document;
    type(document, "a");
    type(document, "");
    EXPECT_FALSE(document.canUndo());
}

TEST(Document, TheThresholdAsksNothingOfTheEngine) {
    Document document;
    Counts counts(document);
    document.edit("threshold", "threshold", [](Search& s) { s.threshold = 0.3; });
    EXPECT_EQ(counts.prompt, 0);
    EXPECT_EQ(counts.threshold, 1);
    EXPECT_DOUBLE_EQ(document.threshold(), 0.3);
    document.undo();
    EXPECT_DOUBLE_EQ(document.threshold(), document.modelThreshold());
    EXPECT_EQ(counts.threshold, 2);
}

TEST(Document, TheModelsThresholdHoldsUntilThePersonHasTheirOwn) {
    Document document;
    Counts counts(document);
    document.setModelThreshold(0.4);
    EXPECT_DOUBLE_EQ(document.threshold(), 0.4);
    EXPECT_EQ(counts.threshold, 1);
    document.edit("threshold", {}, [](Search& s) { s.threshold = 0.7; });
    document.setModelThreshold(0.2);
    EXPECT_DOUBLE_EQ(document.threshold(), 0.7);
    EXPECT_EQ(counts.threshold, 2);
}

TEST(Document, ThePromptHoldsWhatIsEnabled) {
    Search search;
    EXPECT_TRUE(search.empty());
    search.phrase = "  cat ";
    EXPECT_FALSE(search.empty());
    EXPECT_EQ(search.prompt().phrase, "cat");
    search.phrase = "   ";
    EXPECT_TRUE(search.empty());

    search.supports = {support(2), support(), support()};
    search.supports[1].enabled = false;
    search.supports[2].negative = true;
    search.style.context = 0.4;
    const session::Prompt prompt = search.prompt();
    ASSERT_EQ(prompt.regions.size(), 1u);
    EXPECT_DOUBLE_EQ(prompt.regions[0].weight, 2);
    EXPECT_DOUBLE_EQ(prompt.regions[0].style.context, 0.4);
    ASSERT_EQ(prompt.negativeRegions.size(), 1u);
    EXPECT_FALSE(search.empty());
    search.supports[0].enabled = false;
    EXPECT_TRUE(search.empty()) << "only something to leave out is nothing to find";
}

TEST(Document, AnotherPictureKeepsTheSearchAndItsHistory) {
    Document document;
    type(document, "cat");
    OpenPicture picture;
    picture.image = std::make_shared<const Image>(8, 8);
    document.setPicture(picture);
    EXPECT_TRUE(document.hasPicture());
    EXPECT_EQ(document.search().phrase, "cat");
    EXPECT_TRUE(document.canUndo());
    document.setPicture({});
    EXPECT_FALSE(document.hasPicture());
}

QStringList titles(const Document& document) {
    QStringList titles;
    for (const Row& row : document.rows()) {
        titles << row.title();
    }
    return titles;
}

TEST(Document, ARowIsKeptAndTheNextCanBeTyped) {
    Document document;
    document.setPicture(picture("a.png"));
    document.keepRow(document.nextColour(0));
    EXPECT_TRUE(document.rows().empty()) << "there is nothing to keep";
    type(document, "cat");
    document.keepRow(document.nextColour(0));
    EXPECT_TRUE(document.search().empty());
    type(document, "dog");
    document.keepRow(document.nextColour(0));
    EXPECT_EQ(titles(document), (QStringList{"cat", "dog"}));
    EXPECT_NE(document.rows()[0].colour, document.rows()[1].colour);
    document.undo();
    EXPECT_EQ(titles(document), QStringList{"cat"});
    EXPECT_EQ(document.search().phrase, "dog") << "as it was before it was kept";
    document.redo();
    EXPECT_EQ(titles(document), (QStringList{"cat", "dog"}));
}

TEST(Document, TheCurrentRowIsWhatIsEdited) {
    Document document;
    document.setPicture(picture("a.png"));
    for (const char* phrase : {"cat", "dog"}) {
        type(document, phrase);
        document.keepRow(document.nextColour(0));
    }
    type(document, "bird");
    const QString cat = document.rows()[0].id;
    const std::size_t steps = document.history().steps();
    Counts counts(document);
    document.selectRow(cat);
    EXPECT_EQ(document.history().steps(), steps) << "looking is no edit";
    EXPECT_EQ(document.search().phrase, "cat");
    EXPECT_EQ(counts.prompt, 1);
    type(document, "cats");
    EXPECT_EQ(titles(document), (QStringList{"cats", "dog"}));
    document.edit("threshold", {}, [](Search& s) { s.threshold = 0.9; });
    EXPECT_EQ(document.thresholdOf(document.rows()[0]), 0.9);
    EXPECT_EQ(document.thresholdOf(document.rows()[1]), document.modelThreshold());
    document.selectRow({});
    EXPECT_EQ(document.search().phrase, "bird") << "what was not kept is still there";
    document.undo();
    document.undo();
    EXPECT_EQ(titles(document), (QStringList{"cat", "dog"}));
    document.selectRow("nobody");
    EXPECT_TRUE(document.currentRow().isEmpty());
}

TEST(Document, RowsAreHiddenMovedRenamedAndRemoved) {
    Document document;
    document.setPicture(picture("a.png"));
    for (const char* phrase : {"cat", "dog", "bird"}) {
        type(document, phrase);
        document.keepRow(document.nextColour(0));
    }
    const QString dog = document.rows()[1].id;
    document.moveRow(dog, 1);
    EXPECT_EQ(titles(document), (QStringList{"cat", "bird", "dog"}));
    document.moveRow(dog, -5);
    EXPECT_EQ(titles(document), (QStringList{"dog", "cat", "bird"}));
    document.soloRow(dog);
    EXPECT_TRUE(document.row(dog)->visible);
    EXPECT_FALSE(document.rows()[1].visible);
    document.soloRow(dog);
    EXPECT_TRUE(document.rows()[2].visible) << "the second time all are back";
    document.editRow(dog, "name", {}, [](Row& row) { row.name = "Rex"; });
    EXPECT_EQ(titles(document), (QStringList{"Rex", "cat", "bird"}));
    document.selectRow(dog);
    document.removeRow(dog);
    EXPECT_EQ(titles(document), (QStringList{"cat", "bird"}));
    EXPECT_TRUE(document.currentRow().isEmpty());
    while (document.canUndo()) {
        document.undo();
    }
    EXPECT_TRUE(document.rows().empty());
    while (document.canRedo()) {
        document.redo();
    }
    EXPECT_EQ(titles(document), (QStringList{"cat", "bird"}));
}

TEST(Document, ColoursDifferAlsoBeyondTheChosenOnes) {
    Document document;
    document.setPicture(picture("a.png"));
    for (int i = 0; i < 8; ++i) {
        type(document, QString::number(i));
        document.keepRow(document.nextColour(2));
    }
    EXPECT_EQ(document.rows()[0].colour, kOverlayColours[2]);
    for (int i = 0; i < 8; ++i) {
        for (int j = 0; j < i; ++j) {
            EXPECT_NE(document.rows()[std::size_t(i)].colour, document.rows()[std::size_t(j)].colour) << i << ' ' << j;
        }
    }
}

TEST(Document, APictureKeepsItsRowsAndUndoGoesBackToIt) {
    Document document;
    document.setPicture(picture("a.png"));
    type(document, "cat");
    document.keepRow(document.nextColour(0));
    document.setPicture(picture("b.png"));
    EXPECT_EQ(titles(document), QStringList{"cat"}) << "a new picture begins with the rows of the one before";
    type(document, "dog");
    document.keepRow(document.nextColour(0));
    document.setPicture(picture("a.png"));
    EXPECT_EQ(titles(document), QStringList{"cat"});
    EXPECT_EQ(document.rowsOf("b.png").size(), 2u);
    QString wanted;
    QObject::connect(&document, &Document::pictureWanted, [&](const QString& key) { wanted = key; });
    document.undo();
    EXPECT_EQ(wanted, "b.png");
    EXPECT_TRUE(document.rowsOf("b.png").empty()) << "what was lent is not its own any more";
    EXPECT_EQ(titles(document), QStringList{"cat"});
    document.setPicture(picture("b.png"));
    EXPECT_EQ(titles(document), QStringList{"cat"});
    document.redo();
    EXPECT_EQ(titles(document), (QStringList{"cat", "dog"}));
}

// As an import of annotations of pictures that were never opened.
TEST(Document, UndoGoesToAPictureThatIsGoneWithItUnlessTheOpenOneIsChangedToo) {
    Document document;
    OpenPicture open;
    open.path = open.key = "/a.png";
    open.image = std::make_shared<const Image>(8, 6);
    open.file = {"/a.png", std::string(64, '1'), 1, 8, 6};
    document.setPicture(open);
    QString wanted, what;
    bool undone = false;
    QObject::connect(&document, &Document::pictureWanted, [&](const QString& key, const QString& name, bool back) {
        wanted = key;
        what = name;
        undone = back;
    });
    const auto add = [](project::Id id, const std::string& path) {
        const project::PictureFile file{path, std::string(64, char('0' + id)), 1, 8, 6};
        return project::Edit(
            project::AddPicture{0, std::make_shared<const project::Picture>(project::Picture{id, file, {}})});
    };
    ASSERT_TRUE(document.editProject(project::Together{{add(5, "/b.png"), add(6, "/c.png")}}, "import"));
    document.undo();
    EXPECT_TRUE(wanted == "/b.png" || wanted == "/c.png") << wanted.toStdString();
    EXPECT_EQ(what, "import");
    EXPECT_TRUE(undone);
    wanted.clear();
    document.redo();
    EXPECT_FALSE(wanted.isEmpty());
    EXPECT_FALSE(undone);
    ASSERT_TRUE(document.editProject(project::Together{{add(7, "/d.png"), add(8, "/a.png")}}, "import"));
    wanted.clear();
    document.undo();
    EXPECT_TRUE(wanted.isEmpty()) << "the open one was changed too";
}

}  // namespace
}  // namespace maskwright::ui
