#include "core/weights/convert_openai.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "core/base/json.h"
#include "core/weights/model_folder.h"
#include "core/weights/torch_pickle.h"
#include "tests/support/paths.h"
#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

using testing::HasSubstr;

const std::string kReference = test::sourcePath("tests/reference/");
const std::string kArchives = kReference + "global_local/";
const std::string kVocabulary = kReference + "bpe";

std::vector<std::byte> bytesOf(const SafetensorsFile& file, const std::string& name) {
    const TensorInfo& info = file.tensors().at(name);
    std::vector<std::byte> bytes(static_cast<std::size_t>(info.end - info.begin));
    EXPECT_TRUE(file.read(info, bytes));
    return bytes;
}

TEST(ConvertOpenAi, ReadsTheTensorsOfAScript) {
    const auto file = TorchFile::open(kArchives + "vit.pt", TorchFile::Scripts::forTensors);
    ASSERT_TRUE(file) << file.error().line();
    EXPECT_EQ(file->tensors().at("visual.transformer.resblocks.0.attn.in_proj_weight").shape,
              (std::vector<std::int64_t>{192, 64}));
    EXPECT_EQ(file->tensors().at("visual.proj").dtype, DType::f16);
    EXPECT_TRUE(file->tensors().at("logit_scale").shape.empty());
    EXPECT_TRUE(file->tensors().contains("input_resolution"));
    EXPECT_FALSE(file->tensors().contains("training"));
    EXPECT_TRUE(*holdsOpenAiClip(kArchives + "rn.pt"));
    EXPECT_FALSE(*holdsOpenAiClip(kReference + "pickle/decoder-plain.pth"));
    EXPECT_FALSE(*holdsOpenAiClip(kReference + "pickle/bad-script.pth"));
    // Elsewhere a program stays refused.
    EXPECT_FALSE(TorchFile::open(kArchives + "vit.pt"));
}

TEST(ConvertOpenAi, RefusesWhatIsNoTensorByName) {
    const auto list = TorchFile::open(kArchives + "bad-list.pt", TorchFile::Scripts::forTensors);
    ASSERT_FALSE(list);
    EXPECT_THAT(list.error().what.text(), HasSubstr("it asks for \"torch.jit._pickle.build_intlist\""));
}

// Damage in every byte: an error or a file, never a crash. What it finds depends on the sanitizers.
TEST(ConvertOpenAi, DamageIsNoCrash) {
    const Scratch scratch;
    std::ifstream file(kReference + "pickle/bad-script.pth", std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(file), {}};
    ASSERT_GT(whole.size(), 2000u);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const char change : {'\x81'}) {
            std::string damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ change);
            const auto opened = TorchFile::open(scratch.put("damaged", damaged), TorchFile::Scripts::forTensors);
            if (opened) {
                for (const auto& [name, info] : opened->tensors()) {
                    (void)opened->read(name);
                }
            }
        }
    }
}

TEST(ConvertOpenAi, AVisionTransformerBecomesTransformersFolder) {
    const Scratch scratch;
    const std::string out = scratch.path("out");
    const auto model = convertOpenAiClip(kArchives + "vit.pt", kVocabulary, out);
    ASSERT_TRUE(model) << model.error().line();
    EXPECT_FALSE(model->resnet);
    EXPECT_EQ(model->width, 64);
    EXPECT_EQ(model->patch, 8);
    EXPECT_EQ(model->imageSize, 16);
    EXPECT_EQ(model->layers, (std::vector<std::int64_t>{1}));
    const auto files = locateModel(out);
    ASSERT_TRUE(files) << files.error().line();
    const auto config = readJsonFile(files->config);
    EXPECT_EQ((*config)["vision_config"]["num_attention_heads"], 1);
    EXPECT_EQ((*config)["text_config"]["vocab_size"], 20);
    const auto found = SafetensorsFile::open(files->weights);
    ASSERT_TRUE(found) << found.error().line();
    const auto file = TorchFile::open(kArchives + "vit.pt", TorchFile::Scripts::forTensors);
    // Rows 64 to 127 are the key's.
    const auto whole = file->read("visual.transformer.resblocks.0.attn.in_proj_weight");
    const auto key = bytesOf(*found, "vision_model.encoder.layers.0.self_attn.k_proj.weight");
    ASSERT_EQ(key.size() * 3, whole->size());
    EXPECT_EQ(std::memcmp(key.data(), whole->data() + key.size(), key.size()), 0);
    // [64, 12] becomes [12, 64].
    const auto projection = file->read("visual.proj");
    const auto turned = bytesOf(*found, "visual_projection.weight");
    EXPECT_EQ(found->tensors().at("visual_projection.weight").shape, (std::vector<std::int64_t>{12, 64}));
    for (std::size_t row = 0; row < 64; ++row) {
        for (std::size_t column = 0; column < 12; ++column) {
            EXPECT_EQ(std::memcmp(&turned[(column * 64 + row) * 2], &(*projection)[(row * 12 + column) * 2], 2), 0);
        }
    }
}

TEST(ConvertOpenAi, AResNetBecomesOpenClipsFolder) {
    const Scratch scratch;
    const std::string out = scratch.path("out");
    const auto model = convertOpenAiClip(kArchives + "rn.pt", kVocabulary, out);
    ASSERT_TRUE(model) << model.error().line();
    EXPECT_TRUE(model->resnet);
    EXPECT_EQ(model->width, 2);
    EXPECT_EQ(model->layers, (std::vector<std::int64_t>{1, 1, 1, 1}));
    EXPECT_EQ(model->imageSize, 32);
    const auto config = readJsonFile(out + "/open_clip_config.json");
    ASSERT_TRUE(config);
    EXPECT_EQ((*config)["model_cfg"]["vision_cfg"]["layers"], Json::array({1, 1, 1, 1}));
    const auto found = SafetensorsFile::open(out + "/open_clip_model.safetensors");
    ASSERT_TRUE(found) << found.error().line();
    const auto file = TorchFile::open(kArchives + "rn.pt", TorchFile::Scripts::forTensors);
    for (const auto& [name, info] : found->tensors()) {
        EXPECT_EQ(bytesOf(*found, name), *file->read(name)) << name;
    }
    EXPECT_FALSE(found->tensors().contains("visual.bn1.num_batches_tracked"));
    EXPECT_TRUE(std::filesystem::exists(out + "/merges.txt"));
}

TEST(ConvertOpenAi, NothingIsLeftOfAFailure) {
    const Scratch scratch;
    const auto problem = [&](const std::string& file, const std::string& vocabulary, const std::string& out) {
        const auto result = convertOpenAiClip(file, vocabulary, out);
        return result ? std::string("converted") : result.error().what.text();
    };
    const std::string out = scratch.path("out");
    EXPECT_THAT(problem(kArchives + "vit.pt", kReference + "pickle", out), HasSubstr("holds no vocabulary"));
    EXPECT_THAT(problem(kReference + "pickle/decoder-plain.pth", kVocabulary, out),
                HasSubstr("no CLIP: tensor \"token_embedding.weight\" is missing"));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = convertOpenAiClip(kArchives + "rn.pt", kVocabulary, out, {}, stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
    EXPECT_FALSE(std::filesystem::exists(out));
    std::filesystem::create_directories(out);
    scratch.put("out/mine", "x");
    EXPECT_THAT(problem(kArchives + "vit.pt", kVocabulary, out), HasSubstr("not an empty folder"));
}

}  // namespace
}  // namespace maskwright::weights
