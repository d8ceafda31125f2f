#include "ui/widgets/mnemonic.h"

namespace maskwright::ui {

QString withMnemonic(const QString& text, char letter) {
    QString marked = text;
    const qsizetype at = text.indexOf(QLatin1Char(letter), 0, Qt::CaseInsensitive);
    return at >= 0 ? marked.insert(at, '&') : marked + QStringLiteral("(&%1)").arg(QLatin1Char(letter));
}

QChar mnemonicOf(const QString& text) {
    for (qsizetype at = text.indexOf('&'); at >= 0 && at + 1 < text.size(); at = text.indexOf('&', at + 2)) {
        if (text[at + 1] != '&') {
            return text[at + 1].toUpper();
        }
    }
    return {};
}

}  // namespace maskwright::ui
