// Folder work that several machines share: segment --shard and --merge.
#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <regex>

#include "core/batch/journal.h"
#include "tests/cli/program.h"
#include "tests/support/paths.h"

namespace maskwright::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SharedRun : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        // Names that meet, a folder below, one that is no picture, a link to nowhere.
        for (const char* name : {"in/IMG_1.png", "in/IMG_1.jpg", "in/a/IMG_2.png", "in/b/IMG_2.png", "in/c.png"}) {
            fs::create_directories(fs::path(path(name)).parent_path());
            Image image(40 + 8 * made_, 32);
            std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t(20 + 30 * made_++));
            ASSERT_TRUE(image_io::writeImage(path("still.png"), image).ok());
            fs::rename(path("still.png"), path(name));
        }
        writeText(path("in/broken.png"), "x");
        fs::create_symlink("nowhere", path("in/gone"));
    }
    [[nodiscard]] std::vector<std::string> arguments(const std::string& out,
                                                     const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all = {"segment", path("in"), "--phrase", "cat", "--phrase",
                                        "dog",     "--model",  model,      "-o",  path(out) + "/"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    [[nodiscard]] Outcome shard(const std::string& out, const std::string& which,
                                const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all = arguments(out, more);
        all.insert(all.end(), {"--shard", which});
        return run(all);
    }
    // A report as it would be of results in `out`, and without its times.
    [[nodiscard]] std::string plain(const std::string& text, const std::string& folder, const std::string& out) const {
        static const std::regex kTimes(R"re(,"milliseconds":\{[^}]*\})re");
        std::string told = std::regex_replace(text, kTimes, "");
        const std::string from = path(folder) + "/", to = path(out) + "/";
        for (std::size_t at = 0; (at = told.find(from, at)) != std::string::npos; at += to.size()) {
            told.replace(at, from.size(), to);
        }
        return told;
    }
    [[nodiscard]] std::map<std::string, std::string> files(const std::string& folder) const {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(path(folder))) {
            if (entry.is_regular_file()) {
                all[fs::relative(entry.path(), path(folder)).string()] = readText(entry.path());
            }
        }
        return all;
    }
    // Several programs at a time, by a shell.
    [[nodiscard]] int shell(const std::string& script) const {
        const std::string text = "cd '" + place.path().string() + "' && " + script;
        return std::system(text.c_str());
    }
    [[nodiscard]] std::string command(const std::vector<std::string>& words) const {
        std::string text = "'" + cliProgram() + "'";
        for (const std::string& word : words) {
            text += " '" + word + "'";
        }
        return text;
    }
    int made_ = 0;
};

TEST_F(SharedRun, TwoShardsMergedAreOneRun) {
    const Outcome one = run(arguments("one", {"--json"}));
    EXPECT_EQ(one.code, 3) << "of the file that is no picture";
    // Into one folder, the second first.
    EXPECT_EQ(shard("out", "2/2").code, 3);
    EXPECT_EQ(shard("out", "1/2").code, 3);
    EXPECT_FALSE(fs::exists(path("out/" + std::string(batch::kJournalName)))) << "not before all are there";
    const Outcome together = run({"segment", "--merge", path("out") + "/", "--json"});
    EXPECT_EQ(together.code, one.code);
    EXPECT_EQ(plain(together.out, "out", "one"), plain(one.out, "one", "one"));
    EXPECT_EQ(together.err, one.err);
    EXPECT_EQ(files("out"), files("one"));
    // What is merged is a run's folder as any other: it goes on.
    const Outcome again = run(arguments("out", {"--skip-existing", "--json"}));
    std::size_t skipped = 0;
    for (const Json& line : again.json()) {
        skipped += line.contains("skipped") ? 1 : 0;
    }
    EXPECT_EQ(skipped, 10u);
}

TEST_F(SharedRun, FoldersOfTheirOwnAreMergedIntoAnother) {
    const Outcome one = run(arguments("one", {"--rank"}));
    EXPECT_EQ(shard("x", "1/2", {"--json"}).code, 3);
    EXPECT_EQ(shard("y", "2/2").code, 3);
    const auto x = files("x");
    const Outcome apart = run({"segment", "--merge", path("x"), path("y"), "-o", path("both") + "/", "--rank"});
    EXPECT_EQ(apart.code, one.code);
    EXPECT_EQ(plain(apart.out, "both", "one"), one.out);
    EXPECT_EQ(files("both"), files("one"));
    EXPECT_EQ(files("x"), x);
}

