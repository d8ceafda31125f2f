#include "core/batch/journal.h"

#include <gtest/gtest.h>

#include <set>

#include "core/batch/request.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::batch {
namespace {

const JournalLine kDone{"cat.png", "aa", "bb", "done", {"cat-mask.png"}, 0, {"cc"}};
const JournalLine kFailed{"고양이 \"1\".png", "", "bb", "failed", {}, 3};

TEST(Journal, ReadsBackWhatWasAdded) {
    const test::OwnFolder folder;
    const std::string file = folder / std::string(kJournalName);
    {
        auto journal = Journal::open(file);
        ASSERT_TRUE(journal) << journal.error().line();
        ASSERT_TRUE(journal->add(kDone));
        EXPECT_EQ(readJournal(file)->lines, std::vector{kDone}) << "each line is there at once";
        ASSERT_TRUE(journal->add(kFailed));
    }
    ASSERT_TRUE(Journal::open(file)->add(kDone));  // a later run goes on at the end
    const auto back = readJournal(file);
    ASSERT_TRUE(back) << back.error().line();
    EXPECT_EQ(back->lines, (std::vector{kDone, kFailed, kDone}));
    EXPECT_EQ(back->cut, 0u);
}

TEST(Journal, NamesKeepTheirBytes) {
    const test::OwnFolder folder;
    const std::string file = folder / "j.jsonl";
    const JournalLine one{"caf\xe9.jpg",  "aa", "bb", "done", {"cat.png", "caf\xe9.png", "\xff.png"}, 0,
                          {"c", "d", "e"}};
    ASSERT_TRUE(Journal::open(file)->add(one));
    EXPECT_EQ(readJournal(file)->lines, std::vector{one});
    EXPECT_EQ(journalText(kDone).find("hex"), std::string::npos) << "the others' lines are as they were";
}

TEST(Journal, ACutLineIsPassedOver) {
    const test::OwnFolder folder;
    const std::string file = folder / "j.jsonl";
    ASSERT_TRUE(Journal::open(file)->add(kDone));
    ASSERT_TRUE(Journal::open(file)->add(kFailed));
    const std::string whole = test::bytesOf(file);
    const std::size_t first = whole.find('\n') + 1;
    for (std::size_t length = first; length < whole.size() - 1; ++length) {
        test::writeText(file, whole.substr(0, length));
        const auto back = readJournal(file);
        ASSERT_TRUE(back) << length;
        EXPECT_EQ(back->lines, std::vector{kDone}) << length;
        EXPECT_EQ(back->cut, length == first ? 0u : 1u) << length;
    }
    // What comes after it stands on a line of its own.
    ASSERT_TRUE(Journal::open(file)->add(kDone));
    const auto back = readJournal(file);
    EXPECT_EQ(back->lines, (std::vector{kDone, kDone}));
    EXPECT_EQ(back->cut, 1u);
    for (const char* strange : {"[1]\n", "{\"input\":1}\n", "{}\n", "\n"}) {
        test::writeText(file, strange);
        EXPECT_EQ(readJournal(file)->cut, 1u) << strange;
    }
}

TEST(Journal, SaysWhatItCannotDo) {
    const test::OwnFolder folder;
    const auto nowhere = Journal::open(folder / "none/j.jsonl");
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().kind, ErrorKind::output);
    EXPECT_EQ(readJournal(folder / "none.jsonl").error().kind, ErrorKind::input);
    auto full = Journal::open("/dev/full");
    ASSERT_TRUE(full);
    const auto added = full->add(kDone);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().kind, ErrorKind::output);
}

class RequestHash : public testing::Test {
  protected:
    void SetUp() override {
        request.labels = {"cat"};
        request.prompts.emplace_back().phrase = "cat";
    }
    session::SupportRegion region(std::uint8_t grey) {
        Image image(4, 4);
        std::fill(image.pixels.begin(), image.pixels.end(), grey);
        return {std::make_shared<const Image>(image), std::make_shared<const Mask>(4, 4, std::uint8_t(255)), {}, 1.0};
    }
    // What `change` makes of it.
    template <class Change>
    std::string with(Change change) {
        Request other = request;
        change(other);
        return requestHash(other, model);
    }
    Request request;
    Model model{"mini", "float32"};
};

