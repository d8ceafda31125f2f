#include "core/session/which_serving.h"

#include <algorithm>
#include <utility>

#include "core/base/blank.h"
#include "core/proposals/classical.h"
#include "core/session/proposal_sources.h"
#include "core/session/refer.h"
#include "core/session/segmenter_source.h"

namespace maskwright::session {

Result<WhichAnswer> WhichServing::answer(const std::shared_ptr<const Image>& image, const WhichQuestion& question,
                                         const Stops& stops) {
    MASKWRIGHT_TRY(open(question));
    const auto of = candidates(image, question.picture, stops);
    if (!of) {
        return of.error();
    }
    WhichAnswer answer;
    answer.candidates = of->proposals;
    answer.about = source_->about();
    answer.before = of->before;
    answer.milliseconds = of->milliseconds;
    answer.warnings = of->warnings;
    answer.blocks = method_->facts().blocks;
    answer.usualV = usualV(method_->facts());
    GlobalOptions options;
    options.blocks = std::clamp<std::int64_t>(question.blocks, 1, std::max<std::int64_t>(answer.blocks, 1));
    if (!isBlank(question.expression)) {
        MASKWRIGHT_TRY(answerExpression(*of, question, options, stops.rest, answer));
    } else if (of->seen) {
        MASKWRIGHT_TRY(method_->global(*of->seen, options, stops.rest));
        MASKWRIGHT_TRY(method_->local(*of->seen, stops.rest));
    }
    answer.moved = std::exchange(told_, {});
    return answer;
}

Result<void> WhichServing::answerExpression(const Candidates& of, const WhichQuestion& question,
                                            const GlobalOptions& options, const std::stop_token& stop,
                                            WhichAnswer& answer) {
    Meant meant = meantBy(question.expression);
    if (question.nounPhrase && !isBlank(*question.nounPhrase)) {
        answer.nounPhrase = *question.nounPhrase;
    } else {
        answer.nounPhrase = std::move(meant.nounPhrase);
        answer.remark = std::move(meant.remark);
    }
    answer.wishes = std::move(meant.wishes);
    const auto sentence = method_->text(question.expression);
    if (!sentence) {
        return sentence.error();
    }
    answer.words = sentence->words;
    answer.truncated = sentence->truncated;
    auto found = refer(*method_, of, {question.expression, answer.nounPhrase, answer.wishes, {}, options}, stop);
    if (!found) {
        return found.error();
    }
    answer.compared = std::move(found->compared);
    return {};
}

Result<void> WhichServing::open(const WhichQuestion& question) {
    if (sourceOf_ != question.source) {
        sourceOf_.reset();
        found_.clear();
        pictures_.clear();
        source_.reset();
        detecting_.reset();
        MASKWRIGHT_TRY(openSource(question.source));
        sourceOf_ = question.source;
    }
    return !method_ || methodOf_ != question.model ? openMethod(question.model) : Result<void>();
}

Result<void> WhichServing::openMethod(const std::string& model) {
    EngineOptions wanted = options_;
    wanted.model = model.empty() ? options_.model : model;
    auto method = GlobalLocal::open(wanted, listening());
    if (!method) {
        return method.error();
    }
    pictures_.clear();  // what they keep is the other one's
    method_ = std::move(*method);
    methodOf_ = model;
    return {};
}

Result<void> WhichServing::openSource(const WhichSource& wanted) {
    using Kind = WhichSource::Kind;
    if (wanted.kind == Kind::classical) {
        source_ = proposals::classical();
    } else if (wanted.kind == Kind::file) {
        json_ = proposals::readOnce();  // the source is of a picture: candidates() makes it
    } else if (wanted.kind == Kind::sam || wanted.kind == Kind::solo) {
        EngineOptions segmenter = options_;
        segmenter.model = wanted.path;
        auto opened = openSegmenter(wanted.kind == Kind::sam ? "sam" : "solo", segmenter);
        if (!opened) {
            return opened.error();
        }
        source_ = std::move(*opened);
    } else {
        const auto own = needClipSeg(engine_);
        if (!own) {
            return own.error();
        }
        ClipSegMethod* seeing = wanted.kind == Kind::detector ? detecting(**own) : nullptr;
        source_ = seeing != nullptr ? detectorSource(*seeing) : mapsSource(**own);
    }
    return {};
}

// Null where the model that has one is not installed.
ClipSegMethod* WhichServing::detecting(ClipSegMethod& own) {
    EngineOptions seeing = options_;
    seeing.model = detectingModel(own, options_.model);
    if (seeing == options_) {
        return &own;
    }
    if (!detecting_) {
        if (auto other = Engine::open(seeing, listening()); other && (*other)->clipseg() != nullptr) {
            detecting_ = std::move(*other);
        }
    }
    return detecting_ ? detecting_->clipseg() : nullptr;
}

// Parts of one model say the same.
Tell WhichServing::listening() {
    return [this](const Message& told) {
        if (std::find(told_.begin(), told_.end(), told) == told_.end()) {
            told_.push_back(told);
        }
    };
}

Result<proposals::Found> WhichServing::proposed(const std::shared_ptr<const Image>& image, const std::string& file,
                                                const Stops& stops) {
    if (const proposals::Found* before = found_.find([&](const auto& one) { return one == image; })) {
        return *before;
    }
    if (sourceOf_->kind == WhichSource::Kind::file) {
        proposals::FileOptions masks;
        masks.path = sourceOf_->path;
        masks.picture = file;
        masks.once = json_;
        source_ = proposals::fromFile(std::move(masks));
    }
    auto found = source_->propose(*image, source_->resumes() ? stops.rest : stops.encoding);
    return found ? Result<proposals::Found>(found_.put(image, std::move(*found))) : found.error();
}

Result<Candidates> WhichServing::candidates(const std::shared_ptr<const Image>& image, const std::string& file,
                                            const Stops& stops) {
    if (const Candidates* before = pictures_.find([&](const auto& one) { return one == image; })) {
        return *before;
    }
    auto found = proposed(image, file, stops);
    if (!found) {
        return found.error();
    }
    auto made = candidatesOf(*method_, std::move(*found), image, stops.encoding);
    return made ? Result<Candidates>(pictures_.put(image, std::move(*made))) : made.error();
}

}  // namespace maskwright::session
