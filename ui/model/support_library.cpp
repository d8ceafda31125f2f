#include "ui/model/support_library.h"

#include <QDir>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <span>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "ui/model/background.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/support_thumbnail.h"

namespace maskwright::ui {
namespace {

constexpr int kThumbnail = 96;
constexpr std::uint64_t kAboutBytes = 1 << 16;
constexpr int kNameLength = 200;
constexpr std::uint64_t kPictureBytes = 1'000'000'000;  // as image_io::ReadOptions has it

std::string file(const QString& folder, const char* name) {
    return QDir(folder).filePath(QLatin1String(name)).toStdString();
}

std::string hashOf(const Runs& runs) {
    Sha256 sum;
    const std::array<std::int64_t, 2> size{runs.width, runs.height};
    sum.update(std::as_bytes(std::span(size)));
    sum.update(std::as_bytes(std::span(runs.counts)));
    return sum.finish();
}

Result<void> writeSupport(const QString& folder, const Support& support) {
    // Written beside and moved in one go: a half-written example is never found.
    const QString building = folder + QStringLiteral(".new");
    QDir(building).removeRecursively();
    if (!QDir().mkpath(building)) {
        return Error{ErrorKind::output, message("the folder %1 cannot be made", quoted(building.toStdString())),
                     "check the disk and its permissions"};
    }
    MASKWRIGHT_TRY(image_io::writeImage(file(building, "picture.png"), *support.image));
    const auto mask = support.region->mask();
    MASKWRIGHT_TRY(image_io::writeMask(file(building, "region.png"), *mask));
    const QImage thumbnail = supportThumbnail(*support.image, *mask, kThumbnail);
    if (!thumbnail.isNull()) {
        MASKWRIGHT_TRY(image_io::writeImage(file(building, "thumbnail.png"), toImage(thumbnail)));
    }
    const auto own = sha256File(file(building, "picture.png"));
    const Json about{{"name", support.name.toStdString()},
                     {"version", 1},
                     {"region", hashOf(*support.region->runs())},
                     {"pictures", {support.file.sha256, own ? *own : ""}}};
    MASKWRIGHT_TRY(writeFileAtomically(file(building, "about.json"), std::string_view(about.dump(2))));
    QDir(folder).removeRecursively();
    if (!QDir().rename(building, folder)) {
        return Error{ErrorKind::output, message("the folder %1 cannot be written", quoted(folder.toStdString())),
                     "check the disk and its permissions"};
    }
    return {};
}

QString nameIn(const QString& folder) {
    const auto about = readJsonFile(file(folder, "about.json"));
    if (!about || !about->is_object()) {
        return {};
    }
    JsonReader reader(*about, "about.json", ErrorKind::input);
    return QString::fromStdString(reader.string("name", "")).left(kNameLength);
}

Result<Support> readSupport(const QString& folder) {
    // A copy of its own for projects: it stays when the example is taken out of the library.
    const auto bytes = readFile(file(folder, "picture.png"), kPictureBytes);
    if (!bytes) {
        return bytes.error();
    }
    auto picture = image_io::readBytes(std::as_bytes(std::span(*bytes)), file(folder, "picture.png"));
    if (!picture) {
        return picture.error();
    }
    auto region = image_io::readMask(file(folder, "region.png"));
    if (!region) {
        return region.error();
    }
    if (region->width != picture->image.width || region->height != picture->image.height) {
        return Error{
            ErrorKind::input,
            message("the example in %1 has a mask of another size than its picture", quoted(folder.toStdString())),
            "remove it and keep it anew"};
    }
    Support support;
    support.name = nameIn(folder);
    if (auto kept = keepBytes(std::as_bytes(std::span(*bytes)), "png", region->width, region->height)) {
        support.file = std::move(*kept);
    }
    support.image = std::make_shared<const Image>(std::move(picture->image));
    support.region = std::make_shared<const Region>(*region);
    return support;
}

}  // namespace

SupportLibrary::SupportLibrary(QString folder, QObject* parent) : QObject(parent), folder_(std::move(folder)) {
    if (folder_.isEmpty()) {
        folder_ = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/examples");
    }
}

QString SupportLibrary::pathOf(const QString& id) const { return QDir(folder_).filePath(id); }

std::vector<SupportLibrary::Entry> SupportLibrary::entries() const {
    std::vector<Entry> entries;
    for (const QString& id : QDir(folder_).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!QFileInfo::exists(pathOf(id) + QStringLiteral("/region.png")) || id.endsWith(QLatin1String(".new"))) {
            continue;
        }
        Entry entry{id, nameIn(pathOf(id)), {}};
        if (const auto thumbnail = image_io::read(file(pathOf(id), "thumbnail.png"))) {
            entry.thumbnail = QPixmap::fromImage(toQImage(thumbnail->image));
        }
        entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.name.localeAwareCompare(b.name) < 0; });
    return entries;
}

const std::vector<SupportLibrary::Known>& SupportLibrary::known() const {
    if (known_) {
        return *known_;
    }
    known_.emplace();
    for (const QString& id : QDir(folder_).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto about = readJsonFile(file(pathOf(id), "about.json"));
        if (!about || !about->is_object() || id.endsWith(QLatin1String(".new"))) {
            continue;
        }
        JsonReader reader(*about, "about.json", ErrorKind::input);
        Known one{id, reader.string("region", ""), {}};
        const auto pictures = about->find("pictures");
        for (std::size_t i = 0; pictures != about->end() && pictures->is_array() && i < one.pictures.size(); ++i) {
            const bool text = i < pictures->size() && (*pictures)[i].is_string();
            one.pictures[i] = text ? (*pictures)[i].get<std::string>() : std::string();
        }
        known_->push_back(std::move(one));
    }
    return *known_;
}

QString SupportLibrary::find(const Support& support) const {
    if (has(support.id)) {
        return support.id;
    }
    if (!support.region || !support.region->runs() || support.file.sha256.empty()) {
        return {};
    }
    std::string region;
    for (const Known& one : known()) {
        const bool picture = one.pictures[0] == support.file.sha256 || one.pictures[1] == support.file.sha256;
        if (picture && region.empty()) {
            region = hashOf(*support.region->runs());
        }
        if (picture && one.region == region) {
            return one.id;
        }
    }
    return {};
}

bool SupportLibrary::has(const QString& id) const { return !id.isEmpty() && QFileInfo::exists(pathOf(id)); }

void SupportLibrary::keep(const Support& support) {
    inBackground(
        this, [support, folder = pathOf(support.id)] { return writeSupport(folder, support); },
        [this](const Result<void>& done) {
            if (!done) {
                Q_EMIT failed(done.error());
            }
            known_.reset();
            Q_EMIT changed();
        });
}

void SupportLibrary::forget(const QString& id) {
    if (has(id)) {
        QDir(pathOf(id)).removeRecursively();
        known_.reset();
        Q_EMIT changed();
    }
}

void SupportLibrary::load(const QString& id) {
    inBackground(
        this, [folder = pathOf(id)] { return readSupport(folder); },
        [this, id](const Result<Support>& support) {
            if (support) {
                Support copy = *support;
                copy.id = id;
                Q_EMIT loaded(copy);
            } else {
                Q_EMIT failed(support.error());
            }
        });
}

}  // namespace maskwright::ui
