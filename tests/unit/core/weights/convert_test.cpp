#include "core/weights/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/weights/model_folder.h"
#include "core/weights/torch_pickle.h"
#include "tests/support/paths.h"
#include "tests/unit/core/weights/clip_folder.h"
#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

namespace fs = std::filesystem;
using namespace tiny_clip;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kDecoders = test::sourcePath("tests/reference/pickle/decoder-");

class Convert : public testing::Test {
  protected:
    void SetUp() override { clip_.write("clip"); }

    std::string problem(const std::string& decoder, const std::string& clip = "clip",
                        const ConvertOptions& options = {}, ErrorKind kind = ErrorKind::weights) {
        const auto result = convertOriginalDecoder(decoder, scratch_.path(clip), scratch_.path("out"), options);
        if (result) {
            return "";
        }
        EXPECT_EQ(result.error().kind, kind) << result.error().line();
        EXPECT_EQ(result.error().line().find('\n'), std::string::npos);
        EXPECT_FALSE(fs::exists(scratch_.path("out")));
        expectNoDraft();
        return result.error().what.text();
    }
    void expectNoDraft() const {
        for (const auto& entry : fs::directory_iterator(fs::path(scratch_.path("x")).parent_path())) {
            EXPECT_FALSE(entry.path().filename().string().starts_with(".maskwright")) << entry.path();
        }
    }
    Scratch scratch_;
    ClipFolder clip_{scratch_};
};

std::vector<std::byte> bytesOf(const SafetensorsFile& file, const std::string& name) {
    const auto& info = file.tensors().at(name);
    std::vector<std::byte> bytes(info.end - info.begin);
    EXPECT_TRUE(file.read(info, bytes));
    return bytes;
}

// Rows `part` of three equal parts.
std::vector<std::byte> third(const std::vector<std::byte>& bytes, std::size_t part) {
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(part * bytes.size() / 3);
    return {begin, begin + static_cast<std::ptrdiff_t>(bytes.size() / 3)};
}

// Every tensor of the decoder by its two names, written out as a person would.
void expectDecoder(const SafetensorsFile& out, const TorchFile& in, bool refined) {
    std::size_t count = 0;
    const auto same = [&](const std::string& from, const std::string& to) {
        SCOPED_TRACE(to);
        ASSERT_TRUE(out.tensors().contains("decoder." + to));
        EXPECT_EQ(out.tensors().at("decoder." + to).shape, in.tensors().at(from).shape);
        EXPECT_EQ(bytesOf(out, "decoder." + to), *in.read(from));
        ++count;
    };
    std::vector<std::pair<std::string, std::string>> layers = {{"film_mul", "film_mul"}, {"film_add", "film_add"}};
    for (const std::string i : {"0", "1", "2"}) {
        layers.insert(layers.end(), {{"reduces." + i, "reduces." + i},
                                     {"blocks." + i + ".self_attn.out_proj", "layers." + i + ".self_attn.out_proj"},
                                     {"blocks." + i + ".linear1", "layers." + i + ".mlp.fc1"},
                                     {"blocks." + i + ".linear2", "layers." + i + ".mlp.fc2"},
                                     {"blocks." + i + ".norm1", "layers." + i + ".layer_norm1"},
                                     {"blocks." + i + ".norm2", "layers." + i + ".layer_norm2"}});
        for (const auto& [part, name] : {std::pair<std::size_t, std::string>{0, "q"}, {1, "k"}, {2, "v"}}) {
            const std::string to = "decoder.layers." + i + ".self_attn." + name + "_proj.";
            EXPECT_EQ(bytesOf(out, to + "weight"), third(*in.read("blocks." + i + ".self_attn.in_proj_weight"), part));
            EXPECT_EQ(bytesOf(out, to + "bias"), third(*in.read("blocks." + i + ".self_attn.in_proj_bias"), part));
            EXPECT_THAT(out.tensors().at(to + "weight").shape, ElementsAre(kWidth, kWidth));
            EXPECT_THAT(out.tensors().at(to + "bias").shape, ElementsAre(kWidth));
            count += 2;
        }
    }
    if (refined) {
        for (const std::string i : {"0", "2", "4"}) {
            layers.emplace_back("trans_conv." + i, "transposed_convolution." + i);
        }
    } else {
        layers.emplace_back("trans_conv", "transposed_convolution");
    }
    for (const auto& [from, to] : layers) {
        same(from + ".weight", to + ".weight");
        same(from + ".bias", to + ".bias");
    }
    std::size_t inFile = 0;
    for (const auto& [name, info] : out.tensors()) {
        inFile += name.starts_with("decoder.") ? 1u : 0u;
    }
    EXPECT_EQ(inFile, count);
}

