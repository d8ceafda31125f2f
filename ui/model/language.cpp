#include "ui/model/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace maskwright::ui {

void Language::use(const QString& code) {
    code_ = code;
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&own_);
    QCoreApplication::removeTranslator(&qt_);
    // uiLanguages, not the locale's own name: LANGUAGE may name a list, the first match counts.
    QStringList wanted = code.isEmpty() ? locale.uiLanguages() : QStringList{code};
    for (const QString& language : wanted) {
        const QString base = language.section('-', 0, 0).section('_', 0, 0);
        if (base == QLatin1String("en") || base == QLatin1String("C")) {
            break;
        }
        if (own_.load(QStringLiteral(":/i18n/maskwright_%1.qm").arg(base))) {
            // All of Qt's texts, where the distribution has them; ours hold those of the dialogs that are used.
            if (qt_.load(QStringLiteral("qtbase_") + base, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
                QCoreApplication::installTranslator(&qt_);
            }
            QCoreApplication::installTranslator(&own_);
            break;
        }
    }
}

QString Language::nameOf(const QString& code) {
    return code == QLatin1String("ko") ? QStringLiteral("한국어") : QStringLiteral("English");
}

}  // namespace maskwright::ui
