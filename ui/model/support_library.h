// Examples kept for other pictures and other days: one folder each (picture.png, region.png, about.json) under the
// user's data folder. Files are read and written away from the GUI thread; the object lives on it.
#pragma once

#include <QObject>
#include <QPixmap>
#include <QString>
#include <map>
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
    void keep(const Support& support);
    void forget(const QString& id);
    void load(const QString& id);
    // Waits for what is being written; for tests and the program's end.
    static void settle();

  Q_SIGNALS:
    void changed();
    void loaded(const maskwright::ui::Support& support);
    void failed(const maskwright::Error& error);

  private:
    [[nodiscard]] QString pathOf(const QString& id) const;
    QString folder_;
};

}  // namespace maskwright::ui
