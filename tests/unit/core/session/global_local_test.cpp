#include "core/session/global_local.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/json.h"
#include "core/image/resize.h"
#include "core/image_io/image_io.h"
#include "tests/support/model_fixture.h"
#include "tests/support/paths.h"

namespace maskwright::session {
namespace {

namespace fs = std::filesystem;

std::vector<Region> regionsOf(const test::Expected& expected) {
    const std::vector<std::int64_t> shape = expected.shape("masks"), corners = expected.integers("boxes");
    const std::vector<std::uint8_t> bytes = expected.bytes("masks");
    std::vector<Region> regions;
    const auto pixels = static_cast<std::size_t>(shape[1] * shape[2]);
    for (std::size_t i = 0; i < static_cast<std::size_t>(shape[0]); ++i) {
        Mask mask(static_cast<int>(shape[2]), static_cast<int>(shape[1]));
        std::transform(bytes.begin() + std::ptrdiff_t(i * pixels), bytes.begin() + std::ptrdiff_t((i + 1) * pixels),
                       mask.pixels.begin(), [](std::uint8_t inside) { return inside != 0 ? 255 : 0; });
        const std::int64_t* c = &corners[4 * i];
        regions.push_back({runsFromMask(mask), {int(c[0]), int(c[1]), int(c[2] - c[0]), int(c[3] - c[1])}});
    }
    return regions;
}

void addVocabulary(const fs::path& folder) {
    for (const char* file : {"vocab.json", "merges.txt"}) {
        fs::copy_file(test::reference() / "bpe" / file, folder / file);
    }
}

// A writable copy of one of tests/reference/global_local, with the vocabulary.
std::string modelFolder(const test::TemporaryFolder& place, const std::string& name) {
    const fs::path to = place.path() / name;
    fs::copy(test::reference() / "global_local" / name, to);
    addVocabulary(to);
    return to.string();
}

std::unique_ptr<GlobalLocal> open(const std::string& folder) {
    return test::valueOf(GlobalLocal::open({folder, "cpu", "float32", 1}));
}

constexpr const char* kSentence = "the man on the left";
constexpr const char* kNoun = "the man";

struct Fixture {
    explicit Fixture(const std::string& name)
        : expected(test::reference() / "global_local" / name / "expected.safetensors") {}
    test::Expected expected;
    std::shared_ptr<const Image> picture = std::make_shared<Image>(expected.picture("picture"));
    std::vector<Region> regions = regionsOf(expected);
};

void expectScores(const Compared& compared, const test::Expected& expected, std::initializer_list<const char*> vs) {
    for (const char* v : vs) {
        for (const char* r : {"0.0", "0.5", "1.0"}) {
            const std::string name = std::string("score_v") + v + "_r" + r;
            const auto found = referring::scores(compared, {std::stod(v), std::stod(r)});
            EXPECT_LT(test::largestDifference(found, expected.floats(name)), 1e-3) << name;
        }
    }
}

class TinyVit : public testing::TestWithParam<const char*> {};

TEST_P(TinyVit, DescribesAsThePaper) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const auto model = open(modelFolder(place, GetParam()));
    EXPECT_EQ(model->facts().blocks, 4);
    EXPECT_EQ(model->facts().width, 24);
    const auto seen = test::valueOf(model->look(fixture.picture, fixture.regions));
    const auto expectGlobal = [&](const std::string& name, Silencing how, std::int64_t k) {
        const auto found = model->global(*seen, {how, k});
        ASSERT_TRUE(found.ok()) << found.error().line();
        EXPECT_LT(test::largestDifference(found->values, fixture.expected.floats(name)), test::kParity) << name;
    };
    for (std::int64_t k = 1; k <= 4; ++k) {
        expectGlobal("global_last" + std::to_string(k), Silencing::tokens, k);
        expectGlobal("global_only" + std::to_string(4 - k), Silencing::oneBlock, k);
    }
    for (const std::int64_t k : {1, 3}) {
        expectGlobal("attention_last" + std::to_string(k), Silencing::attention, k);
        expectGlobal("region_last" + std::to_string(k), Silencing::regionToken, k);
    }
    const auto compared = model->compare(*seen, kSentence, kNoun);
    ASSERT_TRUE(compared.ok()) << compared.error().line();
    EXPECT_LT(test::largestDifference(compared->local.values, fixture.expected.floats("local")), test::kParity);
    EXPECT_LT(test::largestDifference(compared->sentence.values, fixture.expected.floats("sentence")), test::kParity);
    EXPECT_LT(test::largestDifference(compared->nounPhrase.values, fixture.expected.floats("noun_phrase")),
              test::kParity);
    expectScores(*compared, fixture.expected, {"0.0", "0.85", "1.0"});
}

INSTANTIATE_TEST_SUITE_P(Layouts, TinyVit, testing::Values("vit", "vit-open_clip"), [](const auto& info) {
    return std::string(info.param) == "vit" ? "transformers" : "openClip";
});

TEST(TinyResNet, DescribesAsThePaper) {
    const test::TemporaryFolder place;
    const Fixture fixture("rn");
    const auto model = open(modelFolder(place, "rn"));
    EXPECT_EQ(model->facts().tower, "clip_modified_resnet");
    EXPECT_FALSE(model->facts().tokens);
    const auto seen = test::valueOf(model->look(fixture.picture, fixture.regions));
    const auto compared = model->compare(*seen, kSentence, kNoun);
    ASSERT_TRUE(compared.ok()) << compared.error().line();
    EXPECT_LT(test::largestDifference(compared->global.values, fixture.expected.floats("global")), test::kParity);
    EXPECT_LT(test::largestDifference(compared->local.values, fixture.expected.floats("local")), test::kParity);
    EXPECT_LT(test::largestDifference(compared->sentence.values, fixture.expected.floats("sentence")), test::kParity);
    expectScores(*compared, fixture.expected, {"0.0", "0.85", "1.0"});
    const auto refused = model->global(*seen, {Silencing::attention, 1});
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().line().find("has no tokens to hide"), std::string::npos);
}

