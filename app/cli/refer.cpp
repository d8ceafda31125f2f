// refer: the one of a picture's proposals that an expression means (Global-Local CLIP).
#include "core/session/refer.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>
#include <sstream>

#include "app/cli/common.h"
#include "app/cli/proposal_source.h"
#include "app/cli/side_by_side.h"
#include "core/batch/inputs.h"
#include "core/batch/naming.h"
#include "core/image/refine.h"
#include "core/output/names.h"
#include "core/output/write.h"
#include "core/referring/prior.h"
#include "core/referring/scoring.h"
#include "core/text/noun_phrases.h"
#include "core/text/token_spacing.h"
#include "core/weights/safetensors.h"

namespace maskwright::cli {
namespace {

// What was found of one picture, the best first in ranking.order.
struct Referred : session::Referred {
    session::Candidates candidates;
};

session::Meant asPublished(const std::string& expression) {
    const text::NounPhrase phrase = text::nounPhrase(expression);
    return {phrase.text, text::remark(phrase), {}};
}

session::Expression expressionOf(const ReferArguments& a) {
    session::Expression q;
    q.text = a.asReference ? text::tokenSpaced(a.expression) : a.expression;
    session::Meant meant = a.asReference ? asPublished(q.text) : session::meantBy(q.text);
    if (a.nounPhrase) {
        q.nounPhrase = *a.nounPhrase;
    } else {
        if (!meant.remark.empty()) {
            warn(meant.remark.text());
        }
        q.nounPhrase = std::move(meant.nounPhrase);
    }
    if (a.mixing.prior == "on") {
        q.wishes = std::move(meant.wishes);
    }
    q.mixture = {a.mixing.v, a.mixing.r};
    q.options = {silencingNamed(a.mixing.masking), a.mixing.k};
    return q;
}

// The answers about one picture: of one method, or of both.
struct Answers {
    std::optional<Referred> which;    // Global-Local's
    std::optional<Located> where;     // CLIPSeg's
    Mask best;                        // the region that is likest, empty where none was proposed
    std::optional<double> agreement;  // of both masks, intersection over union
};

OrderedJson jsonOf(const session::Expression& q, const Referred& found) {
    OrderedJson candidates = OrderedJson::array();
    for (const std::size_t i : found.ranking.order) {
        const proposals::Proposal& one = found.candidates.proposals[i];
        OrderedJson json = {{"proposal", i},
                            {"box", {one.box.x, one.box.y, one.box.width, one.box.height}},
                            {"area", one.area},
                            {"objectness", one.objectness},
                            {"score", found.ranking.scores[i]},
                            {"global_sentence", found.ranking.parts.globalSentence[i]},
                            {"global_noun_phrase", found.ranking.parts.globalNounPhrase[i]},
                            {"local_sentence", found.ranking.parts.localSentence[i]},
                            {"local_noun_phrase", found.ranking.parts.localNounPhrase[i]}};
        if (!found.ranking.prior.empty()) {
            json["prior"] = found.ranking.prior[i];
        }
        if (!found.compared.named.empty()) {
            json["named"] = found.compared.named[i];
        }
        candidates.push_back(std::move(json));
    }
    return {{"noun_phrase", q.nounPhrase},
            {"read_as", referring::inWords(q.wishes).text()},
            {"candidates", std::move(candidates)}};
}

OrderedJson jsonOf(const session::Expression& q, const std::string& image, const Answers& answers) {
    OrderedJson json = {{"image", image}, {"expression", q.text}};
    if (answers.which) {
        json.update(jsonOf(q, *answers.which));
    }
    if (answers.where) {
        json["clipseg"] = {{"presence", answers.where->presence}, {"area", area(answers.where->mask)}};
    }
    if (answers.agreement) {
        json["clipseg"]["iou"] = *answers.agreement;
        json["clipseg"]["agreement"] = area(agreement(answers.where->mask, answers.best));
    }
    return json;
}

// What is said of the one region that was chosen.
std::string told(const session::Expression& q, const Referred& found) {
    const Box& box = found.candidates.proposals[found.ranking.order.front()].box;
    std::ostringstream text;
    text << " (" << q.nounPhrase;
    if (const std::string read = referring::inWords(q.wishes).text(); !read.empty()) {
        text << ", " << read;
    }
    text << "): " << box.width << "x" << box.height << " at " << box.x << "," << box.y << ", best of "
         << found.ranking.order.size();
    return text.str();
}

void tell(const session::Expression& q, const std::string& image, const Answers& answers, const std::string& file) {
    const auto share = [](double value) { return dump(OrderedJson(std::round(value * 100) / 100)); };
    const bool chosen = answers.which && !answers.which->ranking.order.empty();
    if (!chosen && !answers.where) {
        return;
    }
    std::cout << image << ": " << q.text << (chosen ? told(q, *answers.which) : "");
    if (answers.where) {
        std::cout << (chosen ? "; " : ": ") << "CLIPSeg: presence " << share(answers.where->presence) << ", "
                  << area(answers.where->mask) << " pixels";
    }
    if (answers.agreement) {
        std::cout << ", IoU " << share(*answers.agreement);
    }
    std::cout << (file.empty() ? "" : " -> " + file) << "\n";
}

Result<void> save(const std::string& file, const Referred& found) {
    const auto of = [](const char* name, const std::vector<float>& values, std::vector<std::int64_t> shape) {
        return weights::TensorToWrite{name, weights::DType::f32, std::move(shape), std::as_bytes(std::span(values))};
    };
    const session::Compared& c = found.compared;
    const std::vector<weights::TensorToWrite> tensors = {
        of("global", c.global.values, {c.global.rows, c.global.width}),
        of("local", c.local.values, {c.local.rows, c.local.width}),
        of("sentence", c.sentence.values, {1, c.sentence.width}),
        of("noun_phrase", c.nounPhrase.values, {1, c.nounPhrase.width}),
        of("score", found.ranking.scores, {static_cast<std::int64_t>(found.ranking.scores.size())})};
    return weights::writeSafetensors(file, tensors);
}

// What stays open from picture to picture.
struct Work {
    const ReferArguments& arguments;
    session::Expression question;
    std::unique_ptr<session::GlobalLocal> method;  // null with --method clipseg
    std::optional<SourceOpener> source;
    std::optional<Locator> locator;  // none with --method global-local
    image_io::ReadOptions reading;
    std::string features;  // the file for them; empty: they are not kept
};

Result<Referred> find(Work& work, const std::string& file, std::shared_ptr<const Image> picture,
                      const std::stop_token& stop) {
    const auto source = work.source->forPicture(file);
    if (!source) {
        return source.error();
    }
    auto candidates = session::candidatesOf(*work.method, **source, std::move(picture), stop);
    if (!candidates) {
        return candidates.error();
    }
    warnAll(candidates->warnings);
    auto referred = session::refer(*work.method, *candidates, work.question, stop);
    if (!referred) {
        return referred.error();
    }
    return Referred{std::move(*referred), std::move(*candidates)};
}

Result<Answers> answersOf(Work& work, const std::string& file, const Image& picture, const std::stop_token& stop) {
    Answers answers;
    if (work.method) {
        auto found = find(work, file, std::make_shared<const Image>(picture), stop);
        if (!found) {
            return found.error();
        }
        answers.which = std::move(*found);
        const auto& order = answers.which->ranking.order;
        answers.best = order.empty() ? Mask(picture.width, picture.height)
                                     : toMask(answers.which->candidates.proposals[order.front()].runs);
    }
    if (work.locator) {
        auto located = work.locator->find(picture, work.question.text, stop);
        if (!located) {
            return located.error();
        }
        answers.where = std::move(*located);
    }
    if (answers.which && answers.where) {
        answers.agreement = iou(answers.where->mask, answers.best);
    }
    return answers;
}

// Of both methods: CLIPSeg's, Global-Local's, and where they agree, from left to right.
Result<void> write(const Work& work, const Answers& answers, const image_io::Picture& picture,
                   const std::string& file) {
    const ReferArguments& a = work.arguments;
    const bool both = answers.agreement.has_value();
    Heatmap map = answers.where ? answers.where->map : mapOf(answers.best);
    Image wide;
    Mask wideAlpha;
    output::Request request;
    if (both) {
        // In panels of their own, each cut at the same height.
        map = beside(mapOf(answers.where->mask), mapOf(answers.best),
                     mapOf(agreement(answers.where->mask, answers.best)));
        wide = beside(picture.image, picture.image, picture.image);
        if (picture.hadAlpha) {
            wideAlpha = beside(picture.alpha, picture.alpha, picture.alpha);
        }
    } else if (answers.where) {
        request.appearance.threshold = work.locator->threshold();
    }
    request.kind = *output::kindNamed(a.kind);
    request.picture = both ? &wide : &picture.image;
    if (picture.hadAlpha) {
        request.transparency = {both ? &wideAlpha : &picture.alpha, work.reading.background};
    }
    request.map = &map;
    request.labels = {a.expression};
    request.model = work.method ? work.method->facts().name : work.locator->name();
    return output::write(file, request);
}

Result<void> referOne(Work& work, const std::string& image, const std::string& file, const std::stop_token& stop) {
    const ReferArguments& a = work.arguments;
    const auto picture = image_io::read(image, work.reading);
    if (!picture) {
        return picture.error();
    }
    warnAll(picture->warnings);
    const auto answers = answersOf(work, image, picture->image, stop);
    if (!answers) {
        return answers.error();
    }
    const bool nothing = answers->which && answers->which->ranking.order.empty();
    if (nothing) {
        warn("nothing was proposed for " + image);
    }
    if (a.json) {
        std::cout << dump(jsonOf(work.question, image, *answers)) << "\n";
    } else {
        tell(work.question, image, *answers, file);
    }
    if (!file.empty()) {
        MASKWRIGHT_TRY(write(work, *answers, *picture, file));
    }
    return work.features.empty() || nothing ? Result<void>() : save(work.features, *answers->which);
}

// What is asked of files where there are none.
Result<void> checkKind(const ReferArguments& a) {
    if (a.output.empty() && output::kindNamed(a.kind) != output::Kind::mask) {
        return Error{ErrorKind::usage, message("--kind %1 is for results in files", a.kind),
                     "give -o, or leave --kind out"};
    }
    return {};
}

// A file for each picture; empty ones where nothing is written.
Result<std::vector<std::string>> filesFor(const ReferArguments& a, const batch::Inputs& inputs) {
    std::vector<std::string> files(inputs.files.size());
    if (a.output.empty()) {
        return files;
    }
    batch::Naming naming;
    naming.inputs = inputs;
    naming.output = a.output;
    naming.labels = {a.expression};
    naming.alsoRead = {readBy(a.proposals)};
    const auto planned = batch::planFiles(naming);
    if (!planned) {
        return planned.error();
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        files[i] = planned->at(i).front();
    }
    return files;
}

// The file for --save-features; empty without it.
Result<std::string> featuresFile(const ReferArguments& a, const batch::Inputs& inputs) {
    if (a.saveFeatures.empty()) {
        return std::string();
    }
    if (inputs.files.size() != 1) {
        return Error{ErrorKind::usage, "--save-features is for one picture", "give one picture"};
    }
    return batch::planFile(a.saveFeatures, inputs.files.front(), {readBy(a.proposals), a.model.model}, ".safetensors");
}

// What the model cannot read of the expression; it keeps what it computes for that.
Result<void> tellOfText(session::GlobalLocal& method, const std::string& expression) {
    const auto read = method.text(expression);
    if (!read) {
        return read.error();
    }
    if (read->truncated) {
        warn("the expression is longer than the model reads and was cut");
    }
    for (const std::string& word : read->words.unknown) {
        warn("not a word this model knows: " + output::printable(word));
    }
    return {};
}

Result<Work> workOf(const ReferArguments& a) {
    Work work{a, expressionOf(a), nullptr, {}, {}, readOptions(a.maxMegapixels), {}};
    ModelArguments clipseg = a.model;
    if (a.method != "clipseg") {
        auto method = session::GlobalLocal::open({a.model.model, a.model.device, a.model.dtype, a.model.threads},
                                                 [](const Message& said) { warn(said.text()); });
        if (!method) {
            return method.error();
        }
        work.method = std::move(*method);
        if (a.mixing.v < 0) {
            work.question.mixture.v = session::usualV(work.method->facts());
        }
        MASKWRIGHT_TRY(tellOfText(*work.method, work.question.text));
        clipseg = proposingModel(a.model, *work.method);
        SourceOptions source{a.proposals, "", {}, {}, a.pointsPerSide, work.reading, a.asReference};
        source.smallest = a.smallest;
        if (a.top > 0) {
            source.most = a.top;
        }
        work.source.emplace(source, clipseg);
    }
    if (a.method != "global-local") {
        auto locator = Locator::open(clipseg);
        if (!locator) {
            return locator.error();
        }
        work.locator = std::move(*locator);
    }
    return work;
}

}  // namespace

int runRefer(const ReferArguments& a, const std::stop_token& stop) {
    if (const auto fits = checkKind(a); !fits) {
        return report(fits.error());
    }
    const auto inputs = batch::expandInputs(a.images);
    if (!inputs) {
        return report(inputs.error());
    }
    const auto features = featuresFile(a, *inputs);
    if (!features) {
        return report(features.error());
    }
    const auto files = filesFor(a, *inputs);
    if (!files) {
        return report(files.error());
    }
    auto work = workOf(a);
    if (!work) {
        return report(work.error());
    }
    work->features = *features;
    int code = 0;
    for (const auto& [path, error] : inputs->bad) {
        code = std::max(code, report(error));
    }
    for (std::size_t i = 0; i < inputs->files.size() && !stop.stop_requested(); ++i) {
        if (const auto done = referOne(*work, inputs->files[i], (*files)[i], stop); !done) {
            code = std::max(code, report(done.error()));
        }
    }
    return code;
}

}  // namespace maskwright::cli
