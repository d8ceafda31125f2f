// The language of the window: the system's, or one the user chose. Translations are in the program.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace maskwright::ui {

class Language : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    // "" follows the system; "en", "ko". Widgets get LanguageChange events.
    void use(const QString& code);
    [[nodiscard]] const QString& code() const { return code_; }
    [[nodiscard]] static QStringList available() { return {QStringLiteral("en"), QStringLiteral("ko")}; }
    // A language's name in itself.
    [[nodiscard]] static QString nameOf(const QString& code);

  private:
    QString code_;
    QTranslator own_, qt_;
};

}  // namespace maskwright::ui
