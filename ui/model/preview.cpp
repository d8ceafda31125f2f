#include "ui/model/preview.h"

#include "ui/model/edges.h"

namespace maskwright::ui {

Preview::Preview(Document& document, Inference& inference, session::EngineOptions engine, QObject* parent)
    : QObject(parent), document_(document), inference_(inference), engine_(std::move(engine)) {
    connect(&document_, &Document::pictureChanged, this, [this] { take(PictureChanged{document_.hasPicture()}); });
    connect(&document_, &Document::promptChanged, this, [this] { take(PromptChanged{document_.search().empty()}); });
    connect(&document_, &Document::searchChanged, this, &Preview::followEdges);
    connect(&inference_, &Inference::staged, this, [this](quint64 number, PreviewStage stage) {
        take(Staged{number, stage});
    });
    connect(&inference_, &Inference::answered, this, [this](const std::shared_ptr<const Finding>& finding) {
        const session::Reply& answer = finding->answer;
        if (answer.ticket.lane != session::Lane::preview) {
            return;
        }
        Answered event;
        event.number = answer.ticket.number;
        event.maps = int(finding->maps.size());
        if (answer.error) {
            event.outcome = answer.error->kind == ErrorKind::cancelled ? Outcome::cancelled : Outcome::failed;
        }
        if (event.number >= state_.epoch && !answer.model.name.empty()) {
            const bool other = answer.model.folder != model_.folder || answer.model.name != model_.name;
            const bool moved = answer.model.leftDevice != model_.leftDevice;
            model_ = answer.model;
            if (other) {
                document_.setModelThreshold(model_.defaultThreshold);
            }
            if (other || moved) {
                Q_EMIT modelOpened();
            }
        }
        take(event, finding);
    });
}

void Preview::start() { take(ModelChanged{}); }

void Preview::setModel(const QString& model) {
    if (model.toStdString() != engine_.model || model_.name.empty()) {
        engine_.model = model.toStdString();
        model_ = {};
        take(ModelChanged{});
    }
}

void Preview::setEngine(const session::EngineOptions& engine) {
    if (!(engine == engine_)) {
        engine_ = engine;
        model_ = {};
        take(ModelChanged{});
    }
}

void Preview::take(const PreviewEvent& event, const std::shared_ptr<const Finding>& finding) {
    const auto [next, action] = reduce(state_, event);
    const bool different = !(next == state_);
    state_ = next;
    if (action.dismissError) {
        Q_EMIT recovered();
    }
    if (action.submit) {
        submit(*action.submit);
    }
    if (action.clear && finding_) {
        finding_.reset();
        Q_EMIT findingChanged();
    }
    if (action.show) {
        finding_ = finding;
        foundFor_ = asked_[finding->answer.ticket.number];
        Q_EMIT findingChanged();
        followEdges();
    }
    if (finding) {
        asked_.erase(asked_.begin(), asked_.upper_bound(finding->answer.ticket.number));
    }
    if (action.reportError && finding && finding->answer.error) {
        Q_EMIT failed(*finding->answer.error);
    }
    if (different) {
        Q_EMIT stateChanged();
    }
}

// One at a time: a slider that moves asks for the latest alone.
void Preview::followEdges() {
    const Search& wanted = document_.search();
    if (refining_ || !finding_ || finding_->answer.coarse.empty() || !sameQuestion(foundFor_, wanted) ||
        sameEdges(foundFor_, wanted) || finding_->answer.image != document_.picture().image) {
        return;
    }
    refining_ = true;
    makeEdges(this, finding_->answer.coarse.front(), finding_->answer.image, wanted,
              [this, wanted, of = finding_](const Result<std::shared_ptr<const HeatPyramid>>& map) {
                  refining_ = false;
                  if (finding_ == of) {
                      foundFor_.refine = wanted.refine;
                      foundFor_.refineRadius = wanted.refineRadius;
                  }
                  if (!map) {
                      Q_EMIT failed(map.error());
                  } else if (finding_ == of) {
                      auto other = std::make_shared<Finding>(*of);
                      other->maps.front() = *map;
                      other->answer.maps.front() = (*map)->full;
                      finding_ = std::move(other);
                      Q_EMIT findingChanged();
                  }
                  followEdges();
              });
}

void Preview::submit(std::uint64_t number) {
    session::Request request;
    request.ticket = {session::Lane::preview, number};
    request.engine = engine_;
    request.image = document_.picture().image;
    if (request.image && !document_.search().empty()) {
        request.prompts.push_back(document_.search().prompt());
    }
    request.refine = document_.search().refine;
    request.refineRadius = document_.search().refineRadius;
    asked_[number] = document_.search();
    inference_.submit(std::move(request));
}

}  // namespace maskwright::ui
