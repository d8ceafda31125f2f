#include "ui/model/error_text.h"

#include <QCoreApplication>
#include <QtGlobal>
#include <algorithm>
#include <cctype>
#include <string_view>

namespace maskwright::ui {
namespace {

constexpr auto kContext = "maskwright::ui::Errors";

struct Rewording {
    const char* said;   // core's template
    const char* shown;  // with the same places, or fewer
};

// Where core speaks of the command line or its words, and the window has others.
constexpr Rewording kRewordings[] = {
    {"every support region has the weight 0",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "every example has the weight 0")},
    {"give the path of a file", QT_TRANSLATE_NOOP("maskwright::ui::Errors", "choose a file")},
    {"reduce the picture, or raise the limit with --max-megapixels",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "make the picture smaller")},
    {"choose a smaller input size (--size), or close other programs",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "close other programs, or choose a smaller model")},
    {"choose a smaller input size (--size)",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "close other programs, or choose a smaller model")},
    {"name them as files to search them too",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "put them into a folder of their own to search them too")},
    {"its subfolders were not searched: leave --flat out",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "search its subfolders")},
    {"correct its preprocessor_config.json, or choose --size %1",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "choose another model")},
    {"try --device cpu and --dtype float32",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "start Maskwright with --device cpu --dtype float32")},
    {"try --dtype float32, or get the weights again",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "start Maskwright with --dtype float32, or get the weights again")},
    {"use --device cpu, or a LibTorch with CUDA (README.md)",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "start Maskwright with --device cpu, or use a LibTorch with CUDA")},
    {"give the style crop=off as well", QT_TRANSLATE_NOOP("maskwright::ui::Errors", "turn “Crop to the object” off")},
    {"choose a style that changes pixels, such as crop_blur_highlight352, or a CLIPSeg model",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "choose a way of showing that changes pixels, or a CLIPSeg model")},
    {"give tokens= a block from 0 to %1", QT_TRANSLATE_NOOP("maskwright::ui::Errors", "choose a block from 0 to %1")},
    {"built-in models: none found (set MASKWRIGHT_MODELS)",
     QT_TRANSLATE_NOOP(
         "maskwright::ui::Errors",
         "no built-in model was found: install Maskwright again, or open a model folder from the Model menu")},
    {"built-in models: %1",
     QT_TRANSLATE_NOOP("maskwright::ui::Errors", "built-in models: %1; choose one in the Model menu")},
};

QString translated(const char* text) { return QCoreApplication::translate(kContext, text); }

bool hasWords(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
}

// Whether the window's language has the message's template. One without words of its own ("%1: %2") is as known as
// the sentences in it.
bool isKnown(const Message& message) {
    if (message.verbatim) {
        return false;
    }
    if (!hasWords(message.pattern)) {
        return std::all_of(message.arguments.begin(), message.arguments.end(),
                           [](const Message& argument) { return argument.verbatim || isKnown(argument); });
    }
    const char* text = shownTemplate(message.pattern.c_str());
    return translated(text) != QString::fromUtf8(text);
}

QString shown(const Message& message) {
    if (message.verbatim) {
        return QString::fromStdString(message.pattern);
    }
    const QString text = translated(shownTemplate(message.pattern.c_str()));
    QString filled;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int place = text[i] == '%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (place < 1) {
            filled += text[i];
            continue;
        }
        ++i;
        if (static_cast<std::size_t>(place) <= message.arguments.size()) {
            filled += shown(message.arguments[static_cast<std::size_t>(place) - 1]);
        }
    }
    return filled;
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

const char* shownTemplate(const char* said) {
    const auto* found = std::find_if(std::begin(kRewordings), std::end(kRewordings),
                                     [&](const Rewording& one) { return std::string_view(one.said) == said; });
    return found == std::end(kRewordings) ? said : found->shown;
}

const char* kindTemplate(ErrorKind kind) {
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

ErrorText errorText(const Error& error) {
    QString what = shown(error.what);
    const char* kind = kindTemplate(error.kind);
    // In English the line says it all.
    const bool english = translated(kind) == QString::fromUtf8(kind);
    if (!english && !isKnown(error.what)) {
        what = translated("%1: %2").arg(translated(kind), what);
    }
    return {sentence(what), sentence(shown(error.advice))};
}

QString messageText(const Message& message) { return sentence(shown(message)); }

QString wordsOf(const Message& message) { return shown(message); }

QString errorLine(const Error& error) {
    const ErrorText text = errorText(error);
    return text.advice.isEmpty() ? text.what : text.what + QStringLiteral(". ") + text.advice;
}

}  // namespace maskwright::ui
