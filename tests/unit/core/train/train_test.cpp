// The whole way from phrases and photographs to a model folder, on a data set of coloured shapes.
#include "core/train/train.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/clip/config.h"
#include "core/clipseg/decoder.h"
#include "core/clipseg/model.h"
#include "core/data/formats/coco.h"
#include "core/image/resize.h"
#include "core/image/runs.h"
#include "core/image_io/image_io.h"
#include "core/nn/params.h"
#include "core/train/kept_out.h"
#include "core/train/options.h"
#include "core/train/phrases.h"
#include "core/train/plot.h"
#include "core/vision/yolov7_seg.h"
#include "core/visual_prompt/engineer.h"
#include "tests/support/tensors.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

constexpr int kSide = 64;

class Training : public testing::Test {
  protected:
    void SetUp() override {
        root_ = fs::temp_directory_path() / ("maskwright-train-" + std::to_string(getpid()) + "-" +
                                             testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(root_ / "photos/images");
        fs::create_directories(root_ / "text");
        makePhotos();
        makeText();
        makeBackbone();
    }
    void TearDown() override { fs::remove_all(root_); }

    // Squares ("red", "blue") and discs ("green") on grey; two of the pictures stand for a class.
    void makePhotos() {
        Json images = Json::array(), annotations = Json::array();
        for (int i = 0; i < 12; ++i) {
            const int kind = i % 3, size = 24 + i % 4 * 4, x0 = 4 + i * 7 % 28, y0 = 4 + i * 5 % 28;
            Image image(kSide, kSide);
            Mask mask(kSide, kSide);
            for (int y = 0; y < kSide; ++y) {
                for (int x = 0; x < kSide; ++x) {
                    const int dx = 2 * (x - x0) - size, dy = 2 * (y - y0) - size;
                    const bool in =
                        kind == 2 ? dx * dx + dy * dy <= size * size : std::abs(dx) <= size && std::abs(dy) <= size;
                    for (int c = 0; c < 3; ++c) {
                        image.at(x, y)[c] = static_cast<std::uint8_t>(in ? (c == kind * 2 % 3 ? 230 : 20)
                                                                         : 110 + (x * 7 + y * 3 + c) % 20);
                    }
                    mask.at(x, y) = in ? 255 : 0;
                }
            }
            const bool stands = i < 3;
            const std::string file =
                stands ? "in_n0000000" + std::to_string(kind) + "_x.png" : "p" + std::to_string(i) + ".png";
            ASSERT_TRUE(image_io::writeImage((root_ / "photos/images" / file).string(), image).ok());
            images.push_back({{"id", i},
                              {"file_name", file},
                              {"width", kSide},
                              {"height", kSide},
                              {"labels", stands ? "saliency+detector" : "instances"}});
            annotations.push_back(
                {{"image_id", i},
                 {"category_id", kind},
                 {"segmentation", {{"size", {kSide, kSide}}, {"counts", toCompressed(runsFromMask(mask))}}}});
        }
        const Json categories = {
            {{"id", 0}, {"name", "red square"}, {"synset", "n00000000"}, {"parents", {3}}},
            {{"id", 1}, {"name", "blue square"}, {"synset", "n00000001"}, {"parents", {3}}},
            {{"id", 2}, {"name", "green disc"}, {"names", {"green disc", "ball"}}, {"synset", "n00000002"}},
            {{"id", 3}, {"name", "square"}}};
        const Json set = {{"images", images}, {"annotations", annotations}, {"categories", categories}};
        for (const char* split : {"train", "val"}) {
            std::ofstream(root_ / "photos" / (std::string(split) + ".json")) << set;
        }
        std::ofstream(root_ / "photos/coco80.json") << R"({"0": "red square", "1": "blue square", "2": "green disc"})";
    }

    void makeText() {
        const std::vector<std::string> names = {"red square", "blue square", "green disc",        "ball",     "square",
                                                "cat",        "dog",         "a quick brown fox", "lazy dog", "box"};
        std::ofstream table(root_ / "text/phrases.tsv");
        table << "lang\ttext\ttarget\n";
        for (std::size_t i = 0; i < names.size(); ++i) {
            table << "en\t" << names[i] << "\t" << i << "\n";
        }
        table << "de\trotes quadrat\t0\nko\t고양이\t5\n";
        // Enough different pieces for a vocabulary of 320.
        table << "de\tgrünes scheibchen\t2\nfr\tcarré bleu\t1\nfr\tchien paresseux\t8\nes\tzorro marrón veloz\t7\n"
              << "es\tcuadrado\t4\nde\twürfelkiste\t9\nja\t猫\t5\nzh\t狗\t6\nko\t강아지\t6\nfr\tgros ballon jaune\t3\n";
        at::Tensor targets = at::randn({static_cast<std::int64_t>(names.size()), 12});
        targets = targets / targets.norm(2, -1, true);
        ASSERT_TRUE(nn::writeTensors((root_ / "text/phrase_targets.safetensors").string(), {{"target", targets}},
                                     weights::DType::f16)
                        .ok());
    }

    static Json modelJson() {
        return Json::parse(
            R"({"projection_dim": 8, "extract_layers": [3, 4], "reduce_dim": 8, "decoder_num_attention_heads": 2,
            "decoder_intermediate_size": 16, "similarity_map": true, "pyramid_layers": [2, 1], "pyramid_channels": [8, 4], "input_size": 64,
            "text_config": {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 32, "num_hidden_layers": 1, "vocab_size": 320,
              "max_position_embeddings": 32, "bos_token_id": 1, "eos_token_id": 2, "tokenizer": "sentencepiece"},
            "vision_config": {"model_type": "efficientnet_lite", "hidden_size": 24, "image_size": 64, "output_stride": 16, "stem_channels": 8,
              "stages": [1, 3, 1, 8, 1, 2, 3, 2, 8, 1, 2, 3, 2, 12, 1, 2, 5, 2, 16, 1, 2, 5, 2, 16, 1]}})");
    }

