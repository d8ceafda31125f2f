#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/base/file.h"
#include "core/text/sentencepiece_check.h"
#include "core/text/sentencepiece_library.h"
#include "core/text/tokenizer.h"
#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::uint64_t kModelBytes = 64ull << 20;

class SentencePiece : public Tokenizer {
  public:
    // Takes `model`, of `door`.
    SentencePiece(const SentencePieceDoor& door, void* model, std::int64_t begin, std::int64_t end)
        : door_(door), model_(model), begin_(begin), end_(end) {}
    SentencePiece(const SentencePiece&) = delete;
    SentencePiece& operator=(const SentencePiece&) = delete;
    ~SentencePiece() override { door_.close(model_); }

    [[nodiscard]] Tokens encode(std::string_view text, std::int64_t limit) const override;
    [[nodiscard]] std::int64_t vocabularySize() const override {
        return std::max({std::int64_t{door_.pieces(model_)}, begin_ + 1, end_ + 1});
    }

  private:
    const SentencePieceDoor& door_;
    void* model_;
    std::int64_t begin_, end_;
};

Tokens SentencePiece::encode(std::string_view text, std::int64_t limit) const {
    constexpr std::int64_t kMarkers = 2;
    const std::string valid = encodeUtf8(decodeUtf8(text));
    const auto room = static_cast<std::size_t>(std::max(limit, kMarkers) - kMarkers);
    std::vector<std::int32_t> ids(std::min(room, valid.size() + 1));
    std::int64_t count = door_.encode(model_, valid.data(), valid.size(), ids.data(), ids.size());
    if (count > static_cast<std::int64_t>(ids.size()) && ids.size() < room) {  // more pieces than bytes: rare
        ids.resize(std::min(room, static_cast<std::size_t>(count)));
        count = door_.encode(model_, valid.data(), valid.size(), ids.data(), ids.size());
    }
    if (count < 0) {
        throw std::runtime_error("SentencePiece could not split " + quoted(text));
    }
    ids.resize(std::min(ids.size(), static_cast<std::size_t>(count)));
    Tokens tokens{{begin_}, count > static_cast<std::int64_t>(room)};
    tokens.ids.insert(tokens.ids.end(), ids.begin(), ids.end());
    tokens.ids.push_back(end_);
    return tokens;
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::string& file, std::int64_t begin, std::int64_t end) {
    constexpr std::int64_t kHighestId = (1 << 24) - 1;
    if (begin < 0 || end < 0 || begin > kHighestId || end > kHighestId) {
        return Error{
            ErrorKind::weights,
            message("the ids of the text's begin and end, %1 and %2, are not from 0 to %3", begin, end, kHighestId),
            "check the model's config.json"};
    }
    const auto bytes = readFile(file, kModelBytes, ErrorKind::weights);
    if (!bytes) {
        return bytes.error();
    }
    const auto bad = [&](Message problem) {
        return Error{ErrorKind::weights, message("%1 is no usable SentencePiece model: %2", file, std::move(problem)),
                     "take the model's files from its publisher again"};
    };
    if (Message problem = sentencePieceProblem(*bytes); !problem.empty()) {
        return bad(std::move(problem));
    }
    const auto door = sentencePieceDoor();
    if (!door) {
        return door.error();
    }
    char problem[256];
    void* model = (*door)->open(bytes->data(), bytes->size(), problem, sizeof problem);
    if (model == nullptr) {
        return bad(verbatim(problem));
    }
    return std::unique_ptr<Tokenizer>(std::make_unique<SentencePiece>(**door, model, begin, end));
}

}  // namespace maskwright::text