TEST_F(SharedRun, ShardsMayRunAtOnceInOneFolder) {
    ASSERT_EQ(run(arguments("one")).code, 3);
    std::string script;
    for (int i = 1; i <= 4; ++i) {
        script += command(arguments("out", {"--shard", std::to_string(i) + "/4"})) + " >/dev/null 2>&1 & ";
    }
    ASSERT_EQ(shell(script + "wait"), 0);
    EXPECT_EQ(run({"segment", "--merge", path("out")}).code, 3);
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(SharedRun, OneThatWasKilledIsRepeated) {
    ASSERT_EQ(run(arguments("one")).code, 3);
    EXPECT_EQ(shard("out", "2/2").code, 3);
    // Killed as soon as the first of its three pictures is in the journal.
    ASSERT_EQ(shell(command(arguments("out", {"--shard", "1/2"})) +
                    " >/dev/null 2>&1 & p=$!; while kill -0 $p 2>/dev/null && "
                    "[ \"$(cat out/maskwright-shards/1-of-2.jsonl 2>/dev/null | wc -l)\" -lt 2 ]; do :; done; "
                    "kill -9 $p 2>/dev/null; wait $p 2>/dev/null; true"),
              0);
    EXPECT_EQ(shard("out", "1/2", {"--skip-existing"}).code, 3);
    EXPECT_EQ(run({"segment", "--merge", path("out")}).code, 3);
    auto out = files("out");
    for (auto it = out.begin(); it != out.end();) {  // what a write that was killed leaves is hidden
        it = it->first.starts_with(".maskwright-") ? out.erase(it) : std::next(it);
    }
    EXPECT_EQ(out, files("one"));
}

TEST_F(SharedRun, MoreShardsThanPicturesIsNoMistake) {
    ASSERT_EQ(run(arguments("one")).code, 3);
    for (int i = 1; i <= 9; ++i) {
        const Outcome own = shard("out", std::to_string(i) + "/9");
        EXPECT_EQ(own.err.find("has no picture: there are 6") != std::string::npos, i > 6) << own.err;
        EXPECT_EQ(own.code, 3) << "the link to nowhere is told by each";
    }
    EXPECT_EQ(run({"segment", "--merge", path("out")}).code, 3);
    EXPECT_EQ(files("out"), files("one"));
}

TEST_F(SharedRun, WhatDoesNotFitIsRefusedByName) {
    expectError({"segment", "--merge", path("in")}, 3, "there are no shards to merge in");
    (void)shard("out", "1/3");
    expectError({"segment", "--merge", path("out")}, 3, "shards are missing: 2/3, 3/3; run them, then merge again");
    (void)shard("x", "1/2");
    (void)shard("y", "1/2");
    expectError({"segment", "--merge", path("x"), path("y"), "-o", path("both")}, 3, "shard 1/2 is in");
    (void)shard("y", "2/2", {"--threshold", "0.3"});
    fs::remove(path("y/maskwright-shards/1-of-2.jsonl"));
    expectError({"segment", "--merge", path("x"), path("y"), "-o", path("both")}, 3,
                "shards 1/2 and 2/2 were not asked the same: \"appearance\" is");
    const std::string other = path("other");
    fs::copy(model, other);
    fs::remove_all(path("y"));
    std::vector<std::string> words = arguments("y", {"--shard", "2/2"});
    *(std::find(words.begin(), words.end(), "--model") + 1) = other;
    writeText(other + "/notes.txt", "trained on");
    (void)run(words);
    expectError({"segment", "--merge", path("x"), path("y"), "-o", path("both")}, 3,
                "shards 1/2 and 2/2 were not asked the same: \"model");
    EXPECT_FALSE(fs::exists(path("both"))) << "nothing is begun";
}

TEST_F(SharedRun, MistakesAreSaidAtOnce) {
    for (const char* text : {"0/2", "3/2", "1/0", "2", "a/b", "1/2/3", "-1/2", "1/-2", " 1/2", "1/2 ", "/", "1/", "/2",
                             "1.0/2", "99999999999999999999/2", "1/100001", "0x1/2"}) {
        expectError({"segment", picture, "--phrase", "cat", "--model", "none", "-o", path("out/"),
                     std::string("--shard=") + text},
                    2, "is not I/N with I from 1 to N");
    }
    expectError({"segment", picture, "--phrase", "cat", "--model", "none", "--json", "--shard", "1/2"}, 2,
                "--shard does nothing without --output");
    expectError({"segment", "--merge", path("x"), "--phrase", "cat"}, 2, "--phrase does nothing with --merge");
    expectError({"segment", "--merge", path("x"), "--shard", "1/2"}, 2, "--shard does nothing with --merge");
    expectError({"segment", "--merge", path("x"), path("y")}, 2, "give a folder as -o");
    expectError({"segment", "--merge"}, 2, "IMAGE");
    fs::create_directories(path("p/IMG_1"));
    fs::create_directories(path("p/c"));
    expectError({"segment", path("in/IMG_1.png"), path("in/c.png"), "--phrase", "cat", "--model", "none", "-o",
                 path("p/{stem}/m.png"), "--shard", "1/2"},
                2, "do not lie in one folder");
}

}  // namespace
}  // namespace maskwright::test
