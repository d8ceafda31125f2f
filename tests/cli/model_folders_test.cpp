// Model folders as people have them: saved by transformers 5, in parts, in the hub's cache, with a crop, cut off.
#include "core/weights/safetensors.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

// The vocabulary's two files as the one that transformers 5 writes.
void writeTokenizerJson(const std::string& folder) {
    Json merges = Json::array();
    std::ifstream lines(folder + "/merges.txt");
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("#version")) {
            merges.push_back({line.substr(0, line.find(' ')), line.substr(line.find(' ') + 1)});
        }
    }
    const Json json = {{"version", "1.0"},
                       {"truncation", nullptr},
                       {"added_tokens", Json::array()},
                       {"model",
                        {{"type", "BPE"},
                         {"end_of_word_suffix", "</w>"},
                         {"vocab", Json::parse(readText(folder + "/vocab.json"))},
                         {"merges", merges}}}};
    writeText(folder + "/tokenizer.json", json.dump());
}

// model.safetensors in two parts with a list of them.
void splitWeights(const std::string& folder) {
    const auto whole = valueOf(weights::SafetensorsFile::open(folder + "/model.safetensors"));
    Json map = Json::object();
    for (const bool second : {false, true}) {
        const std::string name = second ? "model-00002-of-00002.safetensors" : "model-00001-of-00002.safetensors";
        std::vector<std::vector<std::byte>> bytes;
        std::vector<weights::TensorToWrite> tensors;
        for (const auto& [tensor, info] : whole.tensors()) {
            if ((tensor > "clip.v") != second) {
                continue;
            }
            bytes.emplace_back(info.end - info.begin);
            valueOf(whole.read(info, bytes.back()));
            tensors.push_back({tensor, info.dtype, info.shape, bytes.back()});
            map[tensor] = name;
        }
        ASSERT_TRUE(weights::writeSafetensors(folder + "/" + name, tensors, {{"format", "pt"}}).ok());
    }
    writeText(folder + "/model.safetensors.index.json",
              Json{{"metadata", {{"total_size", 1}}}, {"weight_map", map}}.dump());
    fs::remove(folder + "/model.safetensors");
}

class ModelFolders : public Program {
  protected:
    // The mask of "a cat" as a PNG's bytes.
    [[nodiscard]] std::string mask() const {
        const std::string file = path("mask.png");
        const Outcome outcome = run({"segment", picture, "--phrase", "a cat", "--model", model, "-o", file});
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        const auto read = image_io::read(file);
        fs::remove(file);
        return read ? std::string(read->image.pixels.begin(), read->image.pixels.end()) : std::string();
    }
};

TEST_F(ModelFolders, AsTransformers5SavesThem) {
    const std::string before = mask();
    ASSERT_FALSE(before.empty());
    writeTokenizerJson(model);
    fs::remove(model + "/vocab.json");
    fs::remove(model + "/merges.txt");
    writeText(model + "/tokenizer_config.json",
              R"({"backend": "tokenizers", "model_max_length": 1000000000000000019884624838656})");
    fs::remove(model + "/preprocessor_config.json");
    writeText(
        model + "/processor_config.json",
        R"({"processor_class": "CLIPSegProcessor", "image_processor": {"image_processor_type": "ViTImageProcessor",
                  "size": {"height": 64, "width": 64}, "image_mean": [0.485, 0.456, 0.406],
                  "image_std": [0.229, 0.224, 0.225], "resample": 2}})");
    std::string config = readText(model + "/config.json");
    config.insert(config.find('{') + 1,
                  R"("no_one_reads_this": 1e999, "nor_this": 340282366920938463463374607431768211456,)");
    writeText(model + "/config.json", config);
    splitWeights(model);
    EXPECT_EQ(mask(), before);
    // And the mean is followed.
    writeText(model + "/processor_config.json",
              R"({"image_processor": {"size": {"height": 64, "width": 64}, "image_mean": 0.1}})");
    EXPECT_NE(mask(), before);
}

TEST_F(ModelFolders, PreprocessingThatIsNotDoneIsRefusedByName) {
    fs::remove(model + "/preprocessor_config.json");
    const auto expect = [&](const std::string& members, const std::string& word) {
        writeText(model + "/processor_config.json", "{\"image_processor\": {" + members + "}}");
        expectError({"info", "--model", model}, 4, "processor_config.json");
        expectError({"segment", picture, "--phrase", "a cat", "--model", model, "-o", path("m.png")}, 4, word);
    };
    expect(R"("size": {"shortest_edge": 64})", "shortest_edge");
    expect(R"("do_resize": false)", "do_resize");
    expect(R"("size": 64, "do_grayscale": true)", "do_grayscale");
    expect(R"("image_processor_type": "SamImageProcessor")", "SamImageProcessor");
    EXPECT_FALSE(fs::exists(path("m.png")));
}

