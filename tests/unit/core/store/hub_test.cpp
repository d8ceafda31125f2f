#include "core/store/hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/git_blob.h"
#include "core/base/json.h"
#include "core/base/repository.h"
#include "core/store/catalogue.h"
#include "core/store/hub_client.h"

namespace maskwright::store {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

const std::string kSha256(64, 'c'), kGit(40, 'd'), kCommit(40, 'a');

HubListing listingOf(const std::vector<std::string>& names) {
    HubListing listing{kCommit, {}};
    std::uint64_t size = 1000;
    for (const std::string& name : names) {
        listing.files.push_back({name, size--, "", kGit});
    }
    return listing;
}

std::vector<std::string> planned(const std::vector<std::string>& names) {
    const auto plan = planOf(listingOf(names), "a/b");
    std::vector<std::string> files;
    if (plan) {
        for (const HubFile& file : plan->files) {
            files.push_back(file.path);
        }
    }
    return files;
}

TEST(Hub, NamesContentsAsGitDoes) {
    // `printf 'what is up, doc?' | git hash-object --stdin`: the example of Pro Git, "Git Internals - Git Objects".
    GitBlob sum(16);
    const std::string text = "what is up, doc?";
    sum.update(std::as_bytes(std::span(text).first(5)));
    sum.update(std::as_bytes(std::span(text).subspan(5)));
    EXPECT_EQ(sum.finish(), "bd9dbf5aae1a3862dd1526723246b20206e5fc37");
    EXPECT_EQ(GitBlob(0).finish(), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}

TEST(Hub, ReadsAListing) {
    const Json answer = {{"id", "a/b"},
                         {"sha", kCommit},
                         {"siblings",
                          {{{"rfilename", "config.json"}, {"size", 5}, {"blobId", kGit}},
                           {{"rfilename", "model.safetensors"},
                            {"size", 134},
                            {"blobId", std::string(40, 'e')},
                            {"lfs", {{"sha256", kSha256}, {"size", 603'000'000}, {"pointerSize", 134}}}},
                           {{"rfilename", "no-hash.json"}, {"size", 5}},
                           {{"rfilename", "no-size.json"}, {"blobId", kGit}},
                           {{"rfilename", "wrong-hash.json"}, {"size", 5}, {"blobId", "../../etc/passwd"}},
                           {{"rfilename", "negative.json"}, {"size", -5}, {"blobId", kGit}},
                           "not an object"}}};
    const auto listing = parseListing(answer.dump(), "hub");
    ASSERT_TRUE(listing.ok()) << listing.error().line();
    EXPECT_EQ(listing->commit, kCommit);
    EXPECT_THAT(listing->files, ElementsAre(HubFile{"config.json", 5, "", kGit},
                                            HubFile{"model.safetensors", 603'000'000, kSha256, ""}));
}

TEST(Hub, PrefersSafetensorsToPickles) {
    EXPECT_THAT(planned({"config.json", "model.safetensors", "pytorch_model.bin", "flax_model.msgpack", "vocab.json",
                         "merges.txt", "preprocessor_config.json", ".gitattributes", "README.md"}),
                UnorderedElementsAre("config.json", "model.safetensors", "vocab.json", "merges.txt",
                                     "preprocessor_config.json", "README.md"));
    const auto old = planOf(listingOf({"config.json", "pytorch_model.bin", "tokenizer.json"}), "a/b");
    ASSERT_TRUE(old.ok());
    EXPECT_EQ(old->toConvert, "pytorch_model.bin");
    EXPECT_EQ(convertedName(old->toConvert), "model.safetensors");
}

TEST(Hub, TakesAllPartsOfWeights) {
    EXPECT_THAT(planned({"config.json", "model.safetensors.index.json", "model-00001-of-00002.safetensors",
                         "model-00002-of-00002.safetensors", "model-x-of-00002.safetensors", "tokenizer.json"}),
                UnorderedElementsAre("config.json", "model.safetensors.index.json", "model-00001-of-00002.safetensors",
                                     "model-00002-of-00002.safetensors", "tokenizer.json"));
}

TEST(Hub, OfTimmsRepositoriesOpenClipsFilesAreTaken) {
    EXPECT_THAT(planned({"config.json", "model.safetensors", "open_clip_config.json", "open_clip_model.safetensors",
                         "open_clip_pytorch_model.bin", "tokenizer.json", "vocab.json", "merges.txt"}),
                UnorderedElementsAre("open_clip_config.json", "open_clip_model.safetensors", "tokenizer.json",
                                     "vocab.json", "merges.txt"));
    const auto old =
        planOf(listingOf({"open_clip_config.json", "open_clip_pytorch_model.bin", "tokenizer.json"}), "a/b");
    ASSERT_TRUE(old.ok());
    EXPECT_EQ(convertedName(old->toConvert), "open_clip_model.safetensors");
}

TEST(Hub, WhatIsNoModelIsRefused) {
    for (const std::vector<std::string>& names : {std::vector<std::string>{},
                                                  {"config.json", "tokenizer.json"},
                                                  {"config.json", "model.safetensors"},
                                                  {"model.safetensors", "tokenizer.json"},
                                                  {"config.json", "model.safetensors", "vocab.json"}}) {
        EXPECT_FALSE(planOf(listingOf(names), "a/b").ok());
    }
}

TEST(Hub, TheEndpointIsTheMirrorOrHfEndpointOrTheHub) {
    unsetenv("HF_ENDPOINT");
    EXPECT_EQ(Endpoint::choose("")->url.text(), "https://huggingface.co/");
    setenv("HF_ENDPOINT", "https://hub.example.com/sub/", 1);
    const auto own = Endpoint::choose("");
    EXPECT_EQ(fileUrl(*own, "a/b", kCommit, "x").text(), "https://hub.example.com/sub/a/b/resolve/" + kCommit + "/x");
    EXPECT_EQ(listingUrl(*own, "a/b").text(), "https://hub.example.com/sub/api/models/a/b/revision/main?blobs=true");
    EXPECT_FALSE(own->mirror);
    const auto mirror = Endpoint::choose("https://mirror.example.com");
    EXPECT_EQ(mirror->url.host, "mirror.example.com");
    EXPECT_TRUE(mirror->mirror);
    unsetenv("HF_ENDPOINT");
    for (const char* text : {"mirror.example.com", "http://mirror.example.com", "https://h/?x", "https://h/#x"}) {
        const auto wrong = Endpoint::choose(text);
        ASSERT_FALSE(wrong.ok()) << text;
        EXPECT_EQ(wrong.error().kind, ErrorKind::usage) << text;
    }
    EXPECT_TRUE(Endpoint::choose("http://localhost:8000").ok());
}

TEST(Hub, TokensThatCannotStandInAHeaderAreLeftOut) {
    setenv("HF_TOKEN", "hf_x\r\nX-Evil: 1", 1);
    EXPECT_EQ(hubToken(), "");
    setenv("HF_TOKEN", "hf_abc", 1);
    EXPECT_EQ(hubToken(), "hf_abc");
    unsetenv("HF_TOKEN");
    EXPECT_EQ(hubToken(), "");
}

TEST(Hub, WaitsAreReadAsSecondsAndAsDates) {
    const auto waitOf = [](const std::string& text) {
        return refusalOf({429, {{"retry-after", text}}}, "x", 784'111'700).wait;
    };
    EXPECT_EQ(waitOf("77"), 77);
    // 784111777: RFC 9110's example of a date.
    EXPECT_EQ(waitOf("Sun, 06 Nov 1994 08:49:37 GMT"), 77);
    EXPECT_EQ(waitOf("Sun, 06 Nov 1994 08:00:00 GMT"), 0);
    EXPECT_EQ(waitOf("soon"), std::nullopt);
    EXPECT_EQ(waitOf("-5"), std::nullopt);
    EXPECT_FALSE(refusalOf({404, {}}, "x", 0).passing);
    EXPECT_TRUE(refusalOf({503, {}}, "x", 0).passing);
}

TEST(Catalogue, EveryModelHasWhatAPersonAsksFor) {
    for (const Published& one : publishedModels()) {
        EXPECT_TRUE(isRepository(one.repository)) << one.name;
        EXPECT_FALSE(one.licence.empty()) << one.name;
        EXPECT_GT(one.bytes, 100'000'000u) << one.name;
        EXPECT_FALSE(one.purpose.empty()) << one.name;
        EXPECT_EQ(findPublished(one.name), &one);
        EXPECT_EQ(findPublished(one.repository), &one);
    }
    EXPECT_EQ(findPublished("CLIPSeg-RD64-Refined"), findPublished("clipseg-rd64-refined"));
    EXPECT_EQ(findPublished("sight"), nullptr);
}

}  // namespace
}  // namespace maskwright::store
