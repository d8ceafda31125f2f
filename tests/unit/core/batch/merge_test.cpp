#include "core/batch/merge.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "core/batch/earlier.h"
#include "core/image_io/image_io.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::batch {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// The map of prompt k is the red channel, less a tenth a prompt.
class Red : public Segmenter {
  public:
    Model model{"red", "float32", {}, {}};
    std::size_t stopAt = std::size_t(-1);  // before the last prompt of this picture
    std::stop_source stop;

    Result<Model> open(const std::stop_token& /*stop*/) override { return model; }
    Result<void> segment(std::size_t index, const std::shared_ptr<const Image>& picture, const Request& request,
                         const Give& give, const std::stop_token& asked) override {
        for (std::size_t k = 0; k < request.prompts.size(); ++k) {
            if (index == stopAt && k + 1 == request.prompts.size()) {
                stop.request_stop();
            }
            if (asked.stop_requested()) {
                return Error{ErrorKind::cancelled, "finding was stopped", ""};
            }
            auto map = std::make_shared<Heatmap>(picture->width, picture->height);
            for (std::size_t i = 0; i < map->pixels.size(); ++i) {
                map->pixels[i] = float(picture->pixels[3 * i]) / 255 - 0.1f * float(k);
            }
            session::Words words{true, k == 0, {}};
            if (k == 1) {
                words.unknown = {"zweite"};
                words.negativeUnknown = {"dritte"};
                words.place = verbatim("left");
            }
            MASKWRIGHT_TRY(give({std::move(map), 1.0f / float(picture->width), k == 1, {1, 2, 3, 4}, words}));
        }
        return {};
    }
};

// What somebody hears of a run.
struct Told {
    std::vector<Outcome> outcomes;
    std::optional<Error> ended;
};

class Shards : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"a.png", "b.png", "one/c.png", "two/c.png", "d.png", "d.jpg", "e.png"}) {
            put(name);
        }
        test::writeText(in("broken.png"), "no picture");
        request.labels = {"first", "second"};
        request.prompts.assign(2, {});
    }
    void put(const std::string& name) {
        fs::create_directories(fs::path(in(name)).parent_path());
        ASSERT_TRUE(image_io::writeImage(folder / "p.png", test::picture(20 + int(pictures++), 10)));
        fs::rename(folder / "p.png", in(name));
    }
    [[nodiscard]] std::string in(const std::string& name) const { return folder / ("in/" + name); }

    // As the command line does it.
    Plan whole(const std::string& out, Existing existing) {
        const auto inputs = expandInputs({folder / "in"});
        EXPECT_TRUE(inputs.ok());
        Naming naming{folder / (out + "/"), *inputs, request.labels};
        naming.goesOn = existing == Existing::skip;
        Plan plan;
        plan.inputs = inputs->files;
        plan.names = namesBelow(*inputs);
        const auto paths = planFiles(naming);
        EXPECT_TRUE(paths.ok());
        plan.outputs = *paths;
        plan.existing = existing;
        plan.journal = journalPath(plan);
        return plan;
    }
    Told carryOut(const Plan& plan) {
        Told told;
        segmenter.stop = {};
        const auto done = run(
            plan, request, segmenter, [&](const Outcome& outcome) { told.outcomes.push_back(outcome); },
            segmenter.stop.get_token());
        if (!done) {
            told.ended = done.error();
        }
        return told;
    }
    Told one(const std::string& out) { return carryOut(whole(out, Existing::replace)); }
    Told shard(const std::string& out, Shard shard, Existing existing = Existing::replace) {
        return carryOut(takePart(whole(out, existing), shard, *expandInputs({folder / "in"})));
    }
    Result<Merge> read(const std::vector<std::string>& names, const std::string& out) {
        std::vector<std::string> folders;
        for (const std::string& name : names) {
            folders.push_back(folder / (name + "/"));
        }
        return Merge::read(folders, folder / (out + "/"));
    }
    void expectRefused(const std::vector<std::string>& names, const std::string& out, ErrorKind kind,
                       const std::string& words) {
        const auto before = files(out);
        const auto merge = read(names, out);
        ASSERT_FALSE(merge) << words;
        EXPECT_EQ(merge.error().kind, kind) << merge.error().line();
        EXPECT_THAT(merge.error().line(), HasSubstr(words));
        EXPECT_EQ(files(out), before) << "nothing is changed";
    }
    // Reads, writes and removes; the outcomes are one run's, told of another folder.
    void expectMerged(const std::vector<std::string>& names, const std::string& out, const Told& told) {
        auto merge = read(names, out);
        ASSERT_TRUE(merge) << merge.error().line();
        const auto written = merge->write({});
        ASSERT_TRUE(written) << written.error().line();
        ASSERT_EQ(merge->outcomes().size(), told.outcomes.size());
        for (std::size_t i = 0; i < told.outcomes.size(); ++i) {
            expectSame(merge->outcomes()[i], told.outcomes[i], i);
        }
        merge->finish();
    }
    static void expectSame(const Outcome& a, const Outcome& b, std::size_t i) {
        EXPECT_EQ(a.index, b.index);
        EXPECT_EQ(a.state, b.state) << i;
        EXPECT_EQ(a.warnings, b.warnings);
        ASSERT_EQ(a.error.has_value(), b.error.has_value()) << i;
        EXPECT_EQ(a.error ? a.error->line() : "", b.error ? b.error->line() : "");
        ASSERT_EQ(a.entries.size(), b.entries.size()) << i;
        for (std::size_t k = 0; k < a.entries.size(); ++k) {
            const Entry &x = a.entries[k], &y = b.entries[k];
            EXPECT_EQ(fs::path(x.output).filename(), fs::path(y.output).filename());
            EXPECT_EQ(std::tie(x.phrase, x.skipped, x.presence, x.truncated, x.area, x.pixels, x.timing.decode),
                      std::tie(y.phrase, y.skipped, y.presence, y.truncated, y.area, y.pixels, y.timing.decode));
            EXPECT_EQ(std::tie(x.box.x, x.box.y, x.box.width, x.box.height),
                      std::tie(y.box.x, y.box.y, y.box.width, y.box.height));
            EXPECT_EQ(x.words, y.words);
        }
    }
    // Every file below, hidden ones too, and its bytes; the lock of a refused merge is none of them.
    [[nodiscard]] std::map<std::string, std::string> files(const std::string& name) const {
        std::map<std::string, std::string> all;
        if (fs::exists(folder / name)) {
            for (const auto& entry : fs::recursive_directory_iterator(folder / name)) {
                const std::string own = fs::relative(entry.path(), folder / name).string();
                if (entry.is_regular_file() && own != "maskwright-shards/lock") {
                    all[own] = test::bytesOf(entry.path().string());
                }
            }
        }
        return all;
    }
    [[nodiscard]] std::string journalOf(const std::string& name, Shard shard) const {
        return shardJournalPath(folder / (name + "/" + std::string(kJournalName)), shard);
    }

    test::OwnFolder folder;
    std::size_t pictures = 0;
    Request request;
    Red segmenter;
};

