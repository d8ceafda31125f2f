// Examples kept for other pictures and other days: one folder each (picture.png, region.png, about.json) under the
// user's data folder. Files are read and written away from the GUI thread; the object lives on it.
#pragma once

#include <QObject>
#include <QPixmap>
#include <QString>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "ui/model/document.h"

namespace maskwright::ui {

class SupportLibrary : public QObject {
    Q_OBJECT

  public:
    struct Entry {
        QString id, name;
        QPixmap thumbnail;
    };
    // `folder`: where the examples lie; empty for the user's data folder.
    explicit SupportLibrary(QString folder = {}, QObject* parent = nullptr);

    // Sorted by name. Reads the small files anew.
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] bool has(const QString& id) const;
    // What it is called by in the library: its own id, or that of one of the same region in the same picture, for an
    // example that a project brought back. Empty: it is not kept.
    [[nodiscard]] QString find(const Support& support) const;
    void keep(const Support& support);
    void forget(const QString& id);
    void load(const QString& id);

  Q_SIGNALS:
    void changed();
    void loaded(const maskwright::ui::Support& support);
    void failed(const maskwright::Error& error);

  private:
    struct Known {
        QString id;
        std::string region;                   // a hash of its runs
        std::array<std::string, 2> pictures;  // SHA-256: of the file it was marked in, and of its own copy
    };
    [[nodiscard]] const std::vector<Known>& known() const;
    [[nodiscard]] QString pathOf(const QString& id) const;
    QString folder_;
    mutable std::optional<std::vector<Known>> known_;  // read when somebody asks, until something changes
};

}  // namespace maskwright::ui
