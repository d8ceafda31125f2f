// Folders as people have them: a year's photographs with all that is in the way, names that meet, runs that are
// repeated.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <map>
#include <set>

#include "core/base/name_bytes.h"
#include "core/batch/journal.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FolderRun : public Program {
  protected:
    void put(const std::string& name) const {
        fs::create_directories(fs::path(path(name)).parent_path());
        fs::copy_file(picture, path(name));
    }
    [[nodiscard]] Outcome segment(const std::string& folder, const std::vector<std::string>& more) const {
        std::vector<std::string> arguments = {"segment", path(folder), "--phrase", "cat", "--model", model, "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // Names of the files in a folder, those of results only.
    [[nodiscard]] std::set<std::string> results(const std::string& folder) const {
        std::set<std::string> names;
        for (const auto& entry : fs::recursive_directory_iterator(path(folder))) {
            if (entry.is_regular_file() && entry.path().extension() == ".png") {
                names.insert(fs::relative(entry.path(), path(folder)).string());
            }
        }
        return names;
    }
    [[nodiscard]] std::vector<batch::JournalLine> journal(const std::string& folder) const {
        const auto contents = batch::readJournal(path(folder + "/" + std::string(batch::kJournalName)));
        EXPECT_TRUE(contents.ok());
        return contents ? contents->lines : std::vector<batch::JournalLine>();
    }
};

TEST_F(FolderRun, AYearsPhotographsAreALineEachWhateverIsInTheWay) {
    constexpr int kPictures = 240;
    for (int i = 0; i < kPictures; ++i) {
        const char* folders[] = {"01 봄", "02", "03/deep/er", "."};
        const char* names[] = {"사진 ", "IMG_", "a\nb", "\x1b[31m"};
        put("year/" + std::string(folders[i % 4]) + "/" + names[i / 4 % 4] + std::to_string(i / 8) + ".png");
    }
    fs::create_symlink("..", path("year/02/up"));
    fs::create_symlink("self", path("year/self"));
    fs::create_symlink("nowhere.jpg", path("year/gone.jpg"));
    writeText(path("year/zero.jpg"), "");
    writeText(path("year/half.png"), readText(picture).substr(0, 300));
    writeText(path("year/raw.NEF"), "x");
    writeText(path("year/._IMG_1.png"), "x");
    ASSERT_EQ(::mkfifo(path("year/pipe.png").c_str(), 0600), 0);
    const Outcome outcome = segment("year", {"-o", path("out/")});
    EXPECT_EQ(outcome.code, 3) << "of the first that could not be read";
    const std::set<std::string> bad = {"self", "gone.jpg", "zero.jpg", "half.png", "pipe.png"};
    std::set<std::string> failed, files;
    int done = 0, skipped = 0;
    for (const Json& line : outcome.json()) {
        if (line.contains("error")) {
            failed.insert(fs::path(line["path"].get<std::string>()).filename());
            EXPECT_EQ(line["code"], 3);
        } else if (line.contains("skipped")) {
            ++skipped;
            EXPECT_EQ(line["path"], path("year/02/up"));
        } else {
            ++done;
            files.insert(line["output"].get<std::string>());
            EXPECT_TRUE(fs::exists(line["output"].get<std::string>()));
        }
    }
    EXPECT_EQ(done, kPictures);
    EXPECT_EQ(files.size(), std::size_t(kPictures)) << "a file each";
    EXPECT_EQ(failed, bad);
    EXPECT_EQ(skipped, 1);
    EXPECT_EQ(outcome.lines(outcome.err).size(), bad.size() + 2) << "and the link, and the raw file\n" << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("1 .nef"));
    EXPECT_EQ(results("out").size(), std::size_t(kPictures));
    const auto lines = journal("out");
    EXPECT_EQ(lines.size(), std::size_t(kPictures) + 4) << "all but the link to nowhere, which is no picture";
    std::map<std::string, int> outcomes;
    std::set<std::string> inputs;
    for (const auto& line : lines) {
        ++outcomes[line.outcome];
        inputs.insert(line.input);
    }
    EXPECT_EQ(outcomes["done"], kPictures);
    EXPECT_EQ(outcomes["failed"], 4);
    EXPECT_EQ(inputs.size(), lines.size()) << "told apart";
    EXPECT_TRUE(inputs.contains("03/deep/er/IMG_" + std::to_string(6 / 8) + ".png")) << *inputs.begin();

    // The same again, as plain text: no line is broken by a name, and a run goes on where one was stopped.
    fs::remove(*files.begin());
    const Outcome again =
        run({"segment", path("year"), "--phrase", "cat", "--model", model, "-o", path("out/"), "--skip-existing"});
    EXPECT_EQ(again.lines(again.out).size(), std::size_t(kPictures)) << again.out;
    EXPECT_EQ(std::count(again.out.begin(), again.out.end(), '\x1b'), 0);
    EXPECT_THAT(again.out, HasSubstr("a\\x0ab"));
    std::map<std::string, int> second;
    const auto both = journal("out");
    for (std::size_t i = lines.size(); i < both.size(); ++i) {
        ++second[both[i].outcome];
    }
    EXPECT_EQ(second["done"], 1);
    EXPECT_EQ(second["skipped"], kPictures - 1);
}

