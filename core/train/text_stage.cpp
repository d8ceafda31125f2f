#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <set>
#include <tuple>

#include "core/clip/towers.h"
#include "core/train/loop.h"
#include "core/train/phrases.h"
#include "core/train/stages.h"

namespace maskwright::train {
namespace {

constexpr std::int64_t kPool = 8;  // batches drawn together and sorted by length, so that a batch has little padding
constexpr double kNameWeight = 4;  // phrases that name something in the photographs are drawn oftener

nn::TensorMap freshText(const clip::Config& config, std::int64_t targets, std::uint64_t seed) {
    at::Generator generator = at::detail::createCPUGenerator(seed);
    nn::TensorMap fresh;
    for (const auto& [name, parameter] : clip::parameters(config)) {
        if (parameter.part == nn::Part::textTower) {
            fresh[name] = nn::fresh(parameter, generator);
        }
    }
    // The tower's last map, to the phrase targets; the joint stage composes it with the map into the joint space.
    fresh["clip.text_projection.weight"] = at::randn({targets, config.text.hiddenSize}, generator) /
                                           std::sqrt(static_cast<double>(config.text.hiddenSize));
    return fresh;
}

std::vector<double> drawWeights(const PhraseTable& table, const data::DataSet& set) {
    std::set<std::string> names;
    for (const data::Category& category : set.categories) {
        names.insert(category.names.begin(), category.names.end());
    }
    std::set<std::size_t> rows;
    for (const Phrase& phrase : table.phrases) {
        if (phrase.language == "en" && names.contains(phrase.text)) {
            rows.insert(phrase.row);
        }
    }
    std::vector<double> cumulative;
    double sum = 0;
    for (const Phrase& phrase : table.phrases) {
        cumulative.push_back(sum += rows.contains(phrase.row) ? kNameWeight : 1.0);
    }
    return cumulative;
}

struct Batch {
    std::vector<std::string> phrases;
    std::vector<std::size_t> rows;
};

// kPool batches are drawn at a time; which, follows from the step alone.
class Draws {
  public:
    Draws(const PhraseTable& table, std::vector<double> cumulative, const text::Tokenizer& tokenizer,
          const Options& options)
        : table_(table), cumulative_(std::move(cumulative)), tokenizer_(tokenizer), options_(options) {}

    Batch batch(std::int64_t step) {
        if (step / kPool != pool_) {
            fill(step / kPool);
        }
        Batch result;
        const std::int64_t count = options_.textStage.batch,
                           first = order_[static_cast<std::size_t>(step % kPool)] * count;
        for (std::int64_t i = first; i < first + count; ++i) {
            result.phrases.push_back(items_[static_cast<std::size_t>(i)].text);
            result.rows.push_back(items_[static_cast<std::size_t>(i)].row);
        }
        return result;
    }

  private:
    struct Item {
        std::string text;
        std::size_t row, length;
    };

    void fill(std::int64_t pool) {
        pool_ = pool;
        items_.clear();
        Random random(static_cast<std::uint64_t>(options_.seed), 2, static_cast<std::uint64_t>(pool));
        for (std::int64_t i = 0; i < options_.textStage.batch * kPool; ++i) {
            const double at = random.uniform() * cumulative_.back();
            const auto index = static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), at) -
                                                        cumulative_.begin());
            const Phrase& phrase = table_.phrases[std::min(index, table_.phrases.size() - 1)];
            std::string text = varied(phrase, random);
            const std::size_t length = tokenizer_.encode(text, options_.textStage.tokens).ids.size();
            items_.push_back({std::move(text), phrase.row, length});
        }
        std::stable_sort(items_.begin(), items_.end(),
                         [](const Item& a, const Item& b) { return a.length < b.length; });
        order_.resize(kPool);
        std::iota(order_.begin(), order_.end(), 0);
        random.shuffle(order_);
    }

    const PhraseTable& table_;
    std::vector<double> cumulative_;
    const text::Tokenizer& tokenizer_;
    const Options& options_;
    std::int64_t pool_ = -1;
    std::vector<Item> items_;
    std::vector<std::int64_t> order_;
};

