// How the program looks: one set of colours for light, one for dark, laid over Qt's Fusion style. Follows the desktop's
// preference (the settings portal where there is one, else the palette Qt started with) until the user chooses.
// GUI thread only.
#pragma once

#include <QColor>
#include <QDBusVariant>
#include <QObject>
#include <QPalette>
#include <QString>

class QApplication;

namespace maskwright::ui {

enum class Scheme { system, light, dark };

struct Colours {
    QColor window, surface, raised, border, text, muted, accent, onAccent, canvas, shadow;
    QColor errorBack, errorText, noticeBack, noticeText;
};

const Colours& lightColours();
const Colours& darkColours();

class Theme : public QObject {
    Q_OBJECT

  public:
    // Takes over `application`'s style, palette and style sheet. One at a time.
    explicit Theme(QApplication& application);
    ~Theme() override;

    void setScheme(Scheme scheme);
    [[nodiscard]] Scheme scheme() const { return scheme_; }
    [[nodiscard]] bool dark() const { return dark_; }
    // What the desktop asks for; SettingsPortal's answer arrives here.
    void setSystemDark(bool dark);

    // The colours in use; light ones where no Theme exists (a test's bare widget).
    static const Colours& colours();

  Q_SIGNALS:
    void changed();

  private Q_SLOTS:
    // org.freedesktop.portal.Settings: 0 no preference, 1 dark, 2 light.
    void portalChanged(const QString& group, const QString& key, const QDBusVariant& value);

  private:
    void apply();
    void askPortal();
    QApplication& application_;
    Scheme scheme_ = Scheme::system;
    bool systemDark_ = false;
    bool dark_ = false;
};

}  // namespace maskwright::ui
