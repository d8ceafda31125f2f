#include "core/store/fetch.h"

#include <sys/resource.h>

#include <csignal>

#include "core/weights/safetensors.h"
#include "tests/unit/app/net/fetching.h"

namespace maskwright::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(Fetching, BringsWhatAModelNeedsAndNothingElse) {
    expectWhole();
    for (const char* name : {"config.json", "preprocessor_config.json", "vocab.json", "merges.txt", "README.md"}) {
        EXPECT_EQ(test::readText(model(name)), hub.files.at(name)) << name;
    }
    EXPECT_FALSE(fs::exists(model("pytorch_model.bin")));
    EXPECT_FALSE(fs::exists(model("tf_model.h5")));
    const Json note = Json::parse(test::readText(model("maskwright-model.json")));
    EXPECT_EQ(note.at("repository"), "CIDAS/clipseg-rd64-refined");
    EXPECT_EQ(note.at("commit"), hub.commit);
    EXPECT_EQ(note.at("files").size(), 6u);
    // The version that the listing named, not whatever is newest by then.
    for (const auto& asked : hub.server().askedFor("/resolve/")) {
        EXPECT_THAT(asked.target, HasSubstr("/resolve/" + hub.commit + "/"));
    }
}

TEST_F(Fetching, WhatIsThereIsNotAskedForAgain) {
    expectWhole();
    const std::size_t before = hub.server().asked().size();
    const auto again = fetch();
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->wasThere);
    EXPECT_EQ(again->commit, hub.commit);
    EXPECT_EQ(hub.server().asked().size(), before);
}

TEST_F(Fetching, ANameThatIsAnotherRepositorysIsRefused) {
    expectWhole();
    const std::string note = test::readText(model("maskwright-model.json"));
    const auto other = fetch("somebody/clipseg-rd64-refined");
    ASSERT_FALSE(other.ok()) << "it would be taken for the other's";
    EXPECT_EQ(other.error().kind, ErrorKind::usage);
    EXPECT_THAT(other.error().line(), HasSubstr("is there already, which came from CIDAS/clipseg-rd64-refined"));
    EXPECT_EQ(test::readText(model("maskwright-model.json")), note);
    EXPECT_TRUE(fetch("cidas/CLIPSeg-rd64-refined").ok()) << "the same in another case";
}

TEST_F(Fetching, TheTokenGoesToTheHubAndToNobodyElse) {
    setenv("HF_TOKEN", "hf_secret", 1);
    expectWhole();
    for (const auto& asked : hub.server().asked()) {
        EXPECT_EQ(asked.header("authorization"), "Bearer hf_secret") << asked.target;
    }
    ASSERT_FALSE(hub.cdn().asked().empty());
    for (const auto& asked : hub.cdn().asked()) {
        EXPECT_EQ(asked.header("authorization"), "") << asked.target;
    }
}

TEST_F(Fetching, AMirrorGetsNoToken) {
    setenv("HF_TOKEN", "hf_secret", 1);
    setenv("HF_ENDPOINT", "https://hub.invalid", 1);
    options.mirror = hub.url();
    expectWhole();
    for (const auto& asked : hub.server().asked()) {
        EXPECT_EQ(asked.header("authorization"), "") << asked.target;
    }
    unsetenv("HF_TOKEN");
}

