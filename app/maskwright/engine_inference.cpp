#include "app/maskwright/engine_inference.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>

namespace maskwright {
namespace {

constexpr auto kLibraryName = "libmaskwright_engine.so";

QString findLibrary() {
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* folder : {".", "../lib/maskwright"}) {
        const QString path = program.filePath(QLatin1String(folder) + '/' + QLatin1String(kLibraryName));
        if (QFileInfo::exists(path)) {
            return QFileInfo(path).canonicalFilePath();
        }
    }
    return {};
}

}  // namespace

EngineInference::EngineInference(QString library, QObject* parent)
    : ui::Inference(parent), library_(std::move(library)) {}

EngineInference::~EngineInference() {
    if (opener_.joinable()) {
        opener_.join();
    }
    thread_.reset();  // joins the inference thread: nothing is delivered after this
}

void EngineInference::submit(session::Request request) {
    const std::uint64_t generation = request.generation;
    std::optional<Error> broken;
    bool starting = false;
    {
        const std::lock_guard lock(mutex_);
        if (thread_) {
            thread_->submit(std::move(request));
            return;
        }
        broken = broken_;
        if (!broken) {
            waiting_ = std::move(request);
            starting = true;
            if (!opener_.joinable()) {
                if (library_.isEmpty()) {
                    library_ = findLibrary();
                }
                opener_ = std::thread([this] { open(); });
            }
        }
    }
    if (broken) {
        fail(generation, *broken);
    } else if (starting) {
        Q_EMIT staged(generation, ui::PreviewStage::startingEngine);
    }
}

QStringList EngineInference::builtInModels() const {
    const std::lock_guard lock(mutex_);
    return models_;
}

void EngineInference::open() {
    std::optional<Error> problem;
    const EngineApi* api = nullptr;
    if (library_.isEmpty()) {
        problem = Error{ErrorKind::resource, message("the engine's library %1 is missing", quoted(kLibraryName)),
                        "install Maskwright again, or build all of it"};
    } else {
        QLibrary library(library_);
        const auto entry = reinterpret_cast<EngineEntry>(library.resolve(kEngineEntry));
        if (entry == nullptr) {
            problem = Error{ErrorKind::resource,
                            message("the engine could not be started: %1", library.errorString().toStdString()),
                            "install LibTorch and OpenCV again"};
        } else if (api = entry(); std::string_view(api->version) != MASKWRIGHT_VERSION) {
            problem = Error{ErrorKind::resource,
                            message("the engine is version %1, the window %2", api->version, MASKWRIGHT_VERSION),
                            "install Maskwright again"};
        }
    }
    if (problem) {
        std::uint64_t generation = 0;
        {
            const std::lock_guard lock(mutex_);
            broken_ = problem;
            generation = waiting_ ? waiting_->generation : 0;
            waiting_.reset();
        }
        fail(generation, *problem);
        return;
    }
    auto thread = api->start([this](session::Answer answer) { deliver(std::move(answer)); },
                             [this](std::uint64_t generation, const std::string& what) {
                                 QMetaObject::invokeMethod(this, [this, generation, stage = ui::stageOf(what)] {
                                     Q_EMIT staged(generation, stage);
                                 });
                             });
    QStringList models;
    for (const std::string& name : api->builtInModels()) {
        models << QString::fromStdString(name);
    }
    {
        const std::lock_guard lock(mutex_);
        api_ = api;
        models_ = models;
        thread_ = std::move(thread);
        if (waiting_) {
            thread_->submit(std::move(*waiting_));
            waiting_.reset();
        }
    }
    QMetaObject::invokeMethod(this, [this] { Q_EMIT modelsKnown(); });
}

void EngineInference::deliver(session::Answer answer) {
    auto finding = ui::makeFinding(std::move(answer));
    QMetaObject::invokeMethod(this, [this, finding] { Q_EMIT answered(finding); });
}

void EngineInference::fail(std::uint64_t generation, const Error& error) {
    session::Answer answer;
    answer.generation = generation;
    answer.error = error;
    // Queued also from the GUI thread: submit must not answer before it returns.
    QMetaObject::invokeMethod(
        this, [this, finding = ui::makeFinding(std::move(answer))] { Q_EMIT answered(finding); }, Qt::QueuedConnection);
}

}  // namespace maskwright
