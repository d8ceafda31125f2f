// A program without a QCoreApplication that reads its pictures in threads of its own, as a batch does.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QString>
#include <cstdlib>
#include <thread>

#include "core/image_io/image_io.h"
#include "tests/support/paths.h"

namespace maskwright::image_io {
namespace {

bool warned = false;

// Whether Qt takes this thread for another than the program's main one, after a picture was read elsewhere. Ends the
// process: 0 where it does not.
[[noreturn]] void readElsewhereAndAskQt() {
    std::thread([] { (void)read(test::sourcePath("resources/examples/cat.png")); }).join();
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString& line) {
        warned = warned || line.contains("main() thread");
    });
    int count = 1;
    char name[] = "test", *words[] = {name, nullptr};
    const QCoreApplication application(count, words);
    std::_Exit(warned ? 1 : 0);
}

TEST(MainThread, IsNotTheOneThatReadsTheFirstPicture) {
    // A process of its own, in which nothing has used Qt yet.
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(readElsewhereAndAskQt(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace maskwright::image_io