TEST_F(Convert, PlainDecoderBitForBit) {
    const auto result = convertOriginalDecoder(kDecoders + "plain.pth", scratch_.path("clip"), scratch_.path("out"));
    ASSERT_TRUE(result) << result.error().line();
    EXPECT_EQ(result->reduceDim, kWidth);
    EXPECT_EQ(result->decoderMlp, kMlp);
    EXPECT_FALSE(result->refined);
    EXPECT_THAT(result->extractLayers, ElementsAre(3, 6, 9));
    const auto out = SafetensorsFile::open(scratch_.path("out/model.safetensors"));
    ASSERT_TRUE(out) << out.error().line();
    std::int64_t parameters = 0;
    for (const auto& [name, info] : out->tensors()) {
        parameters += info.count();
    }
    EXPECT_EQ(result->parameters, parameters);
    EXPECT_FALSE(out->tensors().contains("clip.text_model.embeddings.position_ids"));
    for (const auto& [name, tensor] : clip_.tensors) {
        EXPECT_EQ(*out->readFloats("clip." + name), tensor.second) << name;
        EXPECT_EQ(out->tensors().at("clip." + name).shape, tensor.first) << name;
    }
    expectDecoder(*out, *TorchFile::open(kDecoders + "plain.pth"), false);
    expectNoDraft();
}

TEST_F(Convert, RefinedDecoderBitForBit) {
    const auto result = convertOriginalDecoder(kDecoders + "refined.pth", scratch_.path("clip"), scratch_.path("out/"));
    ASSERT_TRUE(result) << result.error().line();
    EXPECT_TRUE(result->refined);
    const auto out = SafetensorsFile::open(scratch_.path("out/model.safetensors"));
    ASSERT_TRUE(out) << out.error().line();
    expectDecoder(*out, *TorchFile::open(kDecoders + "refined.pth"), true);
}

TEST_F(Convert, WritesAFolderThatIsComplete) {
    ASSERT_TRUE(convertOriginalDecoder(kDecoders + "refined.pth", scratch_.path("clip"), scratch_.path("out"),
                                       {.extractLayers = std::vector<std::int64_t>{0, 4, 8}, .decoderHeads = 2}));
    const auto files = locateModel(scratch_.path("out"));
    ASSERT_TRUE(files) << files.error().line();
    EXPECT_FALSE(files->preprocessor.empty());
    EXPECT_EQ(files->vocabulary, Vocabulary::bpeFiles);
    EXPECT_EQ(scratch_.get("out/vocab.json"), "{\"a\":0}");
    EXPECT_EQ(scratch_.get("out/merges.txt"), "#version: 0.2\n");
    EXPECT_TRUE(fs::exists(scratch_.path("out/tokenizer_config.json")));
    EXPECT_TRUE(fs::exists(scratch_.path("out/added_tokens.json")));
    EXPECT_FALSE(fs::exists(scratch_.path("out/README.md")));
    const Json config = *readJsonFile(files->config);
    EXPECT_EQ(config["model_type"], "clipseg");
    EXPECT_EQ(config["reduce_dim"], kWidth);
    EXPECT_EQ(config["decoder_intermediate_size"], kMlp);
    EXPECT_EQ(config["decoder_num_attention_heads"], 2);
    EXPECT_EQ(config["extract_layers"], Json({0, 4, 8}));
    EXPECT_EQ(config["conditional_layer"], 0);
    EXPECT_EQ(config["use_complex_transposed_convolution"], true);
    EXPECT_EQ(config["projection_dim"], kProjection);
    EXPECT_EQ(config["text_config"]["hidden_size"], 8);
    EXPECT_EQ(config["text_config"]["num_hidden_layers"], 2);
    EXPECT_EQ(config["text_config"]["num_attention_heads"], 2);
    EXPECT_EQ(config["text_config"]["vocab_size"], 20);
    EXPECT_EQ(config["text_config"]["max_position_embeddings"], 7);
    EXPECT_EQ(config["text_config"]["eos_token_id"], 2);
    EXPECT_EQ(config["vision_config"]["hidden_size"], kVision);
    EXPECT_EQ(config["vision_config"]["num_hidden_layers"], 10);
    EXPECT_EQ(config["vision_config"]["num_attention_heads"], 4);
    EXPECT_EQ(config["vision_config"]["intermediate_size"], 12);
    EXPECT_EQ(config["vision_config"]["patch_size"], kPatch);
    EXPECT_EQ(config["vision_config"]["image_size"], 32);
    const Json preprocessor = *readJsonFile(files->preprocessor);
    EXPECT_EQ(preprocessor["image_mean"], Json({0.485, 0.456, 0.406}));
    EXPECT_EQ(preprocessor["image_std"], Json({0.229, 0.224, 0.225}));
    EXPECT_EQ(preprocessor["size"]["height"], 352);
    EXPECT_EQ(preprocessor["resample"], 2);
}