TEST_F(Fetching, StopsAndGoesOnWhereItWas) {
    // After a quarter of the weights nothing more comes, until it is stopped.
    hub.twistCdn = [](const test::HttpAsked& asked, test::HttpAnswer& answer) {
        if (asked.header("range").empty()) {
            answer.cutAfter = 100'000;
            answer.pauseAfterCut = std::chrono::seconds(20);
        }
    };
    progress = [&](const store::FetchProgress& at) {
        if (at.file == "model.safetensors" && at.done >= 100'000) {
            stop.request_stop();
        }
    };
    expectError(ErrorKind::cancelled, "stopped");
    EXPECT_EQ(partBytes(), 100'000u);
    const auto unfinished = store::unfinishedIn(options.place);
    ASSERT_EQ(unfinished.size(), 1u);
    EXPECT_EQ(unfinished[0].name, "clipseg-rd64-refined");
    EXPECT_EQ(unfinished[0].repository, "CIDAS/clipseg-rd64-refined");
    EXPECT_GE(unfinished[0].bytes, 100'000u);
    EXPECT_LT(unfinished[0].bytes, unfinished[0].total);

    stop = {};
    progress = {};
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=100000-"));
    std::string mark = "\"";
    mark += test::sha256Of(hub.files.at("model.safetensors")) + '"';
    EXPECT_EQ(hub.cdn().asked().back().header("if-range"), mark);
}

TEST_F(Fetching, AnotherVersionKeepsTheFilesThatAreTheSame) {
    hub.twistCdn = [](const test::HttpAsked& asked, test::HttpAnswer& answer) {
        if (asked.header("range").empty()) {
            answer.cutAfter = 100'000;
            answer.pauseAfterCut = std::chrono::seconds(20);
        }
    };
    progress = [&](const store::FetchProgress& at) {
        if (at.file == "model.safetensors" && at.done >= 100'000) {
            stop.request_stop();
        }
    };
    expectError(ErrorKind::cancelled, "stopped");
    stop = {};
    progress = {};
    hub.commit = std::string(40, 'b');
    hub.files["README.md"] += "another card\n";
    const std::size_t before = hub.server().asked().size();
    expectWhole();
    EXPECT_EQ(ranges().back(), "bytes=100000-");
    EXPECT_EQ(test::readText(model("README.md")), hub.files.at("README.md"));
    std::vector<std::string> anew;
    for (std::size_t i = before; i < hub.server().asked().size(); ++i) {
        const std::string target = hub.server().asked()[i].target;
        if (target.find("/resolve/") != std::string::npos) {
            anew.push_back(target.substr(target.rfind('/') + 1));
        }
    }
    EXPECT_THAT(anew, testing::UnorderedElementsAre("README.md", "model.safetensors"));
}

TEST_F(Fetching, AFullDiskIsSaidAndWhatCameIsKept) {
    // A limit of the size of files is the disk that a test can fill.
    signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 150'000;
    setrlimit(RLIMIT_FSIZE, &small);
    expectError(ErrorKind::output, "model.safetensors.part");
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(partBytes(), 150'000u);
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=150000-"));
}

TEST_F(Fetching, TheSpaceIsLookedAtFirst) {
    hub.twistHub = [](const test::HttpAsked& asked, test::HttpAnswer& answer) {
        if (asked.target.starts_with("/api/")) {
            Json listing = Json::parse(answer.body);
            for (Json& one : listing["siblings"]) {
                if (one.contains("lfs")) {
                    one["lfs"]["size"] = std::uint64_t{1} << 39;
                }
            }
            answer.body = listing.dump();
        }
    };
    expectError(ErrorKind::output, "MB free");
    EXPECT_TRUE(hub.cdn().asked().empty());
}

TEST_F(Fetching, AModelThatDoesNotOpenIsNotThere) {
    options.check = [](const std::string&) -> Result<void> {
        return Error{ErrorKind::weights, "its tensors do not fit", ""};
    };
    expectError(ErrorKind::weights, "do not fit");
    options.check = [&](const std::string& at) -> Result<void> {
        EXPECT_TRUE(fs::exists(fs::path(at) / "model.safetensors"));
        EXPECT_FALSE(fs::exists(model()));
        return {};
    };
    expectWhole();
}

TEST_F(Fetching, PicklesAreConvertedWhereThereAreNoSafetensors) {
    hub.files.erase("model.safetensors");
    hub.files["pytorch_model.bin"] = test::readText(test::reference() / "pickle" / "good-zip.pth");
    const auto fetched = fetch();
    ASSERT_TRUE(fetched.ok()) << fetched.error().line();
    EXPECT_TRUE(fetched->converted);
    EXPECT_FALSE(fs::exists(model("pytorch_model.bin")));
    const auto made = weights::SafetensorsFile::open(model("model.safetensors").string());
    const auto wanted =
        weights::SafetensorsFile::open((test::reference() / "pickle" / "expected.safetensors").string());
    ASSERT_TRUE(made.ok() && wanted.ok());
    ASSERT_FALSE(made->tensors().empty());
    for (const auto& [name, info] : made->tensors()) {
        const auto same = wanted->tensors().find(name);
        ASSERT_NE(same, wanted->tensors().end()) << name;
        std::vector<std::byte> a(info.end - info.begin), b(same->second.end - same->second.begin);
        ASSERT_TRUE(made->read(info, a).ok() && wanted->read(same->second, b).ok());
        EXPECT_EQ(a, b) << name;
    }
}

TEST_F(Fetching, APickleWithCodeIsRefused) {
    hub.files.erase("model.safetensors");
    hub.files["pytorch_model.bin"] = test::readText(test::reference() / "pickle" / "bad-system-zip.pth");
    expectError(ErrorKind::weights, "cannot be converted");
}

TEST_F(Fetching, TwoAtATimeAreNotOneModel) {
    const auto first = store::Staging::open(options.place, "clipseg-rd64-refined");
    ASSERT_TRUE(first.ok());
    expectError(ErrorKind::usage, "already");
}

TEST_F(Fetching, NamesAreChecked) {
    for (const char* name : {"no-such-model", "../up", "a/b/c", "a/..", "CIDAS/.hidden", ""}) {
        const auto fetched = fetch(name);
        ASSERT_FALSE(fetched.ok()) << name;
        EXPECT_EQ(fetched.error().kind, ErrorKind::usage) << name;
    }
    EXPECT_TRUE(hub.server().asked().empty());
}

}  // namespace
}  // namespace maskwright::net
