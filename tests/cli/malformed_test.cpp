// Files that are not what they should be: one line, the right code, no crash, little memory.
#include <cstring>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

// A safetensors file with this header and so many bytes of data.
std::string safetensors(const std::string& header, std::size_t data = 0) {
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(data, '\0');
}

std::string entry(const std::string& name, const std::string& rest) { return "\"" + name + "\":{" + rest + "}"; }

struct Case {
    const char* what;
    std::string bytes;
};

TEST_F(Program, MalformedSafetensors) {
    const std::string good = readText(model + "/model.safetensors");
    const std::string f32 = R"("dtype":"F32","shape":[1],"data_offsets":)";
    std::string huge(8, '\xff');
    const Case cases[] = {
        {"empty", ""},
        {"seven bytes", "1234567"},
        {"length without header", std::string(8, '\0')},
        {"length of 2^64", huge + "{}"},
        {"length past the end", good.substr(0, 60)},
        {"not JSON", safetensors("{]")},
        {"a list", safetensors("[]")},
        {"no tensors", safetensors("{}")},
        {"not UTF-8", safetensors("{\"\xff\xfe\":{}}")},
        {"deep nesting", safetensors(std::string(100'000, '['))},
        {"long text", safetensors("{\"" + std::string(3'000'000, 'x'))},
        {"unknown type", safetensors("{" + entry("a", R"("dtype":"F3","shape":[1],"data_offsets":[0,4])") + "}", 4)},
        {"negative side", safetensors("{" + entry("a", R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])") + "}", 4)},
        {"overflowing shape",
         safetensors("{" + entry("a", R"("dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,4])") + "}",
                     4)},
        {"shape against size",
         safetensors("{" + entry("a", R"("dtype":"F32","shape":[3],"data_offsets":[0,4])") + "}", 4)},
        {"overlap", safetensors("{" + entry("a", f32 + "[0,4]") + "," + entry("b", f32 + "[0,4]") + "}", 4)},
        {"gap", safetensors("{" + entry("a", f32 + "[0,4]") + "," + entry("b", f32 + "[8,12]") + "}", 12)},
        {"trailing bytes", good + "x"},
        {"zero bytes after the header", safetensors(std::string("{}\0\0\0\0\0\0", 8))},
        {"numbers that are not finite", good.substr(0, good.size() - 64) + std::string(64, '\xff')},
        {"truncated data", good.substr(0, good.size() - 1)},
        {"twice the same name",
         safetensors("{" + entry("a", f32 + "[0,4]") + "," + entry("a", f32 + "[0,4]") + "}", 4)},
        {"other tensors", safetensors("{" + entry("a", f32 + "[0,4]") + "}", 4)},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.what);
        writeText(model + "/model.safetensors", c.bytes);
        expectError({"info", "--model", model}, 4, "safetensors");
    }
}

TEST_F(Program, MalformedConfigurations) {
    const std::string good = readText(model + "/config.json");
    const auto with = [&](const char* section, const char* key, const Json& value) {
        Json json = Json::parse(good);
        (*section != '\0' ? json[section] : json)[key] = value;
        return json.dump();
    };
    const Case cases[] = {
        {"empty", ""},
        {"cut off", good.substr(0, good.size() / 2)},
        {"a list", "[]"},
        {"a number", "1e999"},
        {"not UTF-8", "{\"model_type\": \"\xff\"}"},
        {"deep nesting", std::string(1'000'000, '[')},
        {"twice the same key", R"({"model_type": "clipseg", "model_type": "clipseg"})"},
        {"another model", with("", "model_type", "bert")},
        {"negative width", with("text_config", "hidden_size", -16)},
        {"width as a text", with("vision_config", "hidden_size", "24")},
        {"heads that do not divide", with("vision_config", "num_attention_heads", 7)},
        {"other width", with("vision_config", "hidden_size", 48)},
        {"enormous width", with("vision_config", "hidden_size", 1e15)},
        {"enormous vocabulary", with("text_config", "vocab_size", 4'000'000)},
        {"layer out of range", with("", "extract_layers", {1, 99})},
        {"layers missing, defaults out of range", with("", "extract_layers", nullptr)},
        {"no patch", with("vision_config", "patch_size", 0)},
        {"unknown activation", with("vision_config", "hidden_act", "swish")},
        {"other head", with("", "use_complex_transposed_convolution", true)},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.what);
        writeText(model + "/config.json", c.bytes);
        expectError({"info", "--model", model}, 4, "");
    }
    writeText(model + "/config.json", good);
    for (const char* text : {"{", "[]x", "[]", R"({"size": {"height": -1, "width": -1}})", R"({"image_mean": [0.5]})",
                             R"({"image_std": [0, 0, 0]})"}) {
        writeText(model + "/preprocessor_config.json", text);
        expectError({"info", "--model", model}, 4, "preprocessor_config.json");
    }
    writeText(model + "/preprocessor_config.json", R"({"size": 50})");
    expectError({"segment", picture, "--phrase", "cat", "--model", model, "-o", path("o.png")}, 4, "50");
}

