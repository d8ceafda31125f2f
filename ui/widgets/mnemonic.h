// A menu's text with the letter that chooses it.
#pragma once

#include <QString>

namespace maskwright::ui {

// `letter`, of A to Z, is marked where `text` has it, and stands after the text where it does not, as in Korean.
QString withMnemonic(const QString& text, char letter);
// The letter of a menu's text, in capitals; null where it has none.
QChar mnemonicOf(const QString& text);

}  // namespace maskwright::ui