    void makeBackbone() {
        auto config = clip::readConfig(modelJson(), "model");
        ASSERT_TRUE(config.ok()) << config.error().line();
        nn::TensorMap published;
        const auto conv = [&](const std::string& name, const std::string& norm, std::int64_t out, std::int64_t in,
                              std::int64_t kernel) {
            published[name + ".weight"] =
                at::randn({out, in, kernel, kernel}) * std::sqrt(2.0 / static_cast<double>(in * kernel * kernel));
            published[norm + ".weight"] = at::ones({out});
            published[norm + ".bias"] = at::randn({out}) * 0.3;
            published[norm + ".running_mean"] = at::zeros({out});
            published[norm + ".running_var"] = at::ones({out});
        };
        conv("_conv_stem", "_bn0", 8, 3, 3);
        const auto blocks = std::get<vision::EfficientNet>(config->vision.type()).blocks();
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const std::string name = "_blocks." + std::to_string(i) + ".";
            const std::int64_t wide = blocks[i].in * blocks[i].expand;
            if (blocks[i].expand != 1) {
                conv(name + "_expand_conv", name + "_bn0", wide, blocks[i].in, 1);
            }
            conv(name + "_depthwise_conv", name + "_bn1", wide, 1, blocks[i].kernel);
            conv(name + "_project_conv", name + "_bn2", blocks[i].out, wide, 1);
        }
        conv("_conv_head", "_bn1", 24, blocks.back().out, 1);
        published["_fc.weight"] = at::randn({20, 24});
        published["_fc.bias"] = at::zeros({20});
        ASSERT_TRUE(nn::writeTensors((root_ / "backbone.safetensors").string(), published, weights::DType::f32).ok());
    }

    Json config(const std::string& name, int steps) const {
        return {{"output", name + "/out"},
                {"work", name + "/work"},
                {"photos", "photos"},
                {"text_data", "text"},
                {"backbone", "backbone.safetensors"},
                {"threads", 2},
                {"device", "cpu"},
                {"seed", 3},
                {"model", modelJson()},
                {"tokenizer", {{"pieces", 320}}},
                {"text", {{"steps", 12}, {"batch", 16}, {"warmup", 2}, {"rate", 0.003}}},
                {"segment",
                 {{"steps", steps},
                  {"batch", 2},
                  {"size", 64},
                  {"phrases", 3},
                  {"warmup", 2},
                  {"rate", 0.003},
                  {"first_trained_block", 3},
                  {"support", 0.5},
                  {"evaluate_every", 0}}}};
    }
    std::string write(const std::string& name, const Json& json) const {
        const std::string path = (root_ / (name + ".json")).string();
        std::ofstream(path) << json;
        return path;
    }
    static nn::TensorMap tensorsOf(const fs::path& file) {
        const auto opened = weights::SafetensorsFile::open(file.string());
        EXPECT_TRUE(opened.ok());
        return nn::readTensors(*opened);
    }

    fs::path root_;
};

TEST_F(Training, GoesFromPhrasesToAModelFolderAndLowersTheLoss) {
    Json json = config("run", 60);
    json["segment"]["evaluate_every"] = 30;
    std::vector<LogLine> lines;
    TrainOptions options;
    options.config = write("run", json);
    options.onLog = [&](const LogLine& line) { lines.push_back(line); };
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    EXPECT_EQ(report->steps, 60);
    std::vector<LogLine> segment;
    for (const LogLine& line : lines) {
        if (line.stage == "segment") {
            segment.push_back(line);
        }
    }
    ASSERT_GE(segment.size(), 2u);
    EXPECT_LT(segment.back().loss, segment.front().loss);
    EXPECT_GE(segment.back().valIou, 0);
    const auto log = readLog((root_ / "run/work/log.csv").string());
    ASSERT_TRUE(log.ok()) << log.error().line();
    EXPECT_EQ(log->size(), lines.size());
    EXPECT_NEAR(log->back().loss, lines.back().loss, 1e-4 * std::abs(lines.back().loss));
    // The folder loads, and its config carries the threshold.
    const auto model = clipseg::Model::load((root_ / "run/out").string(), at::kCPU, at::kFloat);
    EXPECT_NEAR(model->config().defaultThreshold, report->threshold, 1e-6);
    EXPECT_EQ(model->tokenizer().vocabularySize(), 320);
    // The chart shows the curve.
    const Image chart = plotLog(*log);
    EXPECT_GT(chart.width, 0);
    std::size_t drawn = 0;
    for (std::size_t i = 0; i < chart.pixels.size(); i += 3) {
        drawn += chart.pixels[i] == 70 && chart.pixels[i + 1] == 120 ? 1 : 0;
    }
    EXPECT_GT(drawn, 20u);
}

