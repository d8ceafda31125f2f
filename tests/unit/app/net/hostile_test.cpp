// A server that hangs up, lies, changes its mind and leads astray: what comes is whole, or there is an error and
// nothing.
#include "tests/unit/app/net/fetching.h"

namespace maskwright::net {
namespace {

using test::HttpAnswer;
using test::HttpAsked;
using testing::ElementsAre;

TEST_F(Fetching, CutConnectionsAreGoneOnWith) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) { answer.cutAfter = 90'000; };
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=90000-", "bytes=180000-", "bytes=270000-", "bytes=360000-"));
}

TEST_F(Fetching, AServerThatGivesNothingIsGivenUp) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) { answer.cutAfter = 0; };
    expectError(ErrorKind::weights, "does not come whole");
    EXPECT_GE(attempts(), 5u);
    EXPECT_LE(attempts(), 20u);
}

TEST_F(Fetching, AFewBytesAConnectionAreNoProgress) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) { answer.cutAfter = 10; };
    expectError(ErrorKind::weights, "does not come whole");
    EXPECT_GE(attempts(), 5u);
    EXPECT_LE(attempts(), 20u);
}

TEST_F(Fetching, WithoutRangesItBeginsAnew) {
    int count = 0;
    hub.twistCdn = [&](const HttpAsked&, HttpAnswer& answer) {
        answer = {200, {}, hub.files.at("model.safetensors")};
        answer.cutAfter = ++count < 3 ? 90'000 : SIZE_MAX;
    };
    expectWhole();
    EXPECT_GE(count, 3);
}

TEST_F(Fetching, LengthsThatAreLies) {
    for (const char* length : {"399999", "400001", "7", "18446744073709551615"}) {
        hub.twistCdn = [&](const HttpAsked&, HttpAnswer& answer) { answer.claimedLength = length; };
        expectError(ErrorKind::weights, "does not come whole");
    }
}

TEST_F(Fetching, MoreThanWasToldIsNotTaken) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) {
        answer.body += std::string(5'000'000, 'x');
        answer.claimedLength = "-";
    };
    expectError(ErrorKind::weights, "more comes than");
    EXPECT_LE(partBytes(), 400'000u);
}

TEST_F(Fetching, AFileThatChangesBetweenTwoPartsBeginsAnew) {
    const std::string right = hub.files.at("model.safetensors");
    std::string old = right;
    old[5] = static_cast<char>(old[5] ^ 1);
    bool changed = false;
    // The server keeps to If-Range: what was there at first had another mark.
    hub.twistCdn = [&](const HttpAsked& asked, HttpAnswer& answer) {
        changed = changed || !asked.header("range").empty();
        if (!changed) {
            answer = {200, {{"ETag", "\"old\""}}, old};
            answer.cutAfter = 90'000;
        } else {
            EXPECT_EQ(asked.header("if-range"), "\"old\"");
            EXPECT_EQ(answer.status, 200);
        }
    };
    expectWhole();
    EXPECT_TRUE(changed);
}

TEST_F(Fetching, ASecondPartOfAnotherFileIsNotSewnOn) {
    std::string old = hub.files.at("model.safetensors");
    old[5] = static_cast<char>(old[5] ^ 1);
    bool changed = false;
    // This one does not keep to it, but tells the mark.
    hub.twistCdn = [&](const HttpAsked& asked, HttpAnswer& answer) {
        const bool second = !asked.header("range").empty();
        changed = changed || second;
        if (!changed) {
            answer = {200, {{"ETag", "\"old\""}}, old};
            answer.cutAfter = 90'000;
        } else if (second) {
            answer = {206,
                      {{"ETag", "\"new\""}, {"Content-Range", "bytes 90000-399999/400000"}},
                      hub.files.at("model.safetensors").substr(90'000)};
        }
    };
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=90000-", ""));
}

TEST_F(Fetching, APartOfElsewhereIsNotSewnOn) {
    bool asked = false;
    hub.twistCdn = [&](const HttpAsked& request, HttpAnswer& answer) {
        if (!request.header("range").empty()) {
            asked = true;
            answer.headers = {{"Content-Range", "bytes 80000-399999/400000"}};
        } else if (!asked) {
            answer.cutAfter = 90'000;
        }
    };
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=90000-", ""));
}

TEST_F(Fetching, SilentChangesAreFoundByTheHash) {
    std::string old = hub.files.at("model.safetensors");
    old[5] = static_cast<char>(old[5] ^ 1);
    bool changed = false;
    hub.twistCdn = [&](const HttpAsked& asked, HttpAnswer& answer) {
        for (auto& [name, value] : answer.headers) {
            value = name == "ETag" ? "W/\"weak\"" : value;
        }
        EXPECT_EQ(asked.header("if-range"), "");
        changed = changed || !asked.header("range").empty();
        if (!changed) {
            answer.body = old;
            answer.cutAfter = 90'000;
        }
    };
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=90000-", ""));
}

TEST_F(Fetching, AWrongHashIsAnErrorAndNothingIsThere) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) { answer.body[7] = static_cast<char>(answer.body[7] ^ 1); };
    expectError(ErrorKind::weights, "its hash is another");
    EXPECT_EQ(attempts(), 2u);
    hub.twistCdn = {};
    expectWhole();
}

TEST_F(Fetching, AWrongSmallFileIsAnErrorToo) {
    hub.twistHub = [](const HttpAsked& asked, HttpAnswer& answer) {
        if (asked.target.ends_with("/vocab.json")) {
            answer.body.back() = ']';
        }
    };
    expectError(ErrorKind::weights, "its hash is another");
}

