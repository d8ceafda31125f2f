// Widgets need a QApplication; settings must be the test's own.
#include <gtest/gtest.h>

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    // For the command lines that tests start: tests/sanitizers.sh says why their leaks cannot be looked for. This
    // program's own sanitizer has read its options already.
    qputenv("ASAN_OPTIONS", "detect_leaks=0");
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    qputenv("XDG_DATA_HOME", settings.filePath("data").toLocal8Bit());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QCoreApplication::setOrganizationName("MaskwrightTest");
    QCoreApplication::setApplicationName("maskwright-test");
    QLocale::setDefault(QLocale::c());
    return RUN_ALL_TESTS();
}
