#include <gmock/gmock.h>

#include <set>

#include "core/batch/journal.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;

struct Array {
    std::string header;
    std::vector<float> values;
};

Array readNpy(const std::string& file) {
    const std::string bytes = readText(file);
    const std::size_t length = static_cast<unsigned char>(bytes.at(8)) + 256u * static_cast<unsigned char>(bytes.at(9));
    EXPECT_EQ(bytes.substr(0, 6), "\x93NUMPY");
    EXPECT_EQ((10 + length) % 64, 0u);
    Array array{bytes.substr(10, length), {}};
    array.values.resize((bytes.size() - 10 - length) / 4);
    std::memcpy(array.values.data(), bytes.data() + 10 + length, array.values.size() * 4);
    return array;
}

TEST_F(Program, HelpAndVersionNeedNothing) {
    const Outcome version = run({"--version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_THAT(version.out, HasSubstr("maskwright-cli "));
    const Outcome help = run({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* name : {"segment", "info", "tokenize", "embed", "prompt", "noun-phrase", "proposals", "styles",
                             "convert", "bench", "train", "evaluate"}) {
        EXPECT_THAT(help.out, HasSubstr(name));
        const Outcome own = run({name, "--help"});
        EXPECT_EQ(own.code, 0) << name;
        EXPECT_THAT(own.out, HasSubstr(std::string("maskwright-cli ") + name)) << "an example";
        EXPECT_EQ(own.err, "");
        EXPECT_TRUE(kSanitized || own.peakKilobytes < 60'000)
            << own.peakKilobytes << " kB: LibTorch was loaded for " << name << " --help";
    }
}

TEST_F(Program, UsageMistakes) {
    const std::string out = path("o.png");
    expectError({}, 2, "--help");
    expectError({"dance"}, 2, "--help");
    expectError({"segment"}, 2, "segment --help");
    expectError({"segment", picture, "-o", out}, 2, "--phrase");
    expectError({"segment", picture, "--phrase", "  ", "-o", out}, 2, "empty");
    expectError({"segment", picture, "--phrase", "cat"}, 2, "-o");
    expectError({"segment", picture, "--phrase", "cat", "-o", path("o.jpg")}, 2, ".png");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--kind", "drawing"}, 2, "drawing");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--threshold", "1.5"}, 2, "1.5");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--threshold", "nan"}, 2, "nan");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--mix", "2"}, 2, "--mix");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--model", model, "--size", "100"}, 2, "96 or 112");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--model", model, "--device", "gpu"}, 2, "gpu");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--dtype", "float8"}, 2, "float8");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--background", "red"}, 2, "red");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--wording", "photo"}, 2, "{}");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--frobnicate"}, 2, "frobnicate");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--edge", "hard"}, 2, "--kind cutout");
    expectError({"segment", picture, "--phrase", "cat", "-o", out, "--kind", "cutout", "--edge", "round"}, 2, "round");
    expectError({"embed", "-o", path("e.npy")}, 2, "embed --help");
    expectError({"embed", "--phrase", "cat", "--image", picture, "-o", path("e.npy")}, 2, "embed --help");
    EXPECT_FALSE(fs::exists(out));
}

