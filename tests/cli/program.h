// Runs maskwright-cli as a person would: arguments in, exit code, standard output and standard error out.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "core/base/json.h"
#include "core/image_io/image_io.h"
#include "tests/support/model_fixture.h"
#include "tests/support/paths.h"

extern char** environ;

namespace maskwright::test {

// A sanitizer takes many times the program's own memory and time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

struct Outcome {
    int code = -1;  // 128 + n: ended by signal n
    std::string out, err;
    long peakKilobytes = 0;

    [[nodiscard]] std::vector<std::string> lines(const std::string& text) const {
        std::vector<std::string> all;
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) {
            all.push_back(line);
        }
        return all;
    }
    // One JSON value a line.
    [[nodiscard]] std::vector<Json> json() const {
        std::vector<Json> all;
        for (const std::string& line : lines(out)) {
            all.push_back(Json::parse(line));
        }
        return all;
    }
};

// A test's own folder with small models and a picture, and the program to try on them.
class Program : public testing::Test {
  protected:
    void SetUp() override {
        model = copyModel(place, "plain");
        picture = path("photo.png");
        Image image(96, 64);
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                const bool inside = (x - 60) * (x - 60) + (y - 30) * (y - 30) < 400;
                image.at(x, y)[0] = inside ? 220 : static_cast<std::uint8_t>(2 * x);
                image.at(x, y)[1] = static_cast<std::uint8_t>(3 * y);
                image.at(x, y)[2] = inside ? 30 : 90;
            }
        }
        ASSERT_TRUE(image_io::writeImage(picture, image).ok());
    }

    [[nodiscard]] std::string path(const std::string& name) const { return (place.path() / name).string(); }

    // `interruptAfterMilliseconds` above 0 sends SIGINT then.
    Outcome run(const std::vector<std::string>& arguments, int interruptAfterMilliseconds = 0) const {
        const std::string out = path(".stdout"), err = path(".stderr");
        std::vector<std::string> words = {cliProgram()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> values;
        for (std::string& word : words) {
            values.push_back(word.data());
        }
        values.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        pid_t child = 0;
        const int failed = posix_spawn(&child, words.front().c_str(), &files, nullptr, values.data(), environ);
        posix_spawn_file_actions_destroy(&files);
        Outcome outcome;
        if (failed != 0) {
            ADD_FAILURE() << "the program does not start";
            return outcome;
        }
        if (interruptAfterMilliseconds > 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(interruptAfterMilliseconds));
            kill(child, SIGINT);
        }
        int status = 0;
        rusage usage{};
        bool ended = false;
        // A guard against hanging, far above what anything here takes.
        for (int i = 0; i < (kSanitized ? 60000 : 12000) && !ended; ++i) {
            ended = wait4(child, &status, WNOHANG, &usage) == child;
            if (!ended) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        }
        if (!ended) {
            kill(child, SIGKILL);
            wait4(child, &status, 0, &usage);
            ADD_FAILURE() << "the program hangs";
        }
        outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        outcome.out = readText(out);
        outcome.err = readText(err);
        outcome.peakKilobytes = usage.ru_maxrss;
        return outcome;
    }

    // Fails with `code`, and says why in one line that has `word` in it.
    void expectError(const std::vector<std::string>& arguments, int code, const std::string& word) const {
        const Outcome outcome = run(arguments);
        std::string shown;
        for (const std::string& argument : arguments) {
            shown += argument + " ";
        }
        EXPECT_EQ(outcome.code, code) << shown << "\n" << outcome.err;
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << shown << "\n" << outcome.err;
        EXPECT_NE(outcome.err.find(word), std::string::npos) << shown << "\nno \"" << word << "\" in " << outcome.err;
        EXPECT_TRUE(kSanitized || outcome.peakKilobytes < 1'000'000) << shown << outcome.peakKilobytes << " kB";
    }

    TemporaryFolder place;
    std::string model, picture;
};

}  // namespace maskwright::test
