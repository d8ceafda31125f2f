#include "ui/model/document.h"

#include <QUndoCommand>
#include <QUuid>
#include <algorithm>

#include "core/output/names.h"

namespace maskwright::ui {

// All rows before and after: small, since pictures are shared and regions are runs, and the same for every kind of
// edit.
class ContentEdit : public QUndoCommand {
  public:
    ContentEdit(Document& document, const QString& title, QString merge, int session, Document::Content before,
                Document::Content after)
        : QUndoCommand(title),
          document_(document),
          merge_(std::move(merge)),
          session_(session),
          picture_(document.picture().key),
          before_(std::move(before)),
          after_(std::move(after)) {}

    void undo() override { document_.replace(picture_, before_); }
    void redo() override { document_.replace(picture_, after_); }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const ContentEdit*>(other);
        if (merge_.isEmpty() || next->merge_ != merge_ || next->session_ != session_ || next->picture_ != picture_ ||
            next->before_.current != after_.current) {
            return false;
        }
        after_ = next->after_;
        setObsolete(after_ == before_);
        return true;
    }

  private:
    Document& document_;
    QString merge_;
    int session_;
    QString picture_;
    Document::Content before_, after_;
};

bool Search::empty() const {
    return phrase.trimmed().isEmpty() &&
           std::none_of(supports.begin(), supports.end(), [](const Support& s) { return s.enabled && !s.negative; });
}

session::Prompt Search::prompt() const {
    session::Prompt prompt;
    prompt.phrase = phrase.trimmed().toStdString();
    prompt.negativePhrase = negativePhrase.trimmed().toStdString();
    prompt.mix = mix;
    prompt.negativeWeight = negativeWeight;
    prompt.compete = compete;
    for (const Support& support : supports) {
        if (support.enabled) {
            session::SupportRegion region{support.image, support.region->mask(), style, support.weight};
            (support.negative ? prompt.negativeRegions : prompt.regions).push_back(std::move(region));
        }
    }
    return prompt;
}

std::string Search::label() const {
    const QString wanted = phrase.trimmed();
    return wanted.isEmpty() ? std::string(output::kSupportLabel) : wanted.toStdString();
}

QString Row::title() const {
    return name.trimmed().isEmpty() ? QString::fromStdString(search.label()) : name.trimmed();
}

bool sameQuestion(const Search& a, const Search& b) {
    Search first = a, second = b;
    for (Search* search : {&first, &second}) {
        search->threshold.reset();
        search->automatic = false;
        search->refine = true;
        search->refineRadius = kRefineRadius;
    }
    return first == second;
}

bool sameEdges(const Search& a, const Search& b) {
    return a.refine == b.refine && (!a.refine || a.refineRadius == b.refineRadius);
}

Document::Document(QObject* parent) : QObject(parent) {
    history_.setUndoLimit(200);
    connect(&history_, &QUndoStack::indexChanged, this, &Document::historyChanged);
    connect(&history_, &QUndoStack::cleanChanged, this, &Document::historyChanged);
}

void Document::setProject(project::Project project, bool clean) {
    project_ = std::move(project);
    history_.clear();
    rowsOf_.clear();
    replace(Content{});
    if (!clean) {
        history_.resetClean();
    }
    Q_EMIT historyChanged();
}

Result<void> Document::editProject(const project::Edit& edit, const QString& /*title*/, const QString& /*merge*/) {
    auto applied = project::apply(project_, edit);
    if (!applied) {
        return applied.error();
    }
    project_ = std::move(applied->project);
    Q_EMIT edited(edit);
    Q_EMIT historyChanged();
    return {};
}

project::Id Document::pictureId() const {
    for (const project::PicturePtr& picture : project_.pictures) {
        if (QString::fromStdString(picture->file.path) == picture_.key) {
            return picture->id;
        }
    }
    return 0;
}

void Document::setPicture(OpenPicture picture) {
    Content content = content_;
    if (picture.key != picture_.key) {
        if (hasPicture()) {
            rowsOf_[picture_.key] = content_.rows;
        }
        if (const auto known = rowsOf_.find(picture.key); known != rowsOf_.end()) {
            content.rows = known->second;
        } else {
            std::erase_if(content.rows, [](const Row& row) { return row.object != nullptr; });
            for (Row& row : content.rows) {
                row.correction = {};
            }
        }
        if (find(content, content.current) == nullptr) {
            content.current.clear();
        }
        endMerge();
    }
    picture_ = std::move(picture);
    Q_EMIT pictureChanged();
    if (!(content == content_)) {
        replace(content);
    }
}

std::vector<Row> Document::rowsOf(const QString& key) const {
    if (key == picture_.key) {
        return rows();
    }
    const auto known = rowsOf_.find(key);
    return known == rowsOf_.end() ? std::vector<Row>{} : known->second;
}

const Search& Document::searchOf(const Content& content) {
    const Row* row = find(content, content.current);
    return row == nullptr ? content.draft : row->search;
}

const Search& Document::search() const { return searchOf(content_); }

const Row* Document::row(const QString& id) const { return find(content_, id); }

void Document::push(const QString& title, const QString& merge, Content after) {
    if (!(after == content_)) {
        history_.push(new ContentEdit(*this, title, merge, session_, content_, std::move(after)));
    }
}

void Document::edit(const QString& title, const QString& merge, const std::function<void(Search&)>& change) {
    Content after = content_;
    Row* row = find(after, after.current);
    change(row != nullptr ? row->search : after.draft);
    push(title, merge, std::move(after));
}