TEST_F(Program, MalformedVocabularies) {
    const Case cases[] = {
        {"empty", ""}, {"a list", "[1, 2]"}, {"ids as texts", R"({"a": "b"})"}, {"negative", R"({"a": -1})"}};
    const std::string good = readText(model + "/vocab.json");
    for (const Case& c : cases) {
        SCOPED_TRACE(c.what);
        writeText(model + "/vocab.json", c.bytes);
        expectError({"tokenize", "--model", model, "cat"}, 4, "vocab.json");
    }
    writeText(model + "/vocab.json", good);
    writeText(model + "/merges.txt", "#version\nnot a merge at all\n");
    expectError({"tokenize", "--model", model, "cat"}, 4, "merges.txt");
    fs::remove(model + "/merges.txt");
    expectError({"tokenize", "--model", model, "cat"}, 4, "merges.txt");
}

TEST_F(Program, MalformedPictures) {
    const std::string good = readText(picture);
    std::string wide = good;  // 2^31 - 1 pixels each way, the rest as it was
    for (const std::size_t at : {16u, 20u}) {
        wide.replace(at, 4, "\x7f\xff\xff\xff", 4);
    }
    const Case cases[] = {
        {"empty.png", ""},
        {"text.png", "this is no picture\n"},
        {"cut.png", good.substr(0, good.size() / 2)},
        {"signature.png", good.substr(0, 8)},
        {"wide.png", wide},
        {"cut.jpg", std::string("\xff\xd8\xff\xe0\0\x10JFIF\0\x01", 12)},
        {"cut.gif", std::string("GIF89a\xff\xff\xff\xff", 10)},
        {"cut.webp", std::string("RIFF\xff\xff\xff\x7fWEBPVP8 ", 16)},
        {"cut.bmp", std::string("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f", 26)},
        {"cut.tiff", std::string("II*\0\xff\xff\xff\xff", 8)},
        {"script.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.what);
        writeText(path(c.what), c.bytes);
        expectError({"segment", path(c.what), "--phrase", "cat", "--model", model, "-o", path("o.png")}, 3, c.what);
        EXPECT_FALSE(fs::exists(path("o.png")));
    }
    expectError({"segment", path("absent.png"), "--phrase", "cat", "--model", model, "-o", path("o.png")}, 3,
                "absent.png");
    expectError({"segment", "/dev/zero", "--phrase", "cat", "--model", model, "-o", path("o.png")}, 3, "/dev/zero");
    expectError(
        {"segment", picture, "--phrase", "cat", "--model", model, "-o", path("o.png"), "--max-megapixels", "0.001"}, 3,
        "megapixel");
}

TEST_F(Program, MalformedRegions) {
    const auto embed = [&](const std::string& region) {
        return std::vector<std::string>{"embed",    "--model", model, "--image",    picture,
                                        "--region", region,    "-o",  path("e.npy")};
    };
    Mask small(10, 10, 255), none(96, 64, 0);
    ASSERT_TRUE(image_io::writeMask(path("small.png"), small).ok());
    ASSERT_TRUE(image_io::writeMask(path("none.png"), none).ok());
    writeText(path("text.png"), "not a mask");
    expectError(embed("1,2,3"), 2, "1,2,3");
    expectError(embed("1,2,0,5"), 2, "1,2,0,5");
    expectError(embed("1,2,3,99999999999999"), 2, "99999999999999");
    expectError(embed("1.5,2,3,4"), 2, "1.5");
    expectError(embed("500,500,10,10"), 3, "outside");
    expectError(embed("-50,-50,10,10"), 3, "outside");
    expectError(embed(path("small.png")), 3, "10x10");
    expectError(embed(path("none.png")), 3, "nothing");
    expectError(embed(path("text.png")), 3, "text.png");
    expectError(embed(path("absent.png")), 3, "absent.png");
}

}  // namespace
}  // namespace maskwright::test
