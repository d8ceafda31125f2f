#include "core/store/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/store/staging.h"
#include "core/weights/safetensors.h"
#include "tests/support/model_fixture.h"

namespace maskwright::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Import : public testing::Test {
  protected:
    Import() {
        setenv("XDG_DATA_HOME", (folder.path() / "data").c_str(), 1);
        unsetenv("MASKWRIGHT_MODELS");
        source = test::copyModel(folder, "plain");
    }
    ~Import() override { unsetenv("XDG_DATA_HOME"); }
    void expectError(const std::string& path, ErrorKind kind, const std::string& words) {
        const auto model = importModel(path, options);
        ASSERT_FALSE(model.ok()) << path;
        EXPECT_EQ(model.error().kind, kind) << model.error().line();
        EXPECT_THAT(model.error().line(), HasSubstr(words));
    }
    test::TemporaryFolder folder;
    std::string source;
    ImportOptions options;
};

TEST_F(Import, AFolderIsCopiedAndFoundByItsName) {
    test::writeText(fs::path(source) / "tf_model.h5", "for others");
    test::writeText(fs::path(source) / ".hidden", "x");
    const auto model = importModel(source, options);
    ASSERT_TRUE(model.ok()) << model.error().line();
    EXPECT_EQ(model->name, "plain");
    EXPECT_EQ(model->folder, userPlace() + "/plain");
    EXPECT_EQ(*find("Plain"), *model);
    EXPECT_EQ(test::readText(fs::path(model->folder) / "model.safetensors"),
              test::readText(fs::path(source) / "model.safetensors"));
    EXPECT_FALSE(fs::exists(fs::path(model->folder) / "tf_model.h5"));
    EXPECT_FALSE(fs::exists(fs::path(model->folder) / ".hidden"));
    const auto own = userModels();
    ASSERT_EQ(own.size(), 1u);
    EXPECT_EQ(own[0].origin.importedFrom, source);
    EXPECT_GT(own[0].bytes, 1000u);
    EXPECT_TRUE(unfinishedIn(userPlace()).empty());
}

TEST_F(Import, ASnapshotOfTheHubsCacheHasItsRepositorysName) {
    const fs::path cache = folder.path() / "hub" / "models--CIDAS--clipseg-rd16";
    fs::create_directories(cache / "blobs");
    fs::create_directories(cache / "snapshots" / std::string(40, 'f'));
    for (const auto& file : fs::directory_iterator(source)) {
        fs::copy_file(file.path(), cache / "blobs" / file.path().filename());
        fs::create_symlink(fs::path("../../blobs") / file.path().filename(),
                           cache / "snapshots" / std::string(40, 'f') / file.path().filename());
    }
    const auto model = importModel((cache / "snapshots" / std::string(40, 'f')).string() + "/", options);
    ASSERT_TRUE(model.ok()) << model.error().line();
    EXPECT_EQ(model->name, "clipseg-rd16");
    EXPECT_FALSE(fs::is_symlink(fs::path(model->folder) / "config.json"));
}

TEST_F(Import, WhatIsWrongIsSaidOfThePersonsOwnFile) {
    options.check = [](const std::string& opened) -> Result<void> {
        return Error{ErrorKind::weights, message("%1: %2", opened + "/config.json", Message("it is damaged")), ""};
    };
    for (const char* end : {"", "/"}) {
        const auto model = importModel(source + end, options);
        ASSERT_FALSE(model.ok());
        EXPECT_EQ(model.error().line(), source + "/config.json: it is damaged");
    }
}

TEST_F(Import, AFileInAFolderIsTheFolder) {
    options.name = "mine";
    const auto model = importModel(source + "/model.safetensors", options);
    ASSERT_TRUE(model.ok()) << model.error().line();
    EXPECT_EQ(model->name, "mine");
    EXPECT_TRUE(fs::exists(fs::path(model->folder) / "config.json"));
}

TEST_F(Import, PicklesAreConverted) {
    fs::remove(fs::path(source) / "model.safetensors");
    fs::copy_file(test::reference() / "pickle" / "good-zip.pth", fs::path(source) / "pytorch_model.bin");
    const auto model = importModel(source, options);
    ASSERT_TRUE(model.ok()) << model.error().line();
    const auto made = weights::SafetensorsFile::open(model->folder + "/model.safetensors");
    ASSERT_TRUE(made.ok());
    EXPECT_FALSE(made->tensors().empty());
    EXPECT_FALSE(fs::exists(fs::path(model->folder) / "pytorch_model.bin"));
    EXPECT_TRUE(fs::exists(fs::path(source) / "pytorch_model.bin"));
}

