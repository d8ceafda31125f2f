#include "ui/shell/samples.h"

#include <QCoreApplication>

namespace maskwright::ui {
namespace {

struct Source {
    const char *file, *title, *phrases;
    double cutAbove = 0.2;  // heads are rather above
};

// Phrases are translated as a list: another language may have more or fewer words that the model knows.
const Source kSources[] = {
    {":/examples/street.jpg", QT_TRANSLATE_NOOP("maskwright::ui::Samples", "A street"),
     QT_TRANSLATE_NOOP("maskwright::ui::Samples", "car, traffic light, bicycle"), 1},
    {":/examples/table.jpg", QT_TRANSLATE_NOOP("maskwright::ui::Samples", "Wine on a table"),
     QT_TRANSLATE_NOOP("maskwright::ui::Samples", "wine glass, bottle, table")},
    {":/examples/herd.jpg", QT_TRANSLATE_NOOP("maskwright::ui::Samples", "A herd of horses"),
     QT_TRANSLATE_NOOP("maskwright::ui::Samples", "horses, sky, grass")},
    {":/examples/cat.png", QT_TRANSLATE_NOOP("maskwright::ui::Samples", "A cat"),
     QT_TRANSLATE_NOOP("maskwright::ui::Samples", "cat, animal")},
    {":/examples/coffee.png", QT_TRANSLATE_NOOP("maskwright::ui::Samples", "A cup of coffee"),
     QT_TRANSLATE_NOOP("maskwright::ui::Samples", "cup, spoon, table")},
    {":/examples/astronaut.png", QT_TRANSLATE_NOOP("maskwright::ui::Samples", "An astronaut"),
     QT_TRANSLATE_NOOP("maskwright::ui::Samples", "person, astronaut")},
};

}  // namespace

std::vector<Sample> samples() {
    std::vector<Sample> all;
    for (const Source& source : kSources) {
        Sample sample{
            source.file, QCoreApplication::translate("maskwright::ui::Samples", source.title), {}, source.cutAbove};
        const QString list = QCoreApplication::translate("maskwright::ui::Samples", source.phrases);
        for (const QString& phrase : list.split(',')) {
            sample.phrases << phrase.trimmed();
        }
        all.push_back(std::move(sample));
    }
    return all;
}

}  // namespace maskwright::ui
