// The window over the real engine, in its library, with a model from disk.
#include <QAbstractButton>
#include <QDir>
#include <QTemporaryDir>
#include <algorithm>

#include "core/image/refine.h"
#include "core/image_io/image_io.h"
#include "engine_fixture.h"
#include "tests/support/paths.h"
#include "ui/canvas/region_shapes.h"
#include "ui/shell/mask_writer.h"

namespace maskwright::ui {
namespace {

TEST_F(EngineWindow, TheCatLightsUp) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(settled());
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
    ASSERT_NE(canvas().map(), nullptr);
    const Heatmap& map = *canvas().map()->full;
    EXPECT_EQ(map.width, 451);
    EXPECT_EQ(map.height, 300);
    const Mask mask = threshold(map, float(window_->document().threshold()));
    const auto inside = std::count(mask.pixels.begin(), mask.pixels.end(), 255);
    EXPECT_GT(inside, 451 * 300 / 5);
    EXPECT_TRUE(window_->hint().isEmpty()) << window_->hint().toStdString();
    EXPECT_EQ(window_->document().threshold(), window_->preview().model().defaultThreshold);
}

// The engine hands out what a mask's edges are made from, and so another mask needs no engine.
TEST_F(EngineWindow, EdgesAreMadeFromTheCoarseMap) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(settled());
    const auto finding = window_->preview().finding();
    ASSERT_EQ(finding->answer.coarse.size(), 1u);
    const Image& image = *finding->answer.image;
    EXPECT_EQ(toPictureSize(*finding->answer.coarse.front(), image, true), *finding->maps.front()->full);
    window_->findChild<QAbstractButton*>("refine")->click();
    const Heatmap plain = toPictureSize(*finding->answer.coarse.front(), image, false);
    EXPECT_TRUE(waitFor([&] { return *canvas().map()->full == plain; }));
}

TEST_F(EngineWindow, ThereIsNoElephant) {
    openCat();
    QTest::keyClicks(&phrase(), "elephant");
    ASSERT_TRUE(settled());
    EXPECT_EQ(window_->hint(), QString::fromUtf8("No “elephant” here"));
}

// Candidates by the built-in model's detector, told apart by the model in use.
TEST_F(EngineWindow, TheOneThatIsMeantIsChosen) {
    openCat();
    window_->candidates().setOn(true);
    QTest::keyClicks(&phrase(), "the cat");
    ASSERT_TRUE(waitFor([this] { return window_->candidates().chosen() >= 0; }, 120000));
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
    ASSERT_NE(canvas().map(), nullptr);
    const auto& pixels = canvas().map()->full->pixels;
    EXPECT_GT(std::count(pixels.begin(), pixels.end(), 1.0f), 451 * 300 / 5);
}

// An object marked in one picture, its like found in another, and nothing where there is none.
TEST_F(EngineWindow, AMarkedObjectFindsItsLikeAndLeavesTheRest) {
    openCat();
    ASSERT_TRUE(settled());
    const auto share = [&](const char* file, QPointF a, QPointF b) {
        auto read = image_io::read(test::sourcePath("resources/examples/") + file);
        EXPECT_TRUE(read.ok());
        Support support;
        support.id = file;
        support.image = std::make_shared<const Image>(read->image);
        support.region = std::make_shared<const Region>(rectangleMask(read->image.width, read->image.height, a, b));
        window_->document().edit("test", {}, [&](Search& search) { search.supports = {support}; });
        EXPECT_TRUE(settled());
        EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
        if (canvas().map() == nullptr) {
            return -1.0;
        }
        const Mask mask = threshold(*canvas().map()->full, float(window_->document().threshold()));
        return double(std::count(mask.pixels.begin(), mask.pixels.end(), 255)) / double(mask.pixels.size());
    };
    EXPECT_GT(share("cat.png", {60, 20}, {390, 290}), 0.5);
    EXPECT_LT(share("coffee.png", {150, 80}, {450, 280}), 0.05) << "a cup is no cat";
}

TEST_F(EngineWindow, TheMaskIsSaved) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(settled());
    const QTemporaryDir folder;
    SaveJob job;
    job.path = folder.filePath("mask.png");
    job.image = window_->document().picture().image;
    job.mask = canvas().mask();
    job.appearance.threshold = window_->document().threshold();
    ASSERT_TRUE(writeJob(job).ok());
    const auto back = image_io::readMask(job.path.toStdString());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, threshold(*job.mask.map->full, float(job.appearance.threshold)));
    for (const output::Kind kind : kSaveKinds) {
        job.kind = kind;
        EXPECT_TRUE(writeJob(job).ok());
        EXPECT_TRUE(image_io::read(job.path.toStdString()).ok());
    }
    job.path = folder.filePath("no/such/folder.png");
    EXPECT_FALSE(writeJob(job).ok());
}

TEST(EngineLibrary, AMissingLibraryIsAnErrorNotACrash) {
    EngineInference inference(QStringLiteral("/no/such/library.so"));
    std::shared_ptr<const Finding> got;
    QObject::connect(&inference, &Inference::answered,
                     [&](const std::shared_ptr<const Finding>& finding) { got = finding; });
    session::Request request;
    request.ticket.number = 3;
    inference.submit(request);
    ASSERT_TRUE(waitFor([&] { return got != nullptr; }));
    EXPECT_EQ(got->answer.ticket.number, 3u);
    ASSERT_TRUE(got->answer.error.has_value());
    EXPECT_EQ(got->answer.error->kind, ErrorKind::resource);
    got.reset();
    request.ticket.number = 4;
    inference.submit(request);
    ASSERT_TRUE(waitFor([&] { return got != nullptr; }));
    EXPECT_EQ(got->answer.ticket.number, 4u);
}

TEST(EngineLibrary, AMissingModelIsSaidByTheRealEngine) {
    EngineInference inference(QString::fromStdString(test::engineLibrary()));
    std::shared_ptr<const Finding> got;
    QObject::connect(&inference, &Inference::answered,
                     [&](const std::shared_ptr<const Finding>& finding) { got = finding; });
    session::Request request;
    request.ticket.number = 1;
    request.engine.model = "/no/such/model";
    inference.submit(request);
    ASSERT_TRUE(waitFor([&] { return got != nullptr; }));
    ASSERT_TRUE(got->answer.error.has_value());
    EXPECT_FALSE(got->answer.error->what.text().empty());
}

}  // namespace
}  // namespace maskwright::ui
