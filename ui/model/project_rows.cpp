#include "ui/model/project_rows.h"

#include <QUuid>
#include <algorithm>

namespace maskwright::ui {
namespace {

using project::Edit;
using project::Id;

project::Question questionOf(const Search& search) {
    return {search.phrase.toStdString(),
            search.negativePhrase.toStdString(),
            search.mix,
            search.negativeWeight,
            search.compete,
            search.style};
}

bool sameValues(const Search& a, const Search& b) {
    return a.phrase == b.phrase && a.negativePhrase == b.negativePhrase && a.mix == b.mix &&
           a.negativeWeight == b.negativeWeight && a.compete == b.compete && a.style == b.style;
}

// `was` keeps the value that is not in force.
project::Threshold thresholdOf(const Search& search, project::Threshold was) {
    was.kind = search.automatic   ? project::Threshold::Kind::automatic
               : search.threshold ? project::Threshold::Kind::value
                                  : project::Threshold::Kind::model;
    was.value = search.threshold.value_or(was.value);
    return was;
}

bool sameThreshold(const Search& a, const Search& b) {
    return a.threshold == b.threshold && a.automatic == b.automatic;
}

// Calls move(from, to) until `list` is in the order of `wanted`, which has the same things: few times where one thing
// has gone up or down.
template <class T, class Move>
void order(std::vector<T> list, const std::vector<T>& wanted, Move move) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        while (list[i] != wanted[i]) {
            const bool down = i + 1 < list.size() && list[i + 1] == wanted[i];
            const auto from = down ? list.begin() + std::ptrdiff_t(i) : std::find(list.begin(), list.end(), wanted[i]);
            const std::size_t to =
                down ? std::size_t(std::find(wanted.begin(), wanted.end(), list[i]) - wanted.begin()) : i;
            const T one = *from;
            list.erase(from);
            list.insert(list.begin() + std::ptrdiff_t(to), one);
            move(one, to);
        }
    }
}

}  // namespace

QString ProjectRows::nameOfRow(Id id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? QString::number(id) : found->second;
}

