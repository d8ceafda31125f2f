#include "core/eval/refer.h"

#include <algorithm>
#include <map>

#include "core/base/stopwatch.h"
#include "core/eval/photos.h"

namespace maskwright::eval {
namespace {

// The objects that people drew, as if a source had proposed them.
class Annotated final : public proposals::Source {
  public:
    Annotated(const data::DataSet& set, const data::Photo& photo) : set_(set), photo_(photo) {}
    [[nodiscard]] proposals::About about() const override { return {"annotated", "what people drew", {}}; }
    Result<proposals::Found> propose(const Image& /*picture*/, std::stop_token /*stop*/) override {
        proposals::Found found;
        for (const std::size_t index : photo_.annotations) {
            found.proposals.push_back(proposals::proposalOf(set_.annotations[index].runs, 1));
        }
        return found;
    }

  private:
    const data::DataSet& set_;
    const data::Photo& photo_;
};

// What is read off a text, once for all sources and settings.
struct Read {
    std::string nounPhrase;
    std::vector<referring::Wish> wishes;
    Mask truth;
    std::int64_t area = 0;
};

std::vector<metrics::Overlap> overlapsOf(const std::vector<proposals::Proposal>& proposals, const Read& read) {
    std::vector<metrics::Overlap> overlaps;
    for (const proposals::Proposal& one : proposals) {
        const Mask mask = toMask(one.runs);
        std::int64_t common = 0;
        for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
            common += mask.pixels[i] != 0 && read.truth.pixels[i] != 0 ? 1 : 0;
        }
        overlaps.push_back({common, one.area + read.area - common});
    }
    return overlaps;
}

class Evaluation {
  public:
    Evaluation(const ReferOptions& options, session::GlobalLocal& method, const data::ReferringSet& set,
               std::stop_token stop)
        : options_(options),
          method_(method),
          set_(set),
          settings_(settingsOf(options.setting, options.ablations, method.facts().blocks)),
          totals_(options.sources.size(), std::vector<metrics::ReferringTotals>(settings_.size())),
          oracles_(options.sources.size()),
          stop_(std::move(stop)) {
        for (std::size_t i = 0; i < set.texts.size(); ++i) {
            textsOf_[set.texts[i].photo].push_back(i);
        }
        for (const Proposing& source : options.sources) {
            report_.sources.push_back({source.name, 0, 0, 0, 0, {}});
        }
    }

    Result<void> picture(std::size_t index) {
        const auto texts = textsOf_.find(index);
        if (texts == textsOf_.end()) {
            return {};
        }
        const data::Photo& photo = set_.data.photos[index];
        auto read = data::readPhoto(set_.data, photo);
        if (!read) {
            return read.error();
        }
        const auto image = std::make_shared<const Image>(std::move(*read));
        ++report_.pictures;
        report_.texts += static_cast<std::int64_t>(texts->second.size());
        std::vector<Read> reads;
        for (const std::size_t text : texts->second) {
            reads.push_back(readOf(set_.texts[text]));
        }
        for (std::size_t s = 0; s < options_.sources.size(); ++s) {
            const auto candidates = propose(options_.sources[s], photo, image);
            if (!candidates) {
                return candidates.error();
            }
            for (const Message& warning : options_.warn ? candidates->warnings : std::vector<Message>()) {
                options_.warn(warning);
            }
            count(report_.sources[s], *candidates, texts->second.size());
            for (std::size_t i = 0; i < reads.size() && candidates->seen; ++i) {
                MASKWRIGHT_TRY(ask(s, set_.texts[texts->second[i]], reads[i], *candidates));
            }
        }
        return {};
    }

    ReferReport report() && {
        for (std::size_t s = 0; s < totals_.size(); ++s) {
            report_.sources[s].oracle = oracles_[s].figures();
            for (std::size_t i = 0; i < settings_.size(); ++i) {
                report_.rows.push_back({report_.sources[s].name, settings_[i], totals_[s][i].figures()});
            }
        }
        report_.model = method_.facts().name;
        report_.data = options_.data;
        report_.split = options_.split;
        report_.format = set_.format;
        report_.file = set_.file;
        return std::move(report_);
    }

  private:
    [[nodiscard]] Read readOf(const data::ReferringText& text) const {
        session::Meant meant = session::meantBy(text.text);
        Read read{std::move(meant.nounPhrase), std::move(meant.wishes), data::truthOf(set_, text), 0};
        read.area = std::count_if(read.truth.pixels.begin(), read.truth.pixels.end(), [](auto x) { return x != 0; });
        return read;
    }

    Result<session::Candidates> propose(const Proposing& proposing, const data::Photo& photo,
                                        const std::shared_ptr<const Image>& image) {
        if (!proposing.open) {
            Annotated annotated(set_.data, photo);
            return session::candidatesOf(method_, annotated, image, stop_);
        }
        const auto source = proposing.open(set_.data.pathOf(photo));
        if (!source) {
            return source.error();
        }
        return session::candidatesOf(method_, **source, image, stop_);
    }

    static void count(ReferReport::Source& of, const session::Candidates& candidates, std::size_t texts) {
        if (candidates.seen) {
            ++of.pictures;
            of.proposals += static_cast<std::int64_t>(candidates.proposals.size());
        } else {
            ++of.emptyPictures;
            of.emptyTexts += static_cast<std::int64_t>(texts);
        }
    }