// Names in an old encoding, two of which JSON cannot tell apart: each is told by its bytes and made once.
TEST_F(FolderRun, NamesThatAreNotUtf8AreToldApart) {
    put("old/caf\xe9.png");
    put("old/caf\xe8.png");
    std::set<std::string> told, files;
    for (const Json& line : segment("old", {"-o", path("out/")}).json()) {
        told.insert(nameOfHex(line["path_hex"].get<std::string>()));
        files.insert(nameOfHex(line["output_hex"].get<std::string>()));
    }
    EXPECT_EQ(told, (std::set<std::string>{path("old/caf\xe8.png"), path("old/caf\xe9.png")}));
    EXPECT_EQ(files.size(), 2u);
    for (const std::string& file : files) {
        EXPECT_TRUE(fs::exists(file)) << file;
    }
    for (const Json& line : segment("old", {"-o", path("out/"), "--skip-existing"}).json()) {
        EXPECT_TRUE(line.contains("skipped")) << line.dump();
    }
}

TEST_F(FolderRun, NamesNeverMeetAndStayTheSame) {
    put("in/IMG_1.png");
    fs::copy_file(picture, path("in/IMG_1.jpg"));
    put("in/a/IMG_2.png");
    put("in/b/IMG_2.png");
    const std::set<std::string> names = {"IMG_1-jpg.png", "IMG_1-png.png", "a-IMG_2.png", "b-IMG_2.png"};
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = segment("in", {"-o", path("out/")});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
        EXPECT_EQ(results("out"), names);
    }
    // Beside the pictures, twice: no picture is written over, no result is taken for one.
    const std::string before = readText(path("in/IMG_1.png"));
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = segment("in", {"-o", path("in")});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
        EXPECT_EQ(outcome.json().size(), 4u);
        EXPECT_EQ(results("in").size(), 3u + 4u);
        EXPECT_EQ(i == 1, outcome.err.find("results of this program were not searched: 4") != std::string::npos);
    }
    EXPECT_EQ(readText(path("in/IMG_1.png")), before);
    expectError({"segment", path("in"), "--phrase", "cat", "--model", "none", "-o", path("out/{stem}.png")}, 2,
                "{ext}");
    expectError(
        {"segment", path("in/a"), path("in/b"), "--phrase", "cat", "--model", "none", "-o", path("out/{stem}.png")}, 2,
        "{folder}");
    // A tree of results, with one journal.
    ASSERT_EQ(segment("in", {"-o", path("tree.d/") + "{folder}/{stem}-{ext}-{n}.png"}).code, 0) << "it is made";
    EXPECT_EQ(results("tree.d"), (std::set<std::string>{"in/IMG_1-jpg-1.png", "in/IMG_1-png-2.png", "a/IMG_2-png-3.png",
                                                        "b/IMG_2-png-4.png"}));
    EXPECT_THAT(journal("tree.d").at(2).outputs, ElementsAre("a/IMG_2-png-3.png"));
}

TEST_F(FolderRun, FlatIsTheFolderAlone) {
    put("in/a.png");
    put("in/below/b.png");
    EXPECT_EQ(segment("in", {"--flat"}).json().size(), 1u);
    EXPECT_EQ(segment("in", {}).json().size(), 2u);
    put("deep/er/b.png");
    expectError({"segment", path("deep"), "--flat", "--phrase", "cat", "--model", model, "--json"}, 3, "--flat");
}

