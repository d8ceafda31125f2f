#include "ui/model/document.h"

#include <QUuid>
#include <algorithm>

#include "core/output/names.h"
#include "core/project/mask.h"
#include "ui/model/error_text.h"
#include "ui/model/project_rows.h"

namespace maskwright::ui {

namespace {

// The pictures an edit is of; what is typed is of none.
void addPicturesOf(const project::Edit& edit, std::vector<project::Id>& pictures) {
    std::visit(
        [&]<class E>(const E& one) {
            if constexpr (std::is_same_v<E, project::AddPicture>) {
                pictures.push_back(one.picture->id);
            } else if constexpr (requires { one.picture; }) {
                if (one.picture != 0) {
                    pictures.push_back(one.picture);
                }
            } else if constexpr (std::is_same_v<E, project::Together>) {
                for (const project::Edit& part : one.edits) {
                    addPicturesOf(part, pictures);
                }
            }
        },
        edit.what);
}
std::vector<project::Id> picturesOf(const project::Edit& edit) {
    std::vector<project::Id> pictures;
    addPicturesOf(edit, pictures);
    return pictures;
}

// The row whose search an edit changes: of the draft's, 0. None for edits that change no search.
std::optional<project::Id> searchedRow(const project::Edit& edit) {
    return std::visit(
        []<class E>(const E& one) -> std::optional<project::Id> {
            using namespace project;
            if constexpr (std::is_same_v<E, SetDraft>) {
                return Id{0};
            } else if constexpr (std::is_same_v<E, SetRowQuestion> || std::is_same_v<E, SetRowThreshold> ||
                                 std::is_same_v<E, SetRowRefine> || std::is_same_v<E, SetRowCorrection> ||
                                 std::is_same_v<E, AddExample> || std::is_same_v<E, RemoveExample> ||
                                 std::is_same_v<E, SetExample>) {
                return one.picture == 0 ? Id{0} : one.row;
            } else if constexpr (std::is_same_v<E, Together>) {
                for (const Edit& part : one.edits) {
                    if (const auto row = searchedRow(part)) {
                        return row;
                    }
                }
            }
            return std::nullopt;
        },
        edit.what);
}

bool sameRegion(const std::shared_ptr<const Region>& a, const std::shared_ptr<const Region>& b) {
    return a == b || (a && b && a->runs() == b->runs());
}

}  // namespace

bool Support::operator==(const Support& other) const {
    return id == other.id && name == other.name && image == other.image && sameRegion(region, other.region) &&
           weight == other.weight && enabled == other.enabled && negative == other.negative && file == other.file &&
           missing == other.missing;
}

bool Search::empty() const {
    return phrase.trimmed().isEmpty() && std::none_of(supports.begin(), supports.end(), [](const Support& s) {
               return s.image && s.enabled && !s.negative;
           });
}

bool Search::leavesOut() const {
    return !negativePhrase.trimmed().isEmpty() ||
           std::any_of(supports.begin(), supports.end(), [](const Support& s) { return s.enabled && s.negative; });
}

void Search::leaveNothingOut() {
    negativePhrase.clear();
    std::erase_if(supports, [](const Support& s) { return s.enabled && s.negative; });
}

session::Prompt Search::prompt() const {
    session::Prompt prompt;
    prompt.phrase = phrase.trimmed().toStdString();
    prompt.negativePhrase = negativePhrase.trimmed().toStdString();
    prompt.mix = mix;
    prompt.negativeWeight = negativeWeight;
    prompt.compete = compete;
    for (const Support& support : supports) {
        if (support.enabled && support.image) {
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

Document::Document(QObject* parent) : QObject(parent), values_(std::make_unique<ProjectRows>(history_, images_)) {
    connect(&images_, &Images::arrived, this, [this] { refresh(content_.current); });
    connect(&images_, &Images::replaced, this, &Document::exampleReplaced);
}

Document::~Document() = default;

void Document::setProject(project::Project project, bool clean) {
    history_ = project::History(std::move(project));
    if (!clean) {
        history_.setDirty();
    }
    values_ = std::make_unique<ProjectRows>(history_, images_);
    keys_.clear();
    seen_.clear();
    opened_.clear();
    lent_.reset();
    if (const project::Picture* open = openPicture()) {
        noteOpened(open->id);
    }
    refresh({});
    Q_EMIT historyChanged();
}

Result<void> Document::editProject(const project::Edit& edit, const QString& title, const QString& merge) {
    const auto done = carryOut(edit, title, merge);
    if (!done) {
        return done.error();
    }
    refresh(content_.current);
    return {};
}

void Document::setModel(const project::Model& model) {
    const project::Edit edit = project::SetModel{model};
    if (!(project().model == model) && history_.aside(edit)) {
        Q_EMIT edited(edit);
        Q_EMIT historyChanged();
    }
}

const project::Picture* Document::findPicture(const QString& key, const std::string& path) const {
    const auto& all = project().pictures;
    const std::string keyPath = key.toStdString();
    const auto found = std::find_if(all.begin(), all.end(), [&](const project::PicturePtr& one) {
        const auto known = keys_.find(one->id);
        return (known != keys_.end() ? known->second == key : one->file.path == keyPath) ||
               (!path.empty() && one->file.path == path);
    });
    return found == all.end() ? nullptr : found->get();
}

const project::Picture* Document::openPicture() const {
    return hasPicture() ? findPicture(picture_.key, picture_.file.path) : nullptr;
}

project::Id Document::pictureId() const {
    const project::Picture* open = openPicture();
    return open != nullptr ? open->id : lent() ? lent_->id : 0;
}

QString Document::keyOf(project::Id id) const {
    if (const auto known = keys_.find(id); known != keys_.end()) {
        return known->second;
    }
    const project::Picture* picture = project().picture(id);
    return picture == nullptr ? QString() : QString::fromStdString(picture->file.path);
}

void Document::setPicture(OpenPicture picture) {
    const bool other = picture.key != picture_.key;
    if (picture.image && picture.file.path.empty()) {
        picture.file = fileOfPixels(*picture.image, picture.key.isEmpty() ? "picture" : picture.key.toStdString());
    }
    picture_ = std::move(picture);
    if (hasPicture()) {
        images_.add(picture_.file, picture_.image);
    }
    if (other) {
        endMerge();
        lend();
    }
    Q_EMIT pictureChanged();
    refresh(content_.current);
}

void Document::noteOpened(project::Id id) {
    keys_[id] = picture_.key;
    std::erase(opened_, id);
    opened_.push_back(id);
}

const project::Picture* Document::lastPicture() const {
    // Some may be gone, because they were undone.
    for (auto id = opened_.rbegin(); id != opened_.rend(); ++id) {
        if (const project::Picture* picture = project().picture(*id)) {
            return picture;
        }
    }
    return nullptr;
}

void Document::lend() {
    lent_.reset();
    if (!hasPicture()) {
        return;
    }
    if (const project::Picture* open = openPicture()) {
        noteOpened(open->id);
        return;
    }
    const project::Picture* before = lastPicture();
    if (before != nullptr && !seen_.contains(picture_.key)) {
        lent_ = values_->startedLike(*before, picture_.file);
    }
    if (!lent_ || lent_->rows.empty()) {
        lent_.reset();
        seen_.insert(picture_.key);
    }
}

const project::Picture* Document::shownLent() const { return lent_ && openPicture() == nullptr ? &*lent_ : nullptr; }

project::Edit Document::lentEdit() {
    noteOpened(lent_->id);
    return project::AddPicture{project().pictures.size(), std::make_shared<const project::Picture>(*lent_)};
}

project::Project Document::projectShown() const {
    project::Project shown = project();
    if (lent()) {
        shown.pictures.push_back(std::make_shared<const project::Picture>(*lent_));
    }
    return shown;
}

void Document::keepLent() {
    if (!lent()) {
        return;
    }
    endMerge();
    const QString& one = lent_->rows.size() == 1 ? content_.rows.front().id : content_.current;
    const Row* row = this->row(one);
    const QString title = row != nullptr ? tr("keep “%1”").arg(row->title()) : tr("keep the rows");
    if (const auto done = carryOut(lentEdit(), title, {}); !done) {
        Q_EMIT refused(done.error());
    }
    refresh(content_.current);
}

std::vector<Row> Document::rowsOf(const QString& key) const {
    if (key == picture_.key) {
        return rows();
    }
    const project::Picture* picture = findPicture(key, {});
    return picture == nullptr ? std::vector<Row>{} : values_->rows(*picture);
}

const Search& Document::searchOf(const Content& content) {
    const Row* row = find(content, content.current);
    return row == nullptr ? content.draft : row->search;
}

const Search& Document::search() const { return searchOf(content_); }

const Row* Document::row(const QString& id) const { return find(content_, id); }

void Document::push(const QString& title, const QString& merge, const Content& after) {
    project::Together all;
    all.edits = values_->draftEdits(project().draft, content_.draft, after.draft);
    if (hasPicture()) {
        project::Picture fresh{0, picture_.file, {}};
        const project::Picture* open = openPicture();
        if (open == nullptr && lent() && after.rows != content_.rows) {
            all.edits.push_back(lentEdit());
        } else if (open == nullptr && !lent() && !after.rows.empty()) {
            fresh.id = history_.freshId();
            noteOpened(fresh.id);
            all.edits.emplace_back(
                project::AddPicture{project().pictures.size(), std::make_shared<const project::Picture>(fresh)});
        }
        const project::Picture& shown = open != nullptr ? *open : lent() ? *lent_ : fresh;
        const auto rows = values_->rowEdits(shown, content_.rows, after.rows);
        all.edits.insert(all.edits.end(), rows.begin(), rows.end());
    }
    if (all.edits.empty()) {
        return;
    }
    const project::Edit edit = all.edits.size() == 1 ? all.edits.front() : project::Edit(std::move(all));
    if (const auto done = carryOut(edit, title, merge); !done) {
        Q_EMIT refused(done.error());
    }
    refresh(after.current);
}

Result<bool> Document::carryOut(const project::Edit& edit, const QString& title, const QString& merge) {
    const project::Project before = project();
    const auto done =
        history_.edit(edit, title.isEmpty() ? Message() : message("%1", title.toStdString()), merge.toStdString());
    if (!done) {
        return done.error();
    }
    if (project() == before) {
        return false;
    }
    Q_EMIT edited(edit);
    Q_EMIT historyChanged();
    return true;
}

QString Document::undoName() const { return canUndo() ? wordsOf(history_.undoName()) : QString(); }
QString Document::redoName() const { return canRedo() ? wordsOf(history_.redoName()) : QString(); }

void Document::undo() {
    const project::Project before = project();
    const auto edit = history_.undo();
    for (const project::Id id : edit ? picturesOf(*edit) : std::vector<project::Id>()) {
        // A picture that is gone with it is still to be found.
        const project::Picture* gone = project().picture(id) == nullptr ? before.picture(id) : nullptr;
        if (gone != nullptr) {
            keys_.emplace(id, QString::fromStdString(gone->file.path));
        }
    }
    wentOver(edit, true);
}

void Document::redo() { wentOver(history_.redo(), false); }

void Document::wentOver(const std::optional<project::Edit>& edit, bool undone) {
    if (!edit) {
        return;
    }
    const auto row = searchedRow(*edit);
    refresh(!row ? content_.current : *row == 0 ? QString() : values_->nameOfRow(*row));
    Q_EMIT edited(*edit);
    Q_EMIT historyChanged();
    QStringList keys;
    for (const project::Id id : picturesOf(*edit)) {
        keys << keyOf(id);
    }
    keys.removeAll(QString());
    if (!keys.isEmpty() && !keys.contains(picture_.key)) {
        Q_EMIT pictureWanted(keys.front(), undone ? redoName() : undoName(), undone);
    }
}

void Document::setClean() {
    history_.setClean();
    Q_EMIT historyChanged();
}

void Document::refresh(const QString& current) {
    values_->beginAll();
    Content now;
    if (const project::Picture* open = openPicture()) {
        now.rows = values_->rows(*open);
    } else if (lent_) {
        now.rows = values_->rows(*lent_);
    }
    if (project().draft) {
        now.draft = values_->search(*project().draft);
    }
    values_->endAll();
    now.current = find(now, current) != nullptr ? current : QString();
    if (!(now == content_)) {
        replace(now);
    }
    if (competed_ != rowsCompete()) {
        competed_ = rowsCompete();
        Q_EMIT rowsCompeteChanged();
    }
}

void Document::edit(const QString& title, const QString& merge, const std::function<void(Search&)>& change) {
    Content after = content_;
    Row* row = find(after, after.current);
    change(row != nullptr ? row->search : after.draft);
    push(title, merge, after);
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
        keepLent();  // who confirms a row keeps it
        selectRow(inHand ? content_.current : QString());
        return;
    }
    if (content_.draft.empty() || !hasPicture()) {
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
    push(title, {}, after);
}

QString Document::addRow(const QString& title, Row row, output::Colour colour) {
    Content after = content_;
    row.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    row.colour = colour;
    const QString id = row.id;
    after.rows.push_back(std::move(row));
    endMerge();
    push(title, {}, after);
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

void Document::leaveRow() {
    if (content_.current.isEmpty()) {
        return;
    }
    const Search kept = search();
    selectRow({});
    if (search().empty()) {
        edit(tr("phrase"), {}, [&](Search& typed) {
            typed.phrase = kept.phrase;
            typed.negativePhrase = kept.negativePhrase;
        });
    }
}

void Document::editRow(const QString& id, const QString& title, const QString& merge,
                       const std::function<void(Row&)>& change) {
    Content after = content_;
    if (Row* row = find(after, id)) {
        change(*row);
        push(title, merge, after);
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
    push(title, {}, after);
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
    push(tr("order of the rows"), {}, after);
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
    push(tr("rows shown"), {}, after);
}

void Document::setRowsCompete(bool compete) {
    project::Settings settings = project().settings;
    settings.compete = compete;
    if (const auto done = editProject(project::SetSettings{settings}, tr("pixels of competing rows")); !done) {
        Q_EMIT refused(done.error());
    }
}

double Document::threshold() const {
    const Row* row = this->row(currentRow());
    return row != nullptr ? thresholdOf(*row) : thresholdOf(QString(), content_.draft);
}

double Document::thresholdOf(const Row& row) const {
    return row.object ? project::kObjectThreshold : thresholdOf(row.id, row.search);
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
