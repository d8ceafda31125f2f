// Finding by example in the window, over an engine that answers what the test says.
#include <QAction>
#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <algorithm>
#include <optional>

#include "core/image_io/image_io.h"
#include "core/visual_prompt/engineer.h"
#include "fake_inference.h"
#include "ui/canvas/region_shapes.h"
#include "ui/dialogs/compare_styles.h"
#include "ui/folder/folder_view.h"
#include "ui/model/support_library.h"
#include "ui/panels/style_panel.h"
#include "ui/panels/support_card.h"
#include "ui/panels/tool_rail.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/section.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

class Examples : public WindowFixture {
  protected:
    void SetUp() override {
        open(engine_);
        openCat();
        engine_.answer();
    }
    [[nodiscard]] ToolRail& rail() const { return *window_->findChild<ToolRail*>("rail"); }
    [[nodiscard]] const std::vector<Support>& supports() const { return window_->document().search().supports; }
    [[nodiscard]] QPoint at(double x, double y) const { return canvas().view().toView({x, y}).toPoint(); }
    void drag(const std::vector<QPointF>& points, Qt::KeyboardModifiers keys = {}) {
        QTest::mousePress(&canvas(), Qt::LeftButton, keys, at(points.front().x(), points.front().y()));
        for (const QPointF& p : points) {
            QMouseEvent move(QEvent::MouseMove, at(p.x(), p.y()), canvas().mapToGlobal(at(p.x(), p.y())), Qt::NoButton,
                             Qt::LeftButton, keys);
            QApplication::sendEvent(&canvas(), &move);
        }
        QTest::mouseRelease(&canvas(), Qt::LeftButton, keys, at(points.back().x(), points.back().y()));
    }
    static int area(const Mask& mask) { return int(std::count(mask.pixels.begin(), mask.pixels.end(), 255)); }
    FakeInference engine_;
};

TEST_F(Examples, ARectangleIsAnExampleAndCanBeUndone) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_NEAR(area(*supports()[0].region), 100 * 80, 400);
    ASSERT_EQ(engine_.requests.back().prompts.size(), 1u);
    EXPECT_EQ(engine_.requests.back().prompts[0].regions.at(0).region, supports()[0].region);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(supports().empty());
    QTest::keyClick(window_.get(), Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(supports().size(), 1u);
}

TEST_F(Examples, AClickWithTheRectangleMarksNothing) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {50, 40}});
    EXPECT_TRUE(supports().empty());
}

TEST_F(Examples, ShiftAddsAndAltTakesAway) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {100, 90}});
    const int first = area(*supports()[0].region);
    drag({{200, 40}, {250, 90}}, Qt::ShiftModifier);
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_NEAR(area(*supports()[0].region), 2 * first, 150);
    drag({{40, 30}, {110, 100}}, Qt::AltModifier);
    EXPECT_NEAR(area(*supports()[0].region), first, 150);
    drag({{0, 0}, {451, 300}}, Qt::AltModifier);
    EXPECT_TRUE(supports().empty()) << "nothing left is no example";
    drag({{50, 40}, {100, 90}});
    drag({{200, 40}, {250, 90}});
    EXPECT_EQ(supports().size(), 2u) << "without keys each is its own";
}

TEST_F(Examples, TheBrushGoesOnWithTheOneInHand) {
    rail().choose(ToolKind::brush);
    drag({{60, 60}, {120, 60}});
    ASSERT_EQ(supports().size(), 1u);
    const int first = area(*supports()[0].region);
    EXPECT_GT(first, 500);
    drag({{200, 200}, {260, 200}});
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_GT(area(*supports()[0].region), first * 3 / 2);
    drag({{200, 200}, {260, 200}}, Qt::AltModifier);
    EXPECT_NEAR(area(*supports()[0].region), first, first / 5);
    EXPECT_EQ(window_->document().history().count(), 3);
}

