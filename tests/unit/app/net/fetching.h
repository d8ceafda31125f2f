// A hub, a place for models, and a fetch with little patience: what the tests of the downloader share.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

#include "app/net/qt_transport.h"
#include "core/store/fetch.h"
#include "core/store/staging.h"
#include "tests/support/hub_server.h"
#include "tests/support/model_fixture.h"

namespace maskwright::net {

namespace fs = std::filesystem;

class Fetching : public testing::Test {
  protected:
    Fetching() : hub("CIDAS/clipseg-rd64-refined") {
        for (const char* variable : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "HF_TOKEN",
                                     "HF_ENDPOINT", "MASKWRIGHT_MODELS"}) {
            unsetenv(variable);
        }
        setenv("HF_ENDPOINT", hub.url().c_str(), 1);
        // Larger than what one read of a socket brings, and of no repeating pattern.
        std::string weights;
        for (std::uint32_t i = 0, x = 1; i < 400'000; ++i) {
            x = x * 1664525u + 1013904223u;
            weights += static_cast<char>(x >> 24);
        }
        hub.files = {{"config.json", R"({"model_type": "clipseg"})"},
                     {"preprocessor_config.json", "{}"},
                     {"vocab.json", R"({"a": 0})"},
                     {"merges.txt", "#version: 0.2\n"},
                     {"README.md", "---\nlicense: apache-2.0\n---\n"},
                     {"model.safetensors", weights},
                     {"pytorch_model.bin", "the same once more"},
                     {"tf_model.h5", "for others"}};
        options.place = (folder.path() / "models").string();
        options.patience = {5, std::chrono::milliseconds(5), std::chrono::seconds(2)};
    }
    ~Fetching() override { unsetenv("HF_ENDPOINT"); }

    Result<store::Fetched> fetch(const std::string& name = "clipseg-rd64-refined") {
        meet();
        QtTransport transport(quiet);
        auto fetched = store::fetch(name, transport, options, progress, stop.get_token());
        meet();
        return fetched;
    }
    // What a test changes of its servers, and what they write for it, is ordered by connections, which the thread
    // sanitizer does not see; it sees the servers' locks.
    void meet() const {
        (void)hub.server().asked();
        (void)hub.cdn().asked();
    }
    [[nodiscard]] fs::path model(const std::string& file = "") const {
        return fs::path(options.place) / "clipseg-rd64-refined" / file;
    }
    // Everything came, and is what the hub has.
    void expectWhole() {
        const auto fetched = fetch();
        ASSERT_TRUE(fetched.ok()) << fetched.error().line();
        EXPECT_EQ(test::readText(model("model.safetensors")), hub.files.at("model.safetensors"));
        EXPECT_FALSE(fs::exists(store::stagingFolder(options.place, "clipseg-rd64-refined")));
    }
    // It fails so, and no folder of the model's is there.
    void expectError(ErrorKind kind, const std::string& words) {
        const auto fetched = fetch();
        ASSERT_FALSE(fetched.ok());
        EXPECT_EQ(fetched.error().kind, kind) << fetched.error().line();
        EXPECT_THAT(fetched.error().line(), testing::HasSubstr(words));
        EXPECT_FALSE(fs::exists(model()));
    }
    // How many bytes of the weights lie there and wait.
    [[nodiscard]] std::uint64_t partBytes() const {
        std::error_code none;
        const auto size =
            fs::file_size(store::stagingFolder(options.place, "clipseg-rd64-refined") / "model.safetensors.part", none);
        return none ? 0 : size;
    }
    // How often the weights were asked for. Qt asks once or twice more by itself where a connection ends before it has
    // read of the answer.
    [[nodiscard]] std::size_t attempts() const { return hub.cdn().askedFor("model.safetensors").size(); }
    // The ranges that the weights were asked for by, in order, each once; "" for all of them.
    [[nodiscard]] std::vector<std::string> ranges() const {
        std::vector<std::string> all;
        for (const auto& asked : hub.cdn().askedFor("model.safetensors")) {
            all.push_back(asked.header("range"));
        }
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    test::TemporaryFolder folder;
    test::HubServer hub;
    store::FetchOptions options;
    store::FetchSink progress;
    std::stop_source stop;
    std::chrono::milliseconds quiet{20'000};
};

}  // namespace maskwright::net