TEST_F(Training, StoppedAndResumedGivesTheSameNumbers) {
    TrainOptions whole, part;
    whole.config = write("whole", config("whole", 9));
    const auto first = train(whole);
    ASSERT_TRUE(first.ok()) << first.error().line();

    // A stop is asked for before the text stage's first step, and in the middle of the segment stage.
    part.config = write("part", config("part", 9));
    std::stop_source before;
    before.request_stop();
    auto stopped = train(part, before.get_token());
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
    part.resume = true;
    std::stop_source during;
    part.say = [&](const std::string& line) {
        if (line.find("segment") == 0) {
            during.request_stop();
        }
    };
    stopped = train(part, during.get_token());
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
    part.say = {};
    const auto second = train(part);
    ASSERT_TRUE(second.ok()) << second.error().line();

    const nn::TensorMap a = tensorsOf(root_ / "whole/work/segment.safetensors"),
                        b = tensorsOf(root_ / "part/work/segment.safetensors");
    ASSERT_EQ(a.size(), b.size());
    for (const auto& [name, tensor] : a) {
        EXPECT_TRUE(at::equal(tensor, b.at(name))) << name;
    }
}

// Fine-tunes the model that "first" has written.
Json tuning(const Json& segment) {
    Json json = {{"output", "tuned/out"}, {"work", "tuned/work"}, {"photos", "photos"},   {"base", "first/out"},
                 {"threads", 2},          {"device", "cpu"},      {"stages", {"segment"}}};
    json["segment"] = {{"batch", 2}, {"size", 64}, {"phrases", 3}, {"support", 0}, {"evaluate_every", 0}};
    json["segment"].update(segment);
    return json;
}

TEST_F(Training, FineTunesAModelFoldersDecoderOnCachedFeatures) {
    TrainOptions options;
    options.config = write("first", config("first", 2));
    ASSERT_TRUE(train(options).ok());
    Json json = tuning({{"steps", 12}, {"rate", 0.003}, {"cache_features", true}});
    options.config = write("tuned", json);
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    const nn::TensorMap a = tensorsOf(root_ / "first/out/model.safetensors"),
                        b = tensorsOf(root_ / "tuned/out/model.safetensors");
    EXPECT_TRUE(at::equal(a.at("clip.logit_scale"), b.at("clip.logit_scale")));
    EXPECT_TRUE(at::equal(a.at("clip.visual_projection.weight"), b.at("clip.visual_projection.weight")));
    EXPECT_TRUE(at::equal(a.at("clip.vision_model.head.weight"), b.at("clip.vision_model.head.weight")));
    EXPECT_FALSE(at::equal(a.at("decoder.film_mul.bias"), b.at("decoder.film_mul.bias")));
    const auto countIn = [](const fs::path& folder) {
        return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
    };
    const fs::path features = root_ / "tuned/work/features";
    ASSERT_EQ(countIn(features), 1);
    EXPECT_GT(countIn(fs::directory_iterator(features)->path()), 3);
    EXPECT_TRUE(fs::exists(root_ / "tuned/out/tokenizer.model"));

    // A run that was killed reads what the killed one computed, and has to end alike.
    options.overwrite = true;
    ASSERT_TRUE(train(options).ok());
    for (const auto& [name, tensor] : tensorsOf(root_ / "tuned/out/model.safetensors")) {
        EXPECT_TRUE(at::equal(tensor, b.at(name))) << name;
    }

    json["segment"]["size"] = 96;
    json["segment"]["steps"] = 2;
    options.config = write("tuned", json);
    ASSERT_TRUE(train(options).ok());
    EXPECT_EQ(countIn(features), 2) << "features of another size are not taken for these";
}

