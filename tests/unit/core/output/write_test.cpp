#include "core/output/write.h"

#include "core/image/refine.h"
#include "core/output/compose.h"
#include "core/output/overlay.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::output {
namespace {

using test::OwnFolder;
using test::picture;
using test::ramp;

// A keyword and its value in a PNG's text chunk, as they lie in the file (ISO/IEC 15948, 11.3.4.3 tEXt).
std::string chunk(const std::string& key, const std::string& value) { return "tEXt" + key + '\0' + value; }

struct Case {
    Image image = picture(40, 30);
    Heatmap map = ramp(40, 30);
    Request request(Kind kind) const {
        Request one;
        one.kind = kind;
        one.picture = &image;
        one.map = &map;
        one.labels = {"a cat"};
        one.model = "mini";
        return one;
    }
};

TEST(Write, EveryFileSaysWhatItIs) {
    const OwnFolder folder;
    const Case given;
    for (const Kind kind : {Kind::mask, Kind::probability, Kind::probability16, Kind::overlay, Kind::cutout}) {
        const std::string file = folder / (std::string(kindName(kind)) + ".png");
        Request request = given.request(kind);
        request.appearance.threshold = 0.123456;
        const auto written = write(file, request);
        ASSERT_TRUE(written) << written.error().line();
        const std::string bytes = test::bytesOf(file);
        for (const auto& [key, value] : {std::pair<std::string, std::string>{"phrase", "a cat"},
                                         {"model", "mini"},
                                         {"threshold", "0.1235"},
                                         {"version", MASKWRIGHT_VERSION},
                                         {"Software", "Maskwright " MASKWRIGHT_VERSION}}) {
            EXPECT_NE(bytes.find(chunk(key, value)), std::string::npos) << kindName(kind) << ": " << key;
        }
    }
}

TEST(Write, TheSameRequestGivesTheSameBytes) {
    const OwnFolder folder;
    const Case given;
    Request request = given.request(Kind::overlay);
    ASSERT_TRUE(write(folder / "a.png", request));
    ASSERT_TRUE(write(folder / "b.png", request));
    EXPECT_EQ(test::bytesOf(folder / "a.png"), test::bytesOf(folder / "b.png"));
    request.number = 1;  // another phrase, another colour
    ASSERT_TRUE(write(folder / "b.png", request));
    EXPECT_NE(test::bytesOf(folder / "a.png"), test::bytesOf(folder / "b.png"));
}

TEST(Write, EachKindHoldsWhatItsNameSays) {
    const OwnFolder folder;
    const Case given;
    ASSERT_TRUE(write(folder / "m.png", given.request(Kind::mask)));
    EXPECT_EQ(*image_io::readMask(folder / "m.png"), threshold(given.map, 0.5f));
    ASSERT_TRUE(write(folder / "o.png", given.request(Kind::overlay)));
    EXPECT_EQ(image_io::read(folder / "o.png")->image, overlay(given.image, given.map, {}, distinctColour(0)));
    ASSERT_TRUE(write(folder / "c.png", given.request(Kind::cutout)));
    image_io::ReadOptions onGreen;
    onGreen.background = {0, 255, 0};
    const auto cutout = image_io::read(folder / "c.png", onGreen);
    ASSERT_TRUE(cutout);
    EXPECT_TRUE(cutout->hadAlpha);
    EXPECT_EQ(cutout->image.at(0, 3)[1], 255) << "nothing of the outside";
    EXPECT_EQ(cutout->image.at(39, 3)[1], given.image.at(39, 3)[1]);
}

TEST(Write, AnIndexHasOnePhraseAPixel) {
    const OwnFolder folder;
    const Heatmap up = ramp(11, 2);
    Heatmap down(11, 2);
    std::reverse_copy(up.pixels.begin(), up.pixels.end(), down.pixels.begin());
    IndexPicture index(11, 2, 0.6);
    index.add(up);
    index.add(down);
    EXPECT_EQ(index.winners().at(0, 0), 2);
    EXPECT_EQ(index.winners().at(5, 0), 0) << "neither is above the threshold";
    EXPECT_EQ(index.winners().at(10, 0), 1);
    EXPECT_EQ(area(index.maskOf(0)), 8);
    EXPECT_EQ(area(index.maskOf(1)), 8);
    Request request;
    request.kind = Kind::index;
    request.winners = &index.winners();
    request.labels = {"up", "down"};
    ASSERT_TRUE(write(folder / "i.png", request));
    const auto back = image_io::read(folder / "i.png");
    const Colour first = distinctColour(0);
    EXPECT_EQ(back->image.at(10, 0)[0], first[0]);
    EXPECT_EQ(back->image.at(5, 0)[0], 0);
    EXPECT_NE(test::bytesOf(folder / "i.png").find(chunk("phrase", "up\ndown")), std::string::npos);
}

// The bytes of a decoded RGBA file, by way of two backgrounds: alpha is what they do not share.
TEST(Write, ACutoutsFileHoldsNothingOfTheBackground) {
    const OwnFolder folder;
    Case given;
    for (const double threshold : {0.05, 0.5, 0.97}) {
        Request request = given.request(Kind::cutout);
        request.appearance.threshold = threshold;
        ASSERT_TRUE(write(folder / "c.png", request));
        image_io::ReadOptions options;
        options.background = {0, 0, 0};
        const auto black = image_io::read(folder / "c.png", options);
        ASSERT_TRUE(black);
        for (std::size_t i = 0; i < given.map.pixels.size(); ++i) {
            const bool inside = given.map.pixels[i] > float(threshold);
            EXPECT_EQ(black->alpha.pixels[i] >= 128, inside);
            if (std::abs(given.map.pixels[i] - float(threshold)) > 1.5f / 39) {
                EXPECT_EQ(black->alpha.pixels[i], inside ? 255 : 0) << threshold << " at " << i;
            }
        }
    }
}

TEST(Write, SaysWhatIsWrongAndLeavesNothing) {
    const OwnFolder folder;
    Case given;
    given.map = ramp(41, 30);
    for (const Kind kind : {Kind::overlay, Kind::cutout}) {
        const auto written = write(folder / "x.png", given.request(kind));
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().kind, ErrorKind::output);
        EXPECT_EQ(written.error().what.text(),
                  "cannot write " + (folder / "x.png") + ": picture and mask differ in size");
    }
    Case clear;
    const Mask other(41, 30);
    Request cut = clear.request(Kind::cutout);
    cut.transparency.alpha = &other;
    const auto written = write(folder / "x.png", cut);
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().line().find("transparency"), std::string::npos);
    Request empty = given.request(Kind::index);
    EXPECT_FALSE(write(folder / "x.png", empty));
    EXPECT_FALSE(write(folder / "none/x.png", given.request(Kind::mask)));
    EXPECT_FALSE(std::filesystem::exists(folder / "x.png"));
}

TEST(Kinds, AreFoundByTheirNames) {
    for (const KindName& known : kKinds) {
        EXPECT_EQ(kindNamed(kindName(known.kind)), known.kind);
    }
    EXPECT_FALSE(kindNamed("drawing"));
}

}  // namespace
}  // namespace maskwright::output
