#include "ui/widgets/icons.h"

#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <optional>

#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

const QHash<QString, QString>& shapes() {
    static const QHash<QString, QString> table{
        {"open",
         "M3 18.5 L3 6.5 Q3 5 4.5 5 L9 5 L11.2 7.5 L19.5 7.5 Q21 7.5 21 9 L21 18.5 Q21 20 19.5 20 L4.5 20 Q3 20 3 18.5 "
         "Z"},
        {"folder",
         "M3 18.5 L3 6.5 Q3 5 4.5 5 L9 5 L11.2 7.5 L19.5 7.5 Q21 7.5 21 9 L21 18.5 Q21 20 19.5 20 L4.5 20 Q3 20 3 18.5 "
         "Z M3 11.5 L21 11.5"},
        {"save", "M12 3.5 L12 15 M7.3 10.6 L12 15.3 L16.7 10.6 M4.5 20 L19.5 20"},
        {"import", "M12 15.5 L12 4 M7.3 8.4 L12 3.7 L16.7 8.4 M4.5 20 L19.5 20"},
        {"search", "O 10.5 10.5 6.5 M15.4 15.4 L20.5 20.5"},
        {"close", "M6 6 L18 18 M18 6 L6 18"},
        {"plus", "M12 5 L12 19 M5 12 L19 12"},
        {"add", "R 3.5 3.5 17 17 4 M12 8 L12 16 M8 12 L16 12"},
        {"minus", "M5 12 L19 12"},
        {"fit", "M4 9 L4 4 L9 4 M15 4 L20 4 L20 9 M20 15 L20 20 L15 20 M9 20 L4 20 L4 15"},
        {"actual", "R 3.5 5 17 14 2.5 M8.5 9 L8.5 15 M15.5 9 L15.5 15 M12 10.5 L12 10.6 M12 13.4 L12 13.5"},
        {"model",
         "R 6.5 6.5 11 11 2 R 10 10 4 4 0.8 M9.5 3.5 L9.5 6.5 M14.5 3.5 L14.5 6.5 M9.5 17.5 L9.5 20.5 M14.5 17.5 L14.5 "
         "20.5 M3.5 9.5 L6.5 9.5 M3.5 14.5 L6.5 14.5 M17.5 9.5 L20.5 9.5 M17.5 14.5 L20.5 14.5"},
        {"down", "M7 10 L12 15 L17 10"},
        {"right", "M10 7 L15 12 L10 17"},
        {"eye", "M2.5 12 Q6.5 5.5 12 5.5 Q17.5 5.5 21.5 12 Q17.5 18.5 12 18.5 Q6.5 18.5 2.5 12 Z O 12 12 3"},
        {"undo", "M8 4.5 L3.8 8.7 L8 13 M4.2 8.7 L14 8.7 Q20 8.7 20 14 Q20 19.2 14.5 19.2 L10 19.2"},
        {"redo", "M16 4.5 L20.2 8.7 L16 13 M19.8 8.7 L10 8.7 Q4 8.7 4 14 Q4 19.2 9.5 19.2 L14 19.2"},
        {"rectangle",
         "M5 6 L19 6 L19 18 L5 18 Z R 3.6 4.6 2.8 2.8 0.5 R 17.6 4.6 2.8 2.8 0.5 R 3.6 16.6 2.8 2.8 0.5 R 17.6 16.6 "
         "2.8 2.8 0.5"},
        {"lasso",
         "M12 4.2 C6.5 4.2 3 6.9 3 10.2 C3 13.5 6.5 16.2 12 16.2 C17.5 16.2 21 13.5 21 10.2 C21 6.9 17.5 4.2 12 4.2 Z "
         "M8.2 15.8 Q4.8 16 5 18.2 Q5.3 20.3 8.5 20.5"},
        {"brush", "M20.2 3.8 L10.5 12 L12 13.5 Z M9.8 12.6 Q6 12.8 5.6 16 Q5.4 18.6 3.5 19.6 Q10.8 21.5 11.9 14.8 Z"},
        {"eraser",
         "M9.2 19.5 L3.8 14.1 Q3 13.2 3.8 12.3 L12.3 3.8 Q13.2 3 14.1 3.8 L20.2 9.9 Q21 10.8 20.2 11.7 L12.4 19.5 Z M8 "
         "8 L16 16 M9.2 19.5 L20.5 19.5"},
        {"marker", "M14.6 4 L20 9.4 L11.4 18 L6 18 L6 12.6 Z M12.2 6.4 L17.6 11.8 M3.5 21 L20.5 21"},
        {"object", "M4 8.5 L4 4 L8.5 4 M15.5 4 L20 4 L20 8.5 M20 15.5 L20 20 L15.5 20 M8.5 20 L4 20 L4 15.5 O 12 12 4"},
        {"polygon", "M12 4 L20 10 L17 19 L7 19 L4 10 Z O 12 4 1.2 O 20 10 1.2 O 17 19 1.2 O 7 19 1.2 O 4 10 1.2"},
        {"pick",
         "M4.5 19.5 L14 10 M12.4 8.4 L15.6 11.6 M17.5 3 L17.5 7.4 M15.3 5.2 L19.7 5.2 M20 12 L20 15 M18.5 13.5 L21.5 "
         "13.5 M9 3.6 "
         "L9 6 M7.8 4.8 L10.2 4.8"},
        {"pan",
         "M12 3.2 L12 20.8 M3.2 12 L20.8 12 M9.5 5.7 L12 3.2 L14.5 5.7 M9.5 18.3 L12 20.8 L14.5 18.3 M5.7 9.5 L3.2 12 "
         "L5.7 14.5 "
         "M18.3 9.5 L20.8 12 L18.3 14.5"},
        {"trash",
         "M4.5 6.5 L19.5 6.5 M9 6.5 L9 4 L15 4 L15 6.5 M6.5 6.5 L7.3 20 L16.7 20 L17.5 6.5 M10.3 10.5 L10.5 16 M13.7 "
         "10.5 L13.5 16"},
        {"compare", "M4 20 L20 20 M6.5 20 L6.5 13 M11 20 L11 6 M15.5 20 L15.5 9.5 M20 20 L20 15"},
        {"sliders", "M4 7 L11 7 M16 7 L20 7 O 13.5 7 2.3 M4 16.5 L6 16.5 M11 16.5 L20 16.5 O 8.5 16.5 2.3"},
        {"image", "R 3.5 4.5 17 15 2.5 O 8.7 9.7 1.7 M4 17.5 L10 12.5 L13.2 15.2 L16.5 12 L20.3 15.5"},
        {"warning", "M12 4 L21.3 19.5 L2.7 19.5 Z M12 10 L12 14.3 M12 16.9 L12 17"},
        {"info", "O 12 12 8.7 M12 11 L12 16.3 M12 7.9 L12 8"},
        {"check", "M5 12.5 L10 17.5 L19.5 7"},
        {"star", "M12 3.8 L14.5 9.2 L20.4 9.9 L16.1 13.9 L17.2 19.8 L12 16.9 L6.8 19.8 L7.9 13.9 L3.6 9.9 L9.5 9.2 Z"},
        {"layers", "M12 3.8 L20.8 8.5 L12 13.2 L3.2 8.5 Z M3.2 12.5 L12 17.2 L20.8 12.5 M3.2 16.3 L12 21 L20.8 16.3"},
    };
    return table;
}