// Training normalises with ImageNet's numbers; a base that wants others would be trained on pictures it does not know.
TEST_F(Training, ABaseThatPreparesPicturesInAnotherWayIsRefused) {
    TrainOptions options;
    options.config = write("first", config("first", 2));
    ASSERT_TRUE(train(options).ok());
    options.config = write("tuned", tuning({{"steps", 2}}));
    const auto refusal = [&](const std::string& file, const std::string& text) {
        std::ofstream(root_ / "first/out" / file) << text;
        const auto report = train(options);
        EXPECT_FALSE(report.ok()) << text;
        return report.ok() ? std::string() : report.error().line();
    };
    EXPECT_NE(refusal("preprocessor_config.json", R"({"size": 64, "image_mean": 0.5})").find("its image_mean differs"),
              std::string::npos);
    EXPECT_NE(refusal("preprocessor_config.json", R"({"size": 64, "resample": 3})").find("its resample differs"),
              std::string::npos);
    const std::string nested = R"({"image_processor": {"size": 72, "do_center_crop": true, "crop_size": 64}})";
    EXPECT_NE(refusal("processor_config.json", nested).find("its do_center_crop differs"), std::string::npos);
    EXPECT_FALSE(fs::exists(root_ / "tuned/out/model.safetensors"));
}

TEST_F(Training, FineTuningKeepsWhatTheBaseWasStoredInAndItsThreshold) {
    TrainOptions options;
    options.config = write("first", config("first", 2));
    ASSERT_TRUE(train(options).ok());
    // As a published model is: float32, with values float16 cannot hold.
    const std::string file = (root_ / "first/out/model.safetensors").string();
    nn::TensorMap base = tensorsOf(file);
    at::Tensor& projection = base.at("clip.visual_projection.weight");
    projection = projection + 1e-6 * at::rand_like(projection);
    ASSERT_TRUE(nn::writeTensors(file, base, weights::DType::f32).ok());
    std::ifstream in(root_ / "first/out/config.json");
    Json model = Json::parse(in);
    model["default_threshold"] = 0.33;
    std::ofstream(root_ / "first/out/config.json") << model.dump();
    options.config = write("tuned", tuning({{"steps", 2}}));
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    const nn::TensorMap tuned = tensorsOf(root_ / "tuned/out/model.safetensors");
    EXPECT_TRUE(at::equal(base.at("clip.visual_projection.weight"), tuned.at("clip.visual_projection.weight")));
    std::ifstream out(root_ / "tuned/out/config.json");
    EXPECT_DOUBLE_EQ(Json::parse(out)["default_threshold"].get<double>(), 0.33);
}

TEST_F(Training, GoesOnFromAModelFolderWithAHeadItDidNotHave) {
    TrainOptions options;
    options.config = write("first", config("first", 2));
    ASSERT_TRUE(train(options).ok());
    Json json = config("on", 4);
    json["start"] = "first/out";
    json["stages"] = {"segment"};
    json["model"]["presence_head"] = true;
    options.config = write("on", json);
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    const nn::TensorMap a = tensorsOf(root_ / "first/out/model.safetensors"),
                        b = tensorsOf(root_ / "on/out/model.safetensors");
    EXPECT_FALSE(a.contains("decoder.presence.0.weight"));
    ASSERT_TRUE(b.contains("decoder.presence.0.weight"));
    EXPECT_GT(b.at("decoder.presence.1.weight").abs().max().item<float>(), 0) << "the head learns";
    EXPECT_FALSE(at::equal(a.at("clip.vision_model.head.weight"), b.at("clip.vision_model.head.weight")));
    EXPECT_TRUE(at::equal(a.at("clip.vision_model.stem.weight"), b.at("clip.vision_model.stem.weight")));
    const auto model = clipseg::Model::load((root_ / "on/out").string(), at::kCPU, at::kFloat);
    EXPECT_TRUE(model->config().presenceHead);

    // The same run, writing the mean with what it started from.
    json["segment"]["start_share"] = 0.25;
    json["output"] = "mean/out";
    json["work"] = "mean/work";
    options.config = write("on", json);
    ASSERT_TRUE(train(options).ok());
    const nn::TensorMap mean = tensorsOf(root_ / "mean/out/model.safetensors");
    constexpr double kStored = 2e-3;  // in float16, which has 11 bits
    const auto expected = [&](const char* name) { return 0.25 * a.at(name) + 0.75 * b.at(name); };
    for (const char* name : {"decoder.film_mul.weight", "clip.vision_model.head.weight"}) {
        EXPECT_LT(test::relativeDifference(mean.at(name).to(at::kFloat), expected(name).to(at::kFloat)), kStored)
            << name;
        EXPECT_FALSE(at::equal(mean.at(name), b.at(name))) << name;
    }
    EXPECT_LT(test::relativeDifference(mean.at("decoder.presence.0.weight").to(at::kFloat),
                                       b.at("decoder.presence.0.weight").to(at::kFloat)),
              kStored)
        << "what began fresh is all the training's";
    json["output"] = "first/out";
    options.config = write("on", json);
    const auto same = train(options);
    ASSERT_FALSE(same.ok());
    EXPECT_NE(same.error().line().find("start_share"), std::string::npos) << same.error().line();

    json = config("on", 4);
    json["start"] = "first/out";
    json["stages"] = {"joint", "segment"};
    options.config = write("on", json);
    const auto refused = train(options);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().line().find("start"), std::string::npos);
}

