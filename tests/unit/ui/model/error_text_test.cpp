// Core's errors as people read them.
#include "ui/model/error_text.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

#include "core/base/file.h"
#include "core/image_io/image_io.h"
#include "tests/support/qt_paths.h"
#include "ui/model/language.h"

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
    EXPECT_EQ(errorText({ErrorKind::input, message("%1 is empty", "pics/a.png"), ""}).what, "pics/a.png is empty");
    EXPECT_EQ(
        errorText({ErrorKind::input, message("cannot open %1: %2", "/a: b.png", Message("No such file or directory")),
                   "check the path"})
            .what,
        "Cannot open /a: b.png: No such file or directory");
}

TEST_F(ErrorLines, TheWindowSpeaksOfNoCommandLineOptionItDoesNotHave) {
    language_.use("en");
    const ErrorText text =
        errorText({ErrorKind::input,
                   message("%1 is too large: %2x%3, %4 megapixels, the limit is %5", "x.png", 20000, 20000, 400, 100),
                   "reduce the picture, or raise the limit with --max-megapixels"});
    EXPECT_EQ(text.what, "x.png is too large: 20000x20000, 400 megapixels, the limit is 100");
    EXPECT_EQ(text.advice, "Make the picture smaller, or raise the limit in the settings");
}

TEST_F(ErrorLines, SentencesInASentenceAreTranslatedAndNamesAreNot) {
    language_.use("ko");
    const Message reason = message("the checksum of its %1 chunk is wrong", "IDAT");
    // A name that looks like a template or like a reason stays a name.
    const ErrorText text = errorText(
        {ErrorKind::input, message("%1 is damaged: %2", "/a %2: it is a folder.png", reason), "check the path"});
    EXPECT_EQ(text.what,
              QString::fromUtf8("/a %2: it is a folder.png 파일이 손상되었습니다: IDAT 청크의 검사합이 맞지 않습니다"));
    EXPECT_EQ(text.advice, QString::fromUtf8("경로를 확인하세요"));
}

TEST_F(ErrorLines, ATemplateWithoutWordsIsAsKnownAsWhatStandsInIt) {
    language_.use("ko");
    const auto what = [](const Message& problem) {
        return errorText({ErrorKind::weights, message("%1: %2", "/m/config.json", problem), ""}).what;
    };
    EXPECT_EQ(what("not a JSON object"), QString::fromUtf8("/m/config.json: JSON 객체가 아닙니다"));
    EXPECT_EQ(what("the moon is square"),
              QString::fromUtf8("모델을 쓸 수 없습니다: /m/config.json: the moon is square"));
    EXPECT_EQ(errorText({ErrorKind::resource, verbatim("foreign words"), ""}).what,
              QString::fromUtf8("컴퓨터가 해내지 못했습니다: foreign words"));
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
    QFile cat(test::sourceFile("resources/examples/cat.png"));
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
