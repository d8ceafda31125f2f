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
    EXPECT_EQ(document.history().count(), 1);
    document.endMerge();
    type(document, "cats");
    EXPECT_EQ(document.history().count(), 2);
    document.history().undo();
    EXPECT_EQ(document.search().phrase, "cat");
    document.history().undo();
    EXPECT_EQ(document.search().phrase, "");
    document.history().redo();
    EXPECT_EQ(document.search().phrase, "cat");
}

TEST(Document, DifferentEditsAreDifferentSteps) {
    Document document;
    type(document, "cat");
    document.edit("add", {}, [](Search& s) { s.supports.push_back(support()); });
    type(document, "dog");
    EXPECT_EQ(document.history().count(), 3);
    document.history().undo();
    EXPECT_EQ(document.search().phrase, "cat");
    EXPECT_EQ(document.search().supports.size(), 1u);
    document.history().undo();
    EXPECT_TRUE(document.search().supports.empty());
}

TEST(Document, AnEditThatChangesNothingIsNotOne) {
    Document document;
    Counts counts(document);
    document.edit("phrase", "phrase", [](Search&) {});
    EXPECT_EQ(document.history().count(), 0);
    EXPECT_EQ(counts.search, 0);
}

TEST(Document, TypingAWordAndTakingItBackLeavesNoStep) {
    Document document;
    type(document, "a");
    type(document, "");
    EXPECT_FALSE(document.history().canUndo());
}

TEST(Document, TheThresholdAsksNothingOfTheEngine) {
    Document document;
    Counts counts(document);
    document.edit("threshold", "threshold", [](Search& s) { s.threshold = 0.3; });
    EXPECT_EQ(counts.prompt, 0);
    EXPECT_EQ(counts.threshold, 1);
    EXPECT_DOUBLE_EQ(document.threshold(), 0.3);
    document.history().undo();
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
    EXPECT_TRUE(document.history().canUndo());
    document.setPicture({});
    EXPECT_FALSE(document.hasPicture());
}

}  // namespace
}  // namespace maskwright::ui
