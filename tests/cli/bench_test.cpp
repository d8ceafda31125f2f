// bench --against and --growth: the lines spoken with the other side, what is made of its numbers, and what is said of
// a side that fails. The other side here is a shell script in the place of a Python.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

constexpr const char* kHello =
    R"(echo '{"hello": "maskwright-bench 1", "engines": ["transformers"], "versions": {"torch": "9.8.7"}, "missing": ""}')";

class Bench : public Program {
  protected:
    // A program that greets and then runs `answer` for each request, which is in $line, its number in $id and its word
    // in $do. Run as `once ...` it is over at once.
    [[nodiscard]] std::string peer(const std::string& answer, const std::string& hello = kHello) const {
        const std::string file = path("peer.sh");
        writeText(file, "#!/bin/sh\n[ \"$3\" = once ] && exit 0\n" + hello +
                            "\nwhile read -r line; do\n"
                            "id=$(echo \"$line\" | sed 's/.*\"id\":\\([0-9]*\\).*/\\1/')\n"
                            "do=$(echo \"$line\" | sed 's/.*\"do\":\"\\([a-z]*\\)\".*/\\1/')\n" +
                            answer + "\ndone\n");
        fs::permissions(file, fs::perms::owner_all);
        return file;
    }
    [[nodiscard]] Outcome against(const std::string& program, std::vector<std::string> more = {}) const {
        std::vector<std::string> words = {"bench",   picture, "--against", program,
                                          "--model", model,   "--dtype",   "float32"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    // Fails with `code` and one line for it, whatever was said and told before.
    void expectFailure(const std::string& program, int code, const std::string& word,
                       const std::vector<std::string>& more = {"--runs", "1"}) const {
        const Outcome outcome = against(program, more);
        EXPECT_EQ(outcome.code, code) << outcome.err;
        ASSERT_FALSE(outcome.err.empty());
        EXPECT_THAT(outcome.lines(outcome.err).back(), HasSubstr(word));
    }
    static std::map<std::string, Json> rowsOf(const Json& json) {
        std::map<std::string, Json> rows;
        for (const Json& row : json["rows"]) {
            rows[row["step"]] = row;
        }
        return rows;
    }
};

constexpr const char* kQuick = R"(echo "{\"id\": $id, \"milliseconds\": 5}")";

TEST_F(Bench, TellsMediansQuartilesAndRatiosOfTurns) {
    // Each phrase takes 10 ms more than the one before; the example is something it has not.
    const std::string counting = R"(
        [ "$do" = maps ] && n=$((n + 10))
        if [ "$do" = supported ]; then echo "{\"id\": $id, \"unable\": \"no pictures\"}"
        else echo "{\"id\": $id, \"milliseconds\": ${n:-3}}"; fi)";
    const Outcome outcome = against(peer(counting), {"--runs", "4", "--json", "--csv", path("numbers.csv")});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["versions"]["torch"], "9.8.7");
    EXPECT_EQ(json["picture"], "96x64");
    EXPECT_EQ(json["runs"], 4);
    EXPECT_NE(json["isa"], "");
    const auto rows = rowsOf(json);
    // The first turn does not count.
    const Json& first = rows.at("first phrase")["transformers"];
    EXPECT_EQ(first["samples"], Json({20, 30, 40, 50}));
    EXPECT_DOUBLE_EQ(first["low"].get<double>(), 27.5);
    EXPECT_DOUBLE_EQ(first["median"].get<double>(), 35);
    EXPECT_DOUBLE_EQ(first["high"].get<double>(), 42.5);
    const std::vector<double> ours = rows.at("first phrase")["ours"]["samples"], theirs = first["samples"];
    ASSERT_EQ(ours.size(), 4u);
    std::vector<double> turns;
    for (std::size_t i = 0; i < 4; ++i) {
        turns.push_back(theirs[i] / ours[i]);
    }
    std::sort(turns.begin(), turns.end());
    EXPECT_NEAR(first["ratio"]["median"], (turns[1] + turns[2]) / 2, 1e-9 * turns[3]);
    EXPECT_NEAR(first["ratio"]["low"], turns[0] + 0.75 * (turns[1] - turns[0]), 1e-9 * turns[3]);
    EXPECT_NEAR(first["ratio"]["medians"], 35 / rows.at("first phrase")["ours"]["median"].get<double>(),
                1e-9 * turns[3]);
    for (const char* step : {"encode", "next phrase", "ten phrases from file to masks", "a picture of a folder",
                             "start to first mask", "its peak memory"}) {
        ASSERT_TRUE(rows.contains(step)) << step;
        EXPECT_EQ(rows.at(step)["ours"]["samples"].size(), 4u) << step;
        EXPECT_GT(rows.at(step)["ours"]["median"].get<double>(), 0) << step;
        EXPECT_TRUE(rows.at(step).contains("transformers")) << step;
    }
    // A folder has eight pictures, and a picture's share is told.
    const Json& folder = rows.at("a picture of a folder")["transformers"];
    EXPECT_DOUBLE_EQ(folder["median"].get<double>(), 100.0 / 8);
    EXPECT_FALSE(rows.at("marked object").contains("transformers"));
    EXPECT_FALSE(rows.at("refining a mask of 12 megapixels").contains("transformers"));
    EXPECT_GT(rows.at("a threshold of 24 megapixels on a full HD screen")["ours"]["median"].get<double>(), 0);
    EXPECT_EQ(rows.at("its peak memory")["unit"], "MiB");
    const std::string csv = readText(path("numbers.csv"));
    EXPECT_THAT(csv, HasSubstr("first phrase,float32,,transformers,ms,27.5,35,42.5,"));
    EXPECT_THAT(csv, HasSubstr(",20 30 40 50\n"));
    for (const std::string& line : outcome.lines(csv)) {
        EXPECT_EQ(std::count(line.begin(), line.end(), ','), 11) << line;
    }
}

