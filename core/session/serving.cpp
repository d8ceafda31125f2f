#include "core/session/serving.h"

#include "core/base/stopwatch.h"
#include "core/image/refine.h"
#include "core/session/tiles.h"
#include "core/session/translate.h"

namespace maskwright::session {

namespace {

Error stopped() { return {ErrorKind::cancelled, "the request was stopped", ""}; }

// The maps at the picture's size.
Result<void> enlarge(const Request& request, std::vector<Heatmap> maps, const std::stop_token& stop, Reply& reply) {
    const Stopwatch watch;
    for (Heatmap& map : maps) {
        if (stop.stop_requested()) {
            return stopped();
        }
        reply.maps.push_back(
            std::make_shared<const Heatmap>(toPictureSize(map, *request.image, request.refine, request.refineRadius)));
        reply.coarse.push_back(std::make_shared<const Heatmap>(std::move(map)));
    }
    reply.timing.refine = watch.milliseconds();
    return {};
}

Result<void> compare(const Engine& engine, const StyleQuestion& question, const std::stop_token& stop, Reply& reply) {
    const auto clipseg = needClipSeg(engine);
    if (!clipseg) {
        return clipseg.error();
    }
    auto comparison = compareStyles(**clipseg, question.image, question.region, question.name, {}, stop);
    if (!comparison) {
        return comparison.error();
    }
    reply.styles = std::move(*comparison);
    return {};
}

Result<void> refer(OpenModel& model, const Request& request, const Stops& stops, Reply& reply) {
    if (!model.which) {
        model.which = std::make_unique<WhichServing>(request.engine, *model.engine);
    }
    auto answer = model.which->answer(request.image, *request.which, stops);
    if (!answer) {
        return answer.error();
    }
    reply.which = std::move(*answer);
    return {};
}

}  // namespace

Reply Serving::run(const Request& request, const Stops& stops, const OpenModels::Wanted& beside) {
    Reply reply;
    reply.ticket = request.ticket;
    reply.image = request.image;
    const Result<void> done = guarded("the request", [&] { return work(request, stops, beside, reply); });
    if (!done) {
        reply.error = done.error();
        reply.maps.clear();
        reply.coarse.clear();
        reply.presence.clear();
        reply.truncated.clear();
        reply.words.clear();
    }
    return reply;
}

Result<void> Serving::work(const Request& request, const Stops& stops, const OpenModels::Wanted& beside, Reply& reply) {
    const auto opened = open(request, beside);
    if (!opened) {
        return opened.error();
    }
    OpenModel& model = **opened;
    reply.model = model.engine->info();
    if (!request.image) {
        return {};
    }
    if (stops.rest.stop_requested()) {
        return stopped();
    }
    auto answer = ask(model, request, stops, reply.timing);
    if (!answer) {
        return answer.error();
    }
    reply.timing.text = answer->timing.text;
    reply.timing.decode = answer->timing.decode;
    reply.model = model.engine->info();  // it may have left its device
    MASKWRIGHT_TRY(enlarge(request, std::move(answer->maps), stops.rest, reply));
    reply.presence = std::move(answer->presence);
    reply.truncated = std::move(answer->truncated);
    reply.words = std::move(answer->words);
    if (request.styles) {
        MASKWRIGHT_TRY(compare(*model.engine, *request.styles, stops.rest, reply));
    }
    return request.which ? refer(model, request, stops, reply) : Result<void>();
}

Result<Answer> Serving::ask(OpenModel& model, const Request& request, const Stops& stops, Timing& timing) {
    if (request.tiles != kNoTiles) {
        tell(request, Stage::encoding);
        auto answer = predictInTiles(model.engine->method(), *request.image, request.encode, request.prompts,
                                     request.tiles, stops.rest);
        if (answer) {
            timing.encode = answer->timing.encode;
        }
        return answer;
    }
    const auto encoded = encode(model, request, stops.encoding, timing);
    if (!encoded) {
        return encoded.error();
    }
    return model.engine->method().predict(*encoded, request.prompts, stops.rest);
}

Result<OpenModel*> Serving::open(const Request& request, const OpenModels::Wanted& beside) {
    if (OpenModel* model = models_.find(request.engine)) {
        return model;
    }
    tell(request, Stage::loadingModel);
    models_.keepOne(beside);  // before the next one is read: there must never be three in memory
    return models_.open(request.engine);
}

Result<Encoded> Serving::encode(OpenModel& model, const Request& request, const std::stop_token& stop, Timing& timing) {
    if (Encoded known = model.find(request.image, request.encode); known.picture) {
        models_.kept()->touch(known.picture.get());
        return known;
    }
    tell(request, Stage::encoding);
    auto encoded = model.engine->method().encode(*request.image, request.encode, stop);
    if (encoded) {
        timing.encode = encoded->milliseconds;
        model.put(request.image, request.encode, *encoded);
    }
    return encoded;
}

void Serving::tell(const Request& request, Stage stage) const {
    if (tell_) {
        tell_(request.ticket, stage);
    }
}

}  // namespace maskwright::session