TEST(GlobalLocalFeatures, ManyRegionsAreManyTimesOne) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const auto model = open(modelFolder(place, "vit"));
    std::vector<Region> many;
    for (int i = 0; i < 41; ++i) {
        many.insert(many.end(), fixture.regions.begin(), fixture.regions.end());
    }
    const auto seen = test::valueOf(model->look(fixture.picture, many));
    for (const auto& [found, name] :
         {std::pair(model->global(*seen), "global_last3"), {model->local(*seen), "local"}}) {
        ASSERT_TRUE(found.ok()) << found.error().line();
        ASSERT_EQ(found->rows, 205);
        const std::vector<float> wanted = fixture.expected.floats(name);
        for (std::int64_t i = 0; i < found->rows; ++i) {
            const auto row = found->row(i);
            EXPECT_TRUE(std::equal(row.begin(), row.end(), wanted.begin() + (i % 5) * 24,
                                   [](float a, float b) { return std::abs(a - b) < test::kParity; }))
                << name << " " << i;
        }
    }
}

TEST(GlobalLocalFeatures, WhatWasComputedIsKept) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const auto model = open(modelFolder(place, "vit"));
    const auto seen = test::valueOf(model->look(fixture.picture, fixture.regions));
    ASSERT_TRUE(model->compare(*seen, kSentence, kNoun).ok());
    // A stop is seen by whoever computes.
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(model->compare(*seen, kSentence, kNoun, {}, stop.get_token()).ok());
    const auto other = model->compare(*seen, kSentence, kNoun, {Silencing::tokens, 2}, stop.get_token());
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().kind, ErrorKind::cancelled);
    EXPECT_TRUE(model->compare(*seen, "another", kNoun).ok());
}

