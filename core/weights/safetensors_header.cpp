#include "core/weights/safetensors_header.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <istream>
#include <nlohmann/json.hpp>
#include <streambuf>
#include <utility>
#include <vector>

namespace maskwright::weights {
namespace {

constexpr std::string_view kMetadataKey = "__metadata__";

// Feeds the parser from the file piece by piece. A header that goes on and on without an event (an endless name, a sea
// of blanks) ends early, so the lexer's copy of the current token stays small.
class HeaderStream : public std::streambuf {
  public:
    HeaderStream(const FileReader& file, std::uint64_t begin, std::uint64_t length)
        : file_(file), begin_(begin), at_(begin), end_(begin + length) {}

    void eventSeen() { sinceEvent_ = 0; }
    [[nodiscard]] bool starved() const { return starved_; }
    // Where a NUL is, counted from 1, or 0. nlohmann takes it for the end of the text.
    [[nodiscard]] std::uint64_t nul() const { return nul_; }
    [[nodiscard]] const Result<void>& status() const { return status_; }

  protected:
    int_type underflow() override {
        std::size_t take = static_cast<std::size_t>(std::min<std::uint64_t>(piece_.size(), end_ - at_));
        if (take == 0 || !status_) {
            return traits_type::eof();
        }
        if (sinceEvent_ > kMaxTokenBytes) {
            starved_ = true;
            return traits_type::eof();
        }
        status_ = file_.read(at_, std::as_writable_bytes(std::span(piece_).first(take)));
        if (!status_) {
            return traits_type::eof();
        }
        if (const void* nul = std::memchr(piece_.data(), 0, take)) {
            // What comes before it is read first: it may be wrong in a way of its own.
            take = static_cast<std::size_t>(static_cast<const char*>(nul) - piece_.data());
            if (take == 0) {
                nul_ = at_ - begin_ + 1;
                return traits_type::eof();
            }
        }
        at_ += take;
        sinceEvent_ += take;
        setg(piece_.data(), piece_.data(), piece_.data() + take);
        return traits_type::to_int_type(piece_[0]);
    }

  private:
    const FileReader& file_;
    std::uint64_t begin_, at_, end_;
    std::size_t sinceEvent_ = 0;
    bool starved_ = false;
    std::uint64_t nul_ = 0;
    Result<void> status_;
    std::array<char, 64 * 1024> piece_;
};

class HeaderHandler : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit HeaderHandler(HeaderStream& stream) : stream_(stream) {}

