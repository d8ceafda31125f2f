#include "core/clip/tokenizer_files.h"

#include <filesystem>

namespace maskwright::clip {

Result<std::unique_ptr<text::Tokenizer>> loadTokenizer(const std::string& folder, const TextConfig& config) {
    const bool pieces = config.tokenizer == "sentencepiece";
    auto tokenizer = pieces ? text::loadSentencePiece((std::filesystem::path(folder) / "tokenizer.model").string(),
                                                      config.bos, config.eos)
                            : text::loadClipBpe(folder);
    if (!tokenizer) {
        return tokenizer;
    }
    // Fewer than embeddings are right for CLIP's, whose embeddings may be padded; of SentencePiece pieces a file that
    // was cut off has fewer.
    const auto size = (*tokenizer)->vocabularySize();
    if (size > config.vocabulary || (pieces && size < config.vocabulary)) {
        return Error{ErrorKind::weights,
                     message("%1 has a tokenizer of %2 pieces for %3 embeddings", folder, size, config.vocabulary),
                     "take the tokenizer files that belong to these weights"};
    }
    return tokenizer;
}

}  // namespace maskwright::clip