TEST_F(Examples, LassoAndPolygonEncloseWhatTheyDraw) {
    rail().choose(ToolKind::lasso);
    drag({{50, 50}, {150, 50}, {150, 150}, {50, 150}, {50, 60}});
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_NEAR(area(*supports()[0].region), 10000, 600);

    rail().choose(ToolKind::polygon);
    for (const QPointF& p : {QPointF(200, 50), QPointF(300, 50), QPointF(300, 150)}) {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(p.x(), p.y()));
    }
    EXPECT_EQ(supports().size(), 1u);
    QTest::keyClick(&canvas(), Qt::Key_Return);
    ASSERT_EQ(supports().size(), 2u);
    EXPECT_NEAR(area(*supports()[1].region), 5000, 300);
}

TEST_F(Examples, WhatWasFoundCanBePicked) {
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    rail().choose(ToolKind::pick);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(400, 100));
    EXPECT_TRUE(supports().empty());
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(100, 100));
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_EQ(area(*supports()[0].region), 225 * 300);
    EXPECT_EQ(supports()[0].name, "cat");
}

TEST_F(Examples, ThePreviewIsWhatTheEncoderGets) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {170, 160}});
    auto& panel = *window_->findChild<StylePanel*>();
    ASSERT_TRUE(panel.isVisible());
    auto equal = [&] {
        panel.refresh();
        const session::Prompt prompt = window_->document().search().prompt();
        const auto expected = visual_prompt::engineer(*prompt.regions.at(0).image, *prompt.regions.at(0).region,
                                                      prompt.regions.at(0).style);
        return expected.ok() && toImage(panel.picture()) == *expected;
    };
    EXPECT_TRUE(equal());
    const QImage before = panel.picture();
    slider("background").setValue(80);
    EXPECT_TRUE(equal());
    EXPECT_NE(panel.picture(), before);
    slider("blur").setValue(40);
    slider("context").setValue(12);
    slider("size").setValue(3);
    EXPECT_TRUE(equal());
    EXPECT_DOUBLE_EQ(engine_.requests.back().prompts.at(0).regions.at(0).style.context, 0.6);
    EXPECT_EQ(panel.picture().width(), window_->document().search().style.size);
    auto& preset = *window_->findChild<QComboBox*>("preset");
    preset.setCurrentIndex(2);
    Q_EMIT preset.activated(2);
    EXPECT_EQ(window_->document().search().style, visual_prompt::presets()[2].style);
    EXPECT_TRUE(equal());
}

TEST_F(Examples, ThePreviewFollowsTheHand) {
    auto& panel = *window_->findChild<StylePanel*>();
    rail().choose(ToolKind::rectangle);
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, at(50, 50));
    QMouseEvent move(QEvent::MouseMove, at(120, 120), canvas().mapToGlobal(at(120, 120)), Qt::NoButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(&canvas(), &move);
    panel.refresh();
    EXPECT_FALSE(panel.picture().isNull());
    EXPECT_TRUE(supports().empty());
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, at(120, 120));
    EXPECT_EQ(supports().size(), 1u);
}

TEST_F(Examples, TheMixtureAsksAndTheStripComesAfterIt) {
    QTest::keyClicks(&phrase(), "cat");
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    engine_.answer();
    // The strip: five mixtures, once the preview wants nothing.
    const session::Request strip = engine_.requests.back();
    ASSERT_EQ(strip.prompts.size(), 5u);
    EXPECT_DOUBLE_EQ(strip.prompts[0].mix, 0);
    EXPECT_DOUBLE_EQ(strip.prompts[3].mix, 0.75);
    // The slider moves before the strip is answered: the preview goes first, the strip is asked again.
    slider("mix").setValue(80);
    EXPECT_EQ(engine_.requests.back().prompts.size(), 1u);
    EXPECT_DOUBLE_EQ(engine_.requests.back().prompts[0].mix, 0.8);
    engine_.answer();
    ASSERT_EQ(engine_.requests.back().prompts.size(), 5u);
    engine_.answer();
    const std::size_t before = engine_.requests.size();
    slider("mix").setValue(20);
    engine_.answer();
    EXPECT_EQ(engine_.requests.size(), before + 1) << "another mixture is the same strip";
}

