#include <ATen/ATen.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/clip/tokenizer_files.h"
#include "core/train/phrases.h"
#include "core/train/pieces.h"
#include "core/train/stages.h"

namespace maskwright::train {
namespace {

// Every phrase once, and English ones with what `varied` may put round them.
std::vector<std::string> corpus(const PhraseTable& table) {
    std::set<std::string> seen;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < table.phrases.size(); ++i) {
        Random random(7, 1, i);
        for (const std::string& line : {table.phrases[i].text, varied(table.phrases[i], random)}) {
            if (seen.insert(line).second) {
                lines.push_back(line);
            }
        }
    }
    return lines;
}

}  // namespace

void tokenizerStage(const Context& context) {
    const PhraseTable table = need(readPhrases(context.options.text));
    const std::vector<std::string> lines = corpus(table);
    need(trainPieces(lines, context.options.tokenizer.pieces, context.workFile("tokenizer.model")));
    context.say("tokenizer: " + std::to_string(context.options.tokenizer.pieces) + " pieces from " +
                std::to_string(lines.size()) + " phrases");
}

std::unique_ptr<text::Tokenizer> openTokenizer(const Context& context) {
    const clip::TextConfig& text = context.config.clip.text;
    if (!context.options.modelBefore().empty()) {
        return need(clip::loadTokenizer(context.options.modelBefore(), text));
    }
    if (text.tokenizer != "sentencepiece") {
        throw TrainError({ErrorKind::input,
                          message("%1: the model's text_config.tokenizer is not sentencepiece", context.options.file),
                          "only SentencePiece vocabularies are trained here"});
    }
    return need(text::loadSentencePiece(context.workFile("tokenizer.model"), text.bos, text.eos));
}

std::pair<at::Tensor, at::Tensor> idsOf(const text::Tokenizer& tokenizer, std::span<const std::string> phrases,
                                        std::int64_t limit) {
    std::vector<std::vector<std::int64_t>> rows;
    std::size_t longest = 1;
    for (const std::string& phrase : phrases) {
        rows.push_back(tokenizer.encode(phrase, limit).ids);
        longest = std::max(longest, rows.back().size());
    }
    const auto count = static_cast<std::int64_t>(rows.size());
    at::Tensor ids = at::zeros({count, static_cast<std::int64_t>(longest)}, at::kLong),
               ends = at::zeros({count}, at::kLong);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy(rows[i].begin(), rows[i].end(), ids.data_ptr<std::int64_t>() + i * longest);
        ends.data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(rows[i].size()) - 1;
    }
    return {ids, ends};
}

}  // namespace maskwright::train
