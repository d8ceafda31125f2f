// "Which one" in the window: candidates on the canvas and in the list, taken, saved, used as examples.
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>

#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/dialogs/side_by_side.h"
#include "ui/panels/candidate_source.h"
#include "ui/panels/candidates_panel.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

class WhichWindow : public WindowFixture {
  protected:
    void SetUp() override {
        open(engine_);
        engine_.answer();
        openCat();
        answerAll();
    }
    void answerAll() {
        for (int i = 0; i < 4; ++i) {
            engine_.answer();
        }
    }
    void switchOn() {
        auto* question = window_->findChild<QWidget*>("question");
        question->findChildren<QToolButton*>().back()->click();
        answerAll();
    }
    void ask(const char* expression) {
        QTest::keyClicks(&phrase(), expression);
        answerAll();
    }
    [[nodiscard]] Candidates& candidates() const { return window_->candidates(); }
    [[nodiscard]] QListWidget& list() const { return *window_->findChild<QListWidget*>("candidates"); }
    [[nodiscard]] CandidatesPanel& panel() const { return *window_->findChild<CandidatesPanel*>(); }
    // The middle of a candidate (a third of the picture, see FakeInference) on the canvas.
    [[nodiscard]] QPoint middleOf(int candidate) const {
        const auto& image = window_->document().picture().image;
        const QPointF at((candidate + 0.5) * image->width / 3, image->height / 2.0);
        return (canvas().view().toView(at) / canvas().devicePixelRatioF()).toPoint();
    }
    QPushButton& button(const QString& text) const {
        for (auto* one : panel().findChildren<QPushButton*>()) {
            if (one->text() == text) {
                return *one;
            }
        }
        throw std::runtime_error("no such button");
    }
    FakeInference engine_;
};

TEST_F(WhichWindow, TheSwitchShowsCandidatesAndThePhraseChoosesOne) {
    EXPECT_FALSE(panel().isVisible());
    switchOn();
    EXPECT_TRUE(panel().isVisible());
    EXPECT_EQ(list().count(), 3);
    EXPECT_EQ(canvas().map(), nullptr) << "nothing is meant yet";
    EXPECT_TRUE(phrase().placeholderText().startsWith("Which one")) << phrase().placeholderText().toStdString();
    ask("the right cat");
    EXPECT_EQ(candidates().chosen(), 2);
    EXPECT_EQ(canvas().map(), candidates().map());
    EXPECT_EQ(list().currentRow(), 0) << "the best first";
    EXPECT_EQ(window_->findChild<QLineEdit*>("thing")->text(), "thing");
    EXPECT_TRUE(window_->hint().isEmpty()) << "that is the other question's";
    QTest::keyClick(&phrase(), Qt::Key_Return);
    EXPECT_TRUE(window_->document().rows().empty()) << "a row is what a phrase finds";
    window_->findChild<QWidget*>("question")->findChildren<QToolButton*>().front()->click();
    EXPECT_FALSE(panel().isVisible());
    ASSERT_NE(canvas().map(), nullptr);
    EXPECT_EQ(canvas().map(), window_->preview().finding()->maps.front());
}

TEST_F(WhichWindow, AModelThatLeftItsDeviceIsANotice) {
    switchOn();
    EXPECT_FALSE(bar().isVisible());
    engine_.moved = {
        message("the memory of %1 is full: %2 goes on on the processor, which takes longer", "cuda:0", "first")};
    ask("the right cat");
    EXPECT_EQ(candidates().chosen(), 2) << "answered all the same";
    EXPECT_TRUE(bar().isVisible());
    EXPECT_TRUE(bar().text().contains("cuda:0")) << bar().text().toStdString();
    bar().dismiss();
    ask(" there");
    EXPECT_FALSE(bar().isVisible()) << "once is enough";
}

TEST_F(WhichWindow, F4SwitchesAlsoWhileAPhraseIsTyped) {
    openCat();
    phrase().setFocus();
    EXPECT_FALSE(candidates().on());
    QTest::keyClick(&phrase(), Qt::Key_F4);
    EXPECT_TRUE(candidates().on());
    QTest::keyClick(&phrase(), Qt::Key_F4);
    EXPECT_FALSE(candidates().on());
}

TEST_F(WhichWindow, TheCandidatesAreInSightAtOnce) {
    auto* scroll = window_->findChild<QWidget*>("sidebar")->findChild<QScrollArea*>();
    window_->resize(1000, 420);
    QCoreApplication::processEvents();
    QScrollBar& bar = *scroll->verticalScrollBar();
    ASSERT_GT(bar.maximum(), 0);
    bar.setValue(bar.maximum());
    QTest::keyClick(window_.get(), Qt::Key_F4);
    answerAll();
    const auto top = [&] { return panel().mapTo(scroll->viewport(), QPoint(0, 0)).y(); };
    EXPECT_TRUE(waitFor([&] { return panel().isVisible() && top() >= 0 && top() < scroll->viewport()->height(); }))
        << top();
}

TEST_F(WhichWindow, NothingIsComparedWithAPhraseThatIsNotThere) {
    QTest::keyClick(window_.get(), Qt::Key_F4);
    EXPECT_TRUE(candidates().busy());
    EXPECT_TRUE(status().text().startsWith("Looking for what the picture holds")) << status().text().toStdString();
}

TEST_F(WhichWindow, F3IsTheRunnerUp) {
    switchOn();
    ask("the right cat");
    QAction* next = nullptr;
    next = actionNamed("&Next candidate");
    ASSERT_NE(next, nullptr);
    EXPECT_TRUE(next->isEnabled());
    next->trigger();
    EXPECT_EQ(candidates().chosen(), int(candidates().ranking().order[1]));
    EXPECT_EQ(list().currentRow(), 1);
    list().setCurrentRow(2);
    EXPECT_EQ(candidates().chosen(), int(candidates().ranking().order[2]));
}