TEST_F(Examples, WhatIsLeftOutGoesIntoThePrompt) {
    QTest::keyClicks(&phrase(), "cat");
    auto& negative = *window_->findChild<QLineEdit*>("negative");
    QTest::keyClicks(&negative, "dog");
    EXPECT_EQ(engine_.requests.back().prompts.at(0).negativePhrase, "dog");
    EXPECT_FALSE(engine_.requests.back().prompts.at(0).compete);
    for (auto* button : window_->findChildren<QToolButton*>("segment")) {
        if (button->text() == "Compete") {
            button->click();
        }
    }
    EXPECT_TRUE(engine_.requests.back().prompts.at(0).compete);
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    auto* card = window_->findChild<SupportCard*>();
    ASSERT_NE(card, nullptr);
    for (QToolButton* button : card->findChildren<QToolButton*>()) {
        if (button->toolTip() == "Leave out what is like this") {
            button->click();
        }
    }
    EXPECT_TRUE(supports()[0].negative);
    EXPECT_EQ(engine_.requests.back().prompts.at(0).negativeRegions.size(), 1u);
    EXPECT_TRUE(engine_.requests.back().prompts.at(0).regions.empty());
}

TEST_F(Examples, AnExampleServesInAnotherPicture) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    const auto cat = window_->document().picture().image;
    window_->openFile(QStringLiteral(MASKWRIGHT_SOURCE_DIR "/resources/examples/coffee.png"));
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "coffee.png"; }));
    const session::Request& request = engine_.requests.back();
    EXPECT_EQ(request.image->width, 600);
    EXPECT_EQ(request.prompts.at(0).regions.at(0).image, cat);
}

TEST_F(Examples, AllWaysOfShowingAreCompared) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    engine_.answer();
    auto* comparison = new CompareStyles(window_->document(), window_->jobs(),
                                         {supports()[0].image, supports()[0].region}, "cat", {}, window_.get());
    const CompareStyles& dialog = *comparison;
    const std::size_t count = visual_prompt::presets().size();
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(engine_.requests.back().prompts.size(), 1u);
        EXPECT_EQ(engine_.requests.back().prompts[0].regions.at(0).style, visual_prompt::presets()[i].style);
        engine_.answer();
    }
    ASSERT_TRUE(engine_.requests.back().styles.has_value());
    EXPECT_EQ(engine_.requests.back().styles->name, "cat");
    EXPECT_EQ(engine_.requests.back().styles->region, supports()[0].region);
    engine_.answer();
    ASSERT_EQ(dialog.rows().size(), count);
    EXPECT_EQ(dialog.rows()[0].preset.name, visual_prompt::presets()[1].name) << "the best first";
    EXPECT_DOUBLE_EQ(*dialog.rows()[0].gain, 30);
    EXPECT_FALSE(dialog.rows().back().gain.has_value()) << "what the model cannot do is at the end";
    EXPECT_TRUE(dialog.rows()[0].presence.has_value());
}