TEST(GlobalLocalFeatures, WhatCannotBeIsSaid) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const auto model = open(modelFolder(place, "vit"));
    const auto line = [&](std::vector<Region> regions) {
        const auto seen = model->look(fixture.picture, std::move(regions));
        return seen ? std::string("taken") : seen.error().line();
    };
    EXPECT_EQ(line({}), "taken");
    EXPECT_NE(line({fixture.regions[0], {runsFromMask(Mask(72, 48)), {}}}).find("region 2 is empty"),
              std::string::npos);
    EXPECT_NE(line({{runsFromMask(Mask(72, 47, 255)), {}}}).find("72x47"), std::string::npos);
    EXPECT_NE(line({{fixture.regions[0].mask, {60, 0, 13, 9}}}).find("box outside"), std::string::npos);
    EXPECT_FALSE(model->look(nullptr, {}).ok());
    const auto none = test::valueOf(model->look(fixture.picture, {}));
    EXPECT_EQ(test::valueOf(model->compare(*none, kSentence, kNoun)).global.rows, 0);
    const auto seen = test::valueOf(model->look(fixture.picture, fixture.regions));
    for (const std::int64_t k : {0, 5, -1}) {
        const auto wrong = model->global(*seen, {Silencing::tokens, k});
        ASSERT_FALSE(wrong.ok());
        EXPECT_NE(wrong.error().line().find("from 1 to 4"), std::string::npos);
    }
    EXPECT_EQ(model->text(" ").error().kind, ErrorKind::usage);
    const auto stranger = open(modelFolder(place, "rn"));
    EXPECT_FALSE(stranger->local(*seen).ok());
    // A text of any length is an answer.
    EXPECT_TRUE(test::valueOf(model->text(std::string(10'000, 'a'))).truncated);
}

// One download feeds both methods.
TEST(GlobalLocalModels, ClipSegServesAsClip) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const std::string folder = test::copyModel(place, "refined");
    const auto model = open(folder);
    EXPECT_EQ(model->facts().tower, "clip_vit");
    const auto seen = test::valueOf(model->look(fixture.picture, fixture.regions));
    const auto text = test::valueOf(model->text("a cat"));
    const std::vector<float> wanted = test::expected("refined").floats("text_embeds");
    EXPECT_LT(test::largestDifference(text.values.values, std::vector(wanted.begin(), wanted.begin() + 20)),
              test::kParity);
    EXPECT_EQ(test::valueOf(model->global(*seen)).rows, 5);
}

// The tiny model with a feature at every position.
TEST(GlobalLocalModels, AFeatureAtEveryPositionServesToo) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const auto model = open(test::copyModel(place, "lite"));
    EXPECT_EQ(model->facts().tower, "efficientnet_lite");
    const auto seen = test::valueOf(model->look(fixture.picture, fixture.regions));
    const auto compared = test::valueOf(model->compare(*seen, "a cat", "a cat"));
    EXPECT_EQ(compared.global.rows, 5);
    EXPECT_EQ(compared.global.width, 20);
    // The region that is everything, cut out, is the picture; only its side differs.
    const auto row = compared.global.row(3);
    EXPECT_TRUE(std::any_of(row.begin(), row.end(), [](float x) { return x != 0; }));
    for (std::int64_t i = 0; i < 5; ++i) {
        double length = 0;
        for (const float x : compared.global.row(i)) {
            length += double(x) * x;
        }
        EXPECT_LE(length, 1 + 1e-4);  // a mean of unit vectors
    }
    // k says nothing there.
    const auto same = test::valueOf(model->global(*seen, {Silencing::tokens, 11}));
    EXPECT_EQ(same.values, compared.global.values);
}

// They go through the network by their shapes.
TEST(GlobalLocalModels, CutOutsAreAnsweredInTheRegionsOrder) {
    const test::TemporaryFolder place;
    const Fixture fixture("vit");
    const std::string folder = test::copyModel(place, "lite");
    const fs::path config = fs::path(folder) / "config.json";
    Json json = Json::parse(test::readText(config));
    json["keep_aspect"] = true;
    test::writeText(config, json.dump());
    const auto model = open(folder);
    std::vector<Region> regions;
    for (const Box& box : {Box{2, 3, 30, 4}, Box{5, 5, 6, 30}, Box{0, 0, 29, 5}, Box{8, 1, 20, 20}}) {
        Mask mask(fixture.picture->width, fixture.picture->height);
        for (int y = box.y; y < std::min(mask.height, box.y + box.height); ++y) {
            for (int x = box.x; x < std::min(mask.width, box.x + box.width); ++x) {
                mask.at(x, y) = 255;
            }
        }
        regions.push_back({runsFromMask(mask), {}});
    }
    const auto all = test::valueOf(model->local(*test::valueOf(model->look(fixture.picture, regions))));
    ASSERT_EQ(all.rows, 4);
    for (std::int64_t i = 0; i < all.rows; ++i) {
        const auto alone = test::valueOf(
            model->local(*test::valueOf(model->look(fixture.picture, {regions[static_cast<std::size_t>(i)]}))));
        const auto row = all.row(i);
        EXPECT_LT(test::largestDifference(std::vector<float>(row.begin(), row.end()), alone.values), test::kParity)
            << i;
    }
}

TEST(GlobalLocalModels, FoldersThatAreNoneAreRefused) {
    const test::TemporaryFolder place;
    const auto line = [](const std::string& folder) {
        const auto opened = GlobalLocal::open({folder, "cpu", "float32", 1});
        return opened ? std::string("taken") : opened.error().line();
    };
    const std::string folder = modelFolder(place, "rn");
    const fs::path config = fs::path(folder) / "open_clip_config.json";
    const std::string whole = test::readText(config);
    const auto with = [&](const std::string& path, const Json& value) {
        Json json = Json::parse(whole);
        json[Json::json_pointer(path)] = value;
        test::writeText(config, json.dump());
        return line(folder);
    };
    EXPECT_NE(with("/model_cfg/vision_cfg/timm_model_name", "vit_base").find("timm_model_name"), std::string::npos);
    EXPECT_NE(with("/model_cfg/custom_text", true).find("custom_text"), std::string::npos);
    EXPECT_NE(with("/model_cfg/vision_cfg/layers", Json::array({1, 2, 1})).find("layers has 3"), std::string::npos);
    EXPECT_NE(with("/model_cfg/vision_cfg/layers", Json::array({1, 2, 2, 1})).find("layer3.1.bn1"), std::string::npos);
    EXPECT_NE(with("/model_cfg/text_cfg", 3).find("text_cfg"), std::string::npos);
    EXPECT_EQ(with("/model_cfg/vision_cfg/timm_model_name", nullptr), "taken");
    fs::remove(fs::path(folder) / "open_clip_model.safetensors");
    EXPECT_NE(line(folder).find("holds no open_clip_model.safetensors"), std::string::npos);
}

struct Case {
    const char *name, *layout;
    double tolerance;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Published : public testing::TestWithParam<Case> {};

// What Zero-shot-RIS computes with seeded models, where the reference material lies beside the project.
TEST_P(Published, EveryNumberIsTheReferences) {
    const auto& [name, layout, tolerance] = GetParam();
    const fs::path shared = test::sharedPath("reference");
    const fs::path file = shared / "expected" / ("glclip-" + std::string(name) + ".safetensors");
    if (!fs::exists(file)) {
        GTEST_SKIP() << "no reference material at " << shared;
    }
    const test::Expected expected(file);
    const auto about = test::valueOf(weights::SafetensorsFile::open(file.string())).metadata();
    const test::TemporaryFolder place;
    const std::string folder = (place.path() / "model").string();
    const char* python = std::getenv("MASKWRIGHT_PYTHON");
    const std::string command = std::string(python != nullptr ? python : "python3") + " '" +
                                (shared / "seeded_clip.py").string() + "' " + about.at("config") + " " +
                                about.at("seed") + " '" + folder + "' --layout " + layout + " > /dev/null 2>&1";
    if (std::system(command.c_str()) != 0) {
        GTEST_SKIP() << "python3 with numpy is needed to make the checkpoint";
    }
    const auto model = test::valueOf(GlobalLocal::open({folder, "cpu", "float32", 0}));
    const std::vector<Region> regions = regionsOf(expected);
    const Image photo =
        test::valueOf(image_io::read((shared / "images" / (about.at("image") + ".png")).string())).image;
    const auto picture = std::make_shared<Image>(
        resizeBilinearAntialiased(photo, regions.front().mask.width, regions.front().mask.height));
    const auto seen = test::valueOf(model->look(picture, regions));
    const auto compared = test::valueOf(model->compare(*seen, about.at("expression"), about.at("noun_phrase")));
    const auto expectFeatures = [&](const std::string& tensor, const Features& found) {
        EXPECT_LT(test::largestDifference(found.values, expected.floats(tensor)), tolerance) << tensor;
    };
    expectFeatures("local", compared.local);
    expectFeatures("sentence", compared.sentence);
    expectFeatures("noun_phrase", compared.nounPhrase);
    if (model->facts().tokens) {
        for (const std::int64_t k : {std::int64_t{1}, std::int64_t{3}, model->facts().blocks}) {
            expectFeatures("global_last" + std::to_string(k),
                           test::valueOf(model->global(*seen, {Silencing::tokens, k})));
        }
        expectFeatures("global_only_block_L_minus_2", test::valueOf(model->global(*seen, {Silencing::oneBlock, 2})));
    } else {
        expectFeatures("global", compared.global);
    }
    expectScores(compared, expected, {"0.0", "0.85", "0.95", "1.0"});
}

INSTANTIATE_TEST_SUITE_P(Cases, Published,
                         testing::Values(Case{"vit-tiny-11", "hf", test::kParity},
                                         Case{"vit-tiny-11", "open_clip", test::kParity},
                                         Case{"rn-tiny-12", "open_clip", test::kParity},
                                         Case{"vit-b32-13", "hf", test::kParityTrueSize},
                                         Case{"rn50-14", "open_clip", test::kParityTrueSize}));

}  // namespace
}  // namespace maskwright::session
