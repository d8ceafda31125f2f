#include "ui/model/corrections.h"

#include <gtest/gtest.h>

#include <QSettings>

#include "core/image/mask_ops.h"
#include "core/image/run_ops.h"
#include "core/project/mask.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 48, kHeight = 32;

class CorrectionsTest : public testing::Test {
  protected:
    void SetUp() override {
        QSettings().clear();
        openPicture("one");
    }
    void openPicture(const char* key) {
        OpenPicture picture;
        picture.key = key;
        picture.image = std::make_shared<const Image>(kWidth, kHeight);
        document_.setPicture(picture);
    }
    // What the engine answers is inside in the left half.
    void find(const char* phrase) {
        document_.setPhrase(phrase);
        engine_.answer();
        ASSERT_TRUE(corrections_.possible());
    }
    static Runs dab(double x, double y, double radius = 4) {
        const BrushPoint at[] = {{x, y}};
        return strokeRuns(at, {radius, 1}, BrushUse::paint, kWidth, kHeight);
    }
    [[nodiscard]] Runs shown() const { return rows_.shownNow().runs(document_.threshold()); }
    void undo() { document_.undo(); }
    void redo() { document_.redo(); }
    [[nodiscard]] int stepsDone() { return int(document_.history().steps()); }
    // What the picture holds, where that was asked: three things, a third of it each.
    void answerObjects() {
        while (objects_.busy()) {
            engine_.answer();
        }
    }
    bool done() {
        answerObjects();
        return waitFor([this] { return !corrections_.busy(); });
    }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    RowFindings rows_{document_, preview_, jobs_};
    Candidates candidates_{document_, preview_, jobs_};
    OverlayState overlay_{document_};
    PictureObjects objects_{document_, jobs_};
    Corrections corrections_{document_, rows_, candidates_, objects_, overlay_};
};

TEST_F(CorrectionsTest, TheFirstStrokeKeepsWhatIsTypedAsARow) {
    EXPECT_FALSE(corrections_.possible()) << "nothing was found yet";
    corrections_.stroke(dab(40, 10), BrushUse::paint);
    EXPECT_TRUE(document_.rows().empty());
    find("cat");
    const Runs before = shown();
    const std::size_t asked = engine_.requests.size();
    corrections_.stroke(dab(40, 10), BrushUse::paint);
    ASSERT_EQ(document_.rows().size(), 1u);
    EXPECT_EQ(document_.currentRow(), document_.rows()[0].id) << "what is corrected stays in hand";
    EXPECT_EQ(document_.search().phrase, "cat");
    EXPECT_EQ(engine_.requests.size(), asked) << "nothing else is looked for";
    EXPECT_EQ(shown(), united(before, dab(40, 10)));
    corrections_.stroke(dab(10, 10), BrushUse::erase);
    EXPECT_EQ(shown(), without(united(before, dab(40, 10)), dab(10, 10)));
    EXPECT_EQ(rows_.shownOf(document_.rows()[0]), rows_.shownNow());
}

TEST_F(CorrectionsTest, EachStrokeIsAStepAndComesBack) {
    find("cat");
    std::vector<Runs> masks{shown()};
    document_.keepRow(overlay_.colourNow(), true);
    for (int i = 0; i < 4; ++i) {
        corrections_.stroke(dab(30 + 4 * i, 8), i == 2 ? BrushUse::erase : BrushUse::paint);
        masks.push_back(shown());
    }
    for (std::size_t i = masks.size(); i-- > 1;) {
        EXPECT_EQ(shown(), masks[i]);
        EXPECT_TRUE(corrections_.any());
        undo();
    }
    EXPECT_EQ(shown(), masks[0]);
    EXPECT_FALSE(corrections_.any());
    for (int i = 0; i < 4; ++i) {
        redo();
    }
    EXPECT_EQ(shown(), masks.back());
}

TEST_F(CorrectionsTest, ThresholdAndPhraseLeaveTheCorrection) {
    find("cat");
    corrections_.stroke(dab(40, 10), BrushUse::paint);
    corrections_.stroke(dab(10, 10), BrushUse::erase);
    const project::Correction correction = document_.rows()[0].correction;
    for (const double threshold : {0.001, 0.5, 0.95}) {
        document_.edit("threshold", {}, [threshold](Search& s) { s.threshold = threshold; });
        EXPECT_EQ(shown(), project::corrected(ShownMask{rows_.shownNow().map}.runs(threshold), correction));
        EXPECT_FALSE(isEmpty(shown()));
    }
    document_.setPhrase("dog");
    engine_.answer(0.97f);
    EXPECT_EQ(document_.rows()[0].correction, correction);
    EXPECT_EQ(rows_.shownNow().correction, correction);
    EXPECT_EQ(rows_.shownNow().map, preview_.finding()->maps.front());
}