TEST_F(Training, MarkedObjectsLearnTheirNames) {
    TrainOptions options;
    Json json = config("first", 2);
    options.config = write("first", json);
    ASSERT_TRUE(train(options).ok());
    json = {{"output", "named/out"},
            {"work", "named/work"},
            {"photos", "photos"},
            {"start", "first/out"},
            {"threads", 2},
            {"device", "cpu"},
            {"stages", {"support"}},
            {"support",
             {{"examples", 48},
              {"steps", 120},
              {"batch", 16},
              {"warmup", 2},
              {"rate", 0.01},
              {"mlp", 32},
              {"least", 4},
              {"noise", 0.1},
              {"decay", 0.01},
              {"scale", 10}}}};
    options.config = write("named", json);
    std::vector<LogLine> lines;
    options.onLog = [&](const LogLine& line) { lines.push_back(line); };
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_LT(lines.back().loss, lines.front().loss);
    const nn::TensorMap before = tensorsOf(root_ / "first/out/model.safetensors"),
                        after = tensorsOf(root_ / "named/out/model.safetensors");
    for (const auto& [name, tensor] : before) {
        ASSERT_TRUE(after.contains(name)) << name;
        EXPECT_TRUE(at::equal(tensor, after.at(name))) << name << " is not the head's";
    }
    // Three kinds of things that any classifier tells apart: each is its own name, by the folder as it loads.
    const auto model = clipseg::Model::load((root_ / "named/out").string(), at::kCPU, at::kFloat);
    EXPECT_EQ(model->config().clip.pooledHead.names, 3) << "nothing is annotated as a square";
    const at::Tensor names = after.at("clip.pooled_head.names").to(at::kFloat);
    const auto set = data::readCoco((root_ / "photos").string(), "train");
    ASSERT_TRUE(set.ok());
    int right = 0;
    for (std::size_t i = 0; i < set->photos.size(); ++i) {
        const auto image = data::readPhoto(*set, set->photos[i]);
        ASSERT_TRUE(image.ok());
        visual_prompt::Style style;
        style.size = 160;
        const auto kind = set->annotations[set->photos[i].annotations.front()].category;
        const auto shown = visual_prompt::engineer(*image, data::maskOf(*set, set->photos[i], kind), style);
        ASSERT_TRUE(shown.ok());
        const Planar planar = normalize(*shown, kImageNetMean, kImageNetStd);
        const at::Tensor pixels =
            at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, planar.height, planar.width}, at::kFloat);
        const at::Tensor pooled = model->imageCondition(pixels);
        right += clipseg::similarity(pooled.view({1, 1, -1}), names).view({-1}).argmax().item<std::int64_t>() ==
                         static_cast<std::int64_t>(kind)
                     ? 1
                     : 0;
    }
    EXPECT_GE(right, 9) << "of 12; 4 by chance";

    // Once more gives the same; without a model there is nothing to add it to.
    json["output"] = "again/out";
    options.config = write("named", json);
    ASSERT_TRUE(train(options).ok());
    EXPECT_TRUE(at::equal(after.at("clip.pooled_head.fc2.weight"),
                          tensorsOf(root_ / "again/out/model.safetensors").at("clip.pooled_head.fc2.weight")));
    // Training on from there drops the head, which belongs to the tower it was trained on.
    Json on = config("on", 1);
    on["start"] = "named/out";
    on["stages"] = {"segment"};
    options.config = write("on", on);
    const auto went = train(options);
    ASSERT_TRUE(went.ok()) << went.error().line();
    EXPECT_FALSE(tensorsOf(root_ / "on/out/model.safetensors").contains("clip.pooled_head.names"));
    json["support"]["least"] = 5;
    json["output"] = "rare/out";
    options.config = write("named", json);
    const auto rare = train(options);
    ASSERT_FALSE(rare.ok());
    EXPECT_NE(rare.error().line().find("train.json"), std::string::npos) << rare.error().line();
    EXPECT_NE(rare.error().line().find("support.least"), std::string::npos) << rare.error().line();
    json.erase("start");
    options.config = write("named", json);
    const auto refused = train(options);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().line().find("support"), std::string::npos) << refused.error().line();
}

// A trunk that detects squares and discs, as random as the backbone.
void makeDetector(const fs::path& file) {
    nn::Parameters parameters;
    vision::yolo::declare(nn::Declaration(parameters, nn::Part::visionTower), 3);
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : parameters) {
        tensors[name] = nn::fresh(parameter);
    }
    tensors["anchors"] = at::full({3, 3, 2}, 24.0);
    ASSERT_TRUE(nn::writeTensors(file.string(), tensors, weights::DType::f16,
                                 {{"names", R"(["red square", "blue square", "green disc"])"}})
                    .ok());
}