TEST_F(Examples, AFolderOrdersItself) {
    const QTemporaryDir folder;
    for (const char* name : {"cat.png", "coffee.png", "astronaut.png"}) {
        QFile::copy(QStringLiteral(MASKWRIGHT_SOURCE_DIR "/resources/examples/") + name, folder.filePath(name));
    }
    QFile broken(folder.filePath("broken.jpg"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
    broken.close();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    window_->openFile(folder.path());
    auto& view = *window_->findChild<FolderView*>();
    EXPECT_TRUE(view.isVisible());
    std::size_t seen = engine_.requests.size();
    int answers = 0;
    ASSERT_TRUE(waitFor([&] {
        if (engine_.requests.size() > seen) {
            seen = engine_.requests.size();
            const session::Request request = engine_.requests.back();
            ++answers;
            engine_.answer(request, request.image->width == 451 ? 0.9f : request.image->width == 600 ? 0.2f : 0.5f);
            seen = std::min(seen, engine_.requests.size());
        }
        return answers == 3;
    }));
    EXPECT_TRUE(waitFor([&] { return view.names().value(3) == "broken.jpg"; }));
    EXPECT_EQ(view.names(), (QStringList{"cat.png", "astronaut.png", "coffee.png", "broken.jpg"}));
    EXPECT_FALSE(bar().isVisible()) << "one bad picture is a line, not a stop";
}

// A folder that was searched for a cat: two pictures and one that is none.
class Folders : public Examples {
  protected:
    void SetUp() override {
        Examples::SetUp();
        for (const char* name : {"cat.png", "coffee.png"}) {
            QFile::copy(QStringLiteral(MASKWRIGHT_SOURCE_DIR "/resources/examples/") + name, pictures_.filePath(name));
        }
        write(pictures_.filePath("broken.jpg"), "no picture");
        QTest::keyClicks(&phrase(), "cat");
        engine_.answer();
        window_->openFile(pictures_.path());
        ASSERT_TRUE(
            answerUntil([this] { return view().names().value(2) == "broken.jpg" && saveButton().isEnabled(); }));
    }
    static void write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    bool answerUntil(const std::function<bool()>& done) {
        return waitFor([&] {
            for (; seen_ < engine_.requests.size(); ++seen_) {
                const session::Request request = engine_.requests[seen_];
                engine_.answer(request, 0.9f);
            }
            return done();
        });
    }
    [[nodiscard]] FolderView& view() const { return *window_->findChild<FolderView*>(); }
    [[nodiscard]] QPushButton& saveButton() const { return *window_->findChild<QPushButton*>("folderSave"); }
    [[nodiscard]] QStringList saved() const { return QDir(masks_.path()).entryList(QDir::Files, QDir::Name); }
    [[nodiscard]] QByteArray content(const char* name) const {
        QFile file(masks_.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void choose(const char* text, const char* question = "existing") {
        auto* box = window_->findChild<QMessageBox*>(question);
        ASSERT_NE(box, nullptr);
        for (QAbstractButton* button : box->buttons()) {
            if (button->text() == text) {
                button->click();
            }
        }
    }
    QTemporaryDir pictures_, masks_;
    std::size_t seen_ = 0;
};

TEST_F(Folders, AllMasksAreSavedAndABadPictureIsALine) {
    window_->saveFolder(masks_.path());
    EXPECT_FALSE(saveButton().isEnabled()) << "one at a time";
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(saved(), (QStringList{"cat-mask.png", "coffee-mask.png", "masks-report.csv"}));
    EXPECT_TRUE(engine_.requests.back().refine) << "as a single save";
    const auto mask = image_io::readMask(masks_.filePath("cat-mask.png").toStdString());
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(mask->width, 451);
    EXPECT_EQ(area(*mask), 225 * 300);
    const QImage texts(masks_.filePath("cat-mask.png"));
    EXPECT_EQ(texts.text("maskwright:phrase"), "cat");
    EXPECT_EQ(texts.text("maskwright:model"), "mini");
    EXPECT_EQ(texts.text("maskwright:threshold"), "0.4");
    const QList<QByteArray> lines = content("masks-report.csv").trimmed().split('\n');
    ASSERT_EQ(lines.size(), 4);
    EXPECT_TRUE(lines[1].contains("broken.jpg,,,,")) << lines[1].toStdString();
    EXPECT_TRUE(lines[2].contains("cat-mask.png,0.9000,0.4989,")) << lines[2].toStdString();
    EXPECT_NE(bar().text().indexOf("Masks saved in"), -1);
    EXPECT_NE(bar().text().indexOf("failed: 1"), -1) << bar().text().toStdString();
    EXPECT_TRUE(saveButton().isEnabled());
}

TEST_F(Folders, NothingIsReplacedUnasked) {
    write(masks_.filePath("cat-mask.png"), "mine");
    window_->saveFolder(masks_.path());
    choose("Cancel");
    EXPECT_EQ(saved(), QStringList{"cat-mask.png"});

    window_->saveFolder(masks_.path());
    choose("Keep both");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(content("cat-mask.png"), "mine");
    EXPECT_EQ(saved(), (QStringList{"cat-mask-2.png", "cat-mask.png", "coffee-mask.png", "masks-report.csv"}));

    write(masks_.filePath("coffee-mask.png"), "mine too");
    window_->saveFolder(masks_.path());
    choose("Skip those");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(content("cat-mask.png"), "mine");
    EXPECT_EQ(content("coffee-mask.png"), "mine too");
    EXPECT_TRUE(saved().contains("masks-report-2.csv")) << "reports are not replaced either";

    window_->saveFolder(masks_.path());
    choose("Replace");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_TRUE(image_io::readMask(masks_.filePath("cat-mask.png").toStdString()).ok());
}

TEST_F(Folders, SavingCanBeStopped) {
    const std::size_t before = engine_.requests.size();
    window_->saveFolder(masks_.path());
    ASSERT_TRUE(waitFor([&] { return engine_.requests.size() > before; }));
    auto& action = *window_->findChild<QPushButton*>("folderAction");
    EXPECT_EQ(action.text(), "Stop");
    action.click();
    EXPECT_TRUE(bar().text().contains("then stopped")) << bar().text().toStdString();
    EXPECT_EQ(action.text(), "Search again");
    engine_.answer(engine_.requests.back(), 0.9f);
    QTest::qWait(50);
    EXPECT_EQ(saved(), QStringList{"masks-report.csv"}) << "an answer that comes later is not saved";
}

TEST_F(Folders, ClosingWhileMasksAreSavedAsksFirst) {
    window_->saveFolder(masks_.path());
    window_->close();
    EXPECT_TRUE(window_->isVisible());
    choose("Cancel", "closing");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(window_->isVisible());

    window_->close();
    choose("Close when done", "closing");
    EXPECT_TRUE(window_->isVisible());
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_TRUE(saved().contains("cat-mask.png"));
    EXPECT_TRUE(window_->isVisible()) << "one picture failed: that is not closed away";

    ASSERT_TRUE(QFile::remove(pictures_.filePath("broken.jpg")));
    window_->openFile(pictures_.path());
    ASSERT_TRUE(answerUntil([this] { return view().names().size() == 2 && saveButton().isEnabled(); }));
    window_->saveFolder(masks_.path());
    choose("Replace");
    window_->close();
    choose("Close when done", "closing");
    EXPECT_TRUE(window_->isVisible());
    ASSERT_TRUE(answerUntil([this] { return !window_->isVisible(); }));
    EXPECT_TRUE(saved().contains("masks-report-2.csv"));
}

TEST_F(Folders, ClosingCanStopTheSaving) {
    window_->saveFolder(masks_.path());
    window_->close();
    choose("Stop and close", "closing");
    EXPECT_FALSE(window_->isVisible());
    EXPECT_EQ(saved(), QStringList{"masks-report.csv"});
}

TEST_F(Folders, AFolderThatIsNotThereIsAnError) {
    window_->saveFolder(masks_.filePath("nowhere"));
    EXPECT_TRUE(bar().isVisible());
    EXPECT_EQ(bar().kind(), InfoBar::Kind::error);
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_TRUE(bar().text().contains(QString::fromUtf8("저장할 수 없습니다"))) << bar().text().toStdString();
}

TEST_F(Examples, EverySettingOfAStyleHasItsHandle) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {170, 160}});
    auto& panel = *window_->findChild<StylePanel*>();
    auto change = [&](auto&& edit) {
        panel.refresh();
        const QImage before = panel.picture();
        edit();
        panel.refresh();
        const session::SupportRegion& region = engine_.requests.back().prompts.at(0).regions.at(0);
        const auto expected = visual_prompt::engineer(*region.image, *region.region, region.style);
        return panel.picture() != before && expected.ok() && toImage(panel.picture()) == *expected;
    };
    auto style = [&] { return window_->document().search().style; };
    EXPECT_TRUE(change([&] { slider("brightness").setValue(50); }));
    EXPECT_DOUBLE_EQ(style().brightness, 0.5);
    EXPECT_TRUE(change([&] { slider("objectFactor").setValue(150); }));
    EXPECT_DOUBLE_EQ(style().objectFactor, 1.5);
    EXPECT_TRUE(change([&] { slider("objectShift").setValue(0); }));
    EXPECT_DOUBLE_EQ(style().objectShift, -1);
    EXPECT_TRUE(change([&] { slider("shift").setValue(180); }));
    EXPECT_NEAR(style().shift, 0.8, 1e-9);
    auto pick = [&](const char* name, int index) {
        auto& box = *window_->findChild<QComboBox*>(name);
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
    };
    EXPECT_TRUE(change([&] { pick("ground", 1); }));
    auto* const colour = window_->findChild<QPushButton*>("markColour");
    EXPECT_FALSE(colour->isVisibleTo(colour->parentWidget())) << "nothing draws a line";
    EXPECT_TRUE(change([&] { pick("tint", 1); }));
    EXPECT_TRUE(colour->isVisibleTo(colour->parentWidget()));
    EXPECT_TRUE(change([&] { slider("markWidth").setValue(12); }));
    EXPECT_EQ(style().markWidth, 12);
    EXPECT_TRUE(change([&] {
        colour->click();
        auto* dialog = window_->findChild<QColorDialog*>();
        ASSERT_NE(dialog, nullptr);
        dialog->setCurrentColor(QColor(0, 128, 255));
        dialog->accept();
    }));
    EXPECT_EQ(style().markColour, (std::array<std::uint8_t, 3>{0, 128, 255}));
    EXPECT_TRUE(change([&] { pick("content", 1); }));
    EXPECT_EQ(style().content, visual_prompt::Content::shape);
    pick("tokens", 3);
    EXPECT_EQ(style().tokenMasking, visual_prompt::TokenMasking::clsOnly);
    EXPECT_FALSE(style().crop) << "tokens are hidden in the whole picture";
    window_->findChild<QCheckBox*>("crop")->click();
    EXPECT_TRUE(style().crop);
    EXPECT_EQ(style().tokenMasking, visual_prompt::TokenMasking::none);
}

TEST_F(Examples, ThePreviewStaysInSightOfItsSliders) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {170, 160}});
    auto& panel = *window_->findChild<StylePanel*>();
    auto& picture = *window_->findChild<QWidget*>("stylePicture");
    panel.findChild<Section*>("moreStyle")->setOpen(true);
    QCoreApplication::processEvents();
    auto* scroll = window_->findChild<QScrollArea*>();
    const auto inSight = [&](const QWidget& widget) {
        const QRect there(widget.mapTo(scroll->viewport(), QPoint()), widget.size());
        return scroll->viewport()->rect().contains(there);
    };
    for (const char* name : {"background", "tint", "objectShift", "shift"}) {
        auto* control = window_->findChild<QWidget*>(name);
        scroll->ensureWidgetVisible(control, 0, 20);
        slider("shift").setFocus();
        QCoreApplication::processEvents();
        EXPECT_TRUE(inSight(picture)) << name;
        EXPECT_TRUE(inSight(*control)) << name;
        const QRect a(picture.mapTo(&panel, QPoint()), picture.size()),
            b(control->mapTo(&panel, QPoint()), control->size());
        EXPECT_FALSE(a.intersects(b)) << name << " is hidden beneath the picture";
    }
    // Back up with the keyboard.
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &panel, Qt::Key_Backtab);
        QCoreApplication::processEvents();
        const QWidget* focus = QApplication::focusWidget();
        if (focus != nullptr && panel.isAncestorOf(focus)) {
            const QRect a(picture.mapTo(&panel, QPoint()), picture.size()),
                b(focus->mapTo(&panel, QPoint()), focus->size());
            EXPECT_FALSE(a.intersects(b)) << focus->objectName().toStdString() << " is hidden beneath the picture";
        }
    }
}