TEST_F(Bench, ComparesTheMasksOfBothSides) {
    // Its masks are the picture of a mask that has nothing inside.
    ASSERT_TRUE(image_io::writeMask(path("nothing.png"), Mask(96, 64)).ok());
    const std::string copying = R"sh(
        if [ "$do" = file ]; then
            out=$(echo "$line" | sed -n 's/.*"out":"\([^"]*\)".*/\1/p')
            [ -n "$out" ] && for i in 0 1 2 3 4 5 6 7 8 9; do cp )sh" +
                                path("nothing.png") + R"sh( "$out/$i.png"; done
        fi
        echo "{\"id\": $id, \"milliseconds\": 5}")sh";
    const Outcome outcome = against(peer(copying), {"--runs", "1", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json agreement = Json::parse(outcome.out)["agreement"];
    ASSERT_EQ(agreement.size(), 1u);
    ASSERT_EQ(agreement[0]["ious"].size(), 10u);
    for (const Json& iou : agreement[0]["ious"]) {
        EXPECT_TRUE(iou == 0 || iou == 1) << iou;
    }
    const Outcome table = against(peer(copying), {"--runs", "1"});
    EXPECT_THAT(table.out, HasSubstr("| first phrase | float32 | ms |"));
    EXPECT_THAT(table.out, HasSubstr("masks of Maskwright and transformers, float32: IoU "));
}

TEST_F(Bench, AStepThatFailsIsAWarningAndTheRestIsTold) {
    const Outcome outcome =
        against(peer(R"(if [ "$do" = folder ]; then echo "{\"id\": $id, \"error\": \"no room\"}"; else )" +
                     std::string(kQuick) + "; fi"),
                {"--runs", "1", "--json", "--peer-model", model});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("transformers cannot do \"a picture of a folder\": \"no room\""));
    const auto rows = rowsOf(Json::parse(outcome.out));
    EXPECT_FALSE(rows.at("a picture of a folder").contains("transformers"));
    EXPECT_TRUE(rows.at("start to first mask").contains("transformers"));
}

TEST_F(Bench, WhatWasMeasuredIsToldWhenTheOtherSideDies) {
    const std::string dies = R"([ "$do" = supported ] && { echo "out of luck" >&2; exit 3; })";
    const Outcome outcome =
        against(peer(dies + "\n" + kQuick), {"--runs", "1", "--json", "--csv", path("numbers.csv")});
    EXPECT_EQ(outcome.code, 5);
    EXPECT_THAT(outcome.lines(outcome.err).back(), HasSubstr("ended before it answered: \"out of luck\""));
    EXPECT_TRUE(rowsOf(Json::parse(outcome.out)).contains("next phrase"));
    EXPECT_THAT(readText(path("numbers.csv")), HasSubstr("next phrase"));
}

