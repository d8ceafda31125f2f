// Core's errors as people read them.
#include "ui/error_text.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <cstring>

#include "core/base/file.h"
#include "core/image_io/image_io.h"
#include "ui/error_patterns.h"
#include "ui/language.h"

namespace maskwright::ui {
namespace {

// No English word of three letters or more, names and formats aside.
bool hasEnglish(QString text) {
    text.remove(QRegularExpression(QStringLiteral("/[^ ]+|\\b[A-Z][A-Za-z0-9_]+\\b|PNG|config\\.json")));
    return text.contains(QRegularExpression(QStringLiteral("[a-z]{3}")));
}

class ErrorLines : public testing::Test {
  protected:
    void TearDown() override { language_.use("en"); }
    Language language_;
};

TEST_F(ErrorLines, InEnglishTheLinesStay) {
    language_.use("en");
    const ErrorText text = errorText({ErrorKind::weights, "the moon is not a model", "choose the sun"});
    EXPECT_EQ(text.what, "The moon is not a model");
    EXPECT_EQ(text.advice, "Choose the sun");
    EXPECT_EQ(errorText({ErrorKind::input, "pics/a.png is empty", ""}).what, "pics/a.png is empty");
    EXPECT_EQ(errorText({ErrorKind::input, "cannot open /a: b.png: No such file or directory", "check the path"}).what,
              "Cannot open /a: b.png: No such file or directory");
}

TEST_F(ErrorLines, TheWindowSpeaksOfNoCommandLineOptionItDoesNotHave) {
    language_.use("en");
    const ErrorText text =
        errorText({ErrorKind::input, "x.png is too large: 20000x20000, 400 megapixels, the limit is 100",
                   "reduce the picture, or raise the limit with --max-megapixels"});
    EXPECT_EQ(text.advice, "Make the picture smaller");
}

TEST_F(ErrorLines, EveryPatternIsThereInKorean) {
    language_.use("ko");
    const QRegularExpression place(QStringLiteral("%\\d"));
    for (const QString& pattern : errorPatterns()) {
        const QString korean = QCoreApplication::translate("maskwright::ui::Errors", pattern.toUtf8().constData());
        EXPECT_NE(korean, pattern);
        EXPECT_EQ(korean.count(place), pattern.count(place)) << pattern.toStdString();
    }
}

// All texts in the sources' string literals, adjacent ones joined.
QString saidInSources() {
    static const QRegularExpression literals(QStringLiteral("(?:\"(?:[^\"\\\\\n]|\\\\.)*\"\\s*)+")),
        literal(QStringLiteral("\"((?:[^\"\\\\\n]|\\\\.)*)\""));
    QString said;
    for (const char* folder : {"core", "ui", "app"}) {
        QDirIterator files(QStringLiteral(MASKWRIGHT_SOURCE_DIR "/") + folder, {"*.cpp", "*.h"}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.fileName().endsWith("error_patterns.h") || !file.open(QIODevice::ReadOnly)) {
                continue;
            }
            const QString text = QString::fromUtf8(file.readAll());
            for (auto group = literals.globalMatch(text); group.hasNext();) {
                const QString whole = group.next().captured();
                for (auto one = literal.globalMatch(whole); one.hasNext();) {
                    said += one.next().captured(1);
                }
                said += '\n';
            }
        }
    }
    return said;
}

// A line of core that changes would silently fall back to English: its fixed words must still be in the sources.
TEST_F(ErrorLines, EveryPatternIsStillSaid) {
    const QString said = saidInSources();
    ASSERT_GT(said.size(), 20000);
    QSet<QString> system;
    for (int code = 1; code < 134; ++code) {
        system.insert(QString::fromLocal8Bit(std::strerror(code)));
    }
    const auto isSaid = [&](const QString& words) {
        if (words.size() < 3 || said.contains(words)) {
            return true;
        }
        // Put together from two literals.
        for (qsizetype at = words.indexOf(' '); at >= 0; at = words.indexOf(' ', at + 1)) {
            if (said.contains(words.left(at)) && said.contains(words.mid(at + 1))) {
                return true;
            }
        }
        return false;
    };
    for (const ErrorPattern& pattern : kErrorPatterns) {
        const QString text = QString::fromUtf8(pattern.core);
        if (system.contains(text)) {
            continue;
        }
        for (const QString& part : text.split(QRegularExpression(QStringLiteral("%\\d")))) {
            EXPECT_TRUE(isSaid(part.trimmed())) << pattern.core << ": nothing says " << part.toStdString();
        }
    }
    EXPECT_FALSE(isSaid("the moon was never opened by anyone"));
}

TEST_F(ErrorLines, WhatCoreSaysOfRealFilesIsKorean) {
    language_.use("ko");
    const QTemporaryDir folder;
    auto file = [&](const char* name, const QByteArray& bytes) {
        QFile out(folder.filePath(name));
        EXPECT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(bytes);
        return out.fileName().toStdString();
    };
    QFile cat(QStringLiteral(MASKWRIGHT_SOURCE_DIR "/resources/examples/cat.png"));
    ASSERT_TRUE(cat.open(QIODevice::ReadOnly));
    const QByteArray whole = cat.readAll();
    QByteArray wrong = whole;
    wrong[wrong.size() / 2] = char(wrong[wrong.size() / 2] ^ 0x55);
    std::vector<Error> errors;
    for (const std::string& path :
         {folder.filePath("none.png").toStdString(), file("empty.png", {}),
          file("text.jpg", "no picture at all, really"), file("half.png", whole.left(whole.size() / 2)),
          file("wrong.png", wrong), folder.path().toStdString()}) {
        const auto picture = image_io::read(path);
        ASSERT_FALSE(picture.ok()) << path;
        errors.push_back(picture.error());
    }
    const auto written = writeFileAtomically(folder.filePath("no/where.png").toStdString(), std::string_view("x"));
    ASSERT_FALSE(written.ok());
    errors.push_back(written.error());
    for (const Error& error : errors) {
        const ErrorText text = errorText(error);
        EXPECT_FALSE(hasEnglish(text.what)) << text.what.toStdString() << " <- " << error.what.text();
        EXPECT_FALSE(hasEnglish(text.advice)) << text.advice.toStdString() << " <- " << error.advice.text();
        EXPECT_TRUE(text.what.contains(folder.path())) << "the file's name stays";
    }
}

TEST_F(ErrorLines, WhatIsNotKnownKeepsItsDetail) {
    language_.use("ko");
    const ErrorText text = errorText({ErrorKind::weights, "the moon is not a model", "choose the sun"});
    EXPECT_TRUE(text.what.endsWith("the moon is not a model"));
    EXPECT_TRUE(text.what.startsWith(QString::fromUtf8("모델을 쓸 수 없습니다"))) << text.what.toStdString();
    EXPECT_EQ(text.advice, "Choose the sun");
}

}  // namespace
}  // namespace maskwright::ui