// What an option needs beside it: without, it would be passed over.
// A phrase of any length, and a reason that many styles share: no line is longer than a narrow terminal's.
TEST_F(Program, TheTableOfStylesKeepsItsShape) {
    const std::string lite = copyModel(place, "lite");
    for (const std::string& folder : {model, lite}) {
        SCOPED_TRACE(folder);
        const Outcome outcome = run({"styles", picture, "--model", folder, "--region", "40,10,40,40", "--phrase",
                                     "cat\n" + std::string(300, 'x'), "--rival", "dog"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
        const auto lines = outcome.lines(outcome.out);
        ASSERT_GT(lines.size(), 20u);
        EXPECT_EQ(lines[0].rfind("probability of \"cat\\x0axxx", 0), 0u) << lines[0];
        EXPECT_NE(lines[0].find("xxx...\" for the plain picture: "), std::string::npos) << lines[0];
        EXPECT_EQ(lines[1].substr(0, 5), "style");
        std::size_t reasons = 0;
        for (std::size_t i = 2; i < lines.size(); ++i) {
            if (lines[i].rfind("not with this model (", 0) == 0) {
                ++reasons;
            } else if (reasons == 0) {
                EXPECT_EQ(lines[i].size(), lines[1].size()) << lines[i];
                EXPECT_LE(lines[i].size(), 80u) << lines[i];
            } else {
                EXPECT_EQ(lines[i].rfind("  ", 0), 0u) << lines[i];
            }
            EXPECT_EQ(lines[i].find("-0.0"), std::string::npos) << lines[i];
        }
        EXPECT_EQ(reasons, 1u) << "styles that share a reason stand under it";
    }
}

TEST_F(Program, OptionsWithoutTheirPartnerAreRefused) {
    const std::string out = path("o.png"), npy = path("o.npy");
    const auto phrase = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"segment", picture, "--phrase", "cat", "-o", out});
        return more;
    };
    expectError(phrase({"--mix", "0.5"}), 2, "--mix does nothing without --region");
    expectError(phrase({"--style", "crop"}), 2, "--style does nothing without --region or --negative-region");
    expectError(phrase({"--support", picture}), 2, "--support does nothing without --region");
    expectError(phrase({"--negative-support", picture}), 2,
                "--negative-support does nothing without --negative-region");
    expectError(phrase({"--compete"}), 2, "--compete does nothing without --negative");
    expectError(phrase({"--negative-weight", "2"}), 2, "--negative-weight does nothing without --negative");
    expectError(phrase({"--negative", ""}), 2, "--negative is empty");
    expectError(phrase({"--negative", " "}), 2, "--negative is empty");
    expectError(phrase({"--region", ""}), 2, "--region is empty");
    expectError(phrase({"--save-logits", ""}), 2, "--save-logits is empty");
    expectError({"segment", picture, "--region", "1,1,9,9", "-o", out, "--mix", "0.5"}, 2, "without --phrase");
    expectError({"segment", picture, "--region", "1,1,9,9", "-o", out, "--wording", "a {}"}, 2, "without --phrase");
    expectError({"styles", picture, "--region", "1,1,9,9", "--phrase", ""}, 2, "--phrase is empty");
    expectError({"styles", picture, "--region", "1,1,9,9", "--phrase", "cat", "--rival", ""}, 2, "--rival is empty");
    expectError({"bench", picture, "--phrase", " "}, 2, "--phrase is empty");
    expectError({"embed", "--phrase", "cat", "-o", npy, "--region", "1,1,9,9"}, 2, "without --image");
    expectError({"embed", "--image", picture, "-o", npy, "--style", "crop"}, 2, "without --region");
    expectError({"embed", "--phrase", "cat", "-o", npy, "--size", "48"}, 2, "without --image");
    expectError({"embed", "--image", picture, "-o", npy, "--size", "48", "--region", "1,1,9,9"}, 2,
                "--size does nothing with");
    for (const char* option : {"--mix", "--seed", "--style"}) {
        const std::string value = option == std::string("--style") ? "crop" : "1";
        expectError({"evaluate", "--data", path("set"), option, value}, 2, "without --support-split");
    }
    expectError({"evaluate", "--data", path("set"), "--support-split", "val", "--wording", "a {}"}, 2, "without --mix");
    expectError({"evaluate", "--data", path("set"), "--support-split", "val", "--wording", "a {}", "--mix", "1.0"}, 2,
                "--wording does nothing with --mix 1.0");
    expectError(phrase({"--region", "1,1,9,9", "--wording", "a {}", "--mix", "1"}), 2,
                "--wording does nothing with --mix 1");
    for (const char* kind : {"overlay", "cutout", "probability", "probability16"}) {
        expectError({"segment", picture, "--phrase", "cat", "--json", "--kind", kind}, 2, "for results in files");
    }
    for (const char* format : {"yolo", "labelme"}) {
        expectError({"segment", picture, "--phrase", "cat", "-o", path("f"), "--format", format, "--polygons"}, 2,
                    "for COCO's format alone");
    }
    for (const std::vector<std::string>& task : {std::vector<std::string>{"kinds"}, {"absent", "--gibberish", "3"}}) {
        std::vector<std::string> words = {"evaluate", "--data", path("x"), "--showing", "--task"};
        words.insert(words.end(), task.begin(), task.end());
        expectError(words, 2, "--showing does nothing with --task " + task.front());
    }
    expectError({"evaluate", "--data", path("x"), "--task", "refer", "--tiles"}, 2, "--tiles does nothing with");
    expectError({"train", path("run.json"), "-o", out}, 2, "without --plot");
    expectError({"train", "--plot", path("log.csv")}, 2, "without --output");
    expectError({"train", path("run.json"), "--plot", path("log.csv"), "-o", out}, 2,
                "CONFIG does nothing with --plot");
    expectError({"train", "--plot", path("log.csv"), "-o", out, "--resume"}, 2, "--resume does nothing with --plot");
    // With it they are taken, and so is what is harmless.
    const std::vector<std::string> region = {"segment", picture, "--model",  model,
                                             "-o",      out,     "--region", "40,10,40,40"};
    const auto taken = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
        words.insert(words.end(), more.begin(), more.end());
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
    };
    taken(region, {"--style", "size=64", "--mix", "1"});
    taken(region, {"--style", "size=64", "--mix", "0.5", "--phrase", "cat", "--wording", "a {}", "--kind", "overlay"});
    taken({"segment", picture, "--model", model, "--phrase", "cat", "--json"}, {"--kind", "mask"});
    taken({"segment", picture, "--model", model, "--phrase", "cat", "--json"}, {"--kind", "index"});
    taken({"segment", picture, "--model", model, "--phrase", "cat", "--json"},
          {"--negative-region", "1,1,9,9", "--style", "size=64", "--compete", "--negative-weight", "2"});
    taken({"embed", "--phrase", "", "--model", model, "-o", npy}, {});
}