TEST_F(CorrectionsTest, OperationsLeaveTheirDifferenceInTheLayer) {
    find("cat");
    corrections_.stroke(dab(10, 16, 3), BrushUse::erase);
    corrections_.stroke(dab(40, 16, 2), BrushUse::paint);
    using Change = MaskChange;
    for (const Change change : {Change::fillHoles, Change::grow, Change::shrink, Change::smooth, Change::dropSpecks,
                                Change::largestPart, Change::invert}) {
        const Mask before = toMask(shown());
        const int steps = stepsDone();
        corrections_.change(change, 2);
        ASSERT_TRUE(done());
        Mask after = before;
        switch (change) {
            case Change::fillHoles:
                after = holesFilled(before);
                break;
            case Change::grow:
                after = grown(before, 2);
                break;
            case Change::shrink:
                after = shrunk(before, 2);
                break;
            case Change::smooth:
                after = smoothed(before, 2);
                break;
            case Change::dropSpecks:
                after = specksDropped(before, 2);
                break;
            case Change::largestPart:
                after = largestPart(before);
                break;
            case Change::invert:
                after = inverted(before);
                break;
        }
        EXPECT_EQ(toMask(shown()), after) << int(change);
        EXPECT_EQ(stepsDone(), steps + (after == before ? 0 : 1)) << int(change);
    }
    ASSERT_TRUE(corrections_.any());
    corrections_.takeBack();
    EXPECT_FALSE(corrections_.any());
    EXPECT_EQ(shown(), ShownMask{rows_.shownNow().map}.runs(document_.threshold()));
}

TEST_F(CorrectionsTest, WhatWasChangedMeanwhileIsNotOverwritten) {
    find("cat");
    document_.keepRow(overlay_.colourNow(), true);
    corrections_.change(MaskChange::invert, 0);
    corrections_.stroke(dab(40, 10), BrushUse::paint);
    const Runs now = shown();
    ASSERT_TRUE(done());
    EXPECT_EQ(shown(), now);
}

TEST_F(CorrectionsTest, AnObjectOfTheMaskIsARowThatAsksNothing) {
    find("cat");
    corrections_.stroke(dab(40, 10), BrushUse::paint);
    QStringList names;
    QObject::connect(&corrections_, &Corrections::objectTaken, [&](const QString& name) { names << name; });
    int missed = 0;
    QObject::connect(&corrections_, &Corrections::missed, [&] { ++missed; });
    corrections_.takeObject({40, 10});
    ASSERT_TRUE(done());
    corrections_.takeObject({3, 3});
    ASSERT_TRUE(done());
    corrections_.takeObject({46, 30});
    ASSERT_TRUE(done());
    EXPECT_EQ(missed, 1);
    EXPECT_EQ(names, QStringList({"cat 2", "cat 3"})) << "the row itself is the first";
    ASSERT_EQ(document_.rows().size(), 3u);
    EXPECT_EQ(document_.search().phrase, "cat") << "the next one can be clicked";
    const Row object = document_.rows()[1];
    EXPECT_EQ(*object.object, dab(40, 10));
    EXPECT_EQ(document_.rows()[2].object->area(), kWidth / 3 * kHeight) << "the thing there, of all that was found";
    EXPECT_NE(object.colour, document_.rows()[2].colour);
    const std::size_t asked = engine_.requests.size();
    document_.selectRow(object.id);
    QCoreApplication::processEvents();
    EXPECT_EQ(engine_.requests.size(), asked) << "no model is asked";
    EXPECT_EQ(shown(), dab(40, 10));
    corrections_.stroke(dab(42, 10), BrushUse::paint);
    EXPECT_EQ(shown(), united(dab(40, 10), dab(42, 10)));
    document_.setPhrase("d");
    EXPECT_EQ(document_.row(object.id)->search.phrase, QString()) << "words begin something new";
    EXPECT_TRUE(document_.currentRow().isEmpty());
}

