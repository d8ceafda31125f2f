// An engine that answers what the test says, when the test says. Like the worker it takes one request at a time, the
// preview's first: a job it has in hand is set aside for the preview and asked again.
#pragma once

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "ui/model/inference.h"

namespace maskwright::ui {

class FakeInference : public Inference {
  public:
    void submit(session::Request request) override {
        if (request.ticket.lane == session::Lane::jobs) {
            jobs_.push_back(std::move(request));
        } else {
            wanted_ = request.ticket.number;
            inHand_ = false;
            requests.push_back(std::move(request));
        }
        next();
    }
    void drop(session::Ticket ticket) override {
        dropped.push_back(ticket);
        forget(ticket);
        next();
    }

    // Answers the request taken last: one map a prompt, `inside` in the left half and 0.01 in the right.
    void answer(float inside = 0.9f) { answer(requests.back(), inside); }
    void answer(const session::Request& request, float inside) {
        session::Reply answer = base(request);
        for (std::size_t i = 0; i < request.prompts.size(); ++i) {
            auto map = std::make_shared<Heatmap>(request.image->width, request.image->height, 0.01f);
            for (int y = 0; y < map->height; ++y) {
                for (int x = 0; x < map->width / 2; ++x) {
                    map->at(x, y) = inside;
                }
            }
            answer.maps.push_back(map);
            answer.coarse.push_back(map);  // found at the picture's own size
            answer.presence.push_back(inside);
            answer.truncated.push_back(false);
            answer.words.push_back(words);
        }
        if (request.styles) {
            // Each style is a point worse than the one before it.
            session::StyleComparison comparison;
            comparison.plain = 0.5;
            for (const auto& preset : visual_prompt::presets()) {
                comparison.styles.push_back({preset, 0.4, -double(comparison.styles.size()), ""});
            }
            comparison.styles[1].gain = 30;
            comparison.styles[2].skipped = "this model cannot";
            answer.styles = comparison;
        }
        if (request.which) {
            answer.which = which(request);
            answer.which->moved = std::exchange(moved, {});
        }
        give(std::move(answer));
    }
    // `opened`: whether the model was, before it failed.
    void fail(const Error& error, bool opened = true) {
        session::Reply answer = base(requests.back());
        if (!opened) {
            answer.model = {};
        }
        answer.error = error;
        give(std::move(answer));
    }

    std::vector<session::Request> requests;  // in the order the engine took them
    std::vector<session::Ticket> dropped;
    double defaultThreshold = 0.4;
    std::string leftDevice;      // of the model
    std::vector<Message> moved;  // what the next answer to "which one" says of devices
    session::Words words;        // of every prompt

  private:
    void give(session::Reply reply) {
        if (reply.ticket.number == wanted_ && reply.ticket.lane == session::Lane::preview) {
            wanted_ = 0;
        }
        forget(reply.ticket);
        Q_EMIT answered(makeFinding(std::move(reply)));
        next();
    }
    // Three candidates, each a third of the picture from left to right. Seen in the picture the left one is likest to
    // the sentence and the right one to the noun phrase; cut out it is the other way round.
    [[nodiscard]] static session::WhichAnswer which(const session::Request& request) {
        session::WhichAnswer answer;
        const int third = request.image->width / 3, height = request.image->height;
        for (int i = 0; i < 3; ++i) {
            Mask mask(request.image->width, height);
            for (int y = 0; y < height; ++y) {
                std::fill_n(&mask.at(i * third, y), third, std::uint8_t(255));
            }
            answer.candidates.push_back(proposals::Proposal{
                runsFromMask(mask), {i * third, 0, third, height}, std::int64_t(third) * height, 0.9f - 0.2f * i});
        }
        answer.blocks = 12;
        answer.about = {"fake", "thirds of the picture", "no weights"};
        answer.before = 5;
        answer.milliseconds = 250;
        const session::WhichQuestion& question = *request.which;
        if (!question.expression.empty()) {
            answer.nounPhrase = question.nounPhrase.value_or("thing");
            answer.wishes = referring::wishesOf(question.expression);
            answer.compared.global = {3, 2, {1, 0, 0.8f, 0.6f, 0, 1}};
            answer.compared.local = {3, 2, {0, 1, 0.6f, 0.8f, 1, 0}};
            answer.compared.sentence = {1, 2, {1, 0}};
            answer.compared.nounPhrase = {1, 2, {0, 1}};
        }
        return answer;
    }
    void forget(session::Ticket ticket) {
        if (inHand_ && jobs_.front().ticket == ticket) {
            inHand_ = false;
        }
        std::erase_if(jobs_, [ticket](const session::Request& job) { return job.ticket == ticket; });
    }
    void next() {
        if (wanted_ == 0 && !inHand_ && !jobs_.empty()) {
            inHand_ = true;
            requests.push_back(jobs_.front());
        }
    }
    [[nodiscard]] session::Reply base(const session::Request& request) const {
        session::Reply answer;
        answer.ticket = request.ticket;
        answer.image = request.image;
        answer.model.name = request.engine.model;
        answer.model.folder = "/models/" + request.engine.model;
        answer.model.device = "cpu";
        answer.model.dtype = "float32";
        answer.model.defaultThreshold = defaultThreshold;
        answer.model.leftDevice = leftDevice;
        answer.timing.decode = 12;
        return answer;
    }

    std::deque<session::Request> jobs_;  // not answered; the first may be in hand
    bool inHand_ = false;
    std::uint64_t wanted_ = 0;  // the preview's request to be answered; 0: none
};

}  // namespace maskwright::ui