TEST_F(Program, OutputsThatMeetAreRefusedBeforeAnyWork) {
    const std::string second = path("photo2.png");
    fs::copy_file(picture, second);
    // No model is needed to see it: none is there.
    expectError({"segment", picture, second, "--phrase", "cat", "-o", path("o.png"), "--model", "none"}, 2, "{stem}");
    expectError(
        {"segment", picture, "--phrase", "cat", "--phrase", "dog", "-o", path("{stem}-x.png"), "--model", "none"}, 2,
        "{phrase}");
    expectError(
        {"segment", picture, "--phrase", "a cat", "--phrase", "a_cat", "-o", path("{phrase}.png"), "--model", "none"},
        2, "a_cat.png");
    expectError({"segment", picture, "--phrase", "cat", "-o", picture, "--model", "none"}, 2, "overwrite");
    expectError({"segment", picture, "--phrase", "cat", "-o",
                 path("../") + place.path().filename().string() + "/photo.png", "--model", "none"},
                2, "overwrite");
    expectError({"segment", picture, "--phrase", "cat", "-o", path("none/o.png"), "--model", model}, 6, "folder");
}

TEST_F(Program, OnePhraseOneMask) {
    const Outcome outcome =
        run({"segment", picture, "--phrase", "a cat", "--model", model, "-o", path("o.png"), "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    const auto lines = outcome.json();
    ASSERT_EQ(lines.size(), 1u);
    const Json& line = lines[0];
    EXPECT_EQ(line["path"], picture);
    EXPECT_EQ(line["phrase"], "a cat");
    EXPECT_EQ(line["output"], path("o.png"));
    EXPECT_EQ(line["threshold"], 0.5);
    for (const char* step : {"encode", "text", "decode", "refine"}) {
        EXPECT_GE(line["milliseconds"][step].get<double>(), 0) << step;
    }
    const auto mask = image_io::readMask(path("o.png"));
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(mask->width, 96);
    EXPECT_EQ(mask->height, 64);
    std::int64_t area = 0;
    int left = 96, top = 64, right = 0, bottom = 0;
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 96; ++x) {
            if (mask->at(x, y) != 0) {
                ++area;
                left = std::min(left, x);
                top = std::min(top, y);
                right = std::max(right, x + 1);
                bottom = std::max(bottom, y + 1);
            }
        }
    }
    EXPECT_EQ(line["area"], area);
    if (area > 0) {
        EXPECT_EQ(line["box"], Json({left, top, right - left, bottom - top}));
    }
    const std::string bytes = readText(path("o.png"));
    for (const char* text : {"phrase", "a cat", "model", "plain", "threshold", "version"}) {
        EXPECT_THAT(bytes, HasSubstr(text)) << "a text chunk";
    }
}

TEST_F(Program, ThresholdsEndTheMask) {
    const auto area = [&](const char* threshold) {
        const auto lines = run({"segment", picture, "--phrase", "a cat", "--model", model, "--json", "--no-refine",
                                "--threshold", threshold})
                               .json();
        return lines.at(0)["area"].get<std::int64_t>();
    };
    EXPECT_EQ(area("1"), 0);
    EXPECT_EQ(area("0"), 96 * 64);
}

