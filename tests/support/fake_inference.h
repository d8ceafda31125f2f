// An engine that answers what the test says, when the test says.
#pragma once

#include <vector>

#include "ui/model/inference.h"

namespace maskwright::ui {

class FakeInference : public Inference {
  public:
    void submit(session::Request request) override { requests.push_back(std::move(request)); }
    [[nodiscard]] QStringList builtInModels() const override { return {"mini"}; }

    // Answers the newest request: one map a prompt, `inside` in the left half and 0.01 in the right.
    void answer(float inside = 0.9f) { answer(requests.back(), inside); }
    void answer(const session::Request& request, float inside) {
        session::Answer answer = base(request);
        for (std::size_t i = 0; i < request.prompts.size(); ++i) {
            auto map = std::make_shared<Heatmap>(request.image->width, request.image->height, 0.01f);
            for (int y = 0; y < map->height; ++y) {
                for (int x = 0; x < map->width / 2; ++x) {
                    map->at(x, y) = inside;
                }
            }
            answer.maps.push_back(map);
            answer.presence.push_back(inside);
            answer.truncated.push_back(false);
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
        Q_EMIT answered(makeFinding(std::move(answer)));
    }
    void fail(const Error& error) {
        session::Answer answer = base(requests.back());
        answer.error = error;
        Q_EMIT answered(makeFinding(std::move(answer)));
    }

    std::vector<session::Request> requests;
    double defaultThreshold = 0.4;

  private:
    [[nodiscard]] session::Answer base(const session::Request& request) const {
        session::Answer answer;
        answer.generation = request.generation;
        answer.image = request.image;
        answer.model.name = request.engine.model;
        answer.model.folder = "/models/" + request.engine.model;
        answer.model.device = "cpu";
        answer.model.dtype = "float32";
        answer.model.defaultThreshold = defaultThreshold;
        answer.timing.decode = 12;
        return answer;
    }
};

}  // namespace maskwright::ui
