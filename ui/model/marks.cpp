#include "ui/model/marks.h"

#include <QUuid>
#include <algorithm>

#include "ui/model/region.h"

namespace maskwright::ui {

Marks::Marks(Document& document, QObject* parent) : QObject(parent), document_(document) {
    connect(&document_, &Document::promptChanged, this, [this] {
        if (!active_.isEmpty() && activeSupport() == nullptr) {
            setActive({});
        }
        forgetDrawing();
        Q_EMIT shownChanged();
    });
    connect(&document_, &Document::pictureChanged, this, [this] {
        forgetDrawing();
        Q_EMIT shownChanged();
    });
}

void Marks::finish(const Mask& region, MarkMode mode) {
    forgetDrawing();
    if (!document_.hasPicture()) {
        return;
    }
    const std::shared_ptr<const Mask> here = activeRegionHere();
    if (mode != MarkMode::fresh && here) {
        const auto changed =
            std::make_shared<const Region>(mode == MarkMode::add ? united(*here, region) : without(*here, region));
        const QString id = active_;
        if (changed->area() == 0) {
            remove(id);
        } else {
            change(id, tr("marked object"), {}, [&](Support& s) { s.region = changed; });
        }
        return;
    }
    if (mode == MarkMode::take || isBlank(region)) {
        Q_EMIT shownChanged();
        return;
    }
    Support support;
    support.image = document_.picture().image;
    support.region = std::make_shared<const Region>(region);
    add(std::move(support));
}

void Marks::draw(const Drawing& drawing) {
    drawing_ = drawing;
    drawn_.reset();
    Q_EMIT shownChanged();
}

void Marks::forgetDrawing() {
    drawing_ = {};
    drawn_.reset();
}

void Marks::giveUp() {
    forgetDrawing();
    Q_EMIT shownChanged();
}

void Marks::setActive(const QString& id) {
    if (active_ != id) {
        active_ = id;
        Q_EMIT activeChanged();
        Q_EMIT shownChanged();
    }
}

const Support* Marks::activeSupport() const {
    const auto& all = document_.search().supports;
    const auto found = std::find_if(all.begin(), all.end(), [this](const Support& s) { return s.id == active_; });
    return found == all.end() ? nullptr : &*found;
}

std::shared_ptr<const Mask> Marks::activeRegionHere() const {
    const Support* support = activeSupport();
    return support != nullptr && support->image == document_.picture().image ? support->region->mask() : nullptr;
}

Marks::Shown Marks::shown() const {
    if (drawing_) {
        if (!drawn_) {
            drawn_ = std::make_shared<const Mask>(drawing_());
        }
        return {document_.picture().image, drawn_};
    }
    const Support* support = activeSupport();
    if (support == nullptr && !document_.search().supports.empty()) {
        support = &document_.search().supports.front();
    }
    return support == nullptr || !support->image ? Shown{} : Shown{support->image, support->region->mask()};
}

bool Marks::anyShown() const { return drawing_ || !document_.search().supports.empty(); }

void Marks::add(Support support) {
    if (support.id.isEmpty()) {
        support.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    if (support.name.isEmpty()) {
        support.name = nextName();
    }
    const QString id = support.id;
    document_.edit(tr("new example"), {}, [&](Search& s) { s.supports.push_back(std::move(support)); });
    setActive(id);
}

void Marks::remove(const QString& id) {
    document_.edit(tr("example removed"), {}, [&](Search& s) {
        s.supports.erase(
            std::remove_if(s.supports.begin(), s.supports.end(), [&](const Support& x) { return x.id == id; }),
            s.supports.end());
    });
}

void Marks::change(const QString& id, const QString& title, const QString& merge,
                   const std::function<void(Support&)>& edit) {
    document_.edit(title, merge.isEmpty() ? QString() : merge + id, [&](Search& s) {
        for (Support& support : s.supports) {
            if (support.id == id) {
                edit(support);
            }
        }
    });
}

QString Marks::nextName() const {
    const QString phrase = document_.search().phrase.trimmed();
    if (!phrase.isEmpty() && phrase.size() <= 24) {
        return phrase;
    }
    return tr("Example %1").arg(document_.search().supports.size() + 1);
}

}  // namespace maskwright::ui
