// Paths of files as QStrings and back: Linux allows any bytes in them, QString only Unicode.
#pragma once

#include <QString>
#include <string>

namespace maskwright::ui {

// The path as text. A byte that belongs to no UTF-8 is the half of a surrogate pair that U+DC00 and the byte make,
// which no text has (as Python's "surrogateescape" has it), so that different paths stay different.
QString pathText(const std::string& path);
// The path that pathText() made this text of.
std::string pathBytes(const QString& text);

}  // namespace maskwright::ui