TEST_F(RequestHash, ChangesWithWhatChangesTheResults) {
    std::set<std::string> all = {requestHash(request, model), requestHash(request, {"mini", "bfloat16"}),
                                 requestHash(request, {"other", "float32"}),
                                 requestHash(request, {"mini", "float32", "", "retrained"})};
    all.insert(with([](Request& r) { r.kind = output::Kind::cutout; }));
    all.insert(with([](Request& r) {
        r.kind = output::Kind::cutout;
        r.appearance.cutoutEdge = output::CutoutEdge::hard;
    }));
    all.insert(with([](Request& r) { r.appearance.threshold = 0.4; }));
    all.insert(with([](Request& r) { r.prompts[0].phrase = "a cat"; }));
    all.insert(with([](Request& r) { r.labels[0] = "a cat"; }));
    all.insert(with([](Request& r) { r.encode.size = 512; }));
    all.insert(with([](Request& r) { r.refine = false; }));
    all.insert(with([](Request& r) { r.refineRadius = 3; }));
    all.insert(with([](Request& r) { r.read.background = {0, 0, 0}; }));
    all.insert(with([](Request& r) { r.prompts[0].negativePhrase = "dog"; }));
    all.insert(with([this](Request& r) { r.prompts[0].regions = {region(1)}; }));
    all.insert(with([this](Request& r) { r.prompts[0].regions = {region(2)}; }));
    all.insert(with([this](Request& r) { r.prompts[0].negativeRegions = {region(2)}; }));
    all.insert(with([](Request& r) { r.kind = output::Kind::overlay; }));
    all.insert(with([](Request& r) {
        r.kind = output::Kind::overlay;
        r.appearance.lineWidth = 2;
    }));
    EXPECT_EQ(all.size(), 19u);
}

TEST_F(RequestHash, AModelIsItsFilesWhereverTheyLie) {
    const test::OwnFolder folder;
    for (const char* name : {"one", "two"}) {
        std::filesystem::create_directory(folder / name);
        test::writeText(folder / (std::string(name) + "/model.safetensors"), "weights");
        test::writeText(folder / (std::string(name) + "/config.json"), "{}");
    }
    const std::string hash = contentHash(folder / "one");
    EXPECT_EQ(hash.size(), 64u);
    EXPECT_EQ(contentHash(folder / "two"), hash);
    test::writeText(folder / "two/log.csv", "a run");
    EXPECT_EQ(contentHash(folder / "two"), hash);
    test::writeText(folder / "two/model.safetensors", "trained");
    EXPECT_NE(contentHash(folder / "two"), hash);
    EXPECT_EQ(contentHash(folder / "none"), "");
}

TEST_F(RequestHash, StaysWithWhatDoesNot) {
    const std::string plain = requestHash(request, model);
    EXPECT_EQ(requestHash(request, {"mini", "float32", "/elsewhere/mini"}), plain);
    EXPECT_EQ(plain.size(), 64u);
    EXPECT_EQ(with([](Request& r) { r.prompts[0].mix = 0.9; }), plain) << "there is nothing to mix";
    EXPECT_EQ(with([](Request& r) { r.prompts[0].negativeWeight = 3; }), plain);
    EXPECT_EQ(with([](Request& r) { r.appearance.lineWidth = 3; }), plain) << "a mask has no outline";
    EXPECT_EQ(with([](Request& r) { r.read.maxPixels = 5; }), plain);
    // The same marks in another copy of the picture.
    const auto first = with([this](Request& r) { r.prompts[0].regions = {region(1)}; });
    EXPECT_EQ(with([this](Request& r) { r.prompts[0].regions = {region(1)}; }), first);
}

}  // namespace
}  // namespace maskwright::batch
