#include "ui/model/file_name.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(FileName, AnyBytesComeBack) {
    const std::string paths[] = {"",
                                 "/a/강아지 \xf0\x9f\x90\xb6.jpg",
                                 "/a/caf\xe9.jpg",
                                 "\xff\xfe",
                                 "/\xea\xb0",
                                 "\xea\xb0/",
                                 "\xf0\x9f\x90",
                                 "a\x80\xbf",
                                 "\xed\xa0\x80",
                                 "\xc0\xaf"};
    for (const std::string& path : paths) {
        EXPECT_EQ(pathBytes(pathText(path)), path) << pathText(path).toStdString();
    }
    EXPECT_EQ(pathText(paths[1]), QString::fromStdString(paths[1])) << "as before where it is UTF-8";
    EXPECT_NE(pathText("caf\xe9.jpg"), pathText("caf\xe8.jpg"));
}

}  // namespace
}  // namespace maskwright::ui