// Examples go into the library under these names, so they have to differ among all projects.
QString ProjectRows::nameOfExample(Id id) {
    QString& name = names_[id];
    if (name.isEmpty()) {
        name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    return name;
}

Id ProjectRows::idOf(const project::Picture& picture, const QString& name) const {
    const auto found = std::find_if(picture.rows.begin(), picture.rows.end(),
                                    [&](const project::RowPtr& row) { return nameOfRow(row->id) == name; });
    return found == picture.rows.end() ? 0 : (*found)->id;
}

void ProjectRows::beginAll() {
    earlier_.merge(known_);
    known_.clear();
}

void ProjectRows::endAll() { earlier_.clear(); }

Support ProjectRows::support(const project::ExamplePtr& example) {
    if (const auto old = earlier_.find(example.get()); old != earlier_.end()) {
        known_.insert(earlier_.extract(old));
    }
    auto [at, fresh] = known_.try_emplace(example.get(), example, Support());
    Support& made = at->second.second;
    if (fresh) {
        made.id = nameOfExample(example->id);
        made.name = QString::fromStdString(example->name);
        made.region = std::make_shared<const Region>(example->region);
        made.weight = example->weight;
        made.enabled = example->enabled;
        made.negative = example->negative;
        made.file = example->picture;
    }
    const Images::Found found = images_.find(example->picture);
    made.image = found.image;
    made.missing = found.missing;
    return made;
}

Search ProjectRows::search(const project::Row& row) {
    Search made;
    made.phrase = QString::fromStdString(row.question.phrase);
    made.negativePhrase = QString::fromStdString(row.question.negativePhrase);
    made.style = row.question.style;
    made.mix = row.question.mix;
    made.negativeWeight = row.question.negativeWeight;
    made.compete = row.question.compete;
    if (row.threshold.kind == project::Threshold::Kind::value) {
        made.threshold = row.threshold.value;
    }
    made.automatic = row.threshold.kind == project::Threshold::Kind::automatic;
    made.refine = row.refine;
    made.refineRadius = row.refineRadius;
    for (const project::ExamplePtr& example : row.examples) {
        made.supports.push_back(support(example));
    }
    return made;
}

Row ProjectRows::row(const project::Row& row) {
    Row made;
    made.id = nameOfRow(row.id);
    made.name = QString::fromStdString(row.name);
    made.search = search(row);
    made.object = row.object;
    made.correction = row.correction;
    made.colour = row.colour;
    made.visible = row.visible;
    return made;
}

std::vector<Row> ProjectRows::rows(const project::Picture& picture) {
    std::vector<Row> made;
    for (const project::RowPtr& one : picture.rows) {
        made.push_back(row(*one));
    }
    return made;
}

project::PictureFile ProjectRows::fileOf(const Support& support) {
    project::PictureFile file = support.file;
    if (file.path.empty() && support.image) {
        const auto known = images_.fileOf(support.image);
        file = known ? *known : fileOfPixels(*support.image, support.id.toStdString());
    }
    if (support.image) {
        images_.add(file, support.image);
    }
    return file;
}

project::ExamplePtr ProjectRows::example(const Support& support, Id id) {
    project::Example made;
    made.id = id;
    made.name = support.name.toStdString();
    made.picture = fileOf(support);
    made.region = support.region ? support.region->runs() : nullptr;
    made.weight = support.weight;
    made.enabled = support.enabled;
    made.negative = support.negative;
    names_[id] = support.id;
    auto example = std::make_shared<const project::Example>(std::move(made));
    Support known = support;
    known.file = example->picture;
    known_[example.get()] = {example, known};
    return example;
}

project::RowPtr ProjectRows::newRow(const Row& row) {
    project::Row made;
    made.id = history_.freshId();
    if (!row.id.isEmpty()) {
        names_[made.id] = row.id;
    }
    made.name = row.name.toStdString();
    made.question = questionOf(row.search);
    made.object = row.object;
    made.colour = row.colour;
    made.visible = row.visible;
    made.threshold = thresholdOf(row.search, {});
    made.refine = row.search.refine;
    made.refineRadius = row.search.refineRadius;
    made.correction = row.correction;
    for (const Support& support : row.search.supports) {
        made.examples.push_back(example(support, history_.freshId()));
    }
    return std::make_shared<const project::Row>(std::move(made));
}

void ProjectRows::exampleEdits(Id picture, const project::Row& row, const std::vector<Support>& before,
                               const std::vector<Support>& after, Edits& edits) {
    if (before == after) {
        return;
    }
    std::vector<project::ExamplePtr> old = row.examples, list, wanted;
    const auto find = [&](const QString& name) {
        return std::find_if(old.begin(), old.end(),
                            [&](const project::ExamplePtr& one) { return nameOfExample(one->id) == name; });
    };
    for (const Support& support : after) {
        const auto was = find(support.id);
        const auto shown =
            std::find_if(before.begin(), before.end(), [&](const Support& s) { return s.id == support.id; });
        const bool same = was != old.end() && shown != before.end() && *shown == support;
        wanted.push_back(same               ? *was
                         : was != old.end() ? example(support, (*was)->id)
                                            : example(support, history_.freshId()));
        if (was != old.end()) {
            old.erase(was);  // one of this name is enough
        }
    }
    for (const project::ExamplePtr& one : row.examples) {
        const auto stays = std::find_if(wanted.begin(), wanted.end(), [&](const auto& w) { return w->id == one->id; });
        if (stays == wanted.end()) {
            edits.emplace_back(project::RemoveExample{picture, row.id, one->id});
        } else {
            list.push_back(*stays);
            if (*stays != one) {
                edits.emplace_back(project::SetExample{picture, row.id, *stays});
            }
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (std::find(list.begin(), list.end(), wanted[i]) == list.end()) {
            list.insert(list.begin() + std::ptrdiff_t(std::min(i, list.size())), wanted[i]);
            edits.emplace_back(project::AddExample{picture, row.id, i, wanted[i]});
        }
    }
    order(list, wanted, [&](const project::ExamplePtr& one, std::size_t to) {
        edits.emplace_back(project::RemoveExample{picture, row.id, one->id});
        edits.emplace_back(project::AddExample{picture, row.id, to, one});
    });
}

void ProjectRows::valueEdits(Id picture, const project::Row& row, const Search& before, const Search& after,
                             Edits& edits) {
    if (!sameValues(before, after)) {
        edits.emplace_back(project::SetRowQuestion{picture, row.id, questionOf(after)});
    }
    if (!sameThreshold(before, after)) {
        edits.emplace_back(project::SetRowThreshold{picture, row.id, thresholdOf(after, row.threshold)});
    }
    if (before.refine != after.refine || before.refineRadius != after.refineRadius) {
        edits.emplace_back(project::SetRowRefine{picture, row.id, after.refine, after.refineRadius});
    }
    exampleEdits(picture, row, before.supports, after.supports, edits);
}

void ProjectRows::changeEdits(Id picture, const project::Row& row, const Row& before, const Row& after, Edits& edits) {
    if (after.name != before.name) {
        edits.emplace_back(project::SetRowName{picture, row.id, after.name.toStdString()});
    }
    if (after.colour != before.colour) {
        edits.emplace_back(project::SetRowColour{picture, row.id, after.colour});
    }
    if (after.visible != before.visible) {
        edits.emplace_back(project::SetRowVisible{picture, row.id, after.visible});
    }
    if (after.object != before.object) {
        edits.emplace_back(project::SetRowObject{picture, row.id, after.object});
    }
    if (!(after.correction == before.correction)) {
        edits.emplace_back(project::SetRowCorrection{picture, row.id, after.correction});
    }
    valueEdits(picture, row, before.search, after.search, edits);
}

std::vector<Edit> ProjectRows::rowEdits(const project::Picture& picture, const std::vector<Row>& before,
                                        const std::vector<Row>& after) {
    const auto find = [](const std::vector<Row>& rows, const QString& name) {
        return std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == name; });
    };
    Edits edits;
    std::vector<QString> list, wanted;
    for (const project::RowPtr& row : picture.rows) {
        const QString name = nameOfRow(row->id);
        const auto was = find(before, name), now = find(after, name);
        if (now == after.end()) {
            edits.emplace_back(project::RemoveRow{picture.id, row->id});
            continue;
        }
        list.push_back(name);
        if (was != before.end() && !(*was == *now)) {
            changeEdits(picture.id, *row, *was, *now, edits);
        }
    }
    std::map<QString, Id> ids;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const QString& name = after[i].id;
        Id id = idOf(picture, name);
        if (id == 0) {
            const project::RowPtr row = newRow(after[i]);
            id = row->id;
            list.insert(list.begin() + std::ptrdiff_t(std::min(i, list.size())), name);
            edits.emplace_back(project::AddRow{picture.id, i, row});
        }
        ids[name] = id;
        wanted.push_back(name);
    }
    order(list, wanted, [&](const QString& name, std::size_t to) {
        edits.emplace_back(project::MoveRow{picture.id, ids[name], to});
    });
    return edits;
}