TEST_F(Program, TheRadiusOfRefinedEdgesCanBeChosen) {
    const auto bytes = [&](const std::vector<std::string>& more) {
        fs::remove(path("r.png"));
        std::vector<std::string> arguments = {"segment", picture,  "--phrase",    "a cat", "--model",
                                              model,     "--kind", "probability", "-o",    path("r.png")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Outcome outcome = run(arguments);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return readText(path("r.png"));
    };
    const std::string usual = bytes({});
    EXPECT_EQ(bytes({"--refine-radius", "8"}), usual);
    EXPECT_NE(bytes({"--refine-radius", "2"}), usual);
    EXPECT_NE(run({"segment", picture, "--phrase", "a cat", "--refine-radius", "2", "--no-refine"}).code, 0);
    EXPECT_NE(run({"segment", picture, "--phrase", "a cat", "--refine-radius", "0"}).code, 0);
}

TEST_F(Program, SeveralPicturesAndPhrases) {
    const std::string second = path("한글 photo.png");
    fs::copy_file(picture, second);
    fs::create_directory(path("out"));
    const Outcome outcome = run({"segment", picture, second, "--phrase", "a cat", "--phrase", "고양이/2", "--model",
                                 model, "-o", path("out/{stem}-{phrase}.png")});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    for (const char* file :
         {"photo-a_cat.png", "photo-고양이_2.png", "한글 photo-a_cat.png", "한글 photo-고양이_2.png"}) {
        EXPECT_TRUE(fs::exists(path("out") + "/" + file)) << file;
    }
    EXPECT_EQ(outcome.lines(outcome.out).size(), 4u);
}

TEST_F(Program, APictureThatComesBackIsKeptUnderMemory) {
    const std::string again = path("again.png"), out = path("o") + "/";
    fs::copy_file(picture, again);
    const auto encodings = [&](const std::string& memory) {
        const Outcome outcome = run(
            {"segment", picture, again, "--phrase", "cat", "--model", model, "--memory", memory, "-o", out, "--json"});
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        std::vector<double> all;
        for (const Json& line : outcome.json()) {
            all.push_back(line["milliseconds"]["encode"].get<double>());
        }
        return all;
    };
    EXPECT_THAT(encodings("500M"), ElementsAre(Gt(0), 0));
    EXPECT_EQ(readText(out + "photo.png"), readText(out + "again.png"));
    EXPECT_THAT(encodings("0"), ElementsAre(Gt(0), Gt(0)));
    for (const char* text : {"500Q", "-1", "lots", "2GB", "2 G", ""}) {
        expectError({"segment", picture, "--phrase", "cat", "--memory", text, "-o", out}, 2, "--memory");
    }
}

TEST_F(Program, TilesAreLookedAtToo) {
    const auto ask = [&](std::vector<std::string> more) {
        std::vector<std::string> all = {"segment", picture, "--phrase", "cat", "--model", model, "-o", path("m.png")};
        all.insert(all.end(), more.begin(), more.end());
        const Outcome outcome = run(all);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome.code == 0 ? readText(path("m.png")) : std::string();
    };
    const std::string plain = ask({"--kind", "probability"}), tiled = ask({"--kind", "probability", "--tiles"});
    EXPECT_NE(plain, tiled);
    EXPECT_EQ(tiled, ask({"--kind", "probability", "--tiles=2"}));
    EXPECT_NE(tiled, ask({"--kind", "probability", "--tiles=3"}));
    for (const char* text : {"--tiles=0", "--tiles=1", "--tiles=17", "--tiles=-2", "--tiles=many"}) {
        expectError({"segment", picture, "--phrase", "cat", "-o", path("m.png"), text}, 2, "--tiles");
    }
    expectError({"segment", picture, "--phrase", "cat", "--tiles", "--save-logits", path("l.npy")}, 2, "--tiles");
}

TEST_F(Program, AFolderInAndAFolderOut) {
    fs::create_directory(path("in"));
    fs::create_directory(path("out"));
    fs::copy_file(picture, path("in/b.png"));
    fs::copy_file(picture, path("in/a.png"));
    writeText(path("in/notes.txt"), "no picture");
    writeText(path("in/c.jpg"), "broken");
    const Outcome outcome =
        run({"segment", path("in"), "--phrase", "cat", "--model", model, "-o", path("out"), "--json"});
    EXPECT_EQ(outcome.code, 3) << "of the broken picture";
    EXPECT_EQ(outcome.lines(outcome.err).size(), 1u) << outcome.err;
    const auto lines = outcome.json();
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0]["path"], path("in/a.png"));
    EXPECT_EQ(lines[1]["path"], path("in/b.png"));
    EXPECT_EQ(lines[2]["code"], 3);
    EXPECT_TRUE(fs::exists(path("out/a.png")));
    EXPECT_TRUE(fs::exists(path("out/b.png")));
    const auto journal = batch::readJournal(path("out/" + std::string(batch::kJournalName)));
    ASSERT_TRUE(journal.ok());
    ASSERT_EQ(journal->lines.size(), 3u);
    EXPECT_EQ(journal->lines[0].input, "a.png");
    EXPECT_EQ(journal->lines[0].inputHash, journal->lines[1].inputHash) << "copies of one picture";
    EXPECT_THAT(journal->lines[1].outputs, ElementsAre("b.png"));
    EXPECT_EQ(journal->lines[2].outcome, "failed");
    fs::create_directory(path("empty"));
    expectError({"segment", path("empty"), "--phrase", "cat", "--model", model, "-o", path("out")}, 3, "no picture");

    // Beside others it is a line, and a folder that does not exist yet is made.
    const Outcome some =
        run({"segment", path("empty"), picture, "--phrase", "cat", "--model", model, "-o", path("new/"), "--json"});
    EXPECT_EQ(some.code, 3);
    ASSERT_EQ(some.json().size(), 2u);
    EXPECT_EQ(some.json()[0]["path"], path("empty"));
    EXPECT_EQ(some.json()[0]["code"], 3);
    EXPECT_TRUE(fs::exists(path("new/" + fs::path(picture).stem().string() + ".png")));
}

