#pragma once

#include <QString>

#include "tests/support/paths.h"

namespace maskwright::test {

inline QString sourceFile(const std::string& relative) { return QString::fromStdString(sourcePath(relative)); }

}  // namespace maskwright::test