TEST_F(Convert, TakesClipOutOfAClipseg) {
    clip_.config["model_type"] = "clipseg";
    clip_.write("clipseg", "clip.");
    const auto result = convertOriginalDecoder(kDecoders + "plain.pth", scratch_.path("clipseg"), scratch_.path("out"));
    ASSERT_TRUE(result) << result.error().line();
    const auto out = SafetensorsFile::open(scratch_.path("out/model.safetensors"));
    EXPECT_FALSE(out->tensors().contains("decoder.anything"));
    EXPECT_EQ(*out->readFloats("clip.text_projection.weight"), clip_.tensors.at("clip.text_projection.weight").second);
    expectDecoder(*out, *TorchFile::open(kDecoders + "plain.pth"), false);
}

TEST_F(Convert, FillsAnEmptyFolderOnly) {
    fs::create_directory(scratch_.path("out"));
    ASSERT_TRUE(convertOriginalDecoder(kDecoders + "plain.pth", scratch_.path("clip"), scratch_.path("out")));
    const auto again = convertOriginalDecoder(kDecoders + "plain.pth", scratch_.path("clip"), scratch_.path("out"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::output);
    EXPECT_TRUE(fs::exists(scratch_.path("out/model.safetensors")));
    const auto nowhere =
        convertOriginalDecoder(kDecoders + "plain.pth", scratch_.path("clip"), scratch_.path("no/out"));
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().kind, ErrorKind::output);
    expectNoDraft();
}

// Before a byte of the weights is read: the sources need not even be there.
TEST_F(Convert, LooksFirstWhetherItsFolderCanBeWritten) {
    fs::create_directory(scratch_.path("taken"));
    scratch_.put("taken/notes.txt", "mine");
    scratch_.put("file", "mine");
    for (const char* target : {"taken", "file", "file/out", "no/out"}) {
        const auto result =
            convertOriginalDecoder(scratch_.path("no.pth"), scratch_.path("nowhere"), scratch_.path(target));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::output) << result.error().line();
    }
    EXPECT_EQ(scratch_.get("taken/notes.txt"), "mine");
    expectNoDraft();
}

TEST_F(Convert, RefusesOtherDecoders) {
    const std::string pickles = test::sourcePath("tests/reference/pickle/");
    EXPECT_THAT(problem(pickles + "good-zip.pth"),
                HasSubstr("no CLIPSeg decoder: tensor \"blocks.0.linear1.weight\" is missing"));
    EXPECT_THAT(problem(pickles + "bad-system-zip.pth"), HasSubstr("posix.system"));
    EXPECT_THAT(problem(scratch_.path("missing.pth")), HasSubstr("cannot open"));
}