TEST_F(CorrectionsTest, CandidatesSayWhichObject) {
    document_.setPhrase("the left thing");
    candidates_.setOn(true);
    while (candidates_.count() == 0) {
        engine_.answer();
    }
    EXPECT_FALSE(corrections_.possible()) << "a candidate becomes a row first";
    corrections_.takeObject({kWidth - 2, 5});
    ASSERT_EQ(document_.rows().size(), 1u);
    EXPECT_EQ(*document_.rows()[0].object, candidates_.answer()->candidates[2].runs);
    EXPECT_EQ(document_.rows()[0].name, "the left thing") << "another expression is another name";
    corrections_.takeCandidate(0);
    EXPECT_EQ(document_.rows()[1].name, "the left thing 2");
    candidates_.setOn(false);
    // The left half of the picture is found: it has all of the left candidate and half of the middle one.
    ASSERT_TRUE(corrections_.possible());
    corrections_.takeObject({2, 5});
    ASSERT_TRUE(done());
    EXPECT_EQ(*document_.rows()[2].object, candidates_.answer()->candidates[0].runs);
    corrections_.takeObject({kWidth / 2 - 2, 5});
    ASSERT_TRUE(done());
    EXPECT_EQ(*document_.rows()[3].object, shown());
}

TEST_F(CorrectionsTest, AClickAsksWhatThePictureHoldsOnce) {
    std::vector<bool> busy;
    QObject::connect(&objects_, &PictureObjects::busyChanged, [&](bool now) { busy.push_back(now); });
    find("cat");  // the left half
    corrections_.takeObject({2, 5});
    ASSERT_TRUE(objects_.busy());
    EXPECT_TRUE(engine_.requests.back().which.has_value());
    EXPECT_EQ(engine_.requests.back().which->expression, "");
    const std::size_t asked = engine_.requests.size();
    corrections_.takeObject({2, 8});
    EXPECT_EQ(engine_.requests.size(), asked) << "the second click waits for the same answer";
    ASSERT_TRUE(done());
    EXPECT_EQ(busy, std::vector<bool>({true, false}));
    ASSERT_EQ(document_.rows().size(), 1u) << "and takes the place of the first";
    EXPECT_EQ(document_.rows()[0].object->area(), kWidth / 3 * kHeight) << "a thing, not all that hangs together";
    corrections_.takeObject({kWidth / 2 - 2, 5});
    ASSERT_TRUE(done());
    EXPECT_EQ(engine_.requests.size(), asked) << "it is known now";
    EXPECT_EQ(*document_.rows()[1].object, shown()) << "half of the middle one is no thing of this mask";
    openPicture("two");
    engine_.answer();
    corrections_.takeObject({2, 5});
    EXPECT_TRUE(engine_.requests.back().which.has_value()) << "of another picture it is not";
    openPicture("one");
    EXPECT_FALSE(objects_.busy()) << "and nobody waits for that one's any more";
    EXPECT_EQ(document_.rows().size(), 2u);
}

TEST_F(CorrectionsTest, WithoutAMaskAClickTakesTheThingThere) {
    corrections_.takeObject({kWidth - 2, 5});
    ASSERT_TRUE(done());
    ASSERT_EQ(document_.rows().size(), 1u);
    EXPECT_EQ(document_.rows()[0].name, "Object");
    EXPECT_TRUE(holds(*document_.rows()[0].object, kWidth - 2, 5));
    EXPECT_EQ(document_.rows()[0].object->area(), kWidth / 3 * kHeight);
}

TEST_F(CorrectionsTest, WhereTheModelCannotSayWhatHangsTogetherIsTheObject) {
    std::vector<std::string> errors;
    QObject::connect(&corrections_, &Corrections::failed, [&](const Error& e) { errors.push_back(e.line()); });
    const Error refused{ErrorKind::resource, "too little memory for %1", ""};
    engine_.answer();
    corrections_.takeObject({2, 5});
    engine_.fail(refused);
    EXPECT_EQ(errors.size(), 1u);
    EXPECT_TRUE(document_.rows().empty());
    find("cat");
    corrections_.takeObject({2, 5});
    ASSERT_TRUE(objects_.busy()) << "it is asked again";
    engine_.fail(refused);
    ASSERT_TRUE(done());
    ASSERT_EQ(document_.rows().size(), 1u);
    EXPECT_EQ(*document_.rows()[0].object, ShownMask{rows_.shownNow().map}.runs(document_.threshold()));
    EXPECT_EQ(errors.size(), 1u);
}

TEST_F(CorrectionsTest, PixelsOfOnePictureDoNotGoToTheNext) {
    find("cat");
    corrections_.stroke(dab(40, 10), BrushUse::paint);
    corrections_.takeObject({40, 10});
    ASSERT_TRUE(done());
    ASSERT_EQ(document_.rows().size(), 2u);
    openPicture("two");
    ASSERT_EQ(document_.rows().size(), 1u) << "the phrase goes along";
    EXPECT_TRUE(document_.rows()[0].correction.empty());
    openPicture("one");
    ASSERT_EQ(document_.rows().size(), 2u);
    EXPECT_FALSE(document_.rows()[0].correction.empty());
    EXPECT_NE(document_.rows()[1].object, nullptr);
}

}  // namespace
}  // namespace maskwright::ui
