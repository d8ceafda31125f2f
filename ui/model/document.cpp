#include "ui/model/document.h"

#include <QUndoCommand>
#include <algorithm>

#include "core/output/names.h"

namespace maskwright::ui {

// A whole search before and after: small, since pictures are shared and regions are runs, and the same for every kind
// of edit.
class SearchEdit : public QUndoCommand {
  public:
    SearchEdit(Document& document, const QString& title, QString merge, int session, Search before, Search after)
        : QUndoCommand(title),
          document_(document),
          merge_(std::move(merge)),
          session_(session),
          before_(std::move(before)),
          after_(std::move(after)) {}

    void undo() override { document_.replaceSearch(before_); }
    void redo() override { document_.replaceSearch(after_); }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const SearchEdit*>(other);
        if (merge_.isEmpty() || next->merge_ != merge_ || next->session_ != session_) {
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
    Search before_, after_;
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

Document::Document(QObject* parent) : QObject(parent) { history_.setUndoLimit(200); }

void Document::setPicture(OpenPicture picture) {
    picture_ = std::move(picture);
    Q_EMIT pictureChanged();
}

void Document::edit(const QString& title, const QString& merge, const std::function<void(Search&)>& change) {
    Search after = search_;
    change(after);
    if (after == search_) {
        return;
    }
    history_.push(new SearchEdit(*this, title, merge, session_, search_, std::move(after)));
}

void Document::setPhrase(const QString& phrase) {
    edit(tr("phrase"), "phrase", [&](Search& s) { s.phrase = phrase; });
}

void Document::setModelThreshold(double threshold) {
    if (modelThreshold_ != threshold || !modelOpen_) {
        modelOpen_ = true;
        modelThreshold_ = threshold;
        if (!search_.threshold) {
            Q_EMIT thresholdChanged();
        }
    }
}

void Document::replaceSearch(const Search& search) {
    const double before = threshold();
    Search asked = search_, wanted = search;
    asked.threshold.reset();
    wanted.threshold.reset();
    search_ = search;
    std::vector<std::shared_ptr<const Mask>> masks;
    for (const Support& support : search_.supports) {
        masks.push_back(support.region ? support.region->mask() : nullptr);
    }
    masks_ = std::move(masks);
    Q_EMIT searchChanged();
    if (!(asked == wanted)) {
        Q_EMIT promptChanged();
    }
    if (threshold() != before) {
        Q_EMIT thresholdChanged();
    }
}

}  // namespace maskwright::ui
