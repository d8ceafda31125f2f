#include "ui/folder/unfinished_masks.h"

#include <QFileInfo>
#include <QSettings>
#include <QVariantMap>

#include "ui/model/settings.h"

namespace maskwright::ui {

std::optional<UnfinishedMasks> unfinishedOf(const FolderMasksJob& job) {
    const Search& search = job.search;
    if (!search.supports.empty() || search.phrase.trimmed().isEmpty() || job.root.isEmpty()) {
        return std::nullopt;
    }
    return UnfinishedMasks{job.root,
                           job.folder,
                           job.kind,
                           search.phrase,
                           search.negativePhrase,
                           search.negativeWeight,
                           search.compete,
                           job.appearance.threshold};
}

void remember(const UnfinishedMasks& masks) {
    const auto name = output::kindName(masks.kind);
    QSettings().setValue(settings::kUnfinishedMasks,
                         QVariantMap{{"root", masks.root},
                                     {"folder", masks.folder},
                                     {"kind", QString::fromUtf8(name.data(), qsizetype(name.size()))},
                                     {"phrase", masks.phrase},
                                     {"negative", masks.negativePhrase},
                                     {"negativeWeight", masks.negativeWeight},
                                     {"compete", masks.compete},
                                     {"threshold", masks.threshold}});
}

void forgetUnfinished() { QSettings().remove(settings::kUnfinishedMasks); }

std::optional<UnfinishedMasks> unfinished() {
    const QVariantMap map = QSettings().value(settings::kUnfinishedMasks).toMap();
    const auto kind = output::kindNamed(map["kind"].toString().toStdString());
    UnfinishedMasks masks{map["root"].toString(),
                          map["folder"].toString(),
                          kind.value_or(output::Kind::mask),
                          map["phrase"].toString(),
                          map["negative"].toString(),
                          map.value("negativeWeight", 1.0).toDouble(),
                          map["compete"].toBool(),
                          map.value("threshold", 0.5).toDouble()};
    if (!kind || masks.phrase.isEmpty() || !QFileInfo(masks.root).isDir() || !QFileInfo(masks.folder).isDir()) {
        return std::nullopt;
    }
    return masks;
}

}  // namespace maskwright::ui
