// How masks are looked at, over an engine that answers what the test says: it finds everything in the left half.
#include <QAbstractButton>
#include <QAbstractSlider>
#include <QCheckBox>

#include "tests/support/fake_inference.h"
#include "ui/canvas/heat_legend.h"
#include "ui/canvas/navigator.h"
#include "ui/canvas/split_handle.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

class Views : public WindowFixture {
  protected:
    void SetUp() override {
        open(engine_);
        openCat();
        QTest::keyClicks(&phrase(), "cat");
        engine_.answer(0.8f);
        asked_ = engine_.requests.size();
    }
    void TearDown() override {
        EXPECT_EQ(engine_.requests.size(), asked_) << "no view asks the engine";
        WindowFixture::TearDown();
    }
    void choose(const char* name) {
        QAction* action = actionNamed(name);
        ASSERT_NE(action, nullptr) << name;
        action->trigger();
    }
    [[nodiscard]] QCheckBox& box(const char* name) const { return *window_->findChild<QCheckBox*>(name); }
    // The screen's colour at a place of the picture, given in shares of its sides.
    [[nodiscard]] QColor at(double x, double y) const {
        const QSizeF size = canvas().picture()->size();
        const double ratio = canvas().devicePixelRatioF();
        const QPointF place = canvas().view().toView({x * size.width(), y * size.height()}) / ratio;
        QImage image(canvas().size(), QImage::Format_RGB32);
        canvas().render(&image, {}, {}, QWidget::RenderFlags());
        return image.pixelColor(place.toPoint());
    }
    FakeInference engine_;
    std::size_t asked_ = 0;
};

TEST_F(Views, EveryViewIsInTheMenuAndInThePanelAndLooksDifferent) {
    QList<QImage> seen;
    auto* panel = window_->findChild<QWidget*>("maskView");
    ASSERT_NE(panel, nullptr);
    for (const auto& [action, button] :
         {std::pair("&Tint", "Tint"), std::pair("&Outline", "Outline"), std::pair("&Spotlight", "Spotlight"),
          std::pair("&Mask", "Mask"), std::pair("&Cutout", "Cutout"), std::pair("&Heat", "Heat")}) {
        choose(action);
        EXPECT_TRUE(actionNamed(action)->isChecked());
        for (QAbstractButton* one : panel->findChildren<QAbstractButton*>()) {
            EXPECT_EQ(one->isChecked(), one->text() == button) << action;
            EXPECT_FALSE(one->toolTip().isEmpty());
        }
        const QImage image = canvas().grab().toImage();
        EXPECT_FALSE(seen.contains(image)) << action;
        seen << image;
    }
}

TEST_F(Views, MaskIsBlackAndWhiteAndCutoutShowsThePicture) {
    const QColor bare = [this] {
        choose("Show the &mask");
        const QColor colour = at(0.25, 0.5);
        choose("Show the &mask");
        return colour;
    }();
    choose("&Mask");
    EXPECT_EQ(at(0.25, 0.5), QColor(Qt::white));
    EXPECT_EQ(at(0.75, 0.5), QColor(Qt::black));
    choose("&Cutout");
    EXPECT_EQ(at(0.25, 0.5), bare);
    const QColor check = at(0.75, 0.5);
    EXPECT_TRUE(check == QColor(Qt::white) || check == QColor(204, 204, 204)) << check.name().toStdString();
}