TEST_F(Program, PlaceholdersAreFilledOnceAndWithAllPhrasesOfAnIndex) {
    const std::string odd = path("odd{phrase}{stem}.png");
    fs::copy_file(picture, odd);
    ASSERT_EQ(run({"segment", odd, "--phrase", "cat", "--model", model, "-o", path("{stem}-{phrase}.png")}).code, 0);
    EXPECT_TRUE(fs::exists(path("odd{phrase}{stem}-cat.png")));
    ASSERT_EQ(run({"segment", picture, "--phrase", "cat", "--phrase", "a dog", "--kind", "index", "--model", model,
                   "-o", path("index-{phrase}.png"), "--save-logits", path("{phrase}.npy")})
                  .code,
              0);
    EXPECT_TRUE(fs::exists(path("index-cat-a_dog.png")));
    EXPECT_TRUE(fs::exists(path("cat-a_dog.npy")));
}

TEST_F(Program, AnOptionWithNothingAfterItsSignIsNamed) {
    expectError({"segment", "--region=", picture, "--model", model, "-o", path("out.png")}, 2, "--region=");
    expectError({"segment", picture, "--phrase=", "--model", model, "-o", path("out.png")}, 2, "--phrase=");
}

TEST_F(Program, RankPutsTheSurestFirst) {
    fs::create_directory(path("in"));
    for (int i = 0; i < 4; ++i) {
        Image image(40, 40);
        for (std::size_t k = 0; k < image.pixels.size(); ++k) {
            image.pixels[k] = static_cast<std::uint8_t>((k * (7 + 40 * static_cast<std::size_t>(i))) % 256);
        }
        ASSERT_TRUE(image_io::writeImage(path("in/" + std::to_string(i) + ".png"), image).ok());
    }
    const auto lines = run({"segment", path("in"), "--phrase", "cat", "--model", model, "--rank", "--json"}).json();
    ASSERT_EQ(lines.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(lines[i]["rank"], i + 1);
        if (i > 0) {
            EXPECT_GE(lines[i - 1]["presence"], lines[i]["presence"]);
        }
    }
}

