// The photographs that come with the program, each with phrases to try on it.
#pragma once

#include <QStringList>
#include <vector>

namespace maskwright::ui {

struct Sample {
    QString file;         // a resource path
    QString title;        // in the language in use, as all below
    QStringList phrases;  // at least one; what the built-in model finds well in it
    // Where a frame is wider than the photograph: how much of what is cut off is cut above, 0 to 1.
    double cutAbove;
};
// The most telling first: where there is room for some only, it is for those.
std::vector<Sample> samples();

}  // namespace maskwright::ui
