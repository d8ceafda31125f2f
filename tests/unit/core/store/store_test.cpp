#include "core/store/store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/store/licence.h"

namespace maskwright::store {
namespace {

namespace fs = std::filesystem;

// Two places, gone with the test; only the folders in them that a test makes are models.
class Store : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "maskwright-store-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        root = name;
        makeModel(root / "first" / "plain");
        makeModel(root / "second" / "plain");
        makeModel(root / "second" / "wide");
        fs::create_directories(root / "first" / "notes");
        // Empty entries and places that are not there are passed over.
        const std::string list = (root / "first").string() + "::/no/such/folder:" + (root / "second").string();
        setenv("MASKWRIGHT_MODELS", (":" + list).c_str(), 1);
    }
    void TearDown() override {
        unsetenv("MASKWRIGHT_MODELS");
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }
    static void makeModel(const fs::path& folder) {
        fs::create_directories(folder);
        std::ofstream(folder / "config.json") << "{}";
    }
    fs::path root;
};

TEST_F(Store, NamesAreFoundInThePlacesTheEarlierFirst) {
    EXPECT_EQ(find("plain")->folder, (root / "first" / "plain").string());
    EXPECT_EQ(find("wide")->folder, (root / "second" / "wide").string());
}

TEST_F(Store, TheCaseOfANameDoesNotMatter) {
    EXPECT_EQ(find("Plain")->folder, (root / "first" / "plain").string());
    EXPECT_EQ(find("PLAIN")->name, "plain");
    EXPECT_FALSE(find("plains").ok());
}

TEST_F(Store, EveryModelIsListedOnceAndAsFindHasIt) {
    const std::vector<Model> models = builtInModels();
    const auto named = [&](const char* name) {
        return std::count_if(models.begin(), models.end(), [&](const Model& m) { return m.name == name; });
    };
    EXPECT_EQ(named("plain"), 1);
    EXPECT_EQ(named("wide"), 1);
    EXPECT_EQ(named("notes"), 0);
    for (const Model& model : models) {
        EXPECT_EQ(*find(model.name), model);
    }
}

TEST_F(Store, FoldersAreTakenAsTheyAre) {
    const std::string folder = (root / "second" / "plain").string();
    EXPECT_EQ(*find(folder), (Model{"plain", folder}));
    EXPECT_EQ(*find(folder + "/"), (Model{"plain", folder + "/"}));
}

TEST_F(Store, AClipAloneIsToldFromAClipSeg) {
    const fs::path folder = root / "first" / "plain";
    const auto write = [&](const char* text) { std::ofstream(folder / "config.json") << text; };
    write(R"({"model_type": "clipseg"})");
    EXPECT_FALSE(*isClipAlone(folder.string()));
    write(R"({"model_type": "clip"})");
    EXPECT_TRUE(*isClipAlone(folder.string()));
    write("{");
    EXPECT_FALSE(isClipAlone(folder.string()).ok());
    fs::remove(folder / "config.json");
    EXPECT_TRUE(*isClipAlone(folder.string())) << "as open_clip has them";
}

TEST_F(Store, LicencesAreReadInNoticeOrCard) {
    const fs::path folder = root / "first" / "plain";
    EXPECT_EQ(licencesIn(folder.string()), "");
    std::ofstream(folder / "README.md") << "---\nlicense: mit\n---\n";
    EXPECT_EQ(licencesIn(folder.string()), "mit");
    std::ofstream(folder / "NOTICE") << "Part\n  Licence   GPL-3.0\nOther\n  Licence   Apache-2.0\n";
    EXPECT_EQ(licencesIn(folder.string()), "GPL-3.0, Apache-2.0");
}

TEST_F(Store, UnknownNamesListTheKnown) {
    const auto found = find("no-such-model");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().kind, ErrorKind::weights);
    EXPECT_EQ(found.error().what.text(), "there is no built-in model or folder called \"no-such-model\"");
    EXPECT_NE(found.error().advice.text().find("plain"), std::string::npos) << found.error().line();
    const auto folder = find("/no/such/folder");
    ASSERT_FALSE(folder.ok());
    EXPECT_EQ(folder.error().what.text(), "there is no model folder \"/no/such/folder\"");
    EXPECT_EQ(find("").error().kind, ErrorKind::usage);
}

}  // namespace
}  // namespace maskwright::store
