// models: fetched from a hub on this computer by the program as it is, killed, gone on with, used, removed.
#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>

#include "tests/cli/program.h"
#include "tests/support/hub_server.h"
#include "tests/support/paths.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

class Models : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        for (const char* variable : {"http_proxy", "HTTP_PROXY", "all_proxy", "HF_TOKEN", "MASKWRIGHT_MODELS"}) {
            unsetenv(variable);
        }
        setenv("XDG_DATA_HOME", path("data").c_str(), 1);
        setenv("HF_ENDPOINT", hub.url().c_str(), 1);
        for (const auto& file : fs::directory_iterator(model)) {
            hub.files[file.path().filename().string()] = readText(file.path());
        }
    }
    void TearDown() override {
        unsetenv("XDG_DATA_HOME");
        unsetenv("HF_ENDPOINT");
    }
    [[nodiscard]] fs::path fetched(const std::string& file = "") const {
        return fs::path(path("data")) / "maskwright" / "models" / "clipseg-rd64-refined" / file;
    }
    [[nodiscard]] fs::path part() const {
        return fs::path(path("data")) / "maskwright" / "models" / ".clipseg-rd64-refined.part" /
               "model.safetensors.part";
    }
    // What list says of the model.
    [[nodiscard]] Json listed() const {
        for (const Json& line : run({"models", "list", "--json"}).json()) {
            if (line.at("name") == "clipseg-rd64-refined") {
                return line;
            }
        }
        return {};
    }
    // The first answer brings half of the weights and then nothing for a minute.
    void stallAtHalf() {
        half = hub.files.at("model.safetensors").size() / 2;
        hub.twistCdn = [this](const HttpAsked& asked, HttpAnswer& answer) {
            if (asked.header("range").empty()) {
                answer.cutAfter = half;
                answer.pauseAfterCut = std::chrono::seconds(60);
            }
        };
    }
    // Starts a fetch, and ends it by `number` when half of the weights are on the disk. Gives the exit status.
    int fetchAndSend(int number) const {
        std::string program = cliProgram(), models = "models", fetch = "fetch", name = "clipseg-rd64-refined";
        char* values[] = {program.data(), models.data(), fetch.data(), name.data(), nullptr};
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&files, 2, path(".stderr").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        pid_t child = 0;
        EXPECT_EQ(posix_spawn(&child, program.c_str(), &files, nullptr, values, environ), 0);
        posix_spawn_file_actions_destroy(&files);
        std::error_code none;
        for (int i = 0; i < 12000 && (!fs::exists(part(), none) || fs::file_size(part(), none) < half); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        kill(child, number);
        int status = 0;
        waitpid(child, &status, 0);
        return status;
    }

    HubServer hub{"CIDAS/clipseg-rd64-refined"};
    std::size_t half = 0;
};