void Document::setPhrase(const QString& phrase) {
    if (const Row* row = this->row(currentRow()); row != nullptr && row->object) {
        selectRow({});  // an object is not found by words: the next thing is being typed
    }
    edit(tr("phrase"), "phrase", [&](Search& s) { s.phrase = phrase; });
}

output::Colour Document::nextColour(int base) const {
    const auto taken = [this](output::Colour colour) {
        return std::any_of(rows().begin(), rows().end(), [&](const Row& row) { return row.colour == colour; });
    };
    const int count = int(kOverlayColours.size());
    for (int i = 0; i < count; ++i) {
        const output::Colour colour = kOverlayColours[std::size_t((base + i) % count)];
        if (!taken(colour)) {
            return colour;
        }
    }
    return output::distinctColour(rows().size());
}

void Document::keepRow(output::Colour colour, bool inHand) {
    if (!content_.current.isEmpty()) {
        selectRow(inHand ? content_.current : QString());
        return;
    }
    if (content_.draft.empty()) {
        return;
    }
    Content after = content_;
    Row row;
    row.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    row.search = after.draft;
    row.colour = colour;
    after.draft = {};
    after.draft.style = row.search.style;
    if (inHand) {
        after.current = row.id;
    }
    after.rows.push_back(std::move(row));
    endMerge();
    const QString title = tr("keep “%1”").arg(after.rows.back().title());
    push(title, {}, std::move(after));
}

QString Document::addRow(const QString& title, Row row, output::Colour colour) {
    Content after = content_;
    row.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    row.colour = colour;
    const QString id = row.id;
    after.rows.push_back(std::move(row));
    endMerge();
    push(title, {}, std::move(after));
    return id;
}

void Document::selectRow(const QString& id) {
    Content after = content_;
    after.current = find(after, id) != nullptr ? id : QString();
    if (after.current != content_.current) {
        endMerge();
        replace(after);
    }
}

void Document::editRow(const QString& id, const QString& title, const QString& merge,
                       const std::function<void(Row&)>& change) {
    Content after = content_;
    if (Row* row = find(after, id)) {
        change(*row);
        push(title, merge, std::move(after));
    }
}

void Document::removeRow(const QString& id) {
    Content after = content_;
    if (find(after, id) == nullptr) {
        return;
    }
    const QString title = tr("remove “%1”").arg(row(id)->title());
    std::erase_if(after.rows, [&](const Row& r) { return r.id == id; });
    if (after.current == id) {
        after.current.clear();
    }
    push(title, {}, std::move(after));
}

void Document::moveRow(const QString& id, int places) {
    Content after = content_;
    const Row* row = find(after, id);
    if (row == nullptr) {
        return;
    }
    const auto from = row - after.rows.data();
    const auto to = std::clamp(from + places, std::ptrdiff_t(0), std::ptrdiff_t(after.rows.size()) - 1);
    const auto first = after.rows.begin();
    if (to > from) {
        std::rotate(first + from, first + from + 1, first + to + 1);
    } else {
        std::rotate(first + to, first + from, first + from + 1);
    }
    push(tr("order of the rows"), {}, std::move(after));
}

void Document::soloRow(const QString& id) {
    Content after = content_;
    if (find(after, id) == nullptr) {
        return;
    }
    const bool alone =
        std::all_of(after.rows.begin(), after.rows.end(), [&](const Row& r) { return r.visible == (r.id == id); });
    for (Row& row : after.rows) {
        row.visible = alone || row.id == id;
    }
    push(tr("rows shown"), {}, std::move(after));
}

double Document::thresholdOf(const QString& row, const Search& search) const {
    if (search.automatic) {
        const auto known = automatic_.find(row);
        return known == automatic_.end() ? modelThreshold_ : known->second;
    }
    return search.threshold.value_or(modelThreshold_);
}

void Document::setAutomatic(const QString& row, double threshold) {
    const auto known = automatic_.find(row);
    if (known != automatic_.end() && known->second == threshold) {
        return;
    }
    automatic_[row] = threshold;
    const Row* its = this->row(row);
    if (row == content_.current && search().automatic) {
        Q_EMIT thresholdChanged();
    } else if (its != nullptr && its->search.automatic) {
        Q_EMIT rowsChanged();
    }
}

void Document::setModelThreshold(double threshold) {
    if (modelThreshold_ != threshold || !modelOpen_) {
        modelOpen_ = true;
        modelThreshold_ = threshold;
        if (!search().threshold) {
            Q_EMIT thresholdChanged();
        }
        if (!rows().empty()) {
            Q_EMIT rowsChanged();
        }
    }
}

void Document::replace(const QString& key, const Content& content) {
    if (key == picture_.key) {
        replace(content);
        return;
    }
    rowsOf_[key] = content.rows;
    Content here = content_;
    here.draft = content.draft;
    replace(here);
    Q_EMIT pictureWanted(key);
}

void Document::replace(const Content& content) {
    const double before = threshold();
    const bool wasAutomatic = search().automatic;
    const Search old = search();
    const bool rows = content.rows != content_.rows || content.current != content_.current;
    content_ = content;
    const Search& now = search();
    std::vector<std::shared_ptr<const Mask>> masks;
    for (const Support& support : now.supports) {
        masks.push_back(support.region ? support.region->mask() : nullptr);
    }
    masks_ = std::move(masks);
    if (!(old == now)) {
        Q_EMIT searchChanged();
    }
    if (rows) {
        Q_EMIT rowsChanged();  // before what was found is taken away: it is the row's now
    }
    if (!sameQuestion(old, now)) {
        Q_EMIT promptChanged();
    }
    if (threshold() != before || search().automatic != wasAutomatic) {
        Q_EMIT thresholdChanged();
    }
}

}  // namespace maskwright::ui
