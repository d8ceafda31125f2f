// The window's Korean has one word for one thing, and one way to ask for something.
#include <gtest/gtest.h>

#include <QFile>
#include <QXmlStreamReader>

#include "tests/support/qt_paths.h"

namespace maskwright::ui {
namespace {

TEST(KoreanWords, AreTheSameEverywhere) {
    // The other word, and the one that is used; the first two came of a replacement that nobody had looked at.
    const std::pair<const char*, const char*> others[] = {
        {"살펴예시", "살펴보기"}, {"예시기", "보기"},  {"십시오", "세요"},  {"화소", "픽셀"}, {"비중", "가중치"},
        {"보정", "수정"},         {"구절", "찾을 말"}, {"문구", "찾을 말"}, {"붓", "브러시"}};
    QFile file(test::sourceFile("ui/translations/maskwright_ko.ts"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&file);
    int looked = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement() || reader.name() != QLatin1String("translation")) {
            continue;
        }
        const QString text = reader.readElementText(QXmlStreamReader::IncludeChildElements);
        ++looked;
        for (const auto& [other, used] : others) {
            EXPECT_FALSE(text.contains(QString::fromUtf8(other)))
                << text.toStdString() << ": " << other << " is " << used;
        }
    }
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
    EXPECT_GT(looked, 1000);
}

}  // namespace
}  // namespace maskwright::ui
