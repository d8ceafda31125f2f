// The program's line icons, drawn from paths so that they are sharp at any scale and take the palette's colours.
#pragma once

#include <QIcon>
#include <QPainterPath>
#include <QString>

namespace maskwright::ui {

// Names: open save search close plus minus fit actual model down right eye undo redo rectangle lasso brush polygon pick
// pan trash folder compare sliders image warning info check add star layers import. An unknown name gives a null icon.
QIcon icon(const QString& name);
// The same in one colour, for places that have their own (an error bar, an accent button).
QIcon icon(const QString& name, const QColor& colour);

// A path on a 24 x 24 grid from "M x y L x y Q cx cy x y C c1 c2 x y Z O cx cy r R x y w h r"; absolute coordinates
// only.
QPainterPath iconPath(const QString& text);

}  // namespace maskwright::ui