TEST_F(Bench, SaysWhatIsWrongWithTheOtherSide) {
    expectFailure(path("none/python"), 3, "none/python");
    expectFailure(peer("", "exit 0"), 5, "it said nothing");
    expectFailure(peer("", "kill -9 $$"), 5, "signal 9");
    expectFailure(peer("", "echo Python 3.11"), 5, "Python 3.11");
    expectFailure(peer("", R"(echo '{"hello": "maskwright-bench 1", "engines": [], "missing": "transformers: none"}')"),
                  3, "transformers: none");
    expectFailure(peer(R"(echo "{\"id\": $id, \"error\": \"OSError: what model\"}")"), 4, "OSError: what model");
    expectFailure(peer("echo '[1, 2'"), 5, "[1, 2");
    expectFailure(peer(R"(echo '{"id": 77, "milliseconds": 1}')"), 5, "77");
    expectFailure(peer(R"(echo "{\"id\": $id, \"milliseconds\": \"soon\"}")"), 5, "soon");
    expectFailure(peer("sleep 100"), 5, "--timeout", {"--runs", "1", "--timeout", "1"});
    expectFailure(peer("", "sleep 100"), 5, "--timeout", {"--timeout", "1"});
    // A line without an end, longer than any answer.
    expectFailure(peer("", "head -c 3000000 /dev/zero | tr '\\0' 'x'"), 5, "xxxx");
}

TEST_F(Bench, StopsWhileTheOtherSideThinks) {
    const Outcome outcome =
        run({"bench", picture, "--against", peer("sleep 100"), "--model", model, "--dtype", "float32"}, 2500);
    EXPECT_EQ(outcome.code, 130) << outcome.err;
}

TEST_F(Bench, APythonWithoutTransformersIsTold) {
    if (std::system(
            "python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec(\"transformers\") is not "
            "None)' 2>/dev/null") != 0) {
        GTEST_SKIP() << "no python3 here, or one that has transformers";
    }
    expectFailure("python3", 3, "pip install torch transformers");
}

TEST_F(Bench, GrowthIsMeasuredAloneAndDrawn) {
    if (kSanitized) {
        GTEST_SKIP() << "a hundred megapixels take a sanitizer minutes and many gigabytes";
    }
    const Outcome outcome = run({"bench", picture, "--model", model, "--growth", "--pictures", "3", "--runs", "1",
                                 "--json", "--csv", path("growth.csv"), "--plot", path("growth.png")});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    std::map<std::string, std::vector<double>> series;
    for (const Json& row : json["rows"]) {
        series[row["step"].get<std::string>() + " " + row["unit"].get<std::string>()].push_back(row["x"]);
        EXPECT_GT(row["ours"]["median"].get<double>(), 0) << row;
    }
    EXPECT_EQ(series["phrases ms"], (std::vector<double>{1, 2, 4, 8, 16, 32, 64}));
    EXPECT_EQ(series["pictures ms"], (std::vector<double>{1, 2, 3}));
    EXPECT_EQ(series["pictures MiB"], (std::vector<double>{1, 2, 3}));
    EXPECT_EQ(series["megapixels ms"], (std::vector<double>{1, 3, 12, 24, 50, 100}));
    EXPECT_EQ(series["network side in pixels ms"], (std::vector<double>{224, 352, 480, 704, 1056, 1408}));
    EXPECT_THAT(readText(path("growth.csv")), HasSubstr("\nphrases,float32,64,Maskwright,ms,"));
    const auto drawn = image_io::read(path("growth.png"));
    ASSERT_TRUE(drawn.ok()) << drawn.error().line();
    EXPECT_GT(std::set<std::uint8_t>(drawn->image.pixels.begin(), drawn->image.pixels.end()).size(), 8u);
}

TEST_F(Bench, UsageMistakes) {
    const std::string python = peer(kQuick);
    expectError({"bench", "--model", model}, 2, "no picture");
    expectError({"bench", picture, "--csv", path("a.csv")}, 2, "--csv does nothing without");
    expectError({"bench", picture, "--against", python, "--plot", path("a.png")}, 2, "--growth");
    expectError({"bench", picture, "--against", python, "--phrase", "cat"}, 2, "--phrase does nothing with --against");
    expectError({"bench", picture, "--against", python, "--device", "cuda:0"}, 2, "cuda:0");
    expectError({"bench", picture, "--timeout", "5"}, 2, "--against");
    expectError({"bench", picture, "--peer-model", model}, 2, "--against");
    expectError({"bench", picture, "--growth", "--plot", path("a.jpg"), "--model", model}, 2, ".png");
    expectError({"bench", picture, "--growth", "--csv", path("none/a.csv"), "--model", model}, 6, "none");
    expectError({"bench", picture, "--growth", "--csv", picture, "--model", model}, 2, ".csv");
    writeText(model + "/own.csv", "1");
    expectError({"bench", picture, "--growth", "--csv", model + "/own.csv", "--model", model}, 2, "is read");
    expectError({"bench", path("none.png"), "--growth", "--model", model}, 3, "none.png");
    expectError({"bench", picture, "--growth", "--pictures", "0"}, 2, "--pictures");
}

}  // namespace
}  // namespace maskwright::test