// Names that mean the same must land together; told to the person who trains.
void sayNeighbours(const Context& context, const nn::TensorMap& model, const text::Tokenizer& tokenizer) {
    at::NoGradGuard noGrad;
    const std::vector<std::pair<std::string, std::string>> pairs = {
        {"puppy", "dog"},           {"kitty", "cat"}, {"automobile", "car"},  {"고양이", "cat"},
        {"chat noir", "black cat"}, {"犬", "dog"},    {"fahrrad", "bicycle"}, {"a photo of a sofa.", "couch"}};
    const std::vector<std::string> names = {"dog",    "cat",   "car",   "black cat", "bicycle", "couch",
                                            "person", "horse", "table", "cup",       "bird",    "bus",
                                            "truck",  "chair", "wolf",  "motorcycle"};
    const auto embed = [&](const std::vector<std::string>& phrases) {
        const auto [ids, ends] = idsOf(tokenizer, phrases, context.options.textStage.tokens);
        const at::Tensor y = clip::text(nn::Params(model)["clip"], context.config.clip.text, ids.to(context.device),
                                        ends.to(context.device));
        return y / y.norm(2, -1, true);
    };
    const at::Tensor table = embed(names);
    std::string line = "text:";
    for (const auto& [phrase, wanted] : pairs) {
        const at::Tensor cosines = at::matmul(embed({phrase}), table.t()).squeeze(0);
        const auto best = cosines.argmax().item<std::int64_t>();
        line += " " + phrase + "->" + names[static_cast<std::size_t>(best)] +
                (names[static_cast<std::size_t>(best)] == wanted ? "" : "(!)") + " " +
                std::to_string(cosines[best].item<double>()).substr(0, 4) + ";";
    }
    context.say(line);
}

// Cosine of every phrase's embedding with its target.
class TextObjective final : public Objective {
  public:
    TextObjective(const Context& context, const PhraseTable& table, const text::Tokenizer& tokenizer)
        : context_(context),
          tokenizer_(tokenizer),
          draws_(table, drawWeights(table, *context.photos), tokenizer, context.options),
          targets_(at::from_blob(const_cast<float*>(table.targets.data()),
                                 {static_cast<std::int64_t>(table.rows), static_cast<std::int64_t>(table.width)},
                                 at::kFloat)) {}

    void prepare(std::int64_t step, double) override {
        const Batch batch = draws_.batch(step);
        std::tie(ids_, ends_) = idsOf(tokenizer_, batch.phrases, context_.options.textStage.tokens);
        const std::vector<std::int64_t> rows(batch.rows.begin(), batch.rows.end());
        wanted_ = targets_.index_select(0, at::tensor(rows, at::kLong)).to(context_.device);
    }

    at::Tensor loss(const Part& part, const nn::TensorMap& model, Tally&) override {
        // Every other row: phrases are sorted by length, so the parts take equally long.
        const auto own = [&](const at::Tensor& all) { return all.slice(0, part.index, INT64_MAX, part.count); };
        const at::Tensor wanted = own(wanted_);  // [N, targets]
        const at::Tensor y =
            clip::text(nn::Params(model)["clip"], context_.config.clip.text, own(ids_).contiguous().to(context_.device),
                       own(ends_).contiguous().to(context_.device));
        return (1 - (y * wanted).sum(-1) / y.norm(2, -1).clamp_min(1e-6)).sum() /
               static_cast<double>(context_.options.textStage.batch);
    }

  private:
    const Context& context_;
    const text::Tokenizer& tokenizer_;
    Draws draws_;
    at::Tensor targets_;              // [rows, targets]
    at::Tensor ids_, ends_, wanted_;  // of the batch in hand
};

}  // namespace

void textStage(const Context& context) {
    const TextStage& stage = context.options.textStage;
    Plan plan = planOf("text", stage, clip::parameters(context.config.clip));
    plan.optimizer = {.beta2 = 0.98};
    plan.parts = context.shards();
    plan.checkpoint = context.workFile("text.safetensors");
    plan.lineSeconds = 5;
    const PhraseTable table = need(readPhrases(context.options.text));
    const std::unique_ptr<text::Tokenizer> tokenizer = openTokenizer(context);
    TextObjective objective(context, table, *tokenizer);
    Checkpoint state = beginning(context, plan, [&] {
        return freshText(context.config.clip, static_cast<std::int64_t>(table.width),
                         static_cast<std::uint64_t>(context.options.seed));
    });
    if (state.step >= plan.steps) {
        return;
    }
    runLoop(context, plan, objective, state);
    for (auto& [name, tensor] : state.model) {
        tensor = tensor.detach().to(at::kCPU);
    }
    sayNeighbours(context, state.model, *tokenizer);
}

}  // namespace maskwright::train