class LineIcon : public QIconEngine {
  public:
    LineIcon(QPainterPath path, std::optional<QColor> colour) : path_(std::move(path)), colour_(colour) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const Colours& c = Theme::colours();
        QColor colour = colour_.value_or(state == QIcon::On ? c.accent : c.text);
        if (mode == QIcon::Selected && !colour_) {
            colour = c.onAccent;
        }
        if (mode == QIcon::Disabled) {
            colour = c.muted;
            colour.setAlphaF(0.5f);
        }
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const qreal side = qMin(rect.width(), rect.height());
        painter->translate(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2);
        painter->scale(side / 24, side / 24);
        painter->setPen(QPen(colour, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(path_);
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new LineIcon(path_, colour_); }

  private:
    QPainterPath path_;
    std::optional<QColor> colour_;
};

QIcon make(const QString& name, std::optional<QColor> colour) {
    const auto found = shapes().constFind(name);
    return found == shapes().constEnd() ? QIcon() : QIcon(new LineIcon(iconPath(*found), colour));
}

}  // namespace

QPainterPath iconPath(const QString& text) {
    QPainterPath path;
    QString spaced;
    for (const QChar c : text) {
        spaced += c.isLetter() ? QStringLiteral(" ") + c + QStringLiteral(" ") : QString(c);
    }
    const QStringList words = spaced.split(' ', Qt::SkipEmptyParts);
    qsizetype at = 0;
    auto number = [&] { return at < words.size() ? words[at++].toDouble() : 0.0; };
    auto point = [&] {
        const double x = number();
        return QPointF(x, number());
    };
    while (at < words.size()) {
        const QString what = words[at++];
        if (what == "M") {
            path.moveTo(point());
        } else if (what == "L") {
            path.lineTo(point());
        } else if (what == "Q") {
            const QPointF control = point();
            path.quadTo(control, point());
        } else if (what == "C") {
            const QPointF first = point(), second = point();
            path.cubicTo(first, second, point());
        } else if (what == "Z") {
            path.closeSubpath();
        } else if (what == "O") {
            const QPointF centre = point();
            const double radius = number();
            path.addEllipse(centre, radius, radius);
        } else if (what == "R") {
            const QPointF corner = point(), size = point();
            const double radius = number();
            path.addRoundedRect(QRectF(corner, QSizeF(size.x(), size.y())), radius, radius);
        }
    }
    return path;
}

QIcon icon(const QString& name) { return make(name, std::nullopt); }

QIcon icon(const QString& name, const QColor& colour) { return make(name, colour); }

}  // namespace maskwright::ui