TEST_F(Fetching, NoWayLeadsOffEncryption) {
    hub.twistHub = [](const HttpAsked& asked, HttpAnswer& answer) {
        if (asked.target.ends_with("/model.safetensors")) {
            answer = {302, {{"Location", "http://models.example.com/model.safetensors"}}, ""};
        }
    };
    expectError(ErrorKind::weights, "not encrypted");
}

TEST_F(Fetching, CirclesEnd) {
    hub.twistHub = [](const HttpAsked& asked, HttpAnswer& answer) {
        if (asked.target.ends_with("/model.safetensors")) {
            answer = {307, {{"Location", asked.target}}, ""};
        }
    };
    expectError(ErrorKind::weights, "nowhere");
    EXPECT_EQ(hub.server().askedFor("model.safetensors").size(), 11u);
}

TEST_F(Fetching, ARedirectToNoAddress) {
    hub.twistHub = [](const HttpAsked& asked, HttpAnswer& answer) {
        if (asked.target.ends_with("/model.safetensors")) {
            answer = {302, {{"Location", "file:///etc/passwd"}}, ""};
        }
    };
    expectError(ErrorKind::weights, "no address");
}

TEST_F(Fetching, WhatIsNotThereIsNotAskedForAgain) {
    hub.twistHub = [](const HttpAsked&, HttpAnswer& answer) { answer = {404, {}, "Repository not found"}; };
    expectError(ErrorKind::weights, "404");
    EXPECT_EQ(hub.server().asked().size(), 1u);
    hub.twistHub = [](const HttpAsked&, HttpAnswer& answer) { answer = {401, {}, "Invalid username or password."}; };
    expectError(ErrorKind::weights, "HF_TOKEN");
    EXPECT_EQ(hub.server().asked().size(), 2u);
}

TEST_F(Fetching, APauseThatIsAskedForIsMade) {
    int count = 0;
    std::vector<std::int64_t> waits;
    hub.twistHub = [&](const HttpAsked&, HttpAnswer& answer) {
        if (++count == 1) {
            answer = {429, {{"Retry-After", "1"}}, "slow down"};
        }
    };
    progress = [&](const store::FetchProgress& at) {
        if (at.step == store::FetchProgress::Step::waiting) {
            waits.push_back(at.seconds);
        }
    };
    expectWhole();
    EXPECT_THAT(waits, ElementsAre(1));
}

TEST_F(Fetching, ALongPauseIsThePersonsToMake) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) { answer = {429, {{"Retry-After", "3600"}}, ""}; };
    expectError(ErrorKind::weights, "try again in 3600 seconds");
    EXPECT_EQ(ranges().size(), 1u);
}

TEST_F(Fetching, ServersInTroubleAreAskedAFewTimes) {
    int count = 0;
    hub.twistHub = [&](const HttpAsked&, HttpAnswer& answer) {
        if (++count <= 3) {
            answer = {503, {}, "over capacity"};
        }
    };
    expectWhole();
    fs::remove_all(model());
    count = -1000;
    expectError(ErrorKind::weights, "503");
    EXPECT_EQ(count, -995);
}

TEST_F(Fetching, ASlowServerIsNoBrokenOne) {
    hub.twistCdn = [](const HttpAsked&, HttpAnswer& answer) {
        answer.pausePer16Kilobytes = std::chrono::milliseconds(20);
    };
    double speed = 0;
    progress = [&](const store::FetchProgress& at) { speed = std::max(speed, at.bytesPerSecond); };
    expectWhole();
    EXPECT_EQ(ranges().size(), 1u);
    // 400 kB at 16 kB in at least 20 ms each.
    EXPECT_LT(speed, 2e6);
}

TEST_F(Fetching, ASilentServerIsLeftAndAskedAgain) {
    quiet = std::chrono::milliseconds(300);
    hub.twistCdn = [](const HttpAsked& asked, HttpAnswer& answer) {
        if (asked.header("range").empty()) {
            answer.cutAfter = 90'000;
            answer.pauseAfterCut = std::chrono::seconds(60);
        }
    };
    expectWhole();
    EXPECT_THAT(ranges(), ElementsAre("", "bytes=90000-"));
}

TEST_F(Fetching, WhatIsNoHubIsSaid) {
    for (const char* body : {"<html>log in</html>", "{}", "[1]", R"({"sha": "../../x", "siblings": []})", ""}) {
        hub.twistHub = [&](const HttpAsked&, HttpAnswer& answer) { answer.body = body; };
        const auto fetched = fetch();
        ASSERT_FALSE(fetched.ok()) << body;
        EXPECT_EQ(fetched.error().kind, ErrorKind::weights) << body;
    }
    hub.twistHub = [](const HttpAsked&, HttpAnswer& answer) { answer.body = std::string(20'000'000, ' '); };
    expectError(ErrorKind::weights, "more than");
}

TEST_F(Fetching, NamesInAListingLeadNowhere) {
    hub.files["../../escape.txt"] = "x";
    hub.files["model-00001-of-00001.safetensors/../../y"] = "x";
    expectWhole();
    EXPECT_FALSE(fs::exists(fs::path(options.place).parent_path() / "escape.txt"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST_F(Fetching, NobodyThere) {
    {
        const test::HttpServer gone([](const HttpAsked&) { return HttpAnswer{}; });
        setenv("HF_ENDPOINT", gone.url().c_str(), 1);
    }
    expectError(ErrorKind::weights, "refuses the connection");
}

}  // namespace
}  // namespace maskwright::net
