// What is kept of each picture of a folder to be shown: a small picture and its map, compressed. Some 20 kB a picture,
// so that a year's photographs fit into memory. Any thread.
#pragma once

#include <QByteArray>
#include <QImage>
#include <memory>

#include "core/image/image.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

// At most kThumbnailSide pixels wide and high. JPEG: nobody measures a thumbnail.
inline constexpr int kThumbnailSide = 220;
QByteArray packPicture(const QImage& image);
// Null for nothing.
QImage unpackPicture(const QByteArray& packed);

// Probabilities in steps of 1/255.
QByteArray packMap(const Heatmap& map);
// Null for nothing.
std::shared_ptr<const HeatPyramid> unpackMap(const QByteArray& packed);

}  // namespace maskwright::ui
