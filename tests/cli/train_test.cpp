// train from the command line: what a run may write over, and what is refused before it computes anything.
#include <gmock/gmock.h>

#include <map>

#include "core/weights/safetensors.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

class Train : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        fs::create_directories(place.path() / "set/images");
        Image image(48, 48);
        for (int i = 0; i < 2; ++i) {
            for (std::size_t k = 0; k < image.pixels.size(); ++k) {
                image.pixels[k] = static_cast<std::uint8_t>(k * (37 + static_cast<std::size_t>(i)));
            }
            ASSERT_TRUE(image_io::writeImage(path("set/images/" + std::to_string(i) + ".png"), image).ok());
        }
        set = Json::parse(R"({"images": [{"id": 0, "file_name": "0.png", "width": 48, "height": 48},
                                         {"id": 1, "file_name": "1.png", "width": 48, "height": 48}],
            "categories": [{"id": 3, "name": "cat"}, {"id": 5, "name": "dog"}],
            "annotations": [{"id": 1, "image_id": 0, "category_id": 3, "segmentation": [[4, 4, 40, 4, 40, 40, 4, 40]]},
                            {"id": 2, "image_id": 1, "category_id": 5, "segmentation": [[4, 4, 40, 4, 40, 40, 4, 40]]}]})");
        for (const char* split : {"train", "val"}) {
            writeText(path(std::string("set/") + split + ".json"), set.dump());
        }
        config = {{"output", "out/deep/model"}, {"work", "work/deep"}, {"photos", "set"}, {"base", "plain"},
                  {"stages", {"segment"}},      {"threads", 1},        {"device", "cpu"}};
        config["segment"] = {{"steps", 2},   {"batch", 1}, {"size", 48},         {"phrases", 2},
                             {"support", 0}, {"dense", 0}, {"evaluate_every", 0}};
    }
    [[nodiscard]] std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
        writeText(path("run.json"), config.dump());
        std::vector<std::string> words = {"train", path("run.json")};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    // Every file of a folder, by its path in it.
    [[nodiscard]] std::map<std::string, std::string> filesOf(const std::string& folder) const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(path(folder))) {
            if (entry.is_regular_file()) {
                files[entry.path().lexically_relative(path(folder)).string()] = readText(entry.path().string());
            }
        }
        return files;
    }
    Json set, config;
};

TEST_F(Train, ASlowBlasIsSaidWhereItMultiplies) {
    const auto told = [&](const char* output) {
        config["output"] = output;
        config["work"] = std::string(output) + "-work";
        const Outcome trained = run(command()), shown = run({"info", "--model", model, "--json"});
        EXPECT_EQ(trained.code, 0) << trained.err;
        EXPECT_EQ(shown.code, 0) << shown.err;
        const bool slow = shown.json().at(0)["slow_blas"].get<bool>();
        EXPECT_EQ(trained.err.find("slow BLAS") != std::string::npos, slow) << trained.err;
        return slow;
    };
    told("usual");
    // A kernel from before AVX2; another BLAS than OpenBLAS takes no notice.
    setenv("OPENBLAS_CORETYPE", "Prescott", 1);
    const bool slow = told("old");
    const Json info = run({"info", "--model", model, "--json"}).json().at(0);
    unsetenv("OPENBLAS_CORETYPE");
    if (info["blas_kernel"] == "Prescott" && info["instructions"].get<std::string>().find("avx512") == 0) {
        EXPECT_TRUE(slow) << info;
    }
}

TEST_F(Train, WritesAModelAndRefusesToDoItAgainUnasked) {
    const Outcome first = run(command());
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_TRUE(fs::exists(path("out/deep/model/model.safetensors")));
    const auto written = filesOf("out"), work = filesOf("work");
    EXPECT_EQ(
        std::count_if(written.begin(), written.end(), [](const auto& file) { return file.first.ends_with(".tmp"); }),
        0);
    expectError(command(), 6, "--resume");
    config["work"] = "other";
    expectError(command(), 6, "--overwrite");
    expectError(command({"--resume"}), 6, "--overwrite");
    EXPECT_FALSE(fs::exists(path("other")));
    EXPECT_EQ(filesOf("out"), written);
    EXPECT_EQ(filesOf("work"), work);
    // The run's own state names its output: more steps go on from it.
    config["work"] = "work/deep";
    config["segment"]["steps"] = 3;
    const Outcome more = run(command({"--resume"}));
    EXPECT_EQ(more.code, 0) << more.err;
    EXPECT_NE(filesOf("out"), written);
    // Those who mean it: files of another kind of model go, somebody's own stay.
    writeText(path("out/deep/model/tokenizer.model"), "of another model");
    writeText(path("out/deep/model/notes.txt"), "mine");
    config["segment"]["steps"] = 2;
    const Outcome over = run(command({"--overwrite"}));
    EXPECT_EQ(over.code, 0) << over.err;
    auto again = filesOf("out");
    EXPECT_EQ(again["deep/model/notes.txt"], "mine");
    again.erase("deep/model/notes.txt");
    EXPECT_EQ(again, written) << "as from the beginning";
}