TEST_F(Convert, RefusesLayersThatDoNotFit) {
    using Layers = std::vector<std::int64_t>;
    const std::string plain = kDecoders + "plain.pth";
    EXPECT_THAT(problem(plain, "clip", {.extractLayers = Layers{1, 2}}),
                HasSubstr("its decoder reads 3 blocks, not 2"));
    EXPECT_THAT(problem(plain, "clip", {.extractLayers = Layers{}}), HasSubstr("its decoder reads 3 blocks, not 0"));
    EXPECT_THAT(problem(plain, "clip", {.extractLayers = Layers{3, 3, 9}}),
                HasSubstr("not ascending numbers below 10"));
    EXPECT_THAT(problem(plain, "clip", {.extractLayers = Layers{3, 6, 10}}),
                HasSubstr("not ascending numbers below 10"));
    EXPECT_THAT(problem(plain, "clip", {.extractLayers = Layers{-1, 6, 9}}),
                HasSubstr("not ascending numbers below 10"));
    EXPECT_THAT(problem(plain, "clip", {.decoderHeads = 3}, ErrorKind::usage), HasSubstr("cannot have 3 heads"));
    EXPECT_THAT(problem(plain, "clip", {.decoderHeads = 0}, ErrorKind::usage), HasSubstr("cannot have 0 heads"));
    EXPECT_THAT(problem(plain, "clip", {.conditionalLayer = 3}, ErrorKind::usage), HasSubstr("conditional layer 3"));
}

TEST_F(Convert, RefusesACliplessFolder) {
    const std::string plain = kDecoders + "plain.pth";
    EXPECT_THAT(problem(plain, "nowhere"), HasSubstr("there is no model folder"));
    scratch_.put("file.pt", "x");
    EXPECT_THAT(problem(plain, "file.pt"), HasSubstr("not a file that torch.save wrote"));
    clip_.config["model_type"] = "siglip";
    clip_.write("clip");
    EXPECT_THAT(problem(plain), HasSubstr("model_type is \"siglip\""));
}

TEST_F(Convert, OpenAisProgramIsRefusedWithAdvice) {
    const auto result = convertOriginalDecoder(
        kDecoders + "plain.pth", test::sourcePath("tests/reference/pickle/bad-script.pth"), scratch_.path("out"));
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().what.text(), HasSubstr("TorchScript program"));
    EXPECT_THAT(result.error().advice.text(), HasSubstr("openai/clip-vit-base-patch16"));
}

TEST_F(Convert, RefusesAConfigurationThatContradictsTheTensors) {
    const std::string plain = kDecoders + "plain.pth";
    clip_.config["text_config"]["hidden_size"] = 9;
    clip_.write("clip");
    EXPECT_THAT(problem(plain), HasSubstr("text_config.hidden_size is 9, but the tensors say 8"));
    clip_.config["text_config"]["hidden_size"] = 8;
    clip_.config["vision_config"]["num_attention_heads"] = 5;
    clip_.write("clip");
    EXPECT_THAT(problem(plain), HasSubstr("vision_config.num_attention_heads is 5, which does not divide 16"));
    clip_.config["vision_config"]["num_attention_heads"] = "4";
    clip_.write("clip");
    EXPECT_THAT(problem(plain), HasSubstr("vision_config.num_attention_heads is not a whole number"));
    clip_.config["vision_config"].erase("num_attention_heads");
    clip_.config["projection_dim"] = 7;
    clip_.write("clip");
    EXPECT_THAT(problem(plain), HasSubstr("which does not divide 16"));
    clip_.config["vision_config"]["num_attention_heads"] = 4;
    clip_.write("clip");
    EXPECT_THAT(problem(plain), HasSubstr("projection_dim is 7, but the tensors say 6"));
}

TEST_F(Convert, StopsWhenAsked) {
    std::stop_source source;
    std::int64_t seen = 0;
    const auto result = convertOriginalDecoder(
        kDecoders + "plain.pth", scratch_.path("clip"), scratch_.path("out"), {},
        [&](const Progress& progress) {
            seen = progress.total;
            if (progress.done == 5) {
                source.request_stop();
            }
        },
        source.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    EXPECT_GT(seen, 100);
    EXPECT_FALSE(fs::exists(scratch_.path("out")));
    expectNoDraft();
}

TEST_F(Convert, ADamagedClipLeavesNothing) {
    // Cut after the header was written about: the data are short, which the reader sees before anything is made.
    const auto path = scratch_.path("clip/model.safetensors");
    fs::resize_file(path, fs::file_size(path) - 4);
    EXPECT_THAT(problem(kDecoders + "plain.pth"), HasSubstr("it is cut off"));
}

}  // namespace
}  // namespace maskwright::weights
