// refer: the one of a picture's proposals that an expression means (Global-Local CLIP).
#include "core/session/refer.h"

#include <algorithm>
#include <iostream>

#include "app/cli/common.h"
#include "app/cli/proposal_source.h"
#include "core/batch/inputs.h"
#include "core/batch/naming.h"
#include "core/output/write.h"
#include "core/referring/prior.h"
#include "core/referring/scoring.h"
#include "core/text/noun_phrases.h"
#include "core/weights/safetensors.h"

namespace maskwright::cli {
namespace {

// What was found of one picture, the best first in ranking.order.
struct Referred : session::Referred {
    session::Candidates candidates;
};

session::Silencing silencingOf(const std::string& name) {
    return name == "one-block"   ? session::Silencing::oneBlock
           : name == "attention" ? session::Silencing::attention
           : name == "region"    ? session::Silencing::regionToken
                                 : session::Silencing::tokens;
}

session::Expression expressionOf(const ReferArguments& a) {
    session::Expression q;
    q.text = a.expression;
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
        q.wishes = referring::wishesOf(a.expression);
    }
    q.mixture = {a.v, a.r};
    q.options = {silencingOf(a.masking), a.k};
    return q;
}

OrderedJson jsonOf(const session::Expression& q, const std::string& image, const Referred& found) {
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
        candidates.push_back(std::move(json));
    }
    return {{"image", image},
            {"expression", q.text},
            {"noun_phrase", q.nounPhrase},
            {"read_as", referring::inWords(q.wishes).text()},
            {"candidates", std::move(candidates)}};
}

void tell(const session::Expression& q, const std::string& image, const Referred& found, const std::string& file) {
    const std::size_t best = found.ranking.order.front();
    const Box& box = found.candidates.proposals[best].box;
    std::cout << image << ": " << q.text << " (" << q.nounPhrase;
    if (const std::string read = referring::inWords(q.wishes).text(); !read.empty()) {
        std::cout << ", " << read;
    }
    std::cout << "): " << box.width << "x" << box.height << " at " << box.x << "," << box.y << ", best of "
              << found.ranking.order.size();
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
        of("score", found.ranking.scores, {static_cast<std::int64_t>(found.ranking.scores.size())})};
    return weights::writeSafetensors(file, tensors);
}

Result<void> writeBest(const ReferArguments& a, const Referred& found, const image_io::Picture& picture,
                       const std::string& model, const std::string& file) {
    const Mask mask = found.ranking.order.empty()
                          ? Mask(picture.image.width, picture.image.height)
                          : toMask(found.candidates.proposals[found.ranking.order.front()].runs);
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
    session::Expression question;
    std::unique_ptr<session::GlobalLocal> method;
    OpenedSource source;
    image_io::ReadOptions reading;
};

// A file's proposals may be of one picture among several; other sources serve all.
Result<void> openProposals(Work& work, const std::string& image) {
    const bool own = asksModel(work.arguments.proposals) || work.arguments.proposals == "classical";
    if (own && work.source.source) {
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

Result<Referred> find(Work& work, std::shared_ptr<const Image> picture, const std::stop_token& stop) {
    auto candidates = session::candidatesOf(*work.method, *work.source.source, std::move(picture), stop);
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

Result<void> referOne(Work& work, const std::string& image, const std::string& file, const std::stop_token& stop) {
    const ReferArguments& a = work.arguments;
    const auto picture = image_io::read(image, work.reading);
    if (!picture) {
        return picture.error();
    }
    warnAll(picture->warnings);
    MASKWRIGHT_TRY(openProposals(work, image));
    const auto found = find(work, std::make_shared<const Image>(picture->image), stop);
    if (!found) {
        return found.error();
    }
    if (found->ranking.order.empty()) {
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
    return a.saveFeatures.empty() || found->ranking.order.empty() ? Result<void>() : save(a.saveFeatures, *found);
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
    Work work{a, expressionOf(a), std::move(*method), {}, readOptions(a.maxMegapixels)};
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