// The weights of the model before may lie in parts, and their list would be read by others than this program.
TEST_F(Train, TheReplacedModelsPartsGoWithIt) {
    const auto file = valueOf(weights::SafetensorsFile::open(path("plain/model.safetensors")));
    std::map<std::string, std::vector<std::byte>> bytes;
    std::vector<weights::TensorToWrite> parts[2];
    const char* names[] = {"model-00001-of-00002.safetensors", "the rest.safetensors"};
    Json map;
    for (const auto& [name, info] : file.tensors()) {
        bytes[name].resize(info.end - info.begin);
        ASSERT_TRUE(file.read(info, bytes[name]).ok());
        const std::size_t part = parts[0].size() > parts[1].size() ? 1 : 0;
        parts[part].push_back({name, info.dtype, info.shape, bytes[name]});
        map[name] = names[part];
    }
    fs::remove(path("plain/model.safetensors"));
    for (std::size_t i = 0; i < 2; ++i) {
        ASSERT_TRUE(weights::writeSafetensors(path(std::string("plain/") + names[i]), parts[i]).ok());
    }
    writeText(path("plain/model.safetensors.index.json"), Json{{"weight_map", map}}.dump());
    writeText(path("plain/mine.safetensors"), "mine");
    writeText(path("plain/model-00003-of-00003.safetensors"), "of yet another");
    config["output"] = "plain";
    const Outcome over = run(command({"--overwrite"}));
    ASSERT_EQ(over.code, 0) << over.err;
    auto left = filesOf("plain");
    EXPECT_EQ(left.count("model.safetensors"), 1u);
    EXPECT_EQ(left.count("model.safetensors.index.json"), 0u);
    EXPECT_EQ(left.count(names[0]), 0u);
    EXPECT_EQ(left.count(names[1]), 0u);
    EXPECT_EQ(left.count("model-00003-of-00003.safetensors"), 0u);
    EXPECT_EQ(left["mine.safetensors"], "mine");
    EXPECT_EQ(run({"info", "--model", path("plain")}).code, 0);
}

// A run that was killed before its first checkpoint has left no state, perhaps a part of a file, and its folders. What
// it is told to do then is taken.
TEST_F(Train, WhatIsToldAfterAKillBeforeTheFirstCheckpointWorks) {
    config["output"] = "plain";
    fs::create_directories(path("work/deep"));
    expectError(command({"--resume"}), 6, "give --overwrite beside --resume");
    const Outcome both = run(command({"--resume", "--overwrite"}));
    EXPECT_EQ(both.code, 0) << both.err;
    // The work folder is the output, as it is where none is named.
    config = {{"output", "one"},
              {"photos", "set"},
              {"base", "plain"},
              {"stages", {"segment"}},
              {"threads", 1},
              {"device", "cpu"},
              {"segment", config["segment"]}};
    fs::create_directories(path("one"));
    writeText(path("one/.maskwright-1-2-3.tmp"), "a part of a checkpoint");
    writeText(path("one/log.csv"), "stage,st");
    writeText(path("one/names.safetensors"), "of the stage before");
    const Outcome plain = run(command());
    EXPECT_EQ(plain.code, 0) << plain.err;
    EXPECT_EQ(readText(path("one/names.safetensors")), "of the stage before");
}

TEST_F(Train, TheBaseIsNeverTheOutputUnaskedHoweverItIsWritten) {
    const auto base = filesOf("plain");
    fs::create_directory_symlink(path("plain"), path("link"));
    for (const char* output : {"plain", "./plain/", "set/../plain", "nowhere/../plain/.", "link"}) {
        SCOPED_TRACE(output);
        config["output"] = output;
        expectError(command(), 6, "base");
        expectError(command({"--resume"}), 6, "--overwrite");
        EXPECT_FALSE(fs::exists(path("work")));
    }
    EXPECT_EQ(filesOf("plain"), base);
    const Outcome over = run(command({"--overwrite"}));
    EXPECT_EQ(over.code, 0) << over.err;
    auto tuned = filesOf("plain");
    EXPECT_NE(tuned["model.safetensors"], base.at("model.safetensors"));
    EXPECT_EQ(tuned["vocab.json"], base.at("vocab.json"));
    EXPECT_TRUE(fs::is_symlink(path("link")));
}