TEST_F(FolderRun, GoingOnSparesWhatIsDoneAndNothingElse) {
    for (const char* name : {"in/b.png", "in/c.png"}) {
        put(name);
    }
    const std::vector<std::string> numbered = {"-o", path("out/") + "{n}.png", "--skip-existing"};
    fs::create_directory(path("out"));
    const auto skipped = [&](std::vector<std::string> more) {
        more.insert(more.begin(), numbered.begin(), numbered.end());
        const Outcome outcome = segment("in", more);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        std::vector<std::string> names;
        for (const Json& line : outcome.json()) {
            if (line.contains("skipped")) {
                names.push_back(fs::path(line["path"].get<std::string>()).filename());
            }
        }
        return names;
    };
    EXPECT_THAT(skipped({}), ElementsAre());
    EXPECT_THAT(skipped({}), ElementsAre("b.png", "c.png"));
    EXPECT_THAT(skipped({"--threshold", "0.3"}), ElementsAre());
    EXPECT_THAT(skipped({"--threshold", "0.3"}), ElementsAre("b.png", "c.png"));
    // Another picture comes first: each number is another's.
    Image other(30, 20);
    std::fill(other.pixels.begin(), other.pixels.end(), std::uint8_t(90));
    ASSERT_TRUE(image_io::writeImage(path("in/a.png"), other).ok());
    EXPECT_THAT(skipped({"--threshold", "0.3"}), ElementsAre("b.png"))
        << "b.png and c.png are equal, so that b's new number is rightly c's old mask";
    EXPECT_EQ(image_io::readMask(path("out/1.png"))->width, 30);
    // A mask that was changed by hand stays, whatever is asked for.
    writeText(path("out/1.png"), "by hand");
    const Outcome changed = segment("in", {"-o", path("out/") + "{n}.png", "--skip-existing"});
    EXPECT_EQ(changed.code, 0) << changed.err;
    EXPECT_EQ(readText(path("out/1.png")), "by hand");
    EXPECT_THAT(changed.err, HasSubstr("out/1.png was left alone"));
    EXPECT_THAT(changed.json().at(0)["skipped"].get<std::string>(), HasSubstr("was left alone"));
    // Pictures that are named one by one are told apart as well.
    const std::vector<std::string> one = {"segment",          path("in/a.png"), "--model",        model, "--json", "-o",
                                          path("single.png"), "--phrase",       "--skip-existing"};
    const auto ask = [&](const char* phrase) {
        std::vector<std::string> arguments = one;
        arguments.insert(arguments.end() - 1, phrase);
        return run(arguments).json().at(0).contains("skipped");
    };
    EXPECT_FALSE(ask("cat"));
    EXPECT_TRUE(ask("cat"));
    EXPECT_FALSE(ask("dog"));
}

TEST_F(FolderRun, AnUnknownPlaceIsNamed) {
    expectError({"segment", picture, "--phrase", "cat", "--model", "none", "-o", path("{foo}-{stem}.png")}, 2,
                "{foo}, which is unknown; the places are {stem}, {ext}, {folder}, {n}, {phrase}");
}

TEST_F(FolderRun, SkippingNeedsFiles) {
    expectError({"segment", picture, "--phrase", "cat", "--model", model, "--json", "--skip-existing"}, 2, "-o");
}

// A full disk, as far as a test can have one: no file may be larger than a mask is.
TEST_F(FolderRun, WhatCannotBeWrittenIsALineEach) {
    for (int i = 0; i < 5; ++i) {
        put("in/" + std::to_string(i) + ".png");
    }
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{4096, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Outcome outcome = segment("in", {"-o", path("out/"), "--kind", "probability16"});
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_EQ(outcome.code, 6) << outcome.err;
    EXPECT_EQ(outcome.json().size(), 5u);
    for (const Json& line : outcome.json()) {
        EXPECT_THAT(line["error"].get<std::string>(), HasSubstr("File too large"));
    }
    EXPECT_TRUE(results("out").empty());
    for (const auto& entry : fs::directory_iterator(path("out"))) {
        EXPECT_EQ(entry.path().filename(), std::string(batch::kJournalName)) << "nothing half written is left";
    }
}

}  // namespace
}  // namespace maskwright::test
