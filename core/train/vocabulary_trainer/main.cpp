// maskwright-vocabulary PIECES LINES MODEL: trains a SentencePiece unigram model from a file of lines. A program of its
// own, because Debian's libsentencepiece carries a protobuf that must not be bound to LibTorch's. Started by
// core/train/pieces.cpp.
#include <sentencepiece_trainer.h>

#include <cstdio>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/file.h"

namespace {

// Debian's 0.1.97 takes its text from an iterator.
class Lines : public sentencepiece::SentenceIterator {
  public:
    explicit Lines(const std::string& text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines_.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    }
    bool done() const override { return at_ >= lines_.size(); }
    void Next() override { ++at_; }
    const std::string& value() const override { return lines_[at_]; }
    sentencepiece::util::Status status() const override { return {}; }

  private:
    std::vector<std::string> lines_;
    std::size_t at_ = 0;
};

int fail(const std::string& line) {
    std::fprintf(stderr, "%s\n", line.c_str());
    return 3;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        return fail("usage: maskwright-vocabulary PIECES LINES MODEL");
    }
    const auto text = maskwright::readFile(arguments[2], std::uint64_t{1} << 30);
    if (!text) {
        return fail(text.error().line());
    }
    Lines lines(*text);
    const std::unordered_map<std::string, std::string> settings = {
        {"model_type", "unigram"},
        {"vocab_size", arguments[1]},
        {"byte_fallback", "true"},
        {"normalization_rule_name", "nfkc_cf"},
        {"character_coverage", "0.9995"},
        {"hard_vocab_limit", "true"},
        {"unk_id", "0"},  // unknown, begin and end are the first three pieces; there is no padding piece
        {"bos_id", "1"},
        {"eos_id", "2"},
        {"pad_id", "-1"},
        {"num_threads", "2"},
        {"minloglevel", "2"}};
    std::string model;
    const auto status = sentencepiece::SentencePieceTrainer::Train(settings, &lines, &model);
    if (!status.ok()) {
        return fail(status.ToString());
    }
    const auto written = maskwright::writeFileAtomically(arguments[3], model);
    return written ? 0 : fail(written.error().line());
}