TEST_F(WhichWindow, PointingLightsAndAClickTakes) {
    switchOn();
    QTest::mouseMove(&canvas(), middleOf(1));
    QTest::qWait(10);
    EXPECT_EQ(candidates().lit(), 1);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, middleOf(1));
    EXPECT_EQ(candidates().chosen(), 1);
    EXPECT_NE(canvas().map(), nullptr);
    // Dragging the picture is no click.
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, middleOf(0));
    QTest::mouseMove(&canvas(), middleOf(0) + QPoint(30, 0));
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, middleOf(0) + QPoint(30, 0));
    EXPECT_EQ(candidates().chosen(), 1);
}

TEST_F(WhichWindow, TheThingCanBeCorrectedAndPlaceSwitchedOff) {
    switchOn();
    ask("the right cat");
    auto& thing = *window_->findChild<QLineEdit*>("thing");
    thing.selectAll();
    QTest::keyClicks(&thing, "cat");
    QTest::keyClick(&thing, Qt::Key_Return);
    EXPECT_EQ(engine_.requests.back().which.value().nounPhrase, "cat");
    answerAll();
    panel().findChild<QCheckBox*>()->click();
    EXPECT_EQ(candidates().chosen(), 1);
    const std::size_t before = engine_.requests.size();
    slider("r").setValue(100);
    EXPECT_EQ(candidates().chosen(), 0) << "the sentence alone";
    EXPECT_EQ(engine_.requests.size(), before) << "a slider asks nothing";
}

TEST_F(WhichWindow, TheChosenOneIsSavedAsAMask) {
    switchOn();
    ask("the right cat");
    const auto found = candidates().map();
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(std::count(found->full->pixels.begin(), found->full->pixels.end(), 1.0f), 150 * 300);
    for (auto* button : window_->findChildren<QToolButton*>("primary")) {
        EXPECT_TRUE(button->isEnabled());
    }
}

TEST_F(WhichWindow, TheChosenOneBecomesAnExample) {
    switchOn();
    ask("the right cat");
    button("Use as example").click();
    EXPECT_FALSE(candidates().on()) << "others like it are the other question";
    ASSERT_EQ(window_->document().search().supports.size(), 1u);
    EXPECT_EQ(window_->document().search().supports[0].region->area(), 150 * 300);
    EXPECT_EQ(window_->document().search().supports[0].name, "thing");
    EXPECT_EQ(engine_.requests.back().prompts.at(0).regions.size(), 1u);
}

TEST_F(WhichWindow, SideBySideWithWhatThePhraseFinds) {
    switchOn();
    ask("the right cat");
    button("Side by side…").click();
    auto* dialog = window_->findChild<SideBySide*>();
    ASSERT_NE(dialog, nullptr);
    const auto said = [&] {
        QString all;
        for (auto* label : dialog->findChildren<QLabel*>()) {
            all += label->text() + "\n";
        }
        return all;
    };
    // The fake's phrase finds the left half, the candidate is the right third.
    EXPECT_NE(said().indexOf("union: 0.00"), -1) << said().toStdString();
    candidates().choose(0);
    EXPECT_NE(said().indexOf("union: 0.67"), -1) << said().toStdString();
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_NE(said().indexOf("0.67"), -1) << said().toStdString();
    EXPECT_EQ(said().indexOf("union"), -1) << said().toStdString();
}

TEST_F(WhichWindow, AnotherPictureHasOthers) {
    switchOn();
    ask("the right cat");
    window_->openFile(test::sourceFile("resources/examples/coffee.png"));
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "coffee.png"; }));
    EXPECT_EQ(list().count(), 0);
    EXPECT_EQ(canvas().map(), nullptr);
    answerAll();
    EXPECT_EQ(list().count(), 3);
    EXPECT_EQ(candidates().chosen(), 2);
    EXPECT_EQ(canvas().map()->full->width, 600);
}

TEST_F(WhichWindow, TheSourceOfTheCandidatesIsChosen) {
    switchOn();
    auto* source = window_->findChild<CandidateSource*>();
    ASSERT_NE(source, nullptr);
    auto* button = source->findChild<QToolButton*>();
    const auto said = [&] { return source->findChild<QLabel*>("muted")->text().toStdString(); };
    EXPECT_EQ(button->text(), "Detector");
    EXPECT_EQ(said(), "Thirds of the picture · licence: no weights · 3 of 5 masks in 0.3 s");
    const auto actions = leavesOf(button->menu()->actions());
    ASSERT_EQ(actions.size(), 7);
    EXPECT_TRUE(actions[0]->isChecked());
    actions[1]->trigger();
    EXPECT_EQ(engine_.requests.back().which.value().source.kind, session::WhichSource::Kind::classical);
    EXPECT_EQ(list().count(), 0);
    answerAll();
    EXPECT_EQ(list().count(), 3);
    EXPECT_EQ(button->text(), "Colours and contours");
    candidates().setSource(session::WhichSource::Kind::file, "/somewhere/masks.png");
    EXPECT_EQ(button->text(), "Masks: masks.png");
    EXPECT_TRUE(actions[3]->isChecked());
    engine_.fail({ErrorKind::input, "masks.png is of another size", "give masks of the picture's own size"});
    EXPECT_EQ(said(), "masks.png is of another size");
    EXPECT_TRUE(bar().isVisible());
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_EQ(button->text(), QString::fromUtf8("마스크: masks.png"));
}

}  // namespace
}  // namespace maskwright::ui