TEST_F(Examples, WhatTheModelCannotDoCannotBeChosen) {
    auto& panel = *window_->findChild<StylePanel*>();
    const auto chooseable = [&](const char* box) {
        int count = 0;
        const QAbstractItemModel* items = window_->findChild<QComboBox*>(box)->model();
        for (int i = 0; i < items->rowCount(); ++i) {
            count += items->flags(items->index(i, 0)).testFlag(Qt::ItemIsEnabled) ? 1 : 0;
        }
        return count;
    };
    panel.setModel(16, true);
    const int all = chooseable("preset");
    EXPECT_EQ(chooseable("tokens"), 4);
    panel.setModel(32, false);
    EXPECT_EQ(chooseable("tokens"), 1);
    EXPECT_EQ(chooseable("preset"), all - 4) << "the presets that hide tokens";
    EXPECT_DOUBLE_EQ(window_->document().search().style.size, 352);
    slider("size").setValue(slider("size").value() + 1);
    EXPECT_DOUBLE_EQ(window_->document().search().style.size, 384) << "the next size this model takes";
    slider("size").setValue(slider("size").minimum());
    EXPECT_DOUBLE_EQ(window_->document().search().style.size, 32);
}

TEST_F(Examples, AHandThatMarksNothingIsTold) {
    auto& toast = *window_->findChild<Pill*>("toast");
    for (ToolKind kind : {ToolKind::rectangle, ToolKind::lasso}) {
        toast.clear();
        rail().choose(kind);
        drag({{50, 40}, {50, 40}});
        EXPECT_TRUE(supports().empty());
        EXPECT_TRUE(toast.text().startsWith("A click marks nothing")) << toast.text().toStdString();
    }
    rail().choose(ToolKind::rectangle);
    drag({{-60, -60}, {-20, -20}});
    EXPECT_TRUE(supports().empty());
    EXPECT_TRUE(toast.text().startsWith("That lies outside")) << toast.text().toStdString();
    EXPECT_FALSE(window_->findChild<StylePanel*>()->isVisible()) << "nothing is left of what was being drawn";
    rail().choose(ToolKind::brush);
    drag({{100, 100}, {120, 100}}, Qt::AltModifier);
    EXPECT_TRUE(toast.text().startsWith("Choose first")) << toast.text().toStdString();
}

