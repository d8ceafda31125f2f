#include "core/proposals/from_file.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/proposals/export.h"

namespace maskwright::proposals {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FileProposals : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / ("maskwright_proposals_" + std::to_string(::getpid()) + "_" +
                                                  testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }
    static Mask square(int at, int width = 20) {
        Mask mask(width, 16);
        for (int y = at; y < at + 4; ++y) {
            for (int x = at; x < at + 4; ++x) {
                mask.at(x, y) = 255;
            }
        }
        return mask;
    }
    [[nodiscard]] static Result<Found> read(const std::string& file, const std::string& picture = "a.jpg") {
        return fromFile({file, picture, {}})->propose(Image(20, 16));
    }
    static void expectError(const std::string& file, const std::string& what) {
        const auto found = read(file);
        ASSERT_FALSE(found.ok()) << file;
        EXPECT_EQ(found.error().kind, ErrorKind::input);
        EXPECT_THAT(found.error().line(), HasSubstr(what));
    }
    // One square, compressed.
    static Json annotation(int at, int image = 1) {
        return {{"image_id", image},
                {"category_id", 1},
                {"segmentation", {{"size", {16, 20}}, {"counts", toCompressed(runsFromMask(square(at)))}}}};
    }

    fs::path folder_;
};

TEST_F(FileProposals, OfALabelPictureAreItsLabels) {
    Plane<std::uint8_t> labels(20, 16);
    drawInto(runsFromMask(square(2)), labels, 7);
    drawInto(runsFromMask(square(9)), labels, 3);
    const std::vector<std::array<std::uint8_t, 3>> palette(8);
    ASSERT_TRUE(image_io::writeIndexed(path("l.png"), labels, palette).ok());
    const auto found = read(path("l.png"));
    ASSERT_TRUE(found.ok()) << found.error().line();
    ASSERT_EQ(found->proposals.size(), 2u);
    EXPECT_EQ(found->proposals[0].box, (Box{9, 9, 4, 4}));
    EXPECT_EQ(found->proposals[1].box, (Box{2, 2, 4, 4}));
    ASSERT_TRUE(image_io::writeMask(path("none.png"), Mask(20, 16)).ok());
    const auto none = read(path("none.png"));
    ASSERT_TRUE(none.ok());
    EXPECT_TRUE(none->proposals.empty());
    EXPECT_EQ(none->warnings.size(), 1u);
}

TEST_F(FileProposals, OfAFolderAreItsMasksByName) {
    fs::create_directories(path("masks"));
    ASSERT_TRUE(image_io::writeMask(path("masks/b.png"), square(2)).ok());
    ASSERT_TRUE(image_io::writeMask(path("masks/a.png"), square(9)).ok());
    ASSERT_TRUE(image_io::writeMask(path("masks/c.png"), Mask(20, 16)).ok());
    write("masks/notes.txt", "no picture");
    const auto found = read(path("masks"));
    ASSERT_TRUE(found.ok()) << found.error().line();
    ASSERT_EQ(found->proposals.size(), 2u);
    EXPECT_EQ(found->proposals[0].box.x, 9);
    ASSERT_EQ(found->warnings.size(), 1u);
    EXPECT_THAT(found->warnings[0].text(), HasSubstr("c.png"));
    ASSERT_TRUE(image_io::writeMask(path("masks/d.png"), square(2, 21)).ok());
    expectError(path("masks"), "d.png\" is of 21x16 pixels, the picture of 20x16");
    write("masks/d.png", "\x89PNG broken");
    expectError(path("masks"), "d.png");
    fs::create_directories(path("empty"));
    expectError(path("empty"), "no picture files");
}

TEST_F(FileProposals, OfCocoAreThePicturesAnnotations) {
    Json sure = annotation(9), unsure = annotation(2), other = annotation(4, 2);
    sure["score"] = 0.9;
    unsure["score"] = 0.3;
    const Json whole = {
        {"images",
         {{{"id", 1}, {"file_name", "x/a.jpg"}, {"width", 20}, {"height", 16}}, {{"id", 2}, {"file_name", "b.jpg"}}}},
        {"annotations", {unsure, other, sure}},
        {"categories", Json::array()}};
    const auto found = read(write("w.json", whole.dump()), "/pictures/a.jpg");
    ASSERT_TRUE(found.ok()) << found.error().line();
    ASSERT_EQ(found->proposals.size(), 2u);
    EXPECT_EQ(found->proposals[0].box.x, 9);
    EXPECT_FLOAT_EQ(found->proposals[1].objectness, 0.3f);
    EXPECT_FALSE(read(path("w.json"), "c.jpg").ok());
    // A bare list, its pictures by number.
    const Json list = {annotation(2, 139), annotation(9, 285)};
    const auto second = read(write("list.json", list.dump()), "000000000285.jpg");
    ASSERT_TRUE(second.ok()) << second.error().line();
    ASSERT_EQ(second->proposals.size(), 1u);
    EXPECT_EQ(second->proposals[0].box.x, 9);
}