    Result<void> ask(std::size_t source, const data::ReferringText& text, const Read& read,
                     const session::Candidates& candidates) {
        const std::vector<metrics::Overlap> overlaps = overlapsOf(candidates.proposals, read);
        const metrics::Overlap best =
            *std::max_element(overlaps.begin(), overlaps.end(),
                              [](const metrics::Overlap& a, const metrics::Overlap& b) { return a.iou() < b.iou(); });
        oracles_[source].add(best);
        const std::vector<referring::Place> places = candidates.places();
        std::map<std::int64_t, session::Compared> byK;
        std::vector<float> named;
        if (!read.wishes.empty()) {
            auto found = method_.named(*candidates.seen, read.nounPhrase, stop_);
            if (!found) {
                return found.error();
            }
            named = std::move(*found);
        }
        for (std::size_t i = 0; i < settings_.size(); ++i) {
            const Setting& setting = settings_[i];
            if (!byK.contains(setting.k)) {
                auto compared = method_.compare(*candidates.seen, text.text, read.nounPhrase,
                                                {options_.silencing, setting.k}, stop_);
                if (!compared) {
                    return compared.error();
                }
                compared->named = named;
                byK.emplace(setting.k, std::move(*compared));
            }
            const std::vector<referring::Wish> none;
            const auto ranking =
                referring::rank(byK.at(setting.k), setting.mixture, setting.prior ? read.wishes : none, places);
            const metrics::Overlap& taken = overlaps[ranking.order.front()];
            totals_[source][i].add(taken);
            if (i == 0) {
                answer(source, text, read, taken.iou(), best.iou());
            }
        }
        return {};
    }

    void answer(std::size_t source, const data::ReferringText& text, const Read& read, double taken, double best) {
        report_.answers.push_back({set_.data.photos[text.photo].file, text.text, read.nounPhrase,
                                   referring::inWords(read.wishes).text(), report_.sources[source].name,
                                   set_.data.annotations[text.annotations.front()].id, taken, best});
    }

    const ReferOptions& options_;
    session::GlobalLocal& method_;
    const data::ReferringSet& set_;
    std::vector<Setting> settings_;
    std::vector<std::vector<metrics::ReferringTotals>> totals_;  // [source][setting]
    std::vector<metrics::ReferringTotals> oracles_;              // [source]
    std::map<std::size_t, std::vector<std::size_t>> textsOf_;    // by picture
    std::stop_token stop_;
    ReferReport report_;
};

// Of the pictures with texts, those that are listed, the first so many.
Result<std::vector<std::size_t>> chosenOf(const ReferOptions& options, const data::ReferringSet& set) {
    std::vector<std::size_t> asked;
    std::vector<std::string> files;
    for (std::size_t photo = 0; photo < set.data.photos.size(); ++photo) {
        if (std::any_of(set.texts.begin(), set.texts.end(), [&](const auto& text) { return text.photo == photo; })) {
            asked.push_back(photo);
            files.push_back(set.data.photos[photo].file);
        }
    }
    auto chosen = chosenOf(options, files, set.file);
    if (chosen) {
        std::transform(chosen->begin(), chosen->end(), chosen->begin(), [&](std::size_t i) { return asked[i]; });
    }
    return chosen;
}

}  // namespace

std::vector<Setting> settingsOf(const Setting& setting, bool ablations, std::int64_t blocks) {
    std::vector<Setting> all;
    const auto add = [&](Setting one) {
        for (const bool prior : {setting.prior, !setting.prior}) {
            one.prior = prior;
            if (std::find(all.begin(), all.end(), one) == all.end()) {
                all.push_back(one);
            }
        }
    };
    add(setting);
    if (!ablations) {
        return all;
    }
    for (const double v : {0.0, 0.25, 0.5, 0.75, 0.85, 0.95, 1.0}) {
        Setting one = setting;
        one.mixture.v = v;
        add(one);
    }
    for (const double r : {0.0, 0.5, 1.0}) {
        Setting one = setting;
        one.mixture.r = r;
        add(one);
    }
    for (std::int64_t k = 1; k <= std::min<std::int64_t>(6, blocks); ++k) {
        Setting one = setting;
        one.k = k;
        add(one);
    }
    return all;
}

Result<ReferReport> evaluateRefer(const ReferOptions& options, session::GlobalLocal& method,
                                  const ProgressSink& progress, std::stop_token stop) {
    const Stopwatch watch;
    MASKWRIGHT_TRY(checkMeasuring(options));
    auto set = data::readReferring({options.data, options.split, options.expressions, options.splitBy, options.images});
    if (!set) {
        return set.error();
    }
    set->data.warnings = std::make_shared<data::PhotoWarnings>(options.warn);
    const auto chosen = chosenOf(options, *set);
    if (!chosen) {
        return chosen.error();
    }
    Evaluation evaluation(options, method, *set, stop);
    const auto count = static_cast<std::int64_t>(chosen->size());
    for (std::int64_t i = 0; i < count; ++i) {
        const std::size_t index = (*chosen)[static_cast<std::size_t>(i)];
        if (progress) {
            progress({i, count, set->data.photos[index].file});
        }
        MASKWRIGHT_TRY(evaluation.picture(index));
    }
    if (progress) {
        progress({count, count, ""});
    }
    warnOfOddities(options, set->data);
    ReferReport report = std::move(evaluation).report();
    report.seconds = watch.milliseconds() / 1000;
    return report;
}

}  // namespace maskwright::eval