TEST(ShardNumbers, EveryPictureIsInOneShard) {
    for (std::size_t count = 1; count < 12; ++count) {
        for (std::size_t all = 0; all < 30; ++all) {
            std::multiset<std::size_t> seen;
            for (std::size_t index = 1; index <= count; ++index) {
                const auto numbers = numbersOf({index, count}, all);
                EXPECT_EQ(numbers.size(), countOf({index, count}, all));
                EXPECT_LE(numbers.size(), all / count + 1) << "shares are even";
                seen.insert(numbers.begin(), numbers.end());
            }
            ASSERT_EQ(seen.size(), all);
            EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), all);
        }
    }
}

TEST_F(Shards, InOneFolderAreOneRun) {
    const Told told = one("one");
    ASSERT_EQ(told.outcomes.size(), 8u);
    for (const std::size_t count : {1u, 2u, 3u, 20u}) {
        const std::string out = "of" + std::to_string(count);
        for (std::size_t index = count; index > 0; --index) {
            ASSERT_FALSE(shard(out, {index, count}).ended);
        }
        expectMerged({out}, out, told);
        EXPECT_EQ(files(out), files("one")) << count;
    }
}

TEST_F(Shards, InFoldersOfTheirOwnAreOneRun) {
    const Told told = one("one");
    shard("x", {1, 2});
    shard("y", {2, 2});
    const auto x = files("x"), y = files("y");
    expectMerged({"x", "y", "x"}, "out", told);
    EXPECT_EQ(files("out"), files("one"));
    EXPECT_EQ(files("x"), x) << "what was merged stays";
    EXPECT_EQ(files("y"), y);
    expectMerged({"y", "x"}, "out", told);
    EXPECT_EQ(files("out"), files("one")) << "again changes nothing";
    expectMerged({"x", "y"}, "x", told);  // into one of them
    EXPECT_EQ(files("x"), files("one"));
}

TEST_F(Shards, NamesAreThoseOfOneRunWhateverIsThereAlready) {
    one("one");
    const auto wanted = files("one");
    for (const std::size_t index : {2, 1}) {
        shard("out", {index, 2});
        for (const auto& [name, bytes] : files("out")) {
            EXPECT_TRUE(name.starts_with("maskwright-shards/") || wanted.contains(name)) << name;
        }
    }
    EXPECT_TRUE(wanted.contains("d-jpg_first.png") && wanted.contains("one-c_first.png")) << "names that would meet";
}