TEST_F(Models, AFetchedModelIsUsedByItsName) {
    EXPECT_EQ(listed().at("state"), "published");
    expectError({"segment", picture, "--phrase", "cat", "--model", "clipseg-rd64-refined", "-o", path("m.png")}, 4,
                "models fetch clipseg-rd64-refined");
    const Outcome outcome = run({"models", "fetch", "clipseg-rd64-refined", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.json().at(0).at("commit"), hub.commit);
    const Json line = listed();
    EXPECT_EQ(line.at("state"), "yours");
    EXPECT_EQ(line.at("repository"), "CIDAS/clipseg-rd64-refined");
    EXPECT_EQ(line.at("licence"), "Apache-2.0");
    EXPECT_EQ(line.at("folder"), fetched().parent_path().string());

    const Outcome byName =
        run({"segment", picture, "--phrase", "cat", "--model", "clipseg-rd64-refined", "-o", path("m.png")});
    ASSERT_EQ(byName.code, 0) << byName.err;
    ASSERT_EQ(run({"segment", picture, "--phrase", "cat", "--model", model, "-o", path("n.png")}).code, 0);
    EXPECT_EQ(image_io::read(path("m.png"))->image, image_io::read(path("n.png"))->image);

    const std::size_t before = hub.server().asked().size();
    EXPECT_TRUE(run({"models", "fetch", "CIDAS/clipseg-rd64-refined", "--json"}).json().at(0).at("was_there"));
    EXPECT_EQ(hub.server().asked().size(), before);
    EXPECT_EQ(run({"models", "remove", "clipseg-rd64-refined"}).code, 0);
    EXPECT_EQ(listed().at("state"), "published");
}

TEST_F(Models, KilledItGoesOnWhereItWas) {
    stallAtHalf();
    const int status = fetchAndSend(SIGKILL);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_FALSE(fs::exists(fetched()));
    EXPECT_EQ(listed().at("state"), "unfinished");
    EXPECT_EQ(fs::file_size(part()), half);
    const Outcome outcome = run({"models", "fetch", "clipseg-rd64-refined"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(hub.cdn().asked().back().header("range"), "bytes=" + std::to_string(half) + "-");
    EXPECT_EQ(readText(fetched("model.safetensors")), hub.files.at("model.safetensors"));
    EXPECT_FALSE(fs::exists(part().parent_path()));
}

TEST_F(Models, InterruptedItSaysWhatIsKept) {
    stallAtHalf();
    const int status = fetchAndSend(SIGINT);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 130);
    EXPECT_THAT(readText(path(".stderr")), HasSubstr("what has come is kept"));
    EXPECT_EQ(fs::file_size(part()), half);
    EXPECT_EQ(run({"models", "remove", "clipseg-rd64-refined"}).code, 0);
    EXPECT_FALSE(fs::exists(part().parent_path()));
    EXPECT_EQ(listed().at("state"), "published");
}

TEST_F(Models, AModelThatDoesNotOpenIsNotThere) {
    std::string& config = hub.files.at("config.json");
    const std::size_t at = config.find("\"reduce_dim\": ") + 14;
    config[at] = config[at] == '9' ? '8' : '9';
    expectError({"models", "fetch", "clipseg-rd64-refined"}, 4, "config.json that belongs");
    EXPECT_FALSE(fs::exists(fetched()));
}

TEST_F(Models, WhatCannotBeHadIsSaidInOneLine) {
    expectError({"models", "fetch", "no-such-model"}, 2, "clipseg-rd64-refined");
    expectError({"models", "fetch", "CIDAS/clipseg-rd16"}, 4, "404");
    expectError({"models", "fetch", "clipseg-rd64-refined", "--mirror", "http://mirror.example.com"}, 2,
                "not encrypted");
    expectError({"models", "fetch"}, 2, "models fetch --help");
    expectError({"models", "fetch", "x", "--mirror", ""}, 2, "--mirror");
    expectError({"models"}, 2, "models --help");
    expectError({"models", "remove", "mini"}, 2, "built in");
    expectError({"models", "remove", "nothing"}, 2, "nothing");
    expectError({"models", "import", path("nothing")}, 4, "nothing");
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) { answer.body[9] = static_cast<char>(answer.body[9] ^ 1); };
    expectError({"models", "fetch", "clipseg-rd64-refined"}, 4, "hash");
    EXPECT_FALSE(fs::exists(fetched()));
}

TEST_F(Models, AnImportedFolderIsUsedByItsName) {
    const Outcome outcome = run({"models", "import", model, "--name", "my-model", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.json().at(0).at("name"), "my-model");
    EXPECT_EQ(run({"info", "--model", "My-Model", "--json"}).json().at(0).at("name"), "my-model");
    expectError({"models", "import", model, "--name", "my-model"}, 2, "there already");
    writeText(fs::path(model) / "config.json", R"({"model_type": "clipseg"})");
    expectError({"models", "import", model}, 4, "tensors");
    EXPECT_FALSE(fs::exists(fs::path(path("data")) / "maskwright" / "models" / "plain"));
}

}  // namespace
}  // namespace maskwright::test
