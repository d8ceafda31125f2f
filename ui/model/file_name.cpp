#include "ui/model/file_name.h"

#include <QStringDecoder>
#include <algorithm>
#include <optional>

namespace maskwright::ui {
namespace {

constexpr char16_t kFirst = 0xDC00;

std::optional<QString> decoded(QByteArrayView bytes) {
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

QString pathText(const std::string& path) {
    if (auto whole = decoded(path)) {
        return *whole;
    }
    QString text;
    for (std::size_t at = 0; at < path.size();) {
        std::size_t length = 0;
        for (std::size_t most = std::min<std::size_t>(4, path.size() - at); length < most;) {
            ++length;
            if (const auto character = decoded(QByteArrayView(path.data() + at, qsizetype(length)))) {
                text += *character;
                break;
            }
            if (length == most) {
                text += QChar(char16_t(kFirst + static_cast<unsigned char>(path[at])));
                length = 1;
                break;
            }
        }
        at += length;
    }
    return text;
}

std::string pathBytes(const QString& text) {
    std::string path;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype begin = at;
        while (at < text.size() && !(text[at].isLowSurrogate() && (at == begin || !text[at - 1].isHighSurrogate()))) {
            ++at;
        }
        path += text.mid(begin, at - begin).toStdString();
        if (at < text.size()) {
            path += static_cast<char>(text[at].unicode() - kFirst);
        }
    }
    return path;
}

}  // namespace maskwright::ui