TEST_F(Shards, OneThatWasStoppedGoesOn) {
    const Told told = one("one");
    shard("out", {2, 2});
    segmenter.stopAt = 2;  // with one of the two phrases written
    EXPECT_TRUE(shard("out", {1, 2}).ended);
    segmenter.stopAt = std::size_t(-1);
    expectRefused({"out"}, "out", ErrorKind::input, "shard 1/2 is not finished: of its 4 pictures 2 are missing");
    EXPECT_FALSE(shard("out", {1, 2}, Existing::skip).ended);
    expectMerged({"out"}, "out", told);
    EXPECT_EQ(files("out"), files("one"));
    // And once more over it all: one run that goes on skips everything too.
    for (const std::size_t index : {1, 2}) {
        shard("out", {index, 2}, Existing::skip);
    }
    const Told again = carryOut(whole("one", Existing::skip));
    expectMerged({"out"}, "out", again);
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(Shards, OneThatWasKilledInTheMiddleOfALineGoesOn) {
    one("one");
    shard("out", {1, 2});
    shard("out", {2, 2});
    const std::string journal = journalOf("out", {2, 2}), text = test::bytesOf(journal);
    for (const std::size_t length : {text.size() - 20, text.find('\n') + 30, std::size_t(25)}) {
        test::writeText(journal, text.substr(0, length));
        expectRefused({"out"}, "out", ErrorKind::input, length == 25 ? "shards are missing: 2/2" : "shard 2/2 is not");
        EXPECT_FALSE(shard("out", {2, 2}, Existing::skip).ended);
        EXPECT_TRUE(read({"out"}, "out")) << length;
    }
    auto merge = read({"out"}, "out");
    ASSERT_TRUE(merge && merge->write({}));
    merge->finish();
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(Shards, OneThatIsRepeatedCountsOnce) {
    const Told told = one("one");
    for (const std::size_t index : {1, 2, 1}) {
        shard("out", {index, 2});
    }
    expectMerged({"out"}, "out", told);
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(Shards, WhatIsMissingIsNamed) {
    expectRefused({"out"}, "out", ErrorKind::input, "there are no shards to merge in");
    for (const std::size_t index : {2, 4}) {
        shard("out", {index, 5});
    }
    expectRefused({"out"}, "out", ErrorKind::input, "shards are missing: 1/5, 3/5, 5/5");
    shard("twice", {2, 5});
    expectRefused({"out", "twice"}, "out", ErrorKind::input, "shard 2/5 is in");
    shard("out", {1, 2});
    expectRefused({"out"}, "out", ErrorKind::input, "there are shards of 2 and of 5");
}

TEST_F(Shards, OfDifferentRequestsAreNotMixed) {
    shard("out", {1, 2});
    request.labels[1] = "third";
    shard("out", {2, 2});
    expectRefused({"out"}, "out", ErrorKind::input, R"(shards 1/2 and 2/2 were not asked the same: "labels" is)");
    request.labels[1] = "second";
    segmenter.model.dtype = "bfloat16";
    shard("out", {2, 2});
    expectRefused({"out"}, "out", ErrorKind::input, R"("dtype" is)");
    segmenter.model = {"green", "float32", {}, {}};
    shard("out", {2, 2});
    expectRefused({"out"}, "out", ErrorKind::input, R"("model" is)");
    segmenter.model = {"red", "float32", {}, {}};
    shard("out", {2, 2}, Existing::skip);
    EXPECT_TRUE(read({"out"}, "out"));
}

TEST_F(Shards, OfDifferentPicturesAreNotMixed) {
    shard("out", {1, 2});
    put("f.png");
    shard("out", {2, 2});
    expectRefused({"out"}, "out", ErrorKind::input, "found different pictures, or gave results other names: 8 and 9");
    for (const std::size_t index : {1, 2}) {
        shard("out", {index, 2}, Existing::skip);
    }
    const Told told = one("one");
    expectMerged({"out"}, "out", told);
    EXPECT_EQ(files("out"), files("one")) << "what was made before is told as it was";
}

TEST_F(Shards, AnotherNumberOfShardsGoesOnWithWhatIsDone) {
    const Told told = one("one");
    shard("out", {1, 3});
    shard("out", {3, 3});
    std::size_t made = 0;
    for (const std::size_t index : {1, 2}) {
        const Told own = shard("out", {index, 2}, Existing::skip);
        made += std::size_t(std::count_if(own.outcomes.begin(), own.outcomes.end(),
                                          [](const Outcome& outcome) { return outcome.state == State::done; }));
    }
    EXPECT_EQ(made, 3u) << "those of 2/3";
    expectMerged({"out"}, "out", told);
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(Shards, ARunGoesOnWithWhatShardsDid) {
    shard("out", {1, 2});
    const Told told = carryOut(whole("out", Existing::skip));
    for (std::size_t i = 0; i < told.outcomes.size(); ++i) {
        EXPECT_EQ(told.outcomes[i].state == State::skipped, i % 2 == 0 && told.outcomes[i].state != State::failed) << i;
    }
}

TEST_F(Shards, NobodyGetsInAnothersWay) {
    for (const std::size_t index : {1, 2}) {
        shard("out", {index, 2});
    }
    const Plan plan = takePart(whole("out", Existing::replace), {2, 2}, *expandInputs({folder / "in"}));
    {
        const auto held = openShardJournal(plan);
        ASSERT_TRUE(held) << held.error().line();
        const Told told = shard("out", {2, 2});
        EXPECT_TRUE(told.outcomes.empty());
        EXPECT_THAT(told.ended->line(), HasSubstr("another process works on shard 2/2 already"));
        EXPECT_FALSE(shard("out", {1, 2}).ended) << "others may";
        expectRefused({"out"}, "out", ErrorKind::output, "is at work still: 2-of-2");
    }
    auto merge = read({"out"}, "out");
    ASSERT_TRUE(merge);
    EXPECT_THAT(shard("out", {1, 2}).ended->line(), HasSubstr("are being merged"));
    ASSERT_TRUE(merge->write({}));
    merge->finish();
    EXPECT_FALSE(shard("out", {1, 2}).ended);
    EXPECT_FALSE(shard("out", {2, 2}).ended);
}

TEST_F(Shards, NothingIsLost) {
    for (const std::size_t index : {1, 2}) {
        shard(index == 1 ? "x" : "y", {index, 2});
    }
    // A file of somebody else's where a result would go.
    fs::create_directory(folder / "out");
    test::writeText(folder / "out/a_first.png", "mine");
    expectRefused({"x", "y"}, "out", ErrorKind::output, "a_first.png\" is there already, from another program");
    fs::remove(folder / "out/a_first.png");
    // A mask that was changed by hand after it was made comes along, and goes on being nobody's to replace.
    test::writeText(folder / "x/a_first.png", "by hand");
    {
        const auto merge = read({"x", "y"}, "out");
        ASSERT_TRUE(merge && merge->write({}));
    }
    EXPECT_EQ(test::bytesOf(folder / "out/a_first.png"), "by hand");
    carryOut(whole("out", Existing::skip));
    EXPECT_EQ(test::bytesOf(folder / "out/a_first.png"), "by hand");
    // Stopped: what is there is whole, and it can be repeated.
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(read({"x", "y"}, "other")->write(stop.get_token()).error().kind, ErrorKind::cancelled);
    fs::remove(folder / "y/b_first.png");
    expectRefused({"x", "y"}, "other", ErrorKind::input, "b_first.png\" is missing, which shard 2/2 has made");
}

TEST_F(Shards, AStrangersJournalWritesNothingOutside) {
    for (const std::size_t index : {1, 2}) {
        shard("out", {index, 2});
    }
    const std::string journal = journalOf("out", {1, 2}), text = test::bytesOf(journal);
    std::string changed = text;
    for (std::size_t at; (at = changed.find("\"a_first.png\"")) != std::string::npos;) {
        changed.replace(at, 13, "\"../a_x.png\"");
    }
    test::writeText(journal, changed);
    expectRefused({"out"}, "other", ErrorKind::input, "names a file outside");
    // Whatever is cut, changed or added, it is an answer.
    for (std::size_t at = 0; at < text.size(); at += 37) {
        for (const char* instead : {"", "9", "\"", "}", "null"}) {
            test::writeText(journal, text.substr(0, at) + instead + text.substr(at + 1));
            (void)read({"out"}, "other");
        }
    }
    EXPECT_TRUE(files("other").empty());
}

TEST_F(Shards, NamesMayHaveAnyBytes) {
    put("gr\xfc\xdf.png");
    put("\xff\xfe.png");
    const Told told = one("one");
    shard("x", {1, 2});
    shard("y", {2, 2});
    expectMerged({"x", "y"}, "out", told);
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(Shards, AnIndexPictureHoldsAllPhrases) {
    request.kind = output::Kind::index;
    const auto plan = [&](const std::string& out) {
        Plan all = whole(out, Existing::replace);
        for (auto& row : all.outputs) {
            row.resize(1);
        }
        return all;
    };
    const Told told = carryOut(plan("one"));
    for (const std::size_t index : {1, 2}) {
        carryOut(takePart(plan("out"), {index, 2}, {}));
    }
    expectMerged({"out"}, "out", told);
    EXPECT_EQ(files("out"), files("one"));
}

}  // namespace
}  // namespace maskwright::batch