Json eyesModel(const Json& before) {
    Json model = Json::parse(R"({"projection_dim": 12, "extract_layers": [37, 88], "reduce_dim": 8,
        "decoder_num_attention_heads": 2, "decoder_intermediate_size": 16, "pyramid_layers": [24, 75, 105],
        "pyramid_channels": [6, 4], "presence_head": true, "condition_length": 4, "joint_layers": [37, 101, 106],
        "joint_fine_layers": [24], "joint_fine_channels": 6, "is_a_mlp": 24, "names": 4, "spoken_maps": true,
        "input_size": 64, "known_words": true, "vision_config": {"model_type": "yolov7_seg_efficientnet", "detector_names": 3, "classes": 20}})");
    model["text_config"] = before["text_config"];
    model["vision_config"]["classifier"] = before["vision_config"];
    return model;
}

TEST_F(Training, ATrunkThatDetectsGetsItsNamesAndADecoder) {
    TrainOptions options;
    Json json = config("first", 1);
    options.config = write("first", json);
    ASSERT_TRUE(train(options).ok());
    makeDetector(root_ / "detector.safetensors");

    json["output"] = "eyes/out";
    json["work"] = "eyes/work";
    json["stages"] = {"names", "words", "segment"};
    json["detector"] = "detector.safetensors";
    json["text_model"] = "first/out";
    json["model"] = eyesModel(modelJson());
    json["names"] = {{"steps", 200}, {"batch", 32}, {"warmup", 5}, {"rate", 0.02}};
    json["segment"] = {{"steps", 4},          {"batch", 2},           {"phrases", 3},        {"size", 96},
                       {"first_size", 64},    {"first_share", 0.5},   {"smallest_size", 64}, {"keep_aspect", true},
                       {"warmup", 1},         {"rate", 0.003},        {"text_rate", 0},      {"frozen_encoder", true},
                       {"mask", 3},           {"doubt", 0.08},        {"other_names", 2},    {"unknown", 0.3},
                       {"drop_classes", 0.5}, {"drop_evidence", 0.5}, {"people", 0.5},       {"support", 1},
                       {"evaluate_every", 4}};
    options.config = write("eyes", json);
    std::vector<LogLine> lines;
    std::string said;
    options.onLog = [&](const LogLine& line) { lines.push_back(line); };
    options.say = [&](const std::string& line) { said += line + "\n"; };
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    EXPECT_NE(said.find("3 class photographs"), std::string::npos) << said;
    ASSERT_GE(lines.size(), 3u);
    EXPECT_EQ(lines[1].stage, "names");
    EXPECT_LT(lines[1].loss, lines[0].loss);
    EXPECT_TRUE(std::isfinite(lines.back().loss));
    EXPECT_GE(report->valIou, 0);

    // What is frozen is what it was, in a file of its own; the rest loads with it.
    const auto model = clipseg::Model::load((root_ / "eyes/out").string(), at::kCPU, at::kFloat);
    EXPECT_TRUE(model->config().keepAspect);
    ASSERT_NE(model->words(), nullptr);
    EXPECT_TRUE(model->words()->read("dogs").known);
    EXPECT_FALSE(model->words()->read("qwxzrt").known);
    const nn::TensorMap trunk = tensorsOf(root_ / "eyes/out/trunk.safetensors"),
                        before = tensorsOf(root_ / "detector.safetensors");
    EXPECT_TRUE(at::equal(trunk.at("clip.vision_model.detector.layers.40.weight"), before.at("layers.40.weight")));
    // The same run with loaders, from the same names, ends with the same numbers.
    fs::create_directories(root_ / "ahead/work");
    for (const char* name : {"names.safetensors", "tokenizer.model", "words.txt"}) {
        fs::copy(root_ / "eyes/work" / name, root_ / "ahead/work" / name);
    }
    json["output"] = "ahead/out";
    json["work"] = "ahead/work";
    json["stages"] = {"segment"};
    json["threads"] = 1;
    nn::TensorMap ends[2];
    options.overwrite = true;  // the second run's folders are the first's
    for (const int loaders : {0, 2}) {
        json["segment"]["loaders"] = loaders;
        options.config = write("ahead", json);
        ASSERT_TRUE(train(options).ok());
        ends[loaders / 2] = tensorsOf(root_ / "ahead/out/model.safetensors");
    }
    for (const auto& [name, tensor] : ends[0]) {
        EXPECT_TRUE(at::equal(tensor, ends[1].at(name))) << name;
    }

    // Fine-tuned on features that are computed, then on the same ones read.
    json = tuning({{"steps", 8}, {"rate", 0.003}, {"cache_features", true}});
    json["base"] = "eyes/out";
    options.config = write("tuned", json);
    for (nn::TensorMap& end : ends) {
        const auto tuned = train(options);
        ASSERT_TRUE(tuned.ok()) << tuned.error().line();
        end = tensorsOf(root_ / "tuned/out/model.safetensors");
    }
    for (const auto& [name, tensor] : ends[0]) {
        EXPECT_TRUE(at::equal(tensor, ends[1].at(name))) << name;
    }
}

