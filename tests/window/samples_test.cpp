// The start screen's photographs: what a click or a key does, in which language, in how much room.
#include "ui/shell/samples.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <algorithm>

#include "core/image/refine.h"
#include "core/image_io/image_io.h"
#include "engine_fixture.h"
#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/shell/empty_state.h"

namespace maskwright::ui {
namespace {

class Samples : public WindowFixture {
  protected:
    void SetUp() override { open(engine_); }
    [[nodiscard]] QAbstractButton& button(const QString& name) const {
        return *window_->findChild<QAbstractButton*>(name);
    }
    void clickAndWait(const QString& name) {
        QTest::mouseClick(&button(name), Qt::LeftButton);
        ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    }
    [[nodiscard]] int shown() const {
        int count = 0;
        for (std::size_t i = 0; i < samples().size(); ++i) {
            count += button(QStringLiteral("sample%1").arg(i)).isVisible() ? 1 : 0;
        }
        return count;
    }
    FakeInference engine_;
};

TEST_F(Samples, APhotographIsOpenedWithItsFirstPhrase) {
    clickAndWait("sample0");
    EXPECT_EQ(window_->document().picture().image->width, 1024);
    EXPECT_EQ(phrase().text(), "car");
    EXPECT_EQ(engine_.requests.back().prompts.at(0).phrase, "car");
    EXPECT_FALSE(window_->findChild<EmptyState*>()->isVisible());
    engine_.answer();
    EXPECT_NE(canvas().map(), nullptr);
}

TEST_F(Samples, APhraseIsTypedWithItsPhotograph) {
    clickAndWait("sample0phrase1");
    EXPECT_EQ(phrase().text(), "traffic light");
    EXPECT_EQ(engine_.requests.back().prompts.at(0).phrase, "traffic light");
    EXPECT_EQ(engine_.requests.back().image, window_->document().picture().image);
}

TEST_F(Samples, WhatIsTypedAlreadyIsKeptUnlessAPhraseIsChosen) {
    QTest::keyClicks(&phrase(), "zebra");
    clickAndWait("sample2");
    EXPECT_EQ(phrase().text(), "zebra");
}

TEST_F(Samples, AChosenPhraseReplacesWhatIsTyped) {
    QTest::keyClicks(&phrase(), "zebra");
    clickAndWait("sample2phrase0");
    EXPECT_EQ(phrase().text(), "horses");
}

TEST_F(Samples, TheKeyboardReachesThemInTheirOrder) {
    button("sample0").setFocus();
    for (const char* next : {"sample0phrase0", "sample0phrase1", "sample0phrase2", "sample1"}) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        EXPECT_EQ(QApplication::focusWidget()->objectName().toStdString(), next);
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    EXPECT_EQ(window_->document().picture().image->width, 667);
    EXPECT_EQ(phrase().text(), "wine glass");
}

TEST_F(Samples, PhrasesAreInTheLanguageOfTheWindow) {
    language_->use("ko");
    QApplication::sendPostedEvents();
    EXPECT_EQ(button("sample0phrase0").text(), QString::fromUtf8("자동차"));
    EXPECT_TRUE(button("sample2phrase2").isHidden()) << "fewer words than in English";
    clickAndWait("sample0phrase1");
    EXPECT_EQ(phrase().text(), QString::fromUtf8("신호등"));
}

TEST_F(Samples, ThereAreAsManyAsThereIsRoomFor) {
    window_->resize(1180, 780);
    EXPECT_TRUE(waitFor([this] { return shown() == 6; }));
    window_->resize(1180, 560);
    EXPECT_TRUE(waitFor([this] { return shown() == 3; }));
    EXPECT_TRUE(button("sample0").isVisible());
}

Image pictureOf(const Sample& sample) {
    const QString file = QFileInfo(sample.file).fileName();
    auto read = image_io::read(test::sourcePath("resources/examples/") + file.toStdString());
    EXPECT_TRUE(read.ok()) << file.toStdString();
    return std::move(read->image);
}

TEST(SampleList, EachPhotographIsThereWithPhrases) {
    for (const Sample& sample : samples()) {
        EXPECT_FALSE(QImage(sample.file).isNull()) << sample.file.toStdString();
        EXPECT_FALSE(sample.title.isEmpty());
        EXPECT_FALSE(sample.phrases.isEmpty());
        EXPECT_FALSE(sample.phrases.contains(QString())) << sample.file.toStdString();
    }
}

// What the start screen promises is found by the built-in model, in both languages.
TEST(SampleList, TheBuiltInModelFindsEachPhrase) {
    if (!QFileInfo::exists(test::sourceFile("models/sight/config.json"))) {
        GTEST_SKIP() << "the built-in model is not in this checkout";
    }
    EngineInference inference(QString::fromStdString(test::engineLibrary()));
    std::shared_ptr<const Finding> got;
    QObject::connect(&inference, &Inference::answered,
                     [&](const std::shared_ptr<const Finding>& finding) { got = finding; });
    Language language;
    language.use("en");
    const auto english = samples();
    language.use("ko");
    const auto korean = samples();
    session::Request request;
    request.engine.model = test::sourcePath("models/sight");
    for (std::size_t i = 0; i < english.size(); ++i) {
        request.image = std::make_shared<const Image>(pictureOf(english[i]));
        request.prompts.clear();
        for (const QString& phrase : english[i].phrases + korean[i].phrases) {
            request.prompts.emplace_back().phrase = phrase.toStdString();
        }
        ++request.ticket.number;
        got.reset();
        inference.submit(request);
        ASSERT_TRUE(waitFor([&] { return got != nullptr; }));
        ASSERT_FALSE(got->answer.error.has_value()) << got->answer.error->what.text();
        const float cut = float(got->answer.model.defaultThreshold);
        ASSERT_EQ(got->answer.maps.size(), request.prompts.size());
        for (std::size_t j = 0; j < request.prompts.size(); ++j) {
            const Mask mask = threshold(*got->answer.maps[j], cut);
            // The bicycles on the street are the smallest: a 160th of it.
            EXPECT_GT(std::count(mask.pixels.begin(), mask.pixels.end(), 255), long(mask.pixels.size() / 400))
                << english[i].file.toStdString() << ": " << request.prompts[j].phrase;
        }
    }
}

}  // namespace
}  // namespace maskwright::ui
