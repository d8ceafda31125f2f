// maskwright-vocabulary PIECES LINES MODEL: trains a SentencePiece unigram model from a file of lines. A program of its
// own, because Debian's libsentencepiece carries a protobuf that must not be bound to LibTorch's. Started by
// core/train/pieces.cpp. exit_codes.h says how it ends.
#include <sentencepiece_trainer.h>

#include <cctype>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/file.h"
#include "core/train/vocabulary_trainer/exit_codes.h"

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

int fail(const std::string& line, int code = maskwright::train::kVocabularyFailed) {
    std::fprintf(stderr, "%s\n", line.c_str());
    return code;
}

// The digits behind `words`; empty where the text does not have them.
std::string numberBehind(const std::string& text, std::string_view words) {
    const std::size_t at = text.find(words);
    std::string digits;
    for (std::size_t i = at + words.size();
         at != std::string::npos && i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])); ++i) {
        digits += text[i];
    }
    return digits;
}

// What SentencePiece says is a place in its source and a condition; of a size that does not fit the number is told.
int refuse(const std::string& said, const std::string& pieces) {
    if (const std::string most = numberBehind(said, "Please set it to a value <= "); !most.empty()) {
        return fail(most, maskwright::train::kTooManyPieces);
    }
    if (const std::string least = numberBehind(said, "required_chars. " + pieces + " vs "); !least.empty()) {
        return fail(least, maskwright::train::kTooFewPieces);
    }
    return fail(said);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        return fail("usage: maskwright-vocabulary PIECES LINES MODEL");
    }
    const std::string_view pieces = arguments[1];
    std::int32_t wanted = 0;
    const auto [end, error] = std::from_chars(pieces.data(), pieces.data() + pieces.size(), wanted);
    if (error != std::errc() || end != pieces.data() + pieces.size() || wanted < 1) {
        return fail("PIECES is \"" + std::string(pieces) + "\", not a whole number from 1 to 2147483647");
    }
    const auto text = maskwright::readFile(arguments[2], std::uint64_t{1} << 30);
    if (!text) {
        return fail(text.error().line());
    }
    Lines lines(*text);
    if (lines.done()) {
        return fail(std::string(arguments[2]) + " has no lines");
    }
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
        return refuse(status.ToString(), arguments[1]);
    }
    const auto written = maskwright::writeFileAtomically(arguments[3], model);
    return written ? 0 : fail(written.error().line());
}