TEST_F(Training, AModelLearnsWhatIsThereAtAll) {
    TrainOptions options;
    Json json = config("first", 1);
    options.config = write("first", json);
    ASSERT_TRUE(train(options).ok());
    makeDetector(root_ / "detector.safetensors");
    json["output"] = "eyes/out";
    json["work"] = "eyes/work";
    json["stages"] = {"names", "words", "segment"};
    json["detector"] = "detector.safetensors";
    json["text_model"] = "first/out";
    json["model"] = eyesModel(modelJson());
    json["names"] = {{"steps", 200}, {"batch", 32}, {"warmup", 5}, {"rate", 0.02}};
    json["segment"] = {{"steps", 1},          {"batch", 1},  {"phrases", 2},           {"size", 64},
                       {"keep_aspect", true}, {"rate", 0.1}, {"frozen_encoder", true}, {"warmup", 0},
                       {"evaluate_every", 0}};
    options.config = write("eyes", json);
    const auto first = train(options);
    ASSERT_TRUE(first.ok()) << first.error().line();

    // One more photograph, with a name and no mask.
    fs::create_directories(root_ / "kinds/images");
    fs::copy(root_ / "photos/images/p4.png", root_ / "kinds/images/one.png");
    std::ofstream(root_ / "kinds/kinds.json") << R"([{"file": "one.png", "name": "blue square", "split": "train"},
        {"file": "missing.png", "name": "ball", "split": "val"}])";
    json["output"] = "there/out";
    json["work"] = "there/work";
    json["stages"] = {"presence"};
    json["start"] = "eyes/out";
    json["class_photos"] = "kinds";
    json.erase("model");
    json["presence"] = {{"mlp", 10}, {"steps", 300}, {"batch", 64}, {"rate", 0.01}, {"least", 0.001}};
    options.config = write("there", json);
    std::vector<LogLine> lines;
    std::string said;
    options.onLog = [&](const LogLine& line) { lines.push_back(line); };
    options.say = [&](const std::string& line) { said += line + "\n"; };
    const auto report = train(options);
    ASSERT_TRUE(report.ok()) << report.error().line();
    EXPECT_NE(said.find("photographs kept out"), std::string::npos) << said;
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.back().stage, "presence");
    EXPECT_LT(lines.back().loss, 0.5) << "no better than a coin";

    const auto model = clipseg::Model::load((root_ / "there/out").string(), at::kCPU, at::kFloat);
    EXPECT_EQ(model->config().eyes.presenceMlp, 10);
    // All but the head is what it was.
    const nn::TensorMap before = tensorsOf(root_ / "eyes/out/model.safetensors"),
                        after = tensorsOf(root_ / "there/out/model.safetensors");
    for (const auto& [name, tensor] : after) {
        if (!name.starts_with("decoder.named_presence.")) {
            EXPECT_TRUE(at::equal(tensor, before.at(name))) << name;
        }
    }

    // Photographs that were seen are not looked at again, and say the same.
    options.overwrite = true;
    const auto second = train(options);
    ASSERT_TRUE(second.ok()) << second.error().line();
    const nn::TensorMap again = tensorsOf(root_ / "there/out/model.safetensors");
    EXPECT_TRUE(
        at::equal(again.at("decoder.named_presence.facts.weight"), after.at("decoder.named_presence.facts.weight")));

    // Its trunk left behind is what a message names.
    fs::remove(root_ / "there/out/trunk.safetensors");
    try {
        clipseg::Model::load((root_ / "there/out").string(), at::kCPU, at::kFloat);
        ADD_FAILURE() << "loaded without its trunk";
    } catch (const clipseg::ModelError& e) {
        EXPECT_NE(e.error.line().find("trunk.safetensors is missing"), std::string::npos) << e.error.line();
    }

    json["stages"] = {"presence"};
    json.erase("start");
    options.config = write("alone", json);
    const auto refused = train(options);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().line().find("presence"), std::string::npos) << refused.error().line();
}

TEST_F(Training, ABrokenDataFolderIsNamed) {
    std::ofstream(root_ / "photos/train.json") << "{\"images\": []";
    TrainOptions options;
    Json json = config("run", 2);
    json["stages"] = {"segment"};
    options.config = write("run", json);
    const auto report = train(options);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, ErrorKind::input);
    EXPECT_NE(report.error().line().find("train.json"), std::string::npos) << report.error().line();
}

TEST_F(Training, ALossThatIsNoNumberStopsWithAMessage) {
    TrainOptions options;
    Json json = config("run", 3);
    json["stages"] = {"tokenizer", "text", "joint"};
    options.config = write("run", json);
    ASSERT_TRUE(train(options).ok());
    const std::string start = (root_ / "run/work/joint.safetensors").string();
    nn::TensorMap tensors = tensorsOf(start);
    tensors["decoder.pyramid.out.bias"].fill_(std::nan(""));
    ASSERT_TRUE(nn::writeTensors(start, tensors, weights::DType::f32).ok());
    json["stages"] = {"segment"};
    options.config = write("run", json);
    const auto report = train(options);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, ErrorKind::resource);
    EXPECT_NE(report.error().what.text().find("no number"), std::string::npos) << report.error().line();
}

