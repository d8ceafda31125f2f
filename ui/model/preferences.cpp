#include "ui/model/preferences.h"

#include <QSettings>
#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/bytes.h"
#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

constexpr std::int64_t kMegapixel = 1'000'000;
constexpr std::array<const char*, 4> kNumberTypes{"auto", "float32", "bfloat16", "float16"};  // nn/device.h

bool isDevice(const std::string& name) {
    if (name == "auto" || name == "cpu" || name == "cuda") {
        return true;
    }
    int index = -1;
    const std::string prefix = "cuda:";
    if (!name.starts_with(prefix)) {
        return false;
    }
    const char* end = name.data() + name.size();
    return std::from_chars(name.data() + prefix.size(), end, index).ptr == end && index >= 0;
}

bool isNumberType(const std::string& name) {
    return std::any_of(kNumberTypes.begin(), kNumberTypes.end(), [&](const char* known) { return name == known; });
}

int kept(const QSettings& settings, const char* key, int low, int high, int otherwise) {
    bool number = false;
    const int value = settings.value(key, otherwise).toInt(&number);
    return number && value >= low && value <= high ? value : otherwise;
}

}  // namespace

Preferences loadPreferences() {
    const QSettings settings;
    Preferences found;
    const Preferences usual;
    found.device = settings.value(settings::kDevice, QString::fromStdString(usual.device)).toString().toStdString();
    found.dtype = settings.value(settings::kNumberType, QString::fromStdString(usual.dtype)).toString().toStdString();
    if (!isDevice(found.device)) {
        found.device = usual.device;
    }
    if (!isNumberType(found.dtype)) {
        found.dtype = usual.dtype;
    }
    found.threads = kept(settings, settings::kThreads, 0, kMostThreads, usual.threads);
    found.megapixels = kept(settings, settings::kMegapixels, 1, kMostMegapixels, usual.megapixels);
    if (const auto memory = memoryFromText(settings.value(settings::kMemory).toString())) {
        found.memory = *memory;
    }
    return found;
}

void savePreferences(const Preferences& preferences) {
    const Preferences usual;
    QSettings settings;
    // A default that is not written down follows a later version's.
    auto keep = [&settings](const char* key, const QVariant& value, const QVariant& otherwise) {
        value == otherwise ? settings.remove(key) : settings.setValue(key, value);
    };
    keep(settings::kDevice, QString::fromStdString(preferences.device), QString::fromStdString(usual.device));
    keep(settings::kNumberType, QString::fromStdString(preferences.dtype), QString::fromStdString(usual.dtype));
    keep(settings::kThreads, preferences.threads, usual.threads);
    keep(settings::kMegapixels, preferences.megapixels, usual.megapixels);
    keep(settings::kMemory, memoryText(preferences.memory), memoryText(usual.memory));
}

Result<void> check(const Preferences& preferences) {
    if (!isDevice(preferences.device)) {
        return Error{ErrorKind::usage, message("the device %1 is not auto, cpu or cuda:N", quoted(preferences.device)),
                     ""};
    }
    if (!isNumberType(preferences.dtype)) {
        return Error{ErrorKind::usage,
                     message("the number type %1 is not auto, float32, bfloat16 or float16", quoted(preferences.dtype)),
                     ""};
    }
    if (preferences.dtype == "float16" && preferences.device == "cpu") {
        return Error{ErrorKind::usage, "float16 is for GPUs, and the model runs on the processor",
                     "use auto, float32 or bfloat16"};
    }
    return {};
}

Result<std::int64_t> memoryFromText(const QString& text) {
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() ? Result<std::int64_t>(session::kOwnMemory) : parseBytes(trimmed.toStdString());
}

QString memoryText(std::int64_t memory) {
    if (memory < 0) {
        return {};
    }
    constexpr std::array<const char*, 5> kLetters{"", "K", "M", "G", "T"};
    std::size_t power = 0;
    while (memory > 0 && memory % 1024 == 0 && power + 1 < kLetters.size()) {
        memory /= 1024;
        ++power;
    }
    return QString::number(memory) + QLatin1String(kLetters[power]);
}

session::EngineOptions changed(session::EngineOptions options, const Preferences& before, const Preferences& now) {
    if (now.device != before.device) {
        options.device = now.device;
    }
    if (now.dtype != before.dtype) {
        options.dtype = now.dtype;
    }
    if (now.threads != before.threads) {
        options.threads = now.threads;
    }
    if (now.memory != before.memory) {
        options.memory = now.memory;
    }
    return options;
}

image_io::ReadOptions pictureLimit() {
    image_io::ReadOptions options;
    options.maxPixels =
        kMegapixel * kept(QSettings(), settings::kMegapixels, 1, kMostMegapixels, Preferences{}.megapixels);
    return options;
}

}  // namespace maskwright::ui