TEST_F(Program, EveryKindIsAPictureOfTheRightSize) {
    for (const char* kind : {"mask", "probability", "probability16", "overlay", "cutout"}) {
        const std::string out = path(std::string(kind) + ".png");
        const Outcome outcome =
            run({"segment", picture, "--phrase", "cat", "--model", model, "-o", out, "--kind", kind});
        ASSERT_EQ(outcome.code, 0) << kind << outcome.err;
        const auto written = image_io::read(out);
        ASSERT_TRUE(written.ok()) << kind;
        EXPECT_EQ(written->image.width, 96) << kind;
        EXPECT_EQ(written->hadAlpha, std::string(kind) == "cutout") << kind;
    }
    const Outcome outcome = run({"segment", picture, "--phrase", "cat", "--phrase", "dog", "--model", model, "-o",
                                 path("i.png"), "--kind", "index", "--threshold", "0", "--no-refine", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const auto lines = outcome.json();
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0]["area"].get<int>() + lines[1]["area"].get<int>(), 96 * 64) << "every pixel has one winner";
    EXPECT_TRUE(image_io::read(path("i.png")).ok());
}

TEST_F(Program, ACutoutHoldsNothingOfTheBackground) {
    // Half of it transparent: a cutout keeps that, whatever it is laid under.
    std::vector<std::uint8_t> rgba;
    for (int i = 0; i < 96 * 64; ++i) {
        rgba.insert(rgba.end(), {200, std::uint8_t(i % 90), 40, std::uint8_t(i % 96 < 48 ? 0 : 255)});
    }
    const std::string clear = path("clear.png");
    ASSERT_TRUE(image_io::writeRgba(clear, 96, 64, rgba).ok());
    for (const std::string& file : {picture, clear}) {
        // In the middle of what is found: some pixels are inside and some outside.
        const auto found = run({"segment", file, "--phrase", "cat", "--model", model, "--json"}).json();
        const std::string threshold = std::to_string(found.at(0)["presence"].get<double>() * 0.98);
        ASSERT_EQ(run({"segment", file, "--phrase", "cat", "--model", model, "--threshold", threshold, "-o",
                       path("mask.png")})
                      .code,
                  0);
        const auto mask = image_io::readMask(path("mask.png"));
        ASSERT_TRUE(mask.ok());
        const auto own = image_io::read(file);
        for (const char* edge : {"hard", "soft"}) {
            const Outcome outcome = run({"segment", file, "--phrase", "cat", "--model", model, "--threshold", threshold,
                                         "-o", path("cut.png"), "--kind", "cutout", "--edge", edge});
            ASSERT_EQ(outcome.code, 0) << outcome.err;
            image_io::ReadOptions onBlack;
            onBlack.background = {0, 0, 0};
            const auto cut = image_io::read(path("cut.png"), onBlack);
            ASSERT_TRUE(cut.ok());
            for (std::size_t i = 0; i < mask->pixels.size(); ++i) {
                const int kept = own->alpha.empty() ? 255 : own->alpha.pixels[i];
                EXPECT_EQ(cut->alpha.pixels[i] >= 128, mask->pixels[i] != 0 && kept != 0);
                if (std::string(edge) == "hard") {
                    EXPECT_EQ(cut->alpha.pixels[i], mask->pixels[i] != 0 ? kept : 0);
                }
            }
        }
    }
}

TEST_F(Program, LogitsAreTheReferences) {
    // The fixture's picture, through a PNG, at the model's own size.
    const Expected expected = test::expected("plain");
    ASSERT_TRUE(image_io::writeImage(path("fixture.png"), expected.picture("picture")).ok());
    const Outcome outcome = run({"segment", path("fixture.png"), "--phrase", "a cat", "--phrase", "the man's hat",
                                 "--phrase", "x", "--model", model, "--save-logits", path("l.npy")});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Array logits = readNpy(path("l.npy"));
    EXPECT_THAT(logits.header, HasSubstr("'shape': (3, 64, 64)"));
    EXPECT_THAT(logits.header, HasSubstr("'descr': '<f4'"));
    EXPECT_LT(largestDifference(logits.values, expected.floats("logits")), test::kParity);
}