TEST_F(Views, TheSplitIsMovedByKeysAndByTheMouse) {
    choose("&Mask");
    choose("&Before and after");
    auto* handle = canvas().findChild<SplitHandle*>();
    ASSERT_TRUE(handle != nullptr && handle->isVisible());
    EXPECT_TRUE(box("splitView").isChecked());
    EXPECT_EQ(at(0.75, 0.5), QColor(Qt::black));
    EXPECT_NE(at(0.25, 0.5), QColor(Qt::white)) << "before";
    handle->setFocus();
    QTest::keyClick(handle, Qt::Key_Home);
    EXPECT_EQ(at(0.25, 0.5), QColor(Qt::white)) << "all is after";
    QTest::keyClick(handle, Qt::Key_Right);
    EXPECT_EQ(handle->value(), 10);
    QTest::keyClick(handle, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(handle->value(), 110);
    const int x = handle->width() / 2;
    QTest::mousePress(handle, Qt::LeftButton, {}, {x, 50});
    QTest::mouseMove(handle, {x + canvas().width(), 50});
    QTest::mouseRelease(handle, Qt::LeftButton, {}, {x, 50});
    EXPECT_EQ(handle->value(), SplitHandle::kWhole);
    EXPECT_NE(at(0.75, 0.5), QColor(Qt::black)) << "all is before";
    box("splitView").click();
    EXPECT_FALSE(handle->isVisible());
    EXPECT_EQ(at(0.25, 0.5), QColor(Qt::white));
}

TEST_F(Views, TheHeatHasALegendWithTheThreshold) {
    auto* legend = canvas().findChild<HeatLegend*>();
    ASSERT_NE(legend, nullptr);
    EXPECT_FALSE(legend->isVisible());
    choose("&Heat");
    EXPECT_TRUE(legend->isVisible());
    EXPECT_TRUE(legend->accessibleName().contains("40 %")) << legend->accessibleName().toStdString();
    slider("threshold").setValue(69);
    EXPECT_TRUE(legend->accessibleName().contains("70 %")) << legend->accessibleName().toStdString();
    choose("Show the &mask");
    EXPECT_FALSE(legend->isVisible()) << "without a mask there is nothing to explain";
}

TEST_F(Views, TheNavigatorIsThereWhileZoomedInAndMovesTheView) {
    auto* navigator = canvas().findChild<Navigator*>();
    ASSERT_NE(navigator, nullptr);
    EXPECT_FALSE(navigator->isVisible());
    canvas().zoomTo(8);
    ASSERT_TRUE(navigator->isVisible());
    EXPECT_TRUE(canvas().rect().contains(navigator->geometry()));
    const auto middle = [this] {
        return canvas().view().toPicture(QPointF(canvas().width(), canvas().height()) / 2 *
                                         canvas().devicePixelRatioF());
    };
    const QSize picture = canvas().picture()->size();
    QTest::mouseClick(navigator, Qt::LeftButton, {}, navigator->rect().center() + QPoint(0, navigator->height() / 4));
    EXPECT_NEAR(middle().x(), picture.width() / 2.0, picture.width() * 0.02);
    EXPECT_GT(middle().y(), picture.height() * 0.7);
    const double before = middle().y();
    navigator->setFocus();
    QTest::keyClick(navigator, Qt::Key_Up);
    EXPECT_LT(middle().y(), before);
    navigator->findChild<QAbstractButton*>()->click();
    EXPECT_FALSE(navigator->isVisible());
    EXPECT_FALSE(actionNamed("Navi&gator")->isChecked());
    choose("Navi&gator");
    EXPECT_TRUE(navigator->isVisible());
    canvas().fit();
    EXPECT_FALSE(navigator->isVisible());
}

TEST_F(Views, TheAutomaticThresholdIsAStepAndIsShownAsANumber) {
    const std::size_t steps = window_->document().history().steps();
    box("automaticThreshold").click();
    const double automatic = window_->document().threshold();
    EXPECT_NE(automatic, 0.4);
    EXPECT_EQ(window_->document().history().steps(), steps + 1);
    auto* text = window_->findChild<QWidget*>("threshold")->findChild<QLabel*>("value");
    EXPECT_TRUE(text->text().contains(QLocale().toString(automatic * 100, 'f', 0)) &&
                text->text().contains("automatic"))
        << text->text().toStdString();
    slider("threshold").setValue(69);
    EXPECT_FALSE(window_->document().search().automatic) << "who moves it sets it";
    EXPECT_FALSE(box("automaticThreshold").isChecked());
    choose("&Undo: threshold");
    EXPECT_TRUE(box("automaticThreshold").isChecked());
    EXPECT_DOUBLE_EQ(window_->document().threshold(), automatic);
}

TEST_F(Views, EdgesAreMadeAnewWithoutTheEngine) {
    const auto before = canvas().map();
    box("refine").click();
    EXPECT_FALSE(window_->findChild<QWidget*>("refineRadius")->isVisible());
    ASSERT_TRUE(waitFor([&] { return canvas().map() != before; }));
    const auto plain = canvas().map();
    box("refine").click();
    slider("refineRadius").setValue(40);
    ASSERT_TRUE(waitFor([&] { return canvas().map() != plain; }));
    EXPECT_TRUE(window_->document().search().refine);
    EXPECT_GT(window_->document().search().refineRadius, 8);
}

// Rows lie side by side in tint and outline; as a mask they are one.
TEST_F(Views, RowsCountAsOneMask) {
    QTest::keyClick(&phrase(), Qt::Key_Return);
    QCoreApplication::processEvents();
    asked_ = engine_.requests.size();
    ASSERT_EQ(window_->document().rows().size(), 1u);
    choose("&Mask");
    EXPECT_EQ(at(0.25, 0.5), QColor(Qt::white));
    EXPECT_EQ(at(0.75, 0.5), QColor(Qt::black));
    window_->document().editRow(window_->document().rows().front().id, "hide", {},
                                [](Row& row) { row.visible = false; });
    EXPECT_NE(at(0.25, 0.5), QColor(Qt::white)) << "a hidden row is not in it";
}

}  // namespace
}  // namespace maskwright::ui