TEST_F(Import, WhatDoesNotOpenLeavesNothing) {
    options.check = [](const std::string&) -> Result<void> { return Error{ErrorKind::weights, "no model", ""}; };
    expectError(source, ErrorKind::weights, "no model");
    EXPECT_TRUE(fs::is_empty(userPlace()));
    options.check = {};
    fs::copy_file(test::reference() / "pickle" / "bad-system-zip.pth", fs::path(source) / "pytorch_model.bin");
    fs::remove(fs::path(source) / "model.safetensors");
    expectError(source, ErrorKind::weights, "cannot be converted");
    EXPECT_TRUE(fs::is_empty(userPlace()));
}

TEST_F(Import, WhatIsNoModelIsSaid) {
    expectError((folder.path() / "nothing").string(), ErrorKind::weights, "no model folder or file");
    fs::create_directories(folder.path() / "empty");
    expectError((folder.path() / "empty").string(), ErrorKind::weights, "config.json");
    expectError((test::reference() / "pickle" / "decoder-plain.pth").string(), ErrorKind::usage, "--clip");
    // Nobody is asked for the CLIP of what is no decoder.
    expectError((test::reference() / "pickle" / "good-zip.pth").string(), ErrorKind::weights, "no CLIPSeg decoder");
}

TEST_F(Import, NamesThatAreTakenOrUnfit) {
    ASSERT_TRUE(importModel(source, options).ok());
    expectError(source, ErrorKind::usage, "there already");
    options.name = "mini";  // of the source tree
    expectError(source, ErrorKind::usage, "built-in");
    for (const char* name : {"a/b", ".x", "-x", "a b", "a\nb", ".."}) {
        options.name = name;
        expectError(source, ErrorKind::usage, "cannot be called");
    }
}

TEST_F(Import, AStopLeavesNothing) {
    std::stop_source stop;
    stop.request_stop();
    const auto model = importModel(source, options, {}, stop.get_token());
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().kind, ErrorKind::cancelled);
    EXPECT_TRUE(fs::is_empty(userPlace()));
}

TEST_F(Import, RemovedModelsAreGone) {
    ASSERT_TRUE(importModel(source, options).ok());
    ASSERT_TRUE(removeModel("plain").ok());
    EXPECT_FALSE(find("plain").ok());
    EXPECT_TRUE(fs::is_empty(userPlace()));
    for (const char* name : {"plain", "", "..", ".", "../data", "mini"}) {
        const auto removed = removeModel(name);
        ASSERT_FALSE(removed.ok()) << name;
        EXPECT_EQ(removed.error().kind, ErrorKind::usage) << name;
    }
    EXPECT_THAT(removeModel("mini").error().line(), HasSubstr("built in"));
    EXPECT_TRUE(fs::exists(userPlace()));
}

TEST_F(Import, UnfinishedDownloadsAreGivenUpByTheSameWord) {
    const fs::path part = stagingFolder(userPlace(), "clipseg-rd64");
    fs::create_directories(part);
    test::writeText(part / "model.safetensors.part", "x");
    ASSERT_EQ(unfinishedIn(userPlace()).size(), 1u);
    ASSERT_TRUE(removeModel("clipseg-rd64").ok());
    EXPECT_FALSE(fs::exists(part));
}

TEST_F(Import, APublishedModelThatIsNotHereSaysHowToGetIt) {
    const auto found = find("clipseg-rd64-refined");
    ASSERT_FALSE(found.ok());
    EXPECT_THAT(found.error().line(), HasSubstr("models fetch clipseg-rd64-refined"));
}

TEST(UserPlace, FollowsXdg) {
    setenv("XDG_DATA_HOME", "/data", 1);
    EXPECT_EQ(userPlace(), "/data/maskwright/models");
    setenv("XDG_DATA_HOME", "relative", 1);
    setenv("HOME", "/home/somebody", 1);
    EXPECT_EQ(userPlace(), "/home/somebody/.local/share/maskwright/models");
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    EXPECT_EQ(userPlace(), "");
    setenv("HOME", "/tmp", 1);
}

}  // namespace
}  // namespace maskwright::store
