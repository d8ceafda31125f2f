// The string literals of a C++ source, for tests that look after what the program says.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace maskwright::test {

struct SourceLiteral {
    std::string text;      // escapes resolved, adjacent literals joined
    int line = 0;          // where it begins, from 1
    std::string call;      // the word before the innermost open bracket: `message`, `Error`, `return`, or none
    std::size_t argument;  // its place in there, from 0
    std::string first;     // the first word in there
};

// Reads tokens, not grammar: comments and preprocessor lines are skipped, brackets are matched.
class SourceReader {
  public:
    explicit SourceReader(std::string_view source) : source_(source) {}

    std::vector<SourceLiteral> run() {
        while (at_ < source_.size()) {
            step();
        }
        return std::move(found_);
    }

  private:
    struct Bracket {
        std::string call, first;
        std::size_t argument = 0;
    };

    [[nodiscard]] bool ahead(std::string_view text) const { return source_.substr(at_).starts_with(text); }
    void advance(std::size_t count) {
        for (; count > 0 && at_ < source_.size(); --count) {
            line_ += source_[at_++] == '\n' ? 1 : 0;
        }
    }
    void advanceTo(std::string_view end) {
        const std::size_t found = source_.find(end, at_);
        advance((found == std::string_view::npos ? source_.size() : found + end.size()) - at_);
    }
    static bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

    void step() {
        const char c = source_[at_];
        if (ahead("//")) {
            advanceTo("\n");
        } else if (ahead("/*")) {
            advanceTo("*/");
        } else if (c == '#') {
            preprocessor();
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            advance(1);
        } else if (c == '"') {
            literal();
        } else if (ahead("R\"")) {
            rawLiteral();
        } else if (c == '\'') {
            advance(1);
            while (at_ < source_.size() && source_[at_] != '\'') {
                advance(source_[at_] == '\\' ? 2 : 1);
            }
            advance(1);
            other();
        } else if (isWord(c)) {
            word();
        } else {
            bracket(c);
            advance(1);
        }
    }

    void preprocessor() {
        while (at_ < source_.size()) {
            advanceTo("\n");
            if (at_ < 2 || source_[at_ - 2] != '\\') {
                break;
            }
        }
    }

    // The text of the literal that begins here, after that of its neighbour.
    std::string& begun() {
        if (!joins_) {
            const Bracket in = open_.empty() ? Bracket{} : open_.back();
            found_.push_back({{}, line_, in.call, in.argument, in.first});
        }
        joins_ = true;
        word_.clear();
        return found_.back().text;
    }

    void rawLiteral() {
        const std::size_t open = std::min(source_.find('(', at_), source_.size());
        const std::string end = ")" + std::string(source_.substr(at_ + 2, open - at_ - 2)) + "\"";
        const std::size_t close = std::min(source_.find(end, open), source_.size());
        if (open < close) {
            begun() += source_.substr(open + 1, close - open - 1);
        }
        advanceTo(end);
    }

    void literal() {
        std::string& text = begun();
        for (advance(1); at_ < source_.size() && source_[at_] != '"'; advance(1)) {
            if (source_[at_] == '\\') {
                advance(1);
                constexpr std::string_view kNames = "ntrvf", kSigns = "\n\t\r\v\f";
                const std::size_t known = kNames.find(source_[at_]);
                text += known == std::string_view::npos ? source_[at_] : kSigns[known];
            } else {
                text += source_[at_];
            }
        }
        advance(1);
    }

    void word() {
        const std::size_t begin = at_;
        const bool number = std::isdigit(static_cast<unsigned char>(source_[at_])) != 0;
        // 65'536 is one word.
        while (at_ < source_.size() && (isWord(source_[at_]) || (number && source_[at_] == '\''))) {
            advance(1);
        }
        other();
        word_ = source_.substr(begin, at_ - begin);
        if (!open_.empty() && open_.back().first.empty()) {
            open_.back().first = word_;
        }
    }

    void bracket(char c) {
        if (c == '(' || c == '{' || c == '[') {
            open_.push_back({word_, {}});
        } else if ((c == ')' || c == '}' || c == ']') && !open_.empty()) {
            open_.pop_back();
        } else if (c == ',' && !open_.empty()) {
            ++open_.back().argument;
        }
        other();
    }

    void other() {
        joins_ = false;
        word_.clear();
    }

    std::string_view source_;
    std::size_t at_ = 0;
    int line_ = 1;
    std::vector<Bracket> open_;
    std::string word_;    // the last token, if it was a word
    bool joins_ = false;  // the last token was a literal
    std::vector<SourceLiteral> found_;
};

inline std::vector<SourceLiteral> literalsOf(std::string_view source) { return SourceReader(source).run(); }

}  // namespace maskwright::test