TEST_F(Examples, RegionsAtTheEdgeOfOnePixelAndOfAllAreExamples) {
    auto& panel = *window_->findChild<StylePanel*>();
    auto works = [&](int pixels) {
        panel.refresh();
        return !supports().empty() && area(*supports().back().region) == pixels && !panel.picture().isNull() &&
               engine_.requests.back().prompts.at(0).regions.back().region == supports().back().region;
    };
    rail().choose(ToolKind::rectangle);
    drag({{-20, -20}, {600, 500}});
    EXPECT_TRUE(works(451 * 300));
    drag({{440, 290}, {600, 500}});
    EXPECT_TRUE(works(11 * 10));
    canvas().zoomTo(24);
    canvas().repaint();  // a tool knows the scale from its last frame
    const QPointF middle = canvas().view().toPicture({canvas().width() / 2.0, canvas().height() / 2.0});
    const QPointF corner(std::floor(middle.x()), std::floor(middle.y()));
    drag({corner + QPointF(0.2, 0.2), corner + QPointF(0.8, 0.8)});
    EXPECT_TRUE(works(1)) << area(*supports().back().region);
}

TEST_F(Examples, AFolderWithNothingToFindAsksForSomething) {
    window_->openFile(QStringLiteral(MASKWRIGHT_SOURCE_DIR "/resources/examples"));
    EXPECT_TRUE(bar().isVisible());
    EXPECT_FALSE(window_->findChild<FolderView*>()->isVisible());
}

