// "Which one", beside the preview's "where is it": what the open picture holds, and which of it the phrase means, in
// order. Asks through the jobs' lane, so that the preview's mask comes first; ranks what comes back itself, so that the
// sliders v and r and the prior cost no answer. Keeps which candidate is chosen. GUI thread.
#pragma once

#include <QObject>
#include <QPointF>
#include <memory>
#include <optional>
#include <vector>

#include "core/referring/ranking.h"
#include "ui/model/document.h"
#include "ui/model/jobs.h"
#include "ui/model/preview.h"
#include "ui/model/run_lookup.h"

namespace maskwright::ui {

class Candidates : public QObject {
    Q_OBJECT

  public:
    struct Options {
        QString nounPhrase;           // what the thing is; empty: read off the phrase, and again for another phrase
        referring::Mixture mixture;   // v and r; v is the model's own until the person moves it
        int blocks = 3;               // k
        bool prior = true;            // what the phrase says of place and size counts
        QString model;                // whose features are compared; empty: the model in use
        session::WhichSource source;  // where they come from
        bool operator==(const Options&) const = default;
    };

    Candidates(Document& document, Preview& preview, Jobs& jobs, QObject* parent = nullptr);

    // While it is off nothing is asked.
    [[nodiscard]] bool on() const { return on_; }
    void setOn(bool on);
    [[nodiscard]] const Options& options() const { return options_; }
    void setNounPhrase(const QString& phrase);
    void setMixture(const referring::Mixture& mixture);
    void setBlocks(int blocks);
    void setPrior(bool prior);
    void setModel(const QString& model);
    // The same file or folder again is read again. Masks of one picture (a file but for JSON, a folder) are left for
    // the detector when another picture is opened.
    void setSource(session::WhichSource::Kind kind, const QString& path = {});

    // What was asked last, as it was typed; empty without a phrase.
    [[nodiscard]] QString expression() const { return QString::fromStdString(asked_.question.expression).simplified(); }

    // Null while there is none for the open picture.
    [[nodiscard]] const std::shared_ptr<const session::WhichAnswer>& answer() const { return answer_; }
    [[nodiscard]] int count() const { return answer_ ? int(answer_->candidates.size()) : 0; }
    // `order` has every candidate; the rest is empty without a phrase, and the order that of the proposals.
    [[nodiscard]] const referring::Ranking& ranking() const { return ranking_; }
    // How well each fits beside the best, 0..1, which is what the order is by; without a phrase its objectness.
    [[nodiscard]] std::vector<double> shares() const;
    [[nodiscard]] bool busy() const { return busy_; }
    // Why there is no answer to what was asked last.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

    // By place among answer()'s candidates; -1: none. With a phrase the best is chosen until the person chooses.
    [[nodiscard]] int chosen() const { return chosen_; }
    void choose(int candidate);
    void step(int by);  // along the ranking: 1 is the runner-up; stays within it
    // The one that the hand points at.
    [[nodiscard]] int lit() const { return lit_; }
    void light(int candidate);
    // Those with the point (picture pixels) inside, the smallest first.
    [[nodiscard]] std::vector<int> at(QPointF point) const;

    // The chosen one, 1 inside and 0 outside; null for none.
    [[nodiscard]] std::shared_ptr<const HeatPyramid> map() const;
    // As an example to find others by.
    [[nodiscard]] Support exampleOf(int candidate) const;

  Q_SIGNALS:
    void switched(bool on);
    void replaced();  // other candidates, or none
    void ranked();    // order or scores, or what is said of the phrase
    void optionsChanged();
    void chosenChanged();
    void litChanged();
    void busyChanged();
    void failed(const maskwright::Error& error);
    void moved(const maskwright::Message& message);  // a model has left its device

  private:
    struct Asked {
        std::shared_ptr<const Image> image;
        session::EngineOptions engine;
        session::WhichQuestion question;
        bool operator==(const Asked&) const = default;
        // Whether nothing but texts differs: what is computed of the picture and its things serves both.
        [[nodiscard]] bool asksOfTheSame(const Asked& other) const;
    };
    void follow();
    [[nodiscard]] Asked wanted() const;
    void ask(const Asked& wanted);
    void forget();
    void take(const std::shared_ptr<const Finding>& finding);
    void show(const std::shared_ptr<const Finding>& finding);
    void rank();
    void setBusy(bool busy);
    void setChosen(int candidate);
    Document& document_;
    Jobs& jobs_;
    bool on_ = false, busy_ = false, picked_ = false;
    Options options_;
    bool ownV_ = false;  // the person has moved v
    QString phrase_;     // that the options are for
    Asked asked_;        // nothing: no image
    std::optional<Error> error_;
    std::shared_ptr<const session::WhichAnswer> answer_;
    std::vector<RunLookup> lookups_;  // of its candidates
    referring::Ranking ranking_;
    int chosen_ = -1, lit_ = -1;
    mutable std::shared_ptr<const HeatPyramid> map_;  // once somebody has looked
};

}  // namespace maskwright::ui