// The names are read as evaluate and the window read them; of two that fit alike none is taken.
TEST_F(FileProposals, ArePickedByAsMuchOfThePathAsTheNamesHave) {
    Json odd = annotation(2, 1);
    odd["area"] = "?";
    const auto file = [&](const std::string& first, const std::string& second) {
        std::string text = Json{{"images", {{{"id", 1}, {"file_name", first}}, {{"id", 2}, {"file_name", second}}}},
                                {"annotations", {odd, annotation(9, 2)}}}
                               .dump();
        return write("n.json", text.replace(text.find("\"?\""), 3, "NaN"));
    };
    const auto left = [&](const std::string& picture) {
        const auto found = read(path("n.json"), picture);
        EXPECT_TRUE(found.ok()) << found.error().line();
        return found && found->proposals.size() == 1 ? found->proposals[0].box.x : -1;
    };
    file("train/a.jpg", "val/a.jpg");
    EXPECT_EQ(left("/in/train/a.jpg"), 2);
    EXPECT_EQ(left("/in/val/a.jpg"), 9);
    expectError(path("n.json"), "several pictures called \"a.jpg\"");
    file("sub\\a.jpg", "http://x.org/b.jpg?s=1");
    EXPECT_EQ(left("/in/sub/a.jpg"), 2);
    EXPECT_EQ(left("/in/b.jpg"), 9);
}

TEST_F(FileProposals, OfOneJsonAreReadOnceForAllPictures) {
    const std::string file = write("l.json", Json(Json::array({annotation(2, 1), annotation(9, 2)})).dump());
    FileOptions options{file, "1.jpg", {}};
    options.once = readOnce();
    const auto first = fromFile(options)->propose(Image(20, 16));
    ASSERT_TRUE(first.ok()) << first.error().line();
    EXPECT_EQ(first->proposals.at(0).box, (Box{2, 2, 4, 4}));
    fs::remove(file);
    options.picture = "2.jpg";
    const auto second = fromFile(options)->propose(Image(20, 16));
    ASSERT_TRUE(second.ok()) << second.error().line();
    EXPECT_EQ(second->proposals.at(0).box, (Box{9, 9, 4, 4}));
    options.once = readOnce();
    EXPECT_FALSE(fromFile(options)->propose(Image(20, 16)).ok());
}

TEST_F(FileProposals, AreWhatWasWritten) {
    const std::vector<Proposal> all = {proposalOf(runsFromMask(square(2)), 0.75f),
                                       proposalOf(runsFromMask(square(9)), 0.25f)};
    const auto found = read(write("p.json", toCoco(all, "a.jpg", 20, 16, {"file", "", ""}).dump()));
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->proposals, all);
}

TEST_F(FileProposals, ScoresThatAreNoNumberAreSaid) {
    Json told = annotation(2), text = annotation(9);
    told["score"] = 0.25;
    text["score"] = "hi";
    std::string json = Json({told, text, text}).dump();
    json.replace(json.rfind("\"hi\""), 4, "1e400");
    const auto found = read(write("scores.json", json));
    ASSERT_TRUE(found.ok()) << found.error().line();
    ASSERT_FALSE(found->proposals.empty());
    EXPECT_EQ(found->proposals.front().objectness, 1.0F);
    EXPECT_EQ(found->proposals.back().objectness, 0.25F);
    ASSERT_EQ(found->warnings.size(), 1u);
    EXPECT_THAT(found->warnings[0].text(), HasSubstr("as 1: 2 (first"));
    EXPECT_THAT(found->warnings[0].text(), HasSubstr("hi"));
}

TEST_F(FileProposals, ThatAreBrokenAreSaid) {
    expectError(path("missing.png"), "missing.png");
    expectError(write("t.json", "{\"annotations\": [{\"id\""), "t.json");
    expectError(write("o.json", "{}"), "no list of annotations");
    expectError(write("n.json", "[1, 2]"), "n.json");
    Json wrong = annotation(2);
    wrong["segmentation"]["counts"] = "~~";
    expectError(write("r.json", Json({wrong}).dump()), "r.json");
    wrong["segmentation"] = {{"size", {1, 1}}, {"counts", {1}}};
    expectError(write("s.json", Json({wrong}).dump()), "s.json");
    const auto some = read(write("some.json", Json({wrong, annotation(2)}).dump()));
    ASSERT_TRUE(some.ok()) << some.error().line();
    EXPECT_EQ(some->proposals.size(), 1u);
    ASSERT_EQ(some->warnings.size(), 1u);
    EXPECT_THAT(some->warnings[0].text(), HasSubstr("some.json"));
    const Json sized = {{"images", {{{"id", 1}, {"file_name", "a.jpg"}, {"width", 30}, {"height", 16}}}},
                        {"annotations", {annotation(2)}}};
    expectError(write("z.json", sized.dump()), "30x16 pixels; it is of 20x16");
    const auto none = read(write("e.json", R"({"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": []})"));
    ASSERT_TRUE(none.ok());
    EXPECT_TRUE(none->proposals.empty());
    EXPECT_EQ(none->warnings.size(), 1u);
}

}  // namespace
}  // namespace maskwright::proposals