TEST(SupportLibrary, WhatIsKeptComesBack) {
    const QTemporaryDir folder;
    SupportLibrary library(folder.filePath("kept"));
    Support support;
    support.id = "one";
    support.name = QString::fromUtf8("고양이 눈");
    auto image = std::make_shared<Image>(40, 30);
    for (std::size_t i = 0; i < image->pixels.size(); ++i) {
        image->pixels[i] = std::uint8_t(i * 7);
    }
    support.image = image;
    support.region = std::make_shared<const Mask>(rectangleMask(40, 30, {5, 5}, {20, 15}));
    EXPECT_FALSE(library.has("one"));
    library.keep(support);
    ASSERT_TRUE(waitFor([&] { return library.has("one"); }));
    ASSERT_EQ(library.entries().size(), 1u);
    EXPECT_EQ(library.entries()[0].name, support.name);
    EXPECT_FALSE(library.entries()[0].thumbnail.isNull());

    std::optional<Support> back;
    std::optional<Error> problem;
    QObject::connect(&library, &SupportLibrary::loaded, [&](const Support& s) { back = s; });
    QObject::connect(&library, &SupportLibrary::failed, [&](const Error& e) { problem = e; });
    library.load("one");
    ASSERT_TRUE(waitFor([&] { return back.has_value(); }));
    EXPECT_EQ(*back->image, *support.image);
    EXPECT_EQ(*back->region, *support.region);
    library.forget("one");
    EXPECT_TRUE(library.entries().empty());
    library.load("one");
    EXPECT_TRUE(waitFor([&] { return problem.has_value(); }));
}

}  // namespace
}  // namespace maskwright::ui
