#include "ui/error_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <vector>

#include "ui/error_patterns.h"

namespace maskwright::ui {
namespace {

constexpr auto kContext = "maskwright::ui::Errors";
constexpr int kDeepest = 3;  // a reason within a reason

struct Compiled {
    QRegularExpression expression;
    QList<int> numbers;  // of the pattern's places, in their order
    const char* shown;
};

const std::vector<Compiled>& compiled() {
    static const std::vector<Compiled> all = [] {
        std::vector<Compiled> list;
        for (const ErrorPattern& pattern : kErrorPatterns) {
            Compiled one{{}, {}, pattern.shown};
            QString expression;
            const QString text = QString::fromUtf8(pattern.core);
            for (qsizetype i = 0; i < text.size(); ++i) {
                if (text[i] == '%' && i + 1 < text.size() && text[i + 1].isDigit()) {
                    one.numbers << text[++i].digitValue();
                    // Greedy: a colon in a file's name is not the one before the reason.
                    expression += QStringLiteral("(.+)");
                } else {
                    expression += QRegularExpression::escape(text.mid(i, 1));
                }
            }
            one.expression.setPattern(QRegularExpression::anchoredPattern(expression));
            list.push_back(std::move(one));
        }
        return list;
    }();
    return all;
}

QString translated(const char* text) { return QCoreApplication::translate(kContext, text); }

// Null where no pattern fits.
QString known(const QString& line, int depth) {
    for (const Compiled& pattern : compiled()) {
        const auto match = pattern.expression.match(line);
        if (!match.hasMatch()) {
            continue;
        }
        const QString shown = translated(pattern.shown);
        QString result;
        for (qsizetype i = 0; i < shown.size(); ++i) {
            if (shown[i] == '%' && i + 1 < shown.size() && shown[i + 1].isDigit()) {
                const auto place = pattern.numbers.indexOf(shown[++i].digitValue());
                const QString part = match.captured(int(place) + 1);
                const QString inner = depth < kDeepest ? known(part, depth + 1) : QString();
                result += inner.isNull() ? part : inner;
            } else {
                result += shown[i];
            }
        }
        return result;
    }
    return {};
}

const char* kindText(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return QT_TRANSLATE_NOOP("maskwright::ui::Errors", "This cannot be asked");
        case ErrorKind::input:
            return QT_TRANSLATE_NOOP("maskwright::ui::Errors", "This file cannot be used");
        case ErrorKind::weights:
            return QT_TRANSLATE_NOOP("maskwright::ui::Errors", "The model cannot be used");
        case ErrorKind::resource:
            return QT_TRANSLATE_NOOP("maskwright::ui::Errors", "The computer could not do it");
        case ErrorKind::output:
            return QT_TRANSLATE_NOOP("maskwright::ui::Errors", "The file could not be saved");
        case ErrorKind::cancelled:
            return QT_TRANSLATE_NOOP("maskwright::ui::Errors", "This was stopped");
    }
    return "";
}

// Core's lines begin small, for the command line.
QString sentence(QString line) {
    const QString first = line.section(' ', 0, 0);
    if (!first.isEmpty() && !first.contains('/') && !first.contains('.')) {  // a file's name stays as it is
        line[0] = line[0].toUpper();
    }
    return line;
}

}  // namespace

ErrorText errorText(const Error& error) {
    const QString what = QString::fromStdString(error.what.text()), advice = QString::fromStdString(error.advice.text());
    ErrorText text{known(what, 0), known(advice, 0)};
    if (text.what.isNull()) {
        const char* kind = kindText(error.kind);
        // In English the line says it all.
        const bool english = translated(kind) == QString::fromUtf8(kind);
        text.what = english ? what : translated("%1: %2").arg(translated(kind), what);
    }
    if (text.advice.isNull()) {
        text.advice = advice;
    }
    return {sentence(text.what), sentence(text.advice)};
}

QString errorLine(const Error& error) {
    const ErrorText text = errorText(error);
    return text.advice.isEmpty() ? text.what : text.what + QStringLiteral(". ") + text.advice;
}

QStringList errorPatterns() {
    QStringList all;
    for (const ErrorPattern& pattern : kErrorPatterns) {
        all << QString::fromUtf8(pattern.shown);
    }
    return all;
}

}  // namespace maskwright::ui