TEST_F(Train, FoldersWithOtherThingsAreKept) {
    fs::create_directories(path("mine"));
    writeText(path("mine/notes.txt"), "mine");
    config["output"] = "mine";
    expectError(command(), 6, "notes.txt");
    // Its own configuration, and the data, are never written over.
    config["output"] = ".";
    writeText(path("config.json"), config.dump());
    expectError({"train", path("config.json"), "--overwrite"}, 6, "training reads it");
    EXPECT_EQ(readText(path("config.json")), config.dump());
    // A table that is no training log.
    config["output"] = "out";
    config["work"] = "mine";
    writeText(path("mine/log.csv"), "a,b\n1,2\n");
    expectError(command({"--overwrite"}), 6, "log.csv");
    EXPECT_EQ(readText(path("mine/log.csv")), "a,b\n1,2\n");
    EXPECT_FALSE(fs::exists(path("out")));
}

TEST_F(Train, AnOutputThatIsNoFolderIsNamed) {
    config["output"] = "photo.png";
    expectError(command(), 6, "photo.png");
    config["output"] = "";
    expectError(command(), 3, "output is empty");
    EXPECT_FALSE(fs::exists(path("work")));
}

TEST_F(Train, NothingToLearnFromIsRefusedAndLeavesNoFolders) {
    const auto refused = [&](const char* what, const char* word) {
        SCOPED_TRACE(what);
        expectError(command(), 3, word);
        EXPECT_FALSE(fs::exists(path("out")));
        EXPECT_FALSE(fs::exists(path("work")));
    };
    Json none = set;
    none["annotations"] = Json::array();
    writeText(path("set/train.json"), none.dump());
    refused("no annotations", "none of its 2 pictures has a mask");
    none["annotations"] = {{{"id", 9}, {"image_id", 0}, {"category_id", 3}, {"bbox", {1, 1, 9, 9}}}};
    writeText(path("set/train.json"), none.dump());
    refused("boxes alone", "annotations[0] (id 9)");
    writeText(path("set/train.json"), set.dump());
    writeText(path("set/val.json"), none.dump());
    config["segment"]["evaluate_every"] = 1;
    refused("no masks to look at the model on", "val.json");
    config["validation"] = "gone";
    refused("no validation file", "gone.json");
    config["validation"] = "";
    config["base"] = "nowhere";
    expectError(command(), 4, "nowhere");
    EXPECT_FALSE(fs::exists(path("out")));
    EXPECT_FALSE(fs::exists(path("work")));
}

// Pictures of which only some kinds are labelled, and one that has none: nothing in it is surely there or surely not.
// Its step has no loss, rather than one that is no number, and a run of such steps writes no model.
TEST_F(Train, StepsWithoutAnythingToAskAreNoSteps) {
    set["images"][0]["labels"] = set["images"][1]["labels"] = "semantic";
    set["annotations"][0]["segmentation"] = {{4, 4, 16, 4, 16, 16, 4, 16}};
    set["annotations"].erase(1);
    writeText(path("set/train.json"), set.dump());
    config["segment"]["steps"] = 12;
    config["segment"]["mosaic"] = 0;
    config["segment"]["paste"] = 0;
    const Outcome some = run(command());
    EXPECT_EQ(some.code, 0) << some.err;
    config["output"] = "none/out";
    config["work"] = "none/work";
    config["segment"]["min_area"] = 0.99;  // no crop is filled by it
    const Outcome none = run(command());   // it says how many pictures there are before
    EXPECT_EQ(none.code, 3) << none.err;
    EXPECT_THAT(none.err, HasSubstr("nothing to learn from"));
    EXPECT_FALSE(fs::exists(path("none/out")));
}

TEST_F(Train, OddEntriesAreSaidInOneLineAndStopAStrictRun) {
    Json odd = set;
    odd["annotations"].push_back({{"id", 9}, {"image_id", 0}, {"category_id", 3}, {"bbox", {1, 1, 9, 9}}});
    odd["annotations"].push_back({{"id", 10}, {"image_id", 77}, {"category_id", 3}, {"segmentation", Json::array()}});
    writeText(path("set/train.json"), odd.dump());
    const Outcome outcome = run(command());
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    const auto lines = outcome.lines(outcome.err);
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const std::string& line) {
                                return line.find("annotations[2] (id 9)") != std::string::npos &&
                                       line.find("annotations[3] (id 10)") != std::string::npos;
                            }),
              1)
        << outcome.err;
    config["strict"] = true;
    config["output"] = "out/strict";
    config["work"] = "work/strict";
    expectError(command(), 3, "annotations[2] (id 9)");
}

}  // namespace
}  // namespace maskwright::test