TEST_F(Program, EmbedAndTokenize) {
    const Expected expected = test::expected("plain");
    ASSERT_TRUE(image_io::writeImage(path("support.png"), expected.picture("support_picture")).ok());
    ASSERT_EQ(run({"embed", "--model", model, "--phrase", "a cat", "-o", path("t.npy")}).code, 0);
    ASSERT_EQ(run({"embed", "--model", model, "--image", path("support.png"), "-o", path("i.npy")}).code, 0);
    const Array text = readNpy(path("t.npy")), image = readNpy(path("i.npy"));
    EXPECT_THAT(text.header, HasSubstr("'shape': (20, )"));
    const std::vector<float> all = expected.floats("text_embeds");
    EXPECT_LT(largestDifference(text.values, std::vector<float>(all.begin(), all.begin() + 20)), test::kParity);
    EXPECT_LT(largestDifference(image.values, expected.floats("support_embeds")), test::kParity);

    const Outcome tokens = run({"tokenize", "--model", model, "a cat", ""});
    EXPECT_EQ(tokens.code, 0);
    EXPECT_EQ(tokens.out, "[812,320,658,813]\n[812,813]\n");
    const Outcome cut = run({"tokenize", "--model", model, "a cat a cat a cat a cat a cat a cat a cat"});
    EXPECT_EQ(cut.code, 0);
    EXPECT_THAT(cut.err, HasSubstr("cut"));
    EXPECT_EQ(cut.json().at(0).size(), 12u);
}

TEST_F(Program, SupportRegions) {
    const std::vector<std::string> base = {"segment", picture, "--model", model, "--json"};
    const auto plain = [&](std::vector<std::string> more) {
        more.insert(more.begin(), base.begin(), base.end());
        return more;
    };
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), {"--style", "size=64"});
        return plain(std::move(more));
    };
    const Outcome own = run(with({"--region", "40,10,40,40"}));
    ASSERT_EQ(own.code, 0) << own.err;
    EXPECT_EQ(own.json().at(0)["phrase"], "support");
    const Outcome named = run(with({"--support", picture, "--region", "40,10,40,40"}));
    EXPECT_EQ(named.json().at(0)["presence"], own.json().at(0)["presence"]);
    // A region that hangs over the edge is cut there.
    Mask mask(96, 64);
    for (int y = 40; y < 64; ++y) {
        for (int x = 80; x < 96; ++x) {
            mask.at(x, y) = 255;
        }
    }
    ASSERT_TRUE(image_io::writeMask(path("m.png"), mask).ok());
    const Outcome box = run(with({"--region", "80,40,500,500"})), file = run(with({"--region", path("m.png")}));
    EXPECT_EQ(box.json().at(0)["presence"], file.json().at(0)["presence"]);
    // The ends of the mixture are its parts.
    const auto presence = [&](const char* mix) {
        return run(with({"--phrase", "a cat", "--region", "40,10,40,40", "--mix", mix})).json().at(0)["presence"];
    };
    EXPECT_EQ(presence("1"), own.json().at(0)["presence"]);
    EXPECT_EQ(presence("0"), run(plain({"--phrase", "a cat"})).json().at(0)["presence"]);
    EXPECT_NE(presence("0.5"), presence("1"));
    const Outcome negative = run(plain({"--phrase", "a cat", "--negative", "a cat"}));
    EXPECT_LT(negative.json().at(0)["presence"], test::kProbabilityRounding) << "two rows of one product";
}

TEST_F(Program, EngineeredPictures) {
    ASSERT_EQ(run({"prompt", picture, "--region", "40,10,40,40", "--style", "size=96", "-o", path("p.png"),
                   "--save-tensor", path("p.npy")})
                  .code,
              0);
    const auto seen = image_io::read(path("p.png"));
    ASSERT_TRUE(seen.ok());
    EXPECT_EQ(seen->image.width, 96);
    const Array tensor = readNpy(path("p.npy"));
    EXPECT_THAT(tensor.header, HasSubstr("'shape': (3, 96, 96)"));
    // The tensor is the picture's pixels, normalised.
    EXPECT_NEAR(tensor.values[0], (float(seen->image.pixels[0]) / 255 - 0.485) / 0.229, 1e-5);
    ASSERT_EQ(run({"prompt", picture, "--region", "40,10,40,40", "--style", "blur_highlight", "--as-reference",
                   "--save-tensor", path("r.npy")})
                  .code,
              0);
    EXPECT_THAT(readNpy(path("r.npy")).header, HasSubstr("'shape': (3, 64, 96)")) << "its own size";
    expectError({"prompt", picture, "--region", "40,10,40,40"}, 2, "-o");
    expectError({"prompt", picture, "--region", "1,1,1,1", "--style", "sparkle", "-o", path("x.png")}, 2, "sparkle");
}