TEST_F(ModelFolders, ACropIsFollowedWithAWarning) {
    writeText(model + "/preprocessor_config.json",
              R"({"size": {"shortest_edge": 64}, "do_center_crop": true, "crop_size": 64})");
    const std::vector<std::string> words = {"segment", picture,       "--phrase",    "a cat", "--model",    model,
                                            "-o",      path("m.png"), "--threshold", "0",     "--no-refine"};
    const Outcome outcome = run(words);
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.err.find("only the middle of a picture"), std::string::npos) << outcome.err;
    const auto read = image_io::read(path("m.png"));
    ASSERT_TRUE(read.ok());
    // 96 x 64: the square in the middle begins at 16 and ends at 80.
    EXPECT_EQ(*read->image.at(8, 32), 0);
    EXPECT_EQ(*read->image.at(48, 32), 255);
    EXPECT_EQ(*read->image.at(88, 32), 0);
    EXPECT_NE(run({"info", "--model", model}).out.find("middle only"), std::string::npos);
}

TEST_F(ModelFolders, OpenAisFilesBecomeOnes) {
    const std::string archives = (reference() / "global_local").string(), words = (reference() / "bpe").string();
    const Outcome made = run({"convert", archives + "/rn.pt", "--vocabulary", words, "-o", path("rn")});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.out.find("modified ResNet, width 2, blocks 1, 1, 1, 1"), std::string::npos) << made.out;
    EXPECT_TRUE(fs::exists(path("rn") + "/open_clip_model.safetensors"));
    // A CLIP by itself is opened as one: it is its words that do not fit this small fixture, not its kind.
    expectError({"info", "--model", path("rn")}, 4, "pieces for 20 embeddings");
    const Outcome wordless = run({"convert", archives + "/vit.pt", "-o", path("vit")});
    EXPECT_EQ(wordless.code, 2);
    EXPECT_NE(wordless.err.find("--vocabulary"), std::string::npos) << wordless.err;
    const Outcome foreign = run({"convert", archives + "/bad-list.pt", "--vocabulary", words, "-o", path("vit")});
    EXPECT_EQ(foreign.code, 4);
    EXPECT_NE(foreign.err.find("torch.jit._pickle.build_intlist"), std::string::npos) << foreign.err;
    EXPECT_FALSE(fs::exists(path("vit")));
}

TEST_F(ModelFolders, OtherTensorsAreNotTakenForADecoder) {
    const std::string other = (reference() / "pickle" / "good-zip.pth").string();
    expectError({"convert", other, "-o", path("made")}, 4, "no CLIPSeg decoder: tensor \"film_mul.weight\" is missing");
    expectError({"convert", (reference() / "pickle" / "decoder-plain.pth").string(), "-o", path("made")}, 2, "--clip");
    expectError({"models", "import", (reference() / "sam" / "mobile.pt").string()}, 2, "makes proposals");
    EXPECT_FALSE(fs::exists(path("made")));
}

TEST_F(ModelFolders, PartsThatAreMissingAreNamed) {
    splitWeights(model);
    fs::remove(model + "/model-00002-of-00002.safetensors");
    expectError({"info", "--model", model}, 4, "model-00002-of-00002.safetensors");
}

TEST_F(ModelFolders, CutMergesAreRefused) {
    const std::string merges = readText(model + "/merges.txt");
    writeText(model + "/merges.txt", merges.substr(0, merges.find('\n', merges.size() / 2) + 1));
    expectError({"tokenize", "a cat", "--model", model}, 4, "merges.txt");
    writeText(model + "/merges.txt", "");
    expectError({"tokenize", "a cat", "--model", model}, 4, "merges.txt");
}

// A snapshot of the hub's cache is links into "blobs": read, and served as any folder.
TEST_F(ModelFolders, ASnapshotOfTheHubsCacheServes) {
    const std::string before = mask();
    const fs::path cache = place.path() / "hub" / "models--a--b", snapshot = cache / "snapshots" / "0f";
    fs::create_directories(cache / "blobs");
    fs::create_directories(snapshot);
    for (const auto& file : fs::directory_iterator(model)) {
        const fs::path name = file.path().filename();
        fs::rename(file.path(), cache / "blobs" / (name.string() + "-hash"));
        fs::create_symlink(fs::path("../../blobs") / (name.string() + "-hash"), snapshot / name);
    }
    model = snapshot.string();
    EXPECT_EQ(mask(), before);
}

}  // namespace
}  // namespace maskwright::test