    bool null() override { return notExpected(verbatim("null")); }
    bool boolean(bool) override { return notExpected("true or false"); }
    bool number_integer(number_integer_t value) override {
        if (state_ == State::shape || state_ == State::offsets) {
            return fail(message("%1 holds the negative number %2", field(), value));
        }
        return notExpected("a number");
    }
    bool number_unsigned(number_unsigned_t value) override {
        stream_.eventSeen();
        if (state_ == State::shape) {
            if (value > std::uint64_t{INT64_MAX}) {
                return fail(message("%1 holds %2, which is too large", field(), value));
            }
            if (entry_.shape.size() >= kMaxDimensions) {
                return fail(message("%1 has more than %2 dimensions", field(), kMaxDimensions));
            }
            entry_.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (state_ == State::offsets) {
            if (offsetCount_ == 2) {
                return fail(message("%1 has more than two numbers", field()));
            }
            (offsetCount_ == 0 ? entry_.begin : entry_.end) = value;
            ++offsetCount_;
            return true;
        }
        return notExpected("a number");
    }
    bool number_float(number_float_t, const string_t& text) override {
        if (state_ == State::shape || state_ == State::offsets) {
            const bool whole = text.find_first_of(".eE") == std::string::npos;
            return fail(whole ? message("%1 holds %2, which does not fit 64 bits", field(), quoted(text, 40))
                              : message("%1 holds %2, which is not a whole number", field(), quoted(text, 40)));
        }
        return notExpected("a number");
    }
    bool string(string_t& value) override {
        stream_.eventSeen();
        if (state_ == State::metadata) {
            if ((metadataBytes_ += value.size() + key_.size()) > kMaxMetadataBytes) {
                return fail(message("%1 holds more than %2 bytes", kMetadataKey, kMaxMetadataBytes));
            }
            if (header.metadata.size() >= kMaxMetadataEntries) {
                return fail(message("%1 has more than %2 entries", kMetadataKey, kMaxMetadataEntries));
            }
            if (!header.metadata.emplace(std::move(key_), std::move(value)).second) {
                return fail(message("%1 has a key twice", kMetadataKey));
            }
            return true;
        }
        if (state_ == State::entry && key_ == "dtype") {
            const auto* known = std::ranges::find(kTypes, value, [](DType type) { return nameOf(type); });
            if (known == kTypes.end()) {
                return fail(message("tensor %1 has the unknown dtype %2", quoted(name_), quoted(value, 40)));
            }
            entry_.dtype = *known;
            return true;
        }
        return notExpected("a text");
    }
    bool binary(binary_t&) override { return notExpected("binary data"); }

    bool start_object(std::size_t) override {
        stream_.eventSeen();
        if (state_ == State::start) {
            state_ = State::top;
            return true;
        }
        if (state_ == State::top && key_ == kMetadataKey) {
            state_ = State::metadata;
            return true;
        }
        if (state_ == State::top) {
            state_ = State::entry;
            entry_ = {};
            fields_ = 0;
            offsetCount_ = 0;
            return true;
        }
        return notExpected("an object");
    }
    bool key(string_t& value) override {
        stream_.eventSeen();
        if (state_ == State::top) {
            return topKey(value);
        }
        if (state_ == State::metadata) {
            if (header.metadata.contains(value)) {
                return fail(message("%1 has the key %2 twice", kMetadataKey, quoted(value)));
            }
            key_ = std::move(value);
            return true;
        }
        const auto* field = std::ranges::find(kFields, value);
        if (field == kFields.end()) {
            return fail(message("tensor %1 has the unknown field %2", quoted(name_), quoted(value, 40)));
        }
        const unsigned bit = 1u << (field - kFields.begin());
        if ((fields_ & bit) != 0) {
            return fail(message("tensor %1 has %2 twice", quoted(name_), value));
        }
        fields_ |= bit;
        key_ = std::move(value);
        return true;
    }
    bool end_object() override {
        stream_.eventSeen();
        if (state_ == State::entry) {
            state_ = State::top;
            return finishEntry();
        }
        state_ = state_ == State::metadata ? State::top : State::end;
        return true;
    }
    bool start_array(std::size_t) override {
        stream_.eventSeen();
        if (state_ == State::entry && key_ != "dtype") {
            state_ = key_ == "shape" ? State::shape : State::offsets;
            return true;
        }
        return notExpected("a list");
    }
    bool end_array() override {
        stream_.eventSeen();
        if (state_ == State::offsets && offsetCount_ != 2) {
            return fail(message("%1 has fewer than two numbers", field()));
        }
        state_ = State::entry;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override {
        if (stream_.starved()) {
            return fail(message("the header has a text or a run of blanks of more than %1 bytes", kMaxTokenBytes));
        }
        if (error.id == 406) {
            return fail("the header holds a number that does not fit 64 bits");
        }
        if (std::string_view(error.what()).find("UTF-8") != std::string_view::npos) {
            return fail(message("the header is not UTF-8 at byte %1", position));
        }
        return fail(message("the header is not valid JSON at byte %1", position));
    }

    SafetensorsHeader header;
    Message problem;

  private:
    enum class State { start, top, metadata, entry, shape, offsets, end };
    static constexpr std::array<std::string_view, 3> kFields = {"dtype", "shape", "data_offsets"};
    static constexpr std::array<DType, 10> kTypes = {DType::f64, DType::f32, DType::f16, DType::bf16, DType::i64,
                                                     DType::i32, DType::i16, DType::i8,  DType::u8,   DType::boolean};

    bool fail(Message what) {
        problem = std::move(what);
        return false;
    }
    [[nodiscard]] Message field() const { return message("%1 of tensor %2", key_, quoted(name_)); }

    bool notExpected(const Message& found) {
        switch (state_) {
            case State::top:
                if (key_ == kMetadataKey) {
                    return fail(message("%1 must be an object, but it is %2", key_, found));
                }
                return fail(message("the entry of tensor %1 must be an object, but it is %2", quoted(name_), found));
            case State::metadata:
                return fail(message("%1 may hold only texts, but %2 is %3", kMetadataKey, quoted(key_), found));
            case State::entry:
                return fail(key_ == "dtype" ? message("%1 must be a text, but it is %2", field(), found)
                                            : message("%1 must be a list, but it is %2", field(), found));
            case State::shape:
            case State::offsets:
                return fail(message("%1 may hold only whole numbers, but there is %2", field(), found));
            default:
                return fail(message("the header must be an object, but it is %1", found));
        }
    }

    bool topKey(string_t& value) {
        if (value == kMetadataKey) {
            if (std::exchange(hasMetadata_, true)) {
                return fail(message("%1 is there twice", kMetadataKey));
            }
            key_ = std::move(value);
            return true;
        }
        if (value.size() > kMaxNameBytes) {
            return fail(message("the tensor name %1 has more than %2 bytes", quoted(value, 40), kMaxNameBytes));
        }
        if (header.tensors.contains(value)) {
            return fail(message("tensor %1 is there twice", quoted(value)));
        }
        if (header.tensors.size() >= kMaxTensors) {
            return fail(message("the header has more than %1 tensors", kMaxTensors));
        }
        if ((nameBytes_ += value.size()) > kMaxNamesBytes) {
            return fail(message("the names of the tensors have more than %1 bytes", kMaxNamesBytes));
        }
        key_.clear();
        name_ = std::move(value);
        return true;
    }

    bool finishEntry() {
        for (std::size_t i = 0; i < kFields.size(); ++i) {
            if ((fields_ >> i & 1) == 0) {
                return fail(message("tensor %1 has no %2", quoted(name_), kFields[i]));
            }
        }
        if (entry_.begin > entry_.end) {
            return fail(message("data_offsets of tensor %1 end before they begin (%2, %3)", quoted(name_), entry_.begin,
                                entry_.end));
        }
        std::int64_t bytes = static_cast<std::int64_t>(sizeOf(entry_.dtype));
        for (const std::int64_t side : entry_.shape) {
            if (__builtin_mul_overflow(bytes, side, &bytes)) {
                return fail(message("shape %1 of tensor %2 is too large", shapeText(entry_.shape), quoted(name_)));
            }
        }
        if (static_cast<std::uint64_t>(bytes) != entry_.end - entry_.begin) {
            return fail(message("tensor %1 of %2 %3 needs %4 bytes, but has %5", quoted(name_), nameOf(entry_.dtype),
                                shapeText(entry_.shape), bytes, entry_.end - entry_.begin));
        }
        header.tensors.emplace(std::move(name_), std::move(entry_));
        return true;
    }

    HeaderStream& stream_;
    State state_ = State::start;
    std::string key_;   // of the header, an entry or the metadata, whichever is open
    std::string name_;  // of the tensor in hand
    TensorInfo entry_;
    unsigned fields_ = 0;  // bit i: kFields[i] was seen
    std::size_t offsetCount_ = 0, metadataBytes_ = 0, nameBytes_ = 0;
    bool hasMetadata_ = false;
};

}  // namespace

Result<SafetensorsHeader> readSafetensorsHeader(const FileReader& file, std::uint64_t length) {
    HeaderStream stream(file, 8, length);
    HeaderHandler handler(stream);
    std::istream input(&stream);
    const bool good = nlohmann::json::sax_parse(input, &handler);
    if (!stream.status()) {
        return stream.status().error();
    }
    if (!good || stream.nul() != 0) {
        const Message problem =
            stream.nul() != 0 ? message("the header is not valid JSON at byte %1", stream.nul()) : handler.problem;
        return Error{ErrorKind::weights, message("%1: %2", file.name(), problem),
                     "the file is damaged or no safetensors file; get it again"};
    }
    return std::move(handler.header);
}

}  // namespace maskwright::weights