std::vector<Edit> ProjectRows::draftEdits(const project::RowPtr& draft, const Search& before, const Search& after) {
    Edits edits;
    if (before == after) {
        return edits;
    }
    if (after == Search()) {
        edits.emplace_back(project::SetDraft{});
    } else if (draft && !after.supports.empty()) {
        valueEdits(0, *draft, before, after, edits);
    } else {
        // Small without examples; and what is typed in one go, from nothing on, is one step.
        Row row;
        row.search = after;
        project::Row made = *newRow(row);
        made.id = draft ? draft->id : made.id;
        made.threshold = thresholdOf(after, draft ? draft->threshold : project::Threshold());
        edits.emplace_back(project::SetDraft{std::make_shared<const project::Row>(std::move(made))});
    }
    return edits;
}

project::Picture ProjectRows::startedLike(const project::Picture& other, const project::PictureFile& file) {
    project::Picture made{history_.freshId(), file, {}};
    for (const project::RowPtr& row : other.rows) {
        if (row->object || !row->asks()) {
            continue;
        }
        project::Row copy = *row;
        copy.id = history_.freshId();
        copy.correction = {};
        names_[copy.id] = nameOfRow(row->id);
        for (project::ExamplePtr& one : copy.examples) {
            project::Example like = *one;
            like.id = history_.freshId();
            names_[like.id] = nameOfExample(one->id);
            one = std::make_shared<const project::Example>(std::move(like));
        }
        made.rows.push_back(std::make_shared<const project::Row>(std::move(copy)));
    }
    return made;
}

}  // namespace maskwright::ui
