#include "ui/canvas/mask_writer.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/image_io/image_io.h"
#include "ui/canvas/overlay.h"
#include "ui/model/background.h"

namespace maskwright::ui {
namespace {

constexpr float kSoftness = 0.2f;  // of probability, over which a cutout's edge goes from nothing to all

image_io::Texts textsOf(const SaveJob& job) {
    return {{"Software", "Maskwright " MASKWRIGHT_VERSION},
            {"maskwright:phrase", job.phrase.toStdString()},
            {"maskwright:model", job.model.toStdString()},
            {"maskwright:threshold", QString::number(job.style.threshold, 'g', 6).toStdString()}};
}

}  // namespace

Mask maskOf(const Heatmap& map, double threshold) {
    Mask mask(map.width, map.height);
    std::transform(map.pixels.begin(), map.pixels.end(), mask.pixels.begin(),
                   [t = float(threshold)](float p) { return std::uint8_t(p > t ? 255 : 0); });
    return mask;
}

Heatmap softMask(const Heatmap& map, double threshold) {
    Heatmap soft(map.width, map.height);
    std::transform(map.pixels.begin(), map.pixels.end(), soft.pixels.begin(),
                   [t = float(threshold)](float p) { return std::clamp((p - t) / kSoftness + 0.5f, 0.0f, 1.0f); });
    return soft;
}

Result<void> writeJob(const SaveJob& job) {
    const std::string path = job.path.toStdString();
    const image_io::Texts texts = textsOf(job);
    switch (job.kind) {
        case SaveKind::mask:
            return image_io::writeMask(path, maskOf(*job.map, job.style.threshold), texts);
        case SaveKind::probability:
            return image_io::writeProbability(path, *job.map, texts);
        case SaveKind::cutout:
            return image_io::writeCutout(path, *job.image, softMask(*job.map, job.style.threshold), texts);
        case SaveKind::overlay: {
            // The same drawing as on the screen, at the picture's own size.
            QImage picture = toQImage(*job.image);
            HeatPyramid single{job.map, {}};
            const QImage over = renderOverlay(single, ViewTransform{}, picture.rect(), job.style);
            for (int y = 0; y < picture.height(); ++y) {
                auto* out = reinterpret_cast<QRgb*>(picture.scanLine(y));
                const auto* top = reinterpret_cast<const QRgb*>(over.constScanLine(y));
                for (int x = 0; x < picture.width(); ++x) {
                    const int rest = 255 - qAlpha(top[x]);
                    auto blend = [rest](int above, int below) {
                        return std::min(above + (below * rest + 127) / 255, 255);
                    };
                    out[x] = qRgb(blend(qRed(top[x]), qRed(out[x])), blend(qGreen(top[x]), qGreen(out[x])),
                                  blend(qBlue(top[x]), qBlue(out[x])));
                }
            }
            return image_io::writeImage(path, toImage(picture), texts);
        }
    }
    return {};
}

QString suggestedPath(const QString& picturePath, const QString& pictureName, SaveKind kind, const QString& folder) {
    static const char* const kSuffix[kSaveKinds] = {"mask", "probability", "cutout", "overlay"};
    const QString stem = QFileInfo(pictureName).completeBaseName();
    const QString base = picturePath.isEmpty() || !folder.isEmpty() ? folder : QFileInfo(picturePath).absolutePath();
    const QString name =
        QStringLiteral("%1-%2.png").arg(stem.isEmpty() ? QStringLiteral("picture") : stem, kSuffix[int(kind)]);
    return base.isEmpty() ? name : QDir(base).filePath(name);
}

void MaskWriter::write(SaveJob job) {
    const QString path = job.path;
    inBackground(
        this, [job = std::move(job)] { return writeJob(job); },
        [this, path](const Result<void>& done) {
            if (done) {
                Q_EMIT written(path);
            } else {
                Q_EMIT failed(done.error());
            }
        });
}

}  // namespace maskwright::ui
