// Pictures from files, decoded away from the GUI thread. The newest wish wins: what an older one brings is dropped.
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <memory>

#include "core/base/result.h"
#include "ui/document.h"

namespace maskwright::ui {

class PictureLoader : public QObject {
    Q_OBJECT

  public:
    explicit PictureLoader(QObject* parent = nullptr);
    ~PictureLoader() override;
    void load(const QString& path);
    void take(const QImage& pixels, const QString& name);  // pasted or dropped
    [[nodiscard]] bool busy() const;

  Q_SIGNALS:
    void started(const QString& name);
    void loaded(const maskwright::ui::OpenPicture& picture);
    void failed(const QString& path, const maskwright::Error& error);

  private:
    template <class Work>
    void run(const QString& name, Work work);
    // Outlives this object in the threads that still decode.
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace maskwright::ui
