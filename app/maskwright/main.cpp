// maskwright: the window. Composes ui with the engine's library; decides nothing.
#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "app/maskwright/engine_inference.h"
#include "app/maskwright/local_model_store.h"
#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/base/waiting_threads.h"
#include "ui/model/background.h"
#include "ui/model/language.h"
#include "ui/model/preferences.h"
#include "ui/model/settings.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

namespace {

using namespace maskwright;

constexpr int kUsage = 2;         // house exit code for a wrong command line
constexpr int kLeftToDo = 20000;  // milliseconds that what is being read and written has when the window is closed

struct Arguments {
    QStringList files;
    QString phrase, model, language;
    // What was given, in place of the settings.
    std::optional<std::string> device, dtype;
    std::optional<int> threads;
    std::optional<std::int64_t> memory;
};

// Answers --help and --version itself, before there is a display to connect to.
std::optional<int> parse(const QStringList& words, Arguments& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        "Say what to find in a picture, and it lights up. What is given here counts in place of the "
        "settings.\n\nExample:  "
        "maskwright photo.jpg --phrase cat");
    parser.addPositionalArgument("FILE", "The pictures, or the project (.maskwright), to open.", "[FILE...]");
    const QCommandLineOption help({"h", "help"}, "Show this text."), version({"V", "version"}, "Show the version."),
        phrase({"p", "phrase"}, "What to find.", "TEXT"),
        model({"m", "model"}, "A built-in model's name or a model folder.", "MODEL"),
        device("device", "auto, cpu or cuda:N.", "DEVICE"),
        dtype("dtype", "float32, bfloat16, float16 (on a GPU) or auto.", "TYPE"),
        threads("threads", "Threads to compute with; 0 for all cores.", "N"),
        memory("memory", "Memory for pictures that may come back, e.g. 500M or 2G; 0 keeps none.", "SIZE"),
        language("language", "en or ko; the system's unless given.", "CODE");
    parser.addOptions({phrase, model, device, dtype, threads, memory, language, help, version});
    auto refuse = [](const QString& what) {
        std::fprintf(stderr, "maskwright: %s; see maskwright --help\n", qUtf8Printable(what));
        return kUsage;
    };
    if (!parser.parse(words)) {
        return refuse(parser.errorText());
    }
    if (parser.isSet(help)) {
        std::fputs(qUtf8Printable(parser.helpText()), stdout);
        return 0;
    }
    if (parser.isSet(version)) {
        std::puts("maskwright " MASKWRIGHT_VERSION);
        return 0;
    }
    arguments.files = parser.positionalArguments();
    arguments.phrase = parser.value(phrase);
    arguments.model = parser.value(model);
    arguments.language = parser.value(language);
    if (parser.isSet(language) && !ui::Language::available().contains(arguments.language)) {
        return refuse("--language is en or ko");
    }
    if (parser.isSet(device)) {
        arguments.device = parser.value(device).toStdString();
    }
    if (parser.isSet(dtype)) {
        arguments.dtype = parser.value(dtype).toStdString();
    }
    if (parser.isSet(threads)) {
        bool number = false;
        arguments.threads = parser.value(threads).toInt(&number);
        if (!number || *arguments.threads < 0 || *arguments.threads > 1024) {
            return refuse("--threads is a number from 0 to 1024");
        }
    }
    if (parser.isSet(memory)) {
        const auto bytes = parseBytes(parser.value(memory).toStdString());
        if (!bytes) {
            return refuse("--memory: " + QString::fromStdString(bytes.error().line()));
        }
        arguments.memory = *bytes;
    }
    return std::nullopt;
}

// What Qt has to say belongs into the log too.
void takeQtMessage(QtMsgType type, const QMessageLogContext&, const QString& text) {
    const std::string line = "Qt: " + text.toStdString();
    if (type == QtDebugMsg) {
        log::debug(line);
    } else if (type == QtInfoMsg) {
        log::info(line);
    } else {
        log::warn(line);
    }
}

QIcon programIcon() {
    QIcon icon(":/icons/maskwright-256.png");
    icon.addFile(":/icons/maskwright-64.png");
    return QIcon::fromTheme("maskwright", icon);
}

// From the settings, and what was given in their place.
session::EngineOptions engineFor(const Arguments& arguments, const QSettings& settings) {
    const ui::Preferences preferences = ui::loadPreferences();
    session::EngineOptions engine;
    engine.device = arguments.device.value_or(preferences.device);
    engine.dtype = arguments.dtype.value_or(preferences.dtype);
    engine.threads = arguments.threads.value_or(preferences.threads);
    engine.memory = arguments.memory.value_or(preferences.memory);
    const QString keptModel = settings.value(ui::settings::kCurrentModel).toString();
    if (!arguments.model.isEmpty()) {
        engine.model = arguments.model.toStdString();
    } else if (!keptModel.isEmpty() && (!keptModel.contains('/') || QFileInfo(keptModel).isDir())) {
        engine.model = keptModel.toStdString();
    }
    return engine;
}

// The window, until it is closed. -> the exit code
int show(const Arguments& arguments, QApplication& application) {
    const QSettings settings;
    ui::Theme theme(application);
    theme.setScheme(ui::Scheme(std::clamp(settings.value(ui::settings::kScheme, 0).toInt(), 0, 2)));
    ui::Language language;
    language.use(arguments.language.isEmpty() ? settings.value(ui::settings::kLanguage).toString()
                                              : arguments.language);
    LocalModelStore models;
    EngineInference inference;
    ui::MainWindow window(inference, models, engineFor(arguments, settings), theme, language);
    window.show();
    if (!arguments.phrase.isEmpty()) {
        window.setPhrase(arguments.phrase);
    }
    if (!arguments.files.isEmpty()) {
        window.openFiles(arguments.files);
    }
    // After the first frame: opening the engine's library competes with drawing it.
    QTimer::singleShot(0, &window, [&window] { window.start(); });
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    letLoadedWaitingThreadsSleep(argv);
    log::setUp();
    qInstallMessageHandler(takeQtMessage);
    log::info("maskwright " MASKWRIGHT_VERSION ", Qt " + std::string(qVersion()));
    QStringList words;
    for (int i = 0; i < argc; ++i) {
        words << QString::fromLocal8Bit(argv[i]);
    }
    Arguments arguments;
    {
        QCoreApplication console(argc, argv);
        QCoreApplication::setApplicationName("maskwright");
        if (const auto code = parse(words, arguments)) {
            return *code;
        }
    }

    QCoreApplication::setOrganizationName("Maskwright");
    QCoreApplication::setApplicationName("maskwright");
    QCoreApplication::setApplicationVersion(MASKWRIGHT_VERSION);
    QGuiApplication::setDesktopFileName(qEnvironmentVariable("FLATPAK_ID", "maskwright"));  // Flatpak renames it
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setWindowIcon(programIcon());

    const int code = show(arguments, application);
    if (!ui::settleBackground(kLeftToDo)) {
        log::warn("a file does not answer; the program ends without it");
        std::_Exit(code);
    }
    return code;
}
