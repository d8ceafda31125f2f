// Pictures that lie in no file of the user's (pasted, dropped as pixels, the program's own samples, those of the
// examples library), kept in a folder of the program's own under their SHA-256, so that a project can name them. All of
// it blocks; any thread.
#pragma once

#include <QImage>
#include <QString>
#include <cstddef>
#include <span>

#include "core/base/result.h"
#include "core/project/project.h"

namespace maskwright::ui {

QString keptFolder();
bool isKept(const QString& path);
// That a picture of the user's lies in; empty for no picture, for one of the program's own, and where it is gone.
QString folderBeside(const QString& picture);
// For people: the file's, but for one that is kept here under its SHA-256.
QString nameOfPicture(const QString& path);

// `ending`: "png". What is there already is not written again. Errors: ErrorKind::output.
Result<project::PictureFile> keepBytes(std::span<const std::byte> bytes, const QString& ending, int width, int height);
// As a PNG. Errors: ErrorKind::output.
Result<project::PictureFile> keepPixels(const QImage& pixels);
// The same of a picture that lies in a file, which stays where it is; without a path where it cannot be read.
project::PictureFile pictureFileAt(const QString& path, int width, int height);

}  // namespace maskwright::ui
