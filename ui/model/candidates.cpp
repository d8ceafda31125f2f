#include "ui/model/candidates.h"

#include <QFileInfo>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "core/referring/place_words.h"

namespace maskwright::ui {

namespace {

bool isOfOnePicture(const session::WhichSource& source) {
    return source.kind == session::WhichSource::Kind::file &&
           !QString::fromStdString(source.path).endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
}

}  // namespace

Candidates::Candidates(Document& document, Preview& preview, Jobs& jobs, QObject* parent)
    : QObject(parent), document_(document), jobs_(jobs) {
    connect(&document_, &Document::pictureChanged, this, [this] {
        forget();
        if (isOfOnePicture(options_.source)) {
            options_.source = {};
            Q_EMIT optionsChanged();
        }
        follow();
    });
    connect(&document_, &Document::promptChanged, this, &Candidates::follow);
    connect(&preview, &Preview::modelOpened, this, &Candidates::follow);
}

void Candidates::setOn(bool on) {
    if (on == on_) {
        return;
    }
    on_ = on;
    if (on) {
        document_.leaveRow();  // what is typed now is another question than a row's
        follow();
    } else {
        jobs_.drop(this);
        asked_ = {};
        setBusy(false);
        light(-1);
    }
    Q_EMIT switched(on);
}

void Candidates::setNounPhrase(const QString& phrase) {
    if (phrase.trimmed() != options_.nounPhrase) {
        options_.nounPhrase = phrase.trimmed();
        Q_EMIT optionsChanged();
        follow();
    }
}

void Candidates::setMixture(const referring::Mixture& mixture) {
    if (mixture.v != options_.mixture.v || mixture.r != options_.mixture.r) {
        ownV_ = ownV_ || mixture.v != options_.mixture.v;
        options_.mixture = mixture;
        Q_EMIT optionsChanged();
        rank();
    }
}

void Candidates::setBlocks(int blocks) {
    if (blocks != options_.blocks) {
        options_.blocks = blocks;
        Q_EMIT optionsChanged();
        follow();
    }
}

void Candidates::setPrior(bool prior) {
    if (prior != options_.prior) {
        options_.prior = prior;
        Q_EMIT optionsChanged();
        rank();
    }
}

void Candidates::setModel(const QString& model) {
    if (model != options_.model) {
        options_.model = model;
        Q_EMIT optionsChanged();
        follow();
    }
}

void Candidates::setSource(session::WhichSource::Kind kind, const QString& path) {
    const session::WhichSource& now = options_.source;
    const session::WhichSource wanted{kind, path.toStdString(), path.isEmpty() ? 0 : now.reading + 1};
    if (wanted != now) {
        options_.source = wanted;
        forget();
        Q_EMIT optionsChanged();
        follow();
    }
}

// Asks where something else is wanted than was asked for last.
void Candidates::follow() {
    const QString phrase = document_.search().phrase.trimmed();
    if (phrase != phrase_) {
        phrase_ = phrase;
        picked_ = false;
        if (!std::exchange(options_.nounPhrase, {}).isEmpty()) {
            Q_EMIT optionsChanged();
        }
    }
    if (!on_ || !document_.hasPicture()) {
        return;
    }
    const Asked next = wanted();
    if (next == asked_ || (busy_ && next.asksOfTheSame(asked_))) {
        return;  // take() asks on: what is computed of the things is the next one's too
    }
    if (!(next.engine == asked_.engine) && asked_.image) {
        forget();
    }
    ask(next);
}

Candidates::Asked Candidates::wanted() const {
    const OpenPicture& picture = document_.picture();
    Asked wanted{picture.image, jobs_.engine(), {}};
    wanted.question.expression = phrase_.toStdString();
    if (!options_.nounPhrase.isEmpty() && !phrase_.isEmpty()) {
        wanted.question.nounPhrase = options_.nounPhrase.toStdString();
    }
    wanted.question.blocks = options_.blocks;
    wanted.question.model = options_.model.toStdString();
    wanted.question.source = options_.source;
    wanted.question.picture = QFileInfo(picture.path.isEmpty() ? picture.name : picture.path).fileName().toStdString();
    return wanted;
}

bool Candidates::Asked::asksOfTheSame(const Asked& other) const {
    session::WhichQuestion asTheOther = question;
    asTheOther.expression = other.question.expression;
    asTheOther.nounPhrase = other.question.nounPhrase;
    return image == other.image && engine == other.engine && asTheOther == other.question;
}

void Candidates::ask(const Asked& wanted) {
    jobs_.drop(this);
    asked_ = wanted;
    session::Request request;
    request.engine = wanted.engine;
    request.image = wanted.image;
    request.which = wanted.question;
    setBusy(true);
    jobs_.run(this, std::move(request), [this](const std::shared_ptr<const Finding>& finding) { take(finding); });
}

// Another picture, or another model.
void Candidates::forget() {
    jobs_.drop(this);
    asked_ = {};
    picked_ = false;
    error_.reset();
    setBusy(false);
    light(-1);
    lookups_.clear();
    answer_.reset();
    ranking_ = {};
    setChosen(-1);
    Q_EMIT replaced();
    Q_EMIT ranked();
}

void Candidates::take(const std::shared_ptr<const Finding>& finding) {
    const Asked answered = asked_;
    show(finding);
    const bool askedOn = asked_.image && !(asked_ == answered);  // by one who heard of it
    if (askedOn) {
        return;
    }
    if (const Asked next = wanted(); on_ && next.image && !(next == answered)) {
        ask(next);
    } else {
        setBusy(false);
    }
}

void Candidates::show(const std::shared_ptr<const Finding>& finding) {
    const session::Reply& reply = finding->answer;
    const bool told = error_ && reply.error && error_->what.text() == reply.error->what.text();
    error_ = reply.error;
    if (reply.error || !reply.which) {
        asked_ = {};                 // the same may be asked again
        if (reply.error && !told) {  // not once more with every letter
            Q_EMIT failed(*reply.error);
        }
        return;
    }
    const bool same = answer_ && answer_->candidates == reply.which->candidates;
    // Shares the reply's memory.
    answer_ = std::shared_ptr<const session::WhichAnswer>(finding, &*reply.which);
    for (const Message& message : answer_->moved) {
        Q_EMIT moved(message);
    }
    if (!same) {
        lookups_.clear();
        for (const proposals::Proposal& one : answer_->candidates) {
            lookups_.emplace_back(one.runs);
        }
        light(-1);
        setChosen(-1);
        Q_EMIT replaced();
    }
    rank();
}

void Candidates::rank() {
    if (!answer_) {
        return;
    }
    if (!ownV_ && options_.mixture.v != answer_->usualV) {
        options_.mixture.v = answer_->usualV;
        Q_EMIT optionsChanged();
    }
    if (answer_->compared.global.rows > 0) {
        std::vector<referring::Place> places;
        for (const proposals::Proposal& one : answer_->candidates) {
            places.push_back({one.box, one.area, double(one.objectness)});
        }
        const std::span<const referring::Wish> wishes = answer_->wishes;
        ranking_ =
            referring::rank(answer_->compared, options_.mixture, options_.prior ? wishes : wishes.first(0), places);
    } else {
        ranking_ = {};
        ranking_.order.resize(answer_->candidates.size());
        std::iota(ranking_.order.begin(), ranking_.order.end(), std::size_t{0});
    }
    if (!picked_) {
        setChosen(ranking_.scores.empty() ? -1 : int(ranking_.order.front()));
    }
    Q_EMIT ranked();
}

std::vector<double> Candidates::shares() const {
    std::vector<double> shares = ranking_.worth;
    for (std::size_t i = 0; ranking_.scores.empty() && i < std::size_t(count()); ++i) {
        shares.push_back(double(answer_->candidates[i].objectness));
    }
    return shares;
}

void Candidates::choose(int candidate) {
    picked_ = candidate >= 0;
    setChosen(candidate);
}

void Candidates::step(int by) {
    if (ranking_.order.empty()) {
        return;
    }
    const auto& order = ranking_.order;
    const auto now = std::find(order.begin(), order.end(), std::size_t(chosen_));
    // Nothing is chosen yet: the first step goes to the best.
    const auto place = now == order.end() ? (by > 0 ? by - 1 : 0) : (now - order.begin()) + by;
    choose(int(order[std::size_t(std::clamp<std::ptrdiff_t>(place, 0, std::ptrdiff_t(order.size()) - 1))]));
}

void Candidates::light(int candidate) {
    if (candidate != lit_) {
        lit_ = candidate;
        Q_EMIT litChanged();
    }
}

std::vector<int> Candidates::at(QPointF point) const {
    std::vector<int> found;
    const int x = int(std::floor(point.x())), y = int(std::floor(point.y()));
    for (std::size_t i = 0; i < lookups_.size(); ++i) {
        if (lookups_[i].contains(x, y)) {
            found.push_back(int(i));
        }
    }
    std::stable_sort(found.begin(), found.end(), [this](int a, int b) {
        return answer_->candidates[std::size_t(a)].area < answer_->candidates[std::size_t(b)].area;
    });
    return found;
}

std::shared_ptr<const HeatPyramid> Candidates::map() const {
    if (chosen_ < 0 || !answer_) {
        return nullptr;
    }
    if (!map_) {
        const Mask mask = toMask(answer_->candidates[std::size_t(chosen_)].runs);
        auto full = std::make_shared<Heatmap>(mask.width, mask.height);
        std::transform(mask.pixels.begin(), mask.pixels.end(), full->pixels.begin(),
                       [](std::uint8_t v) { return v != 0 ? 1.0f : 0.0f; });
        map_ = makePyramid(std::move(full));
    }
    return map_;
}

Support Candidates::exampleOf(int candidate) const {
    Support support;
    support.image = document_.picture().image;
    support.region = std::make_shared<const Region>(answer_->candidates[std::size_t(candidate)].runs);
    // Another picture has no second one.
    const std::string thing = referring::thingOf(answer_->nounPhrase);
    support.name = QString::fromStdString(thing.empty() ? answer_->nounPhrase : thing);
    return support;
}

void Candidates::setBusy(bool busy) {
    if (busy != busy_) {
        busy_ = busy;
        Q_EMIT busyChanged();
    }
}

void Candidates::setChosen(int candidate) {
    if (candidate != chosen_) {
        chosen_ = candidate;
        map_.reset();
        Q_EMIT chosenChanged();
    }
}

}  // namespace maskwright::ui
