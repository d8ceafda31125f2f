// refer: the one of a picture's proposals that an expression means (Global-Local CLIP).
#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>

#include "app/cli/common.h"
#include "app/cli/proposal_source.h"
#include "core/batch/inputs.h"
#include "core/batch/naming.h"
#include "core/global_local/prior.h"
#include "core/global_local/scoring.h"
#include "core/output/write.h"
#include "core/session/global_local.h"
#include "core/text/noun_phrases.h"
#include "core/weights/safetensors.h"

namespace maskwright::cli {
namespace {

namespace gl = global_local;

// Expression, what is read off it, and how candidates are compared.
struct Question {
    std::string expression, nounPhrase;
    std::vector<gl::Wish> wishes;  // none where the prior is off
    gl::Mixture mixture;
    session::GlobalOptions options;
};

// What was found of one picture: the candidates as proposed, their scores, the best first in `order`.
struct Referred {
    std::vector<proposals::Proposal> candidates;
    session::Compared compared;
    std::vector<float> scores;
    gl::Parts parts;
    std::vector<double> prior;
    std::vector<std::size_t> order;
};

gl::Silencing silencingOf(const std::string& name) {
    return name == "one-block"   ? gl::Silencing::oneBlock
           : name == "attention" ? gl::Silencing::attention
           : name == "region"    ? gl::Silencing::regionToken
                                 : gl::Silencing::tokens;
}

Question questionOf(const ReferArguments& a) {
    Question q;
    q.expression = a.expression;
    if (a.nounPhrase) {
        q.nounPhrase = *a.nounPhrase;
    } else {
        const text::NounPhrase phrase = text::nounPhrase(a.expression);
        if (const Message remark = text::remark(phrase); !remark.text().empty()) {
            warn(remark.text());
        }
        q.nounPhrase = phrase.text;
    }
    if (a.prior == "on" && !a.asReference) {
        q.wishes = gl::wishesOf(a.expression);
    }
    q.mixture = {a.v, a.r};
    q.options = {silencingOf(a.masking), a.k};
    return q;
}

// Values that lie between the least and the best, as shares: 1 for the best, a half for what lies kHalf of the way
// down. Of 40 expressions of place and size on photographs with people's masks Sight found 0.65 (at 0.12 0.60, at 0.4
// 0.63; without the prior 0.43).
constexpr double kHalf = 0.25;
std::vector<double> sharesOf(std::vector<double> values) {
    const auto [least, best] = std::minmax_element(values.begin(), values.end());
    const double most = *best, range = *best - *least;
    for (double& one : values) {
        one = range > 0 ? std::exp2((one - most) / (kHalf * range)) : 1;
    }
    return values;
}

// How surely each candidate is what the noun phrase names: its likeness to it beside the others'.
std::vector<double> samenessOf(const Referred& found, double v) {
    std::vector<double> likeness;
    for (std::size_t i = 0; i < found.scores.size(); ++i) {
        likeness.push_back(v * found.parts.globalNounPhrase[i] + (1 - v) * found.parts.localNounPhrase[i]);
    }
    return sharesOf(std::move(likeness));
}

// The best first: by the score alone, or by its share times the prior.
void rank(const Question& q, Referred& found) {
    std::vector<double> worth(found.scores.begin(), found.scores.end());
    if (!q.wishes.empty()) {
        const std::vector<double> sameness = samenessOf(found, q.mixture.v);
        std::vector<gl::Candidate> candidates;
        for (std::size_t i = 0; i < sameness.size(); ++i) {
            candidates.push_back({found.candidates[i].box, found.candidates[i].area, sameness[i]});
        }
        found.prior = gl::prior(q.wishes, candidates);
        worth = sharesOf(std::move(worth));
        for (std::size_t i = 0; i < worth.size(); ++i) {
            worth[i] *= found.prior[i];
        }
    }
    found.order.resize(worth.size());
    std::iota(found.order.begin(), found.order.end(), std::size_t(0));
    std::stable_sort(found.order.begin(), found.order.end(),
                     [&](std::size_t a, std::size_t b) { return worth[a] > worth[b]; });
}

Result<Referred> refer(const Question& q, session::GlobalLocal& method, proposals::Source& source, const Image& picture,
                       const std::stop_token& stop) {
    auto proposed = source.propose(picture, stop);
    if (!proposed) {
        return proposed.error();
    }
    warnAll(proposed->warnings);
    Referred found;
    found.candidates = std::move(proposed->proposals);
    if (found.candidates.empty()) {
        return found;
    }
    std::vector<session::Region> regions;
    for (const proposals::Proposal& one : found.candidates) {
        regions.push_back({one.runs, one.box});
    }
    const auto seen = method.look(std::make_shared<const Image>(picture), std::move(regions), stop);
    if (!seen) {
        return seen.error();
    }
    auto compared = method.compare(**seen, q.expression, q.nounPhrase, q.options, stop);
    if (!compared) {
        return compared.error();
    }
    found.compared = std::move(*compared);
    found.scores = gl::scores(found.compared, q.mixture);
    found.parts = gl::parts(found.compared);
    rank(q, found);
    return found;
}

OrderedJson jsonOf(const Question& q, const std::string& image, const Referred& found) {
    OrderedJson candidates = OrderedJson::array();
    for (const std::size_t i : found.order) {
        const proposals::Proposal& one = found.candidates[i];
        OrderedJson json = {{"proposal", i},
                            {"box", {one.box.x, one.box.y, one.box.width, one.box.height}},
                            {"area", one.area},
                            {"objectness", one.objectness},
                            {"score", found.scores[i]},
                            {"global_sentence", found.parts.globalSentence[i]},
                            {"global_noun_phrase", found.parts.globalNounPhrase[i]},
                            {"local_sentence", found.parts.localSentence[i]},
                            {"local_noun_phrase", found.parts.localNounPhrase[i]}};
        if (!found.prior.empty()) {
            json["prior"] = found.prior[i];
        }
        candidates.push_back(std::move(json));
    }
    return {{"image", image},
            {"expression", q.expression},
            {"noun_phrase", q.nounPhrase},
            {"read_as", gl::inWords(q.wishes).text()},
            {"candidates", std::move(candidates)}};
}

void tell(const Question& q, const std::string& image, const Referred& found, const std::string& file) {
    const std::size_t best = found.order.front();
    const Box& box = found.candidates[best].box;
    std::cout << image << ": " << q.expression << " (" << q.nounPhrase;
    if (const std::string read = gl::inWords(q.wishes).text(); !read.empty()) {
        std::cout << ", " << read;
    }
    std::cout << "): " << box.width << "x" << box.height << " at " << box.x << "," << box.y << ", best of "
              << found.order.size();
    if (!file.empty()) {
        std::cout << " -> " << file;
    }
    std::cout << "\n";
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
        of("score", found.scores, {static_cast<std::int64_t>(found.scores.size())})};
    return weights::writeSafetensors(file, tensors);
}

Result<void> writeBest(const ReferArguments& a, const Referred& found, const image_io::Picture& picture,
                       const std::string& model, const std::string& file) {
    const Mask mask = found.order.empty() ? Mask(picture.image.width, picture.image.height)
                                          : toMask(found.candidates[found.order.front()].runs);
    Heatmap map(mask.width, mask.height);
    std::transform(mask.pixels.begin(), mask.pixels.end(), map.pixels.begin(),
                   [](std::uint8_t x) { return x / 255.0F; });
    output::Request request;
    request.kind = *output::kindNamed(a.kind);
    request.picture = &picture.image;
    request.map = &map;
    request.labels = {a.expression};
    request.model = model;
    return output::write(file, request);
}

// What stays open from picture to picture.
struct Work {
    const ReferArguments& arguments;
    Question question;
    std::unique_ptr<session::GlobalLocal> method;
    OpenedSource source;
    image_io::ReadOptions reading;
};

// A file's proposals may be of one picture among several; other sources serve all.
Result<void> openProposals(Work& work, const std::string& image) {
    if (servesAll(work.arguments.proposals) && work.source.source) {
        return {};
    }
    SourceOptions options{work.arguments.proposals, image, {}, {}, work.reading, work.arguments.asReference};
    if (work.arguments.top > 0) {
        options.most = work.arguments.top;
    }
    // A CLIP proposes nothing; the built-in model does.
    ModelArguments model = work.arguments.model;
    if (work.method->facts().blocks > 0) {
        model.model = session::kBuiltInModel;
    }
    auto opened = openSource(options, model);
    if (!opened) {
        return opened.error();
    }
    work.source = std::move(*opened);
    return {};
}

Result<void> referOne(Work& work, const std::string& image, const std::string& file, const std::stop_token& stop) {
    const ReferArguments& a = work.arguments;
    const auto picture = image_io::read(image, work.reading);
    if (!picture) {
        return picture.error();
    }
    warnAll(picture->warnings);
    MASKWRIGHT_TRY(openProposals(work, image));
    const auto found = refer(work.question, *work.method, *work.source.source, picture->image, stop);
    if (!found) {
        return found.error();
    }
    if (found->order.empty()) {
        warn("nothing was proposed for " + image);
    } else if (!a.json) {
        tell(work.question, image, *found, file);
    }
    if (a.json) {
        std::cout << dump(jsonOf(work.question, image, *found)) << "\n";
    }
    if (!file.empty()) {
        MASKWRIGHT_TRY(writeBest(a, *found, *picture, work.method->facts().name, file));
    }
    return a.saveFeatures.empty() || found->order.empty() ? Result<void>() : save(a.saveFeatures, *found);
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
    const auto planned = batch::planFiles(naming);
    if (!planned) {
        return planned.error();
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        files[i] = planned->at(i).front();
    }
    return files;
}

}  // namespace

int runRefer(const ReferArguments& a, const std::stop_token& stop) {
    const auto inputs = batch::expandInputs(a.images);
    if (!inputs) {
        return report(inputs.error());
    }
    if (!a.saveFeatures.empty() && inputs->files.size() != 1) {
        return report({ErrorKind::usage, "--save-features is for one picture", "give one picture"});
    }
    const auto files = filesFor(a, *inputs);
    if (!files) {
        return report(files.error());
    }
    auto method = session::GlobalLocal::open({a.model.model, a.model.device, a.model.dtype, a.model.threads});
    if (!method) {
        return report(method.error());
    }
    Work work{a, questionOf(a), std::move(*method), {}, readOptions(a.maxMegapixels)};
    int code = 0;
    for (const auto& [path, error] : inputs->bad) {
        code = std::max(code, report(error));
    }
    for (std::size_t i = 0; i < inputs->files.size() && !stop.stop_requested(); ++i) {
        if (const auto done = referOne(work, inputs->files[i], (*files)[i], stop); !done) {
            code = std::max(code, report(done.error()));
        }
    }
    return code;
}

}  // namespace maskwright::cli