TEST_F(Training, WhatIsKeptOutIsNotShown) {
    TrainOptions options;
    Json json = config("run", 1);
    json["keep_out"] = "kept-out.txt";
    json["validation"] = "";
    std::ofstream(root_ / "kept-out.txt") << "ball\r\n";
    options.config = write("run", json);
    std::string said;
    options.say = [&](const std::string& line) { said += line + "\n"; };
    ASSERT_TRUE(train(options).ok());
    EXPECT_NE(said.find("1 names and 4 pictures are kept out"), std::string::npos) << said;
    EXPECT_NE(said.find("segment: 8 pictures, 8 masks"), std::string::npos) << said;

    const auto errorWith = [&](const char* names) {
        std::ofstream(root_ / "kept-out.txt") << names;
        options.overwrite = true;
        const auto report = train(options);
        return report ? std::string() : report.error().line();
    };
    EXPECT_NE(errorWith("green disc\nfox\n").find("\"fox\""), std::string::npos) << errorWith("fox\n");
    EXPECT_NE(errorWith("\n").find("kept-out.txt"), std::string::npos) << errorWith("\n");
    EXPECT_NE(errorWith("square\nball\n").find("no mask"), std::string::npos) << errorWith("square\nball\n");
}

TEST(KeptOut, PhrasesHoldNamesAsWholeWords) {
    data::DataSet set;
    set.categories.resize(2);
    set.categories[0].names = {"Box Turtle", "tortoise"};
    set.categories[1].names = {"cat"};
    const fs::path file = fs::temp_directory_path() / ("maskwright-kept-" + std::to_string(getpid()) + ".txt");
    std::ofstream(file) << "tortoise\n";
    const auto out = readKeptOut(file.string(), set);
    fs::remove(file);
    ASSERT_TRUE(out.ok()) << out.error().line();
    EXPECT_TRUE(out->isIn("the old box turtle"));
    EXPECT_TRUE(out->isIn("Tortoises, two"));
    EXPECT_FALSE(out->isIn("box"));
    EXPECT_FALSE(out->isIn("tortoiseshell cat"));
    EXPECT_FALSE(KeptOut().isIn("cat"));
}

TEST_F(Training, WrongSettingsAreNamed) {
    const auto errorOf = [&](const Json& json) {
        const auto options = readOptions(write("wrong", json));
        return options ? std::string() : options.error().line();
    };
    Json json = config("run", 3);
    EXPECT_EQ(errorOf(json), "");
    json["segment"]["stpes"] = 3;
    EXPECT_NE(errorOf(json).find("stpes"), std::string::npos);
    json = config("run", 3);
    json["segment"]["steps"] = "many";
    EXPECT_NE(errorOf(json).find("steps"), std::string::npos);
    json = config("run", 3);
    json["stages"] = {"paint"};
    EXPECT_NE(errorOf(json).find("paint"), std::string::npos);
    json = config("run", 3);
    json.erase("photos");
    EXPECT_NE(errorOf(json).find("photos"), std::string::npos);
    json = config("run", 3);
    json.erase("backbone");
    EXPECT_NE(errorOf(json).find("backbone"), std::string::npos);
    json = config("run", 3);
    json.erase("model");
    EXPECT_NE(errorOf(json).find("model"), std::string::npos);
}

TEST_F(Training, TheFolderThatCannotBeMadeIsTheOneThatIsNamed) {
    std::ofstream(root_ / "taken") << "a file";
    TrainOptions options;
    Json json = config("run", 2);
    json["output"] = "taken/out";
    options.config = write("run", json);
    auto report = train(options);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().kind, ErrorKind::output);
    EXPECT_NE(report.error().line().find("taken/out"), std::string::npos) << report.error().line();
    json = config("run", 2);
    json["work"] = "taken/work";
    options.config = write("run", json);
    report = train(options);
    ASSERT_FALSE(report.ok());
    EXPECT_NE(report.error().line().find("taken/work"), std::string::npos) << report.error().line();
}

TEST_F(Training, BadPhraseTablesAreNamed) {
    ASSERT_TRUE(readPhrases((root_ / "text").string()).ok());
    std::ofstream(root_ / "text/phrases.tsv", std::ios::app) << "en\tghost\t10\n";
    const auto table = readPhrases((root_ / "text").string());
    ASSERT_FALSE(table.ok());
    EXPECT_NE(table.error().what.text().find("line 24"), std::string::npos) << table.error().what.text();
}

TEST(Phrases, Articles) {
    EXPECT_EQ(withArticle("apple"), "an apple");
    EXPECT_EQ(withArticle("cat"), "a cat");
}

}  // namespace
}  // namespace maskwright::train