// What the program names when it refuses a style is what the help names.
TEST_F(Program, TheHelpOfPromptNamesEveryPresetAndKey) {
    const std::string help = run({"prompt", "--help"}).out;
    const auto named = [&](const char* style, const std::string& before, const std::string& after, char between) {
        std::string line = run({"prompt", picture, "--region", "1,1,1,1", "--style", style, "-o", path("x.png")}).err;
        const std::size_t begin = line.find(before);
        EXPECT_NE(begin, std::string::npos) << line;
        line = line.substr(begin + before.size());
        line = line.substr(0, line.find(after));
        std::vector<std::string> names;
        std::istringstream parts(line);
        for (std::string part; std::getline(parts, part, between);) {
            const std::size_t first = part.find_first_not_of(' ');
            names.push_back(part.substr(first, part.find(" (", first) - first));
        }
        return names;
    };
    const auto presets = named("sparkle", "use one of ", ", or key=value", ','),
               keys = named("sparkle=1", "key=value with ", "\n", ';');
    EXPECT_GT(presets.size(), 25u);
    EXPECT_GT(keys.size(), 12u);
    for (const std::string& name : presets) {
        EXPECT_THAT(help, testing::ContainsRegex("[ (]" + name + "[ \n]"));
    }
    for (const std::string& name : keys) {
        EXPECT_THAT(help, HasSubstr(" " + name + "="));
    }
    for (const char* range : {"context=0..2 (", "size=16..1024 (a multiple of 16)", "crop=on|off", "shift=-1..1"}) {
        EXPECT_THAT(help, HasSubstr(range));
    }
}

TEST_F(Program, InfoTellsWhatTheModelIs) {
    const Outcome outcome = run({"info", "--model", model, "--json", "--threads", "1"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["name"], "plain");
    EXPECT_EQ(json["head"], "plain");
    EXPECT_EQ(json["input_size"], 64);
    EXPECT_EQ(json["threads"], 1);
    EXPECT_EQ(json["extract_layers"], Json({1, 2}));
    EXPECT_THAT(run({"info", "--model", model}).out, HasSubstr("plain"));
}

TEST_F(Program, BenchMeasures) {
    const Outcome outcome = run({"bench", picture, "--model", model, "--runs", "2", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    for (const char* step : {"load", "encode", "text", "decode", "refine", "redraw"}) {
        EXPECT_GE(json["milliseconds"][step].get<double>(), 0) << step;
    }
    EXPECT_GT(json["peak_megabytes"].get<double>(), 1);
}

TEST_F(Program, InterruptedIs130) {
    fs::create_directory(path("in"));
    for (int i = 0; i < 300; ++i) {
        fs::copy_file(picture, path("in/" + std::to_string(i) + ".png"));
    }
    const Outcome outcome =
        run({"segment", path("in"), "--phrase", "cat", "--model", model, "--size", "1024", "--json"}, 1500);
    EXPECT_EQ(outcome.code, 130) << outcome.err;
    EXPECT_EQ(outcome.lines(outcome.err).size(), 1u) << outcome.err;
    // What was written is what was told.
    const Outcome writing = run({"segment", path("in"), "--phrase", "cat", "--phrase", "dog", "--model", model,
                                 "--size", "512", "-o", path("out/"), "--json"},
                                1500);
    EXPECT_EQ(writing.code, 130) << writing.err;
    std::set<std::string> told, there;
    for (const Json& line : writing.json()) {
        told.insert(line["output"]);
    }
    for (const auto& entry : fs::directory_iterator(path("out"))) {
        if (entry.path().extension() == ".png") {
            there.insert(entry.path().string());
        }
    }
    EXPECT_EQ(there, told);
}

TEST_F(Program, OutputThatCannotBeWritten) {
    expectError({"embed", "--model", model, "--phrase", "cat", "-o", path("none/e.npy")}, 6, "none");
    const std::string before = readText(picture);
    expectError({"embed", "--model", model, "--image", picture, "-o", picture}, 2, ".npy");
    writeText(model + "/own.npy", "1");
    expectError({"embed", "--model", model, "--phrase", "cat", "-o", model + "/own.npy"}, 2, "a file that is read");
    EXPECT_EQ(readText(picture), before);
    // A pattern's folder is made, as the README's commands have it.
    const Outcome made = run({"segment", picture, "--phrase", "cat", "--model", model, "-o", path("masks/{stem}.png")});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_TRUE(fs::exists(path("masks/photo.png")));
    const Outcome full =
        run({"segment", picture, "--phrase", "cat", "--model", model, "--kind", "mask", "-o", "/proc/o.png"});
    EXPECT_EQ(full.code, 6) << full.err;
}

}  // namespace
}  // namespace maskwright::test
