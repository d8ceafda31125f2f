#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/text/tokenizer.h"
#include "tests/support/paths.h"
#include "tests/unit/core/text/cases.h"

namespace maskwright::text {
namespace {

const std::string kFixture = test::sourcePath("tests/reference/bpe");

class ClipBpeLoad : public FolderTest {
  protected:
    static Json vocabulary() { return *readJsonFile(kFixture + "/vocab.json"); }
    static Json merges(bool pairs) {
        Json out = Json::array();
        std::ifstream file(kFixture + "/merges.txt");
        std::string line;
        std::getline(file, line);
        while (std::getline(file, line)) {
            const auto space = line.find(' ');
            out.push_back(pairs ? Json::array({line.substr(0, space), line.substr(space + 1)}) : Json(line));
        }
        return out;
    }
    static Json tokenizerJson(bool pairs) {
        return {{"version", "1.0"},
                {"added_tokens", Json::array()},
                {"model", {{"type", "BPE"}, {"vocab", vocabulary()}, {"merges", merges(pairs)}}}};
    }
    void writeTwoFiles() const {
        copy(kFixture + "/vocab.json", "vocab.json");
        copy(kFixture + "/merges.txt", "merges.txt");
    }
    [[nodiscard]] std::vector<std::int64_t> ids(const std::string& text) const {
        const auto tokenizer = loadClipBpe(folder_.string());
        EXPECT_TRUE(tokenizer.ok()) << tokenizer.error().line();
        return tokenizer ? (*tokenizer)->encode(text, 77).ids : std::vector<std::int64_t>{};
    }
    // The error of the folder as it is, which must be about weights and one line.
    [[nodiscard]] std::string error() const {
        const auto tokenizer = loadClipBpe(folder_.string());
        if (tokenizer) {
            return "none";
        }
        EXPECT_EQ(tokenizer.error().kind, ErrorKind::weights);
        EXPECT_EQ(tokenizer.error().line().find('\n'), std::string::npos);
        EXPECT_FALSE(tokenizer.error().advice.text().empty());
        return tokenizer.error().line();
    }
    void expectError(const std::string& part) const { EXPECT_NE(error().find(part), std::string::npos) << error(); }
    void writeVocabulary(const Json& json) const { write("vocab.json", json.dump()); }
};

TEST_F(ClipBpeLoad, OneFileEqualsTwo) {
    const auto reference = loadClipBpe(kFixture);
    ASSERT_TRUE(reference.ok());
    for (const bool pairs : {false, true}) {
        write("tokenizer.json", tokenizerJson(pairs).dump());
        const auto tokenizer = loadClipBpe(folder_.string());
        ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
        EXPECT_EQ((*tokenizer)->vocabularySize(), (*reference)->vocabularySize());
        for (const Case& each : readCases(kFixture + "/cases.json")) {
            EXPECT_EQ((*tokenizer)->encode(each.text, 77).ids, (*reference)->encode(each.text, 77).ids)
                << quoted(each.text);
        }
    }
}

// Without its last merges a word falls apart in another way, and nothing would say so.
TEST_F(ClipBpeLoad, LostMergesAreRefused) {
    writeTwoFiles();
    const std::string text = *readFile(kFixture + "/merges.txt", 1 << 20);
    std::size_t half = text.find('\n', text.size() / 2) + 1, last = text.rfind('\n', text.size() - 2) + 1;
    for (const std::string& cut :
         {text.substr(0, half), text.substr(0, last), std::string("#version: 0.2\n"), std::string()}) {
        write("merges.txt", cut);
        expectError("merges.txt");
        expectError("of the vocabulary, of which the first is");
    }
    const Json whole = tokenizerJson(true);
    for (const std::size_t kept : {0u, 150u, 299u}) {
        Json json = whole;
        auto& list = json["model"]["merges"].get_ref<Json::array_t&>();
        list.resize(kept);
        write("tokenizer.json", json.dump());
        expectError("tokenizer.json");
        expectError("it has " + std::to_string(kept) + " merges, and none for " + std::to_string(300 - kept) +
                    " tokens");
    }
}

// Tokens that no merge makes, but which are no sign of lost ones.
TEST_F(ClipBpeLoad, TokensOfOtherOriginsNeedNoMerge) {
    writeTwoFiles();
    const auto plain = ids("a photo of a cat");
    Json json = vocabulary();
    const auto size = json.size();
    json["<|unused1|>"] = size;
    json["[PAD]"] = size + 1;
    json["\u00e9\u0301"] = size + 2;  // of two letters
    json["\u4e00</w>"] = size + 3;
    writeVocabulary(json);
    expectError("none for 1 tokens");
    write("added_tokens.json", Json{{"\u00e9\u0301", size + 2}}.dump());
    EXPECT_EQ(ids("a photo of a cat"), plain);
}

// transformers 5 writes it as a whole number of 31 digits, before that as 1e30.
TEST_F(ClipBpeLoad, SettingsThatNobodyReadsMayBeOfAnySize) {
    writeTwoFiles();
    const auto plain = ids("a photo of a cat");
    for (const char* number : {"1000000000000000019884624838656", "1e30", "1e999", "-99999999999999999999"}) {
        write("tokenizer_config.json", std::string(R"({"model_max_length": )") + number + "}");
        EXPECT_EQ(ids("a photo of a cat"), plain) << number;
    }
}

// Where both are there and disagree, tokenizer.json counts, as in transformers 5.
TEST_F(ClipBpeLoad, TheOneFileGoesBeforeTheTwo) {
    writeTwoFiles();
    const auto plain = ids("a photo of a cat");
    Json json = tokenizerJson(true);
    auto& vocab = json["model"]["vocab"];
    std::swap(vocab["a</w>"], vocab["b</w>"]);
    write("tokenizer.json", json.dump());
    EXPECT_NE(ids("a photo of a cat"), plain);
    write("merges.txt", "");
    EXPECT_NE(ids("a photo of a cat"), plain);
}

TEST_F(ClipBpeLoad, WindowsLineEndsAreRead) {
    writeTwoFiles();
    const auto plain = ids("a photo of a cat");
    std::string text = *readFile(kFixture + "/merges.txt", 1 << 20);
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
        text.replace(at, 1, "\r\n");
    }
    write("merges.txt", text);
    EXPECT_EQ(ids("a photo of a cat"), plain);
}

TEST_F(ClipBpeLoad, AByteOrderMarkIsPassedOver) {
    writeTwoFiles();
    const auto plain = ids("a photo of a cat");
    const std::string text = *readFile(kFixture + "/merges.txt", 1 << 20);
    for (const std::string& list : {text, text.substr(text.find('\n') + 1)}) {  // with its version, and without
        write("merges.txt", "\xEF\xBB\xBF" + list);
        EXPECT_EQ(ids("a photo of a cat"), plain);
    }
}

TEST_F(ClipBpeLoad, MarkersInTheTextFollowTheFoldersFlags) {
    writeTwoFiles();
    const auto begin = vocabulary()["<|startoftext|>"].get<std::int64_t>();
    const auto end = vocabulary()["<|endoftext|>"].get<std::int64_t>();
    using Ids = std::vector<std::int64_t>;
    const std::string text = "<|StartOfText|><|EndOfText|>";
    EXPECT_EQ(ids("<|startoftext|><|endoftext|>"), (Ids{begin, begin, end, end}));
    EXPECT_GT(ids(text).size(), 4u);

    // Published CLIP folders: every marker an object but the padding, which makes the end marker plain again.
    const auto token = [](const char* content, bool normalized) {
        return Json{{"content", content}, {"normalized", normalized}, {"special", true}};
    };
    Json map = {{"bos_token", token("<|startoftext|>", true)},
                {"eos_token", token("<|endoftext|>", true)},
                {"unk_token", token("<|endoftext|>", true)},
                {"pad_token", "<|endoftext|>"}};
    write("special_tokens_map.json", map.dump());
    EXPECT_EQ(ids("<|StartOfText|>"), (Ids{begin, begin, end}));
    EXPECT_GT(ids("<|EndOfText|>").size(), 3u);
    map["pad_token"] = token("<|endoftext|>", true);
    write("special_tokens_map.json", map.dump());
    EXPECT_EQ(ids(text), (Ids{begin, begin, end, end}));
    write("tokenizer_config.json", Json{{"added_tokens_decoder",
                                         {{std::to_string(begin), token("<|startoftext|>", false)},
                                          {std::to_string(end), token("<|endoftext|>", true)}}}}
                                       .dump());
    EXPECT_GT(ids("<|StartOfText|>").size(), 3u);
    EXPECT_EQ(ids("<|EndOfText|>"), (Ids{begin, end, end}));
}

TEST_F(ClipBpeLoad, AddedTokensGrowTheVocabulary) {
    Json json = tokenizerJson(true);
    const auto size = static_cast<std::int64_t>(vocabulary().size());
    json["added_tokens"] = {{{"id", size + 1}, {"content", "<two>"}},
                            {{"id", size}, {"content", "<One>"}, {"normalized", false}}};
    write("tokenizer.json", json.dump());
    const auto tokenizer = loadClipBpe(folder_.string());
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
    EXPECT_EQ((*tokenizer)->vocabularySize(), size + 2);
    const auto out = (*tokenizer)->encode("<TWO><One>", 77).ids;
    ASSERT_EQ(out.size(), 4u);
    EXPECT_EQ(out[1], size + 1);
    EXPECT_EQ(out[2], size);
}

TEST_F(ClipBpeLoad, MissingFilesAreNamed) {
    expectError("has no tokenizer");
    copy(kFixture + "/vocab.json", "vocab.json");
    expectError("merges.txt");
}

TEST_F(ClipBpeLoad, BadVocabulariesAreRefused) {
    writeTwoFiles();
    for (const char* text :
         {"", "[]", "{}", "3", "{\"a\"", "{\"a\": \"b\"}", "{\"a\": -1}", "{\"a\": 1.5}", "{\"a\": 4294967296}",
          "{\"a\": 99999999999999999999}", "{\"a\": null}", "{\"a\": 0, \"a\": 1}", "{\"a\": 0, \"b\": 0}"}) {
        write("vocab.json", text);
        expectError("vocab.json");
    }
    Json json = vocabulary();
    json.erase("<|endoftext|>");
    writeVocabulary(json);
    expectError("no token \"<|endoftext|>\"");
    json = vocabulary();
    json["<|endoftext|>"] = json["<|startoftext|>"];
    writeVocabulary(json);
    expectError("given twice");
}

TEST_F(ClipBpeLoad, BadMergesAreRefused) {
    writeTwoFiles();
    for (const auto& [text, part] : {std::pair{"#version: 0.2\na b c\n", "line 2"},
                                     {"ab\n", "line 1"},
                                     {"a  b\n", "line 1"},
                                     {"t h\nQQ ZZ\n", "line 2 needs the token \"QQ\""},
                                     {"\x01 \x02\n", "needs the token"}}) {
        write("merges.txt", text);
        expectError("merges.txt");
        expectError(part);
    }
}

TEST_F(ClipBpeLoad, BadTokenizerJsonIsRefused) {
    const Json good = tokenizerJson(false);
    for (const char* patch :
         {R"({"model": null})", R"({"model": 3})", R"({"model": {"type": "Unigram"}})", R"({"model": {"vocab": null}})",
          R"({"model": {"vocab": []}})", R"({"model": {"merges": null}})", R"({"model": {"merges": {}}})",
          R"({"model": {"merges": ["t h", 3]}})", R"({"model": {"merges": [["t"]]}})",
          R"({"model": {"merges": [["t", "h", "e"]]}})", R"({"model": {"merges": ["QQ Z"]}})", R"({"added_tokens": 3})",
          R"({"added_tokens": ["x"]})", R"({"added_tokens": [{"id": 1}]})",
          R"({"added_tokens": [{"id": -1, "content": "x"}]})", R"({"added_tokens": [{"id": "1", "content": "x"}]})"}) {
        Json json = good;
        json.merge_patch(Json::parse(patch));
        write("tokenizer.json", json.dump());
        expectError("tokenizer.json");
    }
    write("tokenizer.json", "[]");
    expectError("tokenizer.json");
    Json many = good;
    for (int i = 0; i < 2000; ++i) {
        many["added_tokens"].push_back({{"id", 5000 + i}, {"content", "<t" + std::to_string(i) + ">"}});
    }
    write("tokenizer.json", many.dump());
    expectError("added tokens");
}

TEST_F(ClipBpeLoad, BadSettingsAreRefused) {
    writeTwoFiles();
    write("tokenizer_config.json", "{");
    expectError("tokenizer_config.json");
    write("tokenizer_config.json", R"({"added_tokens_decoder": {"x": {"content": "y"}}})");
    expectError("added_tokens_decoder");
    write("tokenizer_config.json", R"({"added_tokens_decoder": [1]})");
    expectError("added_tokens_decoder");
    write("tokenizer_config.json", R"({"bos_token": "<nowhere>"})");
    expectError("<nowhere>");
    write("tokenizer_config.json", R"({"bos_token": ""})");
    expectError("no token");
    write("tokenizer_config.json", "{}");
    write("added_tokens.json", R"({"x": "y"})");
    expectError("added_tokens.json");
}

}  // namespace
}  // namespace maskwright::text
