#include "core/session/which_serving.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/session/proposal_sources.h"
#include "core/session/refer.h"
#include "core/text/noun_phrases.h"

namespace maskwright::session {

namespace {

bool isBlank(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c) != 0; });
}

}  // namespace

Result<WhichAnswer> WhichServing::answer(const std::shared_ptr<const Image>& image, const WhichQuestion& question,
                                         const std::stop_token& stop) {
    MASKWRIGHT_TRY(open(question.model));
    const auto of = candidates(image, stop);
    if (!of) {
        return of.error();
    }
    WhichAnswer answer;
    answer.candidates = of->proposals;
    answer.blocks = method_->facts().blocks;
    answer.usualV = usualV(method_->facts());
    GlobalOptions options;
    options.blocks = std::clamp<std::int64_t>(question.blocks, 1, std::max<std::int64_t>(answer.blocks, 1));
    if (!isBlank(question.expression)) {
        MASKWRIGHT_TRY(answerExpression(*of, question, options, stop, answer));
    } else if (of->seen) {
        MASKWRIGHT_TRY(method_->global(*of->seen, options, stop));
        MASKWRIGHT_TRY(method_->local(*of->seen, stop));
    }
    return answer;
}

Result<void> WhichServing::answerExpression(const Candidates& of, const WhichQuestion& question,
                                            const GlobalOptions& options, const std::stop_token& stop,
                                            WhichAnswer& answer) {
    if (question.nounPhrase && !isBlank(*question.nounPhrase)) {
        answer.nounPhrase = *question.nounPhrase;
    } else {
        const text::NounPhrase read = text::nounPhrase(question.expression);
        answer.nounPhrase = read.text;
        answer.remark = text::remark(read);
    }
    answer.wishes = referring::wishesOf(question.expression);
    const auto sentence = method_->text(question.expression);
    if (!sentence) {
        return sentence.error();
    }
    answer.words = sentence->words;
    answer.truncated = sentence->truncated;
    auto found = refer(*method_, of, {question.expression, answer.nounPhrase, {}, {}, options}, stop);
    if (!found) {
        return found.error();
    }
    answer.compared = std::move(found->compared);
    return {};
}

Result<void> WhichServing::open(const std::string& model) {
    if (!source_) {
        MASKWRIGHT_TRY(openSource());
    }
    if (!method_ || methodOf_ != model) {
        EngineOptions wanted = options_;
        wanted.model = model.empty() ? options_.model : model;
        auto method = GlobalLocal::open(wanted);
        if (!method) {
            return method.error();
        }
        pictures_.clear();  // what they keep is the other one's
        method_ = std::move(*method);
        methodOf_ = model;
    }
    return {};
}

// The model's own detector, else the built-in model's; where that is not installed, the model's own maps.
Result<void> WhichServing::openSource() {
    const auto own = needClipSeg(engine_);
    if (!own) {
        return own.error();
    }
    if ((*own)->facts().detects) {
        source_ = detectorSource(**own);
        return {};
    }
    EngineOptions builtIn = options_;
    builtIn.model = kBuiltInModel;
    if (auto other = Engine::open(builtIn); other && (*other)->clipseg() != nullptr) {
        detecting_ = std::move(*other);
        source_ = detectorSource(*detecting_->clipseg());
    } else {
        source_ = mapsSource(**own);
    }
    return {};
}

Result<Candidates> WhichServing::candidates(const std::shared_ptr<const Image>& image, const std::stop_token& stop) {
    const auto same = [&](const std::shared_ptr<const Image>& one) { return one == image; };
    if (const Candidates* before = pictures_.find(same)) {
        return *before;
    }
    auto found = candidatesOf(*method_, *source_, image, stop);
    if (!found) {
        return found.error();
    }
    return pictures_.put(image, std::move(*found));
}

}  // namespace maskwright::session
