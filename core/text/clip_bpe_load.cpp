#include <array>
#include <filesystem>
#include <set>
#include <utility>

#include "core/text/clip_bpe.h"
#include "core/text/clip_special_tokens.h"
#include "core/text/clip_vocabulary.h"

namespace maskwright::text {
namespace {

bool isThere(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

Result<TokenizerSettings> readSettings(const std::filesystem::path& folder) {
    TokenizerSettings out;
    for (const auto& [name, into] : {std::pair{"tokenizer.json", &out.tokenizer},
                                     {"tokenizer_config.json", &out.config},
                                     {"special_tokens_map.json", &out.map},
                                     {"added_tokens.json", &out.added}}) {
        if (!isThere(folder / name)) {
            continue;
        }
        auto read = readJsonFile((folder / name).string(), ErrorKind::weights);
        if (!read) {
            return read.error();
        }
        if (!read->is_object()) {
            return badTokenizerFile((folder / name).string(), "it is not an object");
        }
        *into = std::move(*read);
    }
    return out;
}

Result<void> checkTokenizerJson(const Json& root, const std::string& file) {
    if (!root.contains("model") || !root["model"].is_object()) {
        return badTokenizerFile(file, "there is no model in it");
    }
    const Json& model = root["model"];
    if (model.contains("type") && model["type"] != "BPE") {
        return badTokenizerFile(file, "model.type is not BPE, which CLIP's tokenizer is");
    }
    if (!model.contains("vocab") || !model.contains("merges")) {
        return badTokenizerFile(file, "model.vocab or model.merges is missing");
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> loadClipBpe(const std::string& folder) {
    const std::filesystem::path base(folder);
    // tokenizer.json goes before the pair of older files, as in transformers.
    const bool single = isThere(base / "tokenizer.json");
    if (!single && !isThere(base / "vocab.json")) {
        return Error{ErrorKind::weights, message("%1 has no tokenizer", folder),
                     "a CLIP model folder holds vocab.json and merges.txt, or tokenizer.json"};
    }
    const auto settings = readSettings(base);
    if (!settings) {
        return settings.error();
    }
    const std::string file = (base / (single ? "tokenizer.json" : "vocab.json")).string();
    Json pair;  // vocab.json, where it is the one that counts
    if (single) {
        MASKWRIGHT_TRY(checkTokenizerJson(settings->tokenizer, file));
    } else {
        auto read = readJsonFile(file, ErrorKind::weights);
        if (!read) {
            return read.error();
        }
        pair = std::move(*read);
    }

    auto vocabulary = Vocabulary::read(single ? settings->tokenizer["model"]["vocab"] : pair, file);
    if (!vocabulary) {
        return vocabulary.error();
    }
    const std::string mergesFile = single ? file : (base / "merges.txt").string();
    auto merges = single ? readMergesJson(settings->tokenizer["model"]["merges"], file, *vocabulary)
                         : readMergesText(mergesFile, *vocabulary);
    if (!merges) {
        return merges.error();
    }
    auto special = readSpecialTokens(*settings, file, *vocabulary);
    if (!special) {
        return special.error();
    }
    std::set<std::int64_t> added;
    for (const AddedToken& token : special->added) {
        added.insert(token.id);
    }
    MASKWRIGHT_TRY(vocabulary->checkMade(*merges, added, mergesFile));
    std::array<std::int32_t, 256> inner{}, last{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const std::string symbol = byteSymbol(static_cast<std::uint8_t>(byte));
        inner[byte] = static_cast<std::int32_t>(vocabulary->id(symbol).value_or(special->unknown));
        last[byte] = static_cast<std::int32_t>(vocabulary->id(symbol + "</w>").value_or(special->unknown));
    }
    return std::unique_ptr<Tokenizer>(std::make_unique<ClipBpe>(Bpe(inner, last, std::move(*merges)),
                                                                std::move(special->added), special->begin, special->end,
                                                                vocabulary->size()));
}

}  // namespace maskwright::text
