#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QStyleFactory>

namespace maskwright::ui {
namespace {

Theme* current = nullptr;

constexpr auto kPortalService = "org.freedesktop.portal.Desktop";
constexpr auto kPortalPath = "/org/freedesktop/portal/desktop";
constexpr auto kPortalInterface = "org.freedesktop.portal.Settings";
constexpr auto kAppearance = "org.freedesktop.appearance";
constexpr auto kColorScheme = "color-scheme";

QPalette paletteOf(const Colours& c) {
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, c.window);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.muted);
    p.setColor(QPalette::Button, c.raised);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.errorText);
    p.setColor(QPalette::ToolTipBase, c.raised);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Dark, c.border.darker(115));
    p.setColor(QPalette::Light, c.surface);
    QColor faint = c.muted;
    faint.setAlphaF(0.6f);
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, faint);
    }
    return p;
}

QString hex(const QColor& colour) {
    return QStringLiteral("rgba(%1,%2,%3,%4)")
        .arg(colour.red())
        .arg(colour.green())
        .arg(colour.blue())
        .arg(colour.alpha());
}

QColor mixed(const QColor& a, const QColor& b, double amount) {
    auto channel = [amount](int x, int y) { return int(x + (y - x) * amount + 0.5); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

// Fusion draws gradients and bevels; these rules make its controls flat and round. @names are filled in below.
constexpr auto kSheet = R"(
* { outline: 0; }
QMainWindow, QDialog { background: @window; }
QMenuBar { background: @window; padding: 3px 6px; }
QMenuBar::item { padding: 4px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @faint; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 7px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 5px 7px; }

QPushButton, QToolButton#framed { background: @raised; border: 1px solid @border; border-radius: 8px; padding: 6px 14px; }
QPushButton:hover, QToolButton#framed:hover { background: @hover; }
QPushButton:pressed, QToolButton#framed:pressed { background: @pressed; }
QPushButton:focus, QToolButton#framed:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; }
QPushButton[tight="true"] { padding: 5px 7px; }
QPushButton[chip="true"] { background: @raised; border: 1px solid @border; border-radius: 10px; padding: 2px 7px; }
QPushButton[chip="true"]:hover, QPushButton[chip="true"]:focus { border-color: @accent; }
QPushButton[chip="true"]:pressed { background: @pressed; }
QPushButton[chip="true"][within="true"] { background: @hover; color: @muted; padding: 0px 5px; border-radius: 8px; }
QPushButton#primary, QToolButton#primary { background: @accent; color: @onAccent; border: 1px solid @accent; border-radius: 8px; padding: 6px 14px; font-weight: 600; }
QPushButton#primary:hover, QToolButton#primary:hover { background: @accentHover; border-color: @accentHover; }
QPushButton#primary:pressed, QToolButton#primary:pressed { background: @accentPressed; }
QPushButton#primary:disabled, QToolButton#primary:disabled { background: @pressed; border-color: @pressed; color: @faint; }
QToolButton#primary::menu-button { border: 0; border-left: 1px solid @accentHover; width: 22px; border-top-right-radius: 8px; border-bottom-right-radius: 8px; }
QToolButton#primary::menu-button:disabled { border-left: 1px solid @border; }
QToolButton#primary[popupMode="1"] { padding-right: 32px; }
QPushButton#primary:focus, QToolButton#primary:focus { border: 2px solid @focus; padding: 5px 13px; }
QToolButton#primary[popupMode="1"]:focus { padding-right: 31px; }
QToolButton#framed::menu-indicator, QToolButton#flat::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QToolButton#flat { border: 0; border-radius: 7px; padding: 5px; background: transparent; }
QToolButton#flat:hover { background: @hover; }
QToolButton#flat:pressed { background: @pressed; }
QToolButton#flat:checked { background: @accentSoft; }
QToolButton#flat:focus { border: 1px solid @accent; padding: 4px; }
QToolButton#section { border: 0; padding: 4px 2px; font-weight: 600; background: transparent; text-align: left; }
QToolButton#section:hover { color: @accent; }
QToolButton#section:focus { border: 1px solid @accent; border-radius: 6px; padding: 3px 1px; }
QToolButton#segment { border: 1px solid @border; background: @raised; padding: 5px 4px; border-radius: 0; }
QToolButton#segment[place="first"] { border-top-left-radius: 8px; border-bottom-left-radius: 8px; border-right: 0; }
QToolButton#segment[place="middle"] { border-right: 0; }
QToolButton#segment[place="last"] { border-top-right-radius: 8px; border-bottom-right-radius: 8px; }
QToolButton#segment:hover { background: @hover; }
QToolButton#segment:checked { background: @accentSoft; color: @accentText; font-weight: 600; }
QToolButton#segment:disabled { color: @faint; }
QToolButton#segment:checked:disabled { background: @pressed; color: @muted; }
QToolButton#segment:focus { border: 2px solid @accent; padding: 4px 3px; }

QLineEdit, QAbstractSpinBox, QPlainTextEdit { background: @surface; border: 1px solid @border; border-radius: 8px; padding: 5px 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QAbstractSpinBox:focus { border-color: @accent; }
QLineEdit#phrase { border-radius: 11px; padding: 7px 10px; border: 2px solid @border; }
QLineEdit#phrase:focus { border: 2px solid @accent; }
QCheckBox { border: 1px solid transparent; border-radius: 6px; padding: 2px; }
QCheckBox:focus { border-color: @accent; }
QCheckBox::indicator:unchecked { width: 12px; height: 12px; border: 1px solid @muted; border-radius: 3px; background: @raised; }
QDialog QTreeView, QDialog QListView, QDialog QTextEdit { background: @surface; border: 1px solid @border; border-radius: 8px; padding: 4px; }
QDialog QTreeView:focus, QDialog QListView:focus, QDialog QTextEdit:focus, QDialog QPlainTextEdit:focus { border-color: @accent; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox { background: @raised; border: 1px solid @border; border-radius: 8px; padding: 5px 10px; }
QComboBox:hover { background: @hover; }
QComboBox:focus { border-color: @accent; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView::item { padding: 4px 6px; }
QComboBox QAbstractItemView::item:selected { background: @accent; color: @onAccent; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @border; selection-background-color: @accent; selection-color: @onAccent; padding: 4px; }

QSlider:horizontal { min-height: 22px; }
QSlider:vertical { min-width: 22px; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: @track; }
QSlider::add-page:vertical { width: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:vertical { width: 14px; height: 14px; margin: 0 -6px; border-radius: 8px; background: @knob; border: 1px solid @knobEdge; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: @knob; border: 1px solid @knobEdge; }
QSlider::handle:horizontal:hover { border: 1px solid @accent; }
QSlider::handle:horizontal:focus { border: 2px solid @accent; margin: -7px 0; width: 14px; height: 14px; border-radius: 9px; }
QSlider::sub-page:horizontal:disabled { background: @track; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar::handle:vertical { background: @thumb; border-radius: 3px; min-height: 30px; margin: 2px 3px 2px 2px; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle:horizontal { background: @thumb; border-radius: 3px; min-width: 30px; margin: 2px 2px 3px 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget#clear { background: transparent; border: 0; }
QProgressBar { border: 0; border-radius: 3px; background: @track; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QFrame#header { background: @window; border-bottom: 1px solid @border; }
QFrame#sidebar { background: @window; border-left: 1px solid @border; }
QFrame#rail { background: @window; border-right: 1px solid @border; }
QFrame#status { background: @window; border-top: 1px solid @border; }
QFrame#divider { background: @border; max-height: 1px; min-height: 1px; border: 0; }
QFrame#card { background: @surface; border: 1px solid @border; border-radius: 10px; }
QLabel#muted, QLabel#value { color: @muted; }
QLabel#title { font-weight: 600; }
QLabel#problem { color: @error; }
)";

QString sheetOf(const Colours& c, bool dark) {
    QString sheet = QString::fromLatin1(kSheet);
    const QColor toward = dark ? QColor(Qt::white) : QColor(Qt::black);
    QColor soft = c.accent;
    soft.setAlphaF(dark ? 0.26f : 0.13f);
    QColor faint = c.muted;
    faint.setAlphaF(0.6f);
    // Longest names first, so that @accent does not eat @accentHover.
    const std::pair<const char*, QColor> names[] = {
        {"@accentPressed", mixed(c.accent, Qt::black, 0.2)},
        {"@accentHover", mixed(c.accent, toward, 0.12)},
        {"@accentSoft", soft},
        {"@accentText", dark ? mixed(c.accent, Qt::white, 0.45) : c.accent},
        {"@accent", c.accent},
        {"@onAccent", c.onAccent},
        {"@window", c.window},
        {"@surface", c.surface},
        {"@raised", c.raised},
        {"@border", c.border},
        {"@pressed", mixed(c.raised, toward, 0.13)},
        {"@hover", mixed(c.raised, toward, 0.06)},
        {"@knobEdge", dark ? mixed(c.border, toward, 0.2) : mixed(c.border, toward, 0.15)},
        {"@knob", dark ? QColor("#e8e8ee") : QColor(Qt::white)},
        {"@track", mixed(c.border, toward, 0.06)},
        {"@thumb", mixed(c.border, toward, 0.15)},
        {"@muted", c.muted},
        {"@faint", faint},
        {"@error", c.errorText},
        {"@focus", c.text},  // around what has the accent's colour already
        {"@text", c.text},
    };
    for (const auto& [name, colour] : names) {
        sheet.replace(QLatin1String(name), hex(colour));
    }
    return sheet;
}

}  // namespace

const Colours& lightColours() {
    static const Colours colours{
        .window = QColor("#f7f7f9"),
        .surface = QColor("#ffffff"),
        .raised = QColor("#ffffff"),
        .border = QColor("#dcdce3"),
        .text = QColor("#1c1c22"),
        .muted = QColor("#666673"),
        .accent = QColor("#5654d4"),
        .onAccent = QColor("#ffffff"),
        .canvas = QColor("#e8e8ec"),
        .shadow = QColor(20, 20, 40, 60),
        .errorBack = QColor("#fdeaea"),
        .errorText = QColor("#9d1c1c"),
        .noticeBack = QColor("#e9f0ff"),
        .noticeText = QColor("#1d3f86"),
    };
    return colours;
}

const Colours& darkColours() {
    static const Colours colours{
        .window = QColor("#1e1e22"),
        .surface = QColor("#26262b"),
        .raised = QColor("#2b2b31"),
        .border = QColor("#3b3b43"),
        .text = QColor("#ededf2"),
        .muted = QColor("#a0a0ac"),
        .accent = QColor("#6f6cf0"),
        .onAccent = QColor("#ffffff"),
        .canvas = QColor("#141416"),
        .shadow = QColor(0, 0, 0, 150),
        .errorBack = QColor("#4a2022"),
        .errorText = QColor("#ffc9c9"),
        .noticeBack = QColor("#20304f"),
        .noticeText = QColor("#cfe0ff"),
    };
    return colours;
}

Theme::Theme(QApplication& application) : application_(application) {
    current = this;
    systemDark_ = application.palette().color(QPalette::Window).lightness() < 128;
    dark_ = systemDark_;
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
    askPortal();
}

Theme::~Theme() { current = nullptr; }

const Colours& Theme::colours() { return current != nullptr && current->dark_ ? darkColours() : lightColours(); }

void Theme::setScheme(Scheme scheme) {
    scheme_ = scheme;
    apply();
}

void Theme::setSystemDark(bool dark) {
    systemDark_ = dark;
    if (scheme_ == Scheme::system && dark != dark_) {
        apply();
    }
}

void Theme::apply() {
    dark_ = scheme_ == Scheme::system ? systemDark_ : scheme_ == Scheme::dark;
    application_.setPalette(paletteOf(colours()));
    application_.setStyleSheet(sheetOf(colours(), dark_));
    Q_EMIT changed();
}

void Theme::askPortal() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(kPortalService, kPortalPath, kPortalInterface, QStringLiteral("SettingChanged"), this,
                SLOT(portalChanged(QString, QString, QDBusVariant)));
    QDBusMessage call =
        QDBusMessage::createMethodCall(kPortalService, kPortalPath, kPortalInterface, QStringLiteral("Read"));
    call << QString::fromLatin1(kAppearance) << QString::fromLatin1(kColorScheme);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        QDBusPendingReply<QDBusVariant> reply = *done;
        if (reply.isError()) {
            return;
        }
        portalChanged(kAppearance, kColorScheme, reply.value());
    });
}

void Theme::portalChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group != QLatin1String(kAppearance) || key != QLatin1String(kColorScheme)) {
        return;
    }
    // Read wraps its answer in a second variant, the signal does not.
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) {
        inner = inner.value<QDBusVariant>().variant();
    }
    const uint preference = inner.toUInt();
    if (preference == 1 || preference == 2) {
        setSystemDark(preference == 1);
    }
}

}  // namespace maskwright::ui
