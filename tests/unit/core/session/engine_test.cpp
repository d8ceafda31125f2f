#include "core/session/engine.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/session/clipseg_method.h"
#include "tests/support/model_fixture.h"

namespace maskwright::session {
namespace {

TEST(Engine, InfoIsTheModels) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    const auto engine = Engine::open({folder, "cpu", "float32", 1});
    ASSERT_TRUE(engine.ok()) << engine.error().line();
    const ModelInfo& info = (*engine)->info();
    EXPECT_EQ(info.name, "plain");
    EXPECT_EQ(info.folder, folder);
    EXPECT_EQ(info.device, "cpu");
    EXPECT_EQ(info.dtype, "float32");
    EXPECT_EQ(info.threads, 1);
    EXPECT_GT(info.parameters, 0);
    EXPECT_FALSE(info.blas.empty());
}

TEST(Engine, AClipSegFolderIsOpenedByClipSeg) {
    const test::TemporaryFolder place;
    const auto engine = Engine::open({test::copyModel(place, "plain"), "cpu", "float32", 1});
    ASSERT_TRUE(engine.ok()) << engine.error().line();
    ASSERT_NE((*engine)->clipseg(), nullptr);
    EXPECT_EQ((*engine)->clipseg(), &(*engine)->method());
    EXPECT_EQ(*needClipSeg(**engine), (*engine)->clipseg());
}

TEST(Engine, AFolderOfAnotherTypeIsRefused) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    std::string config = test::readText(folder + "/config.json");
    const std::size_t at = config.find("\"clipseg\"");
    ASSERT_NE(at, std::string::npos);
    test::writeText(folder + "/config.json", config.replace(at, 9, "\"owlvit\""));
    const auto engine = Engine::open({folder, "cpu", "float32", 1});
    ASSERT_FALSE(engine.ok());
    EXPECT_EQ(engine.error().kind, ErrorKind::weights);
    EXPECT_NE(engine.error().line().find("owlvit"), std::string::npos) << engine.error().line();
}

TEST(Engine, WrongOptionsAreNamed) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    EXPECT_EQ(Engine::open({folder, "gpu", "float32", 0}).error().kind, ErrorKind::usage);
    EXPECT_EQ(Engine::open({folder, "cpu", "float64", 0}).error().kind, ErrorKind::usage);
    const auto absent = Engine::open({folder, "cuda:99", "float32", 0});
    ASSERT_FALSE(absent.ok());
    EXPECT_EQ(absent.error().kind, ErrorKind::resource);
    EXPECT_NE(absent.error().line().find("--device cpu"), std::string::npos) << absent.error().line();
    EXPECT_EQ(Engine::open({place.path().string() + "/none", "cpu", "float32", 0}).error().kind, ErrorKind::weights);
    std::filesystem::resize_file(folder + "/model.safetensors", 1000);
    EXPECT_EQ(Engine::open({folder, "cpu", "float32", 0}).error().kind, ErrorKind::weights);
}

TEST(Tokenize, NeedsNoWeights) {
    const test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    std::filesystem::resize_file(folder + "/model.safetensors", 0);
    const auto tokens = tokenize(folder, "a cat");
    ASSERT_TRUE(tokens.ok()) << tokens.error().line();
    EXPECT_EQ(tokens->ids, (std::vector<std::int64_t>{812, 320, 658, 813}));
    EXPECT_FALSE(tokens->truncated);
    EXPECT_EQ(tokenize("/no/such/folder", "a cat").error().kind, ErrorKind::weights);
}

}  // namespace
}  // namespace maskwright::session
