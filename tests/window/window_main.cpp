// Widgets need a QApplication; settings must be the test's own.
#include <gtest/gtest.h>

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    qputenv("XDG_DATA_HOME", settings.filePath("data").toLocal8Bit());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QCoreApplication::setOrganizationName("MaskwrightTest");
    QCoreApplication::setApplicationName("maskwright-test");
    QLocale::setDefault(QLocale::c());
    return RUN_ALL_TESTS();
}
