#include "core/train/vocabulary.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "core/clip/towers.h"
#include "core/train/shards.h"

namespace maskwright::train {
namespace {

constexpr std::size_t kMadeUp = 3000;  // words that are none

}  // namespace

at::Tensor textFeatures(const Context& context, const nn::TensorMap& model, const text::Tokenizer& tokenizer,
                        const std::vector<std::string>& phrases) {
    constexpr std::size_t kBatch = 256;
    nn::TensorMap tower;
    for (const auto& [name, parameter] : clip::parameters(context.config.clip)) {
        if (parameter.part == nn::Part::textTower) {
            tower[name] = model.at(name).detach().to(context.device);
        }
    }
    tower["clip.text_projection.weight"] =
        at::eye(context.config.clip.text.hiddenSize).to(context.device);  // the feature itself
    // Sorted by length, so that batches have little padding.
    std::vector<std::size_t> order(phrases.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return phrases[a].size() < phrases[b].size(); });
    at::Tensor features = at::empty({static_cast<std::int64_t>(phrases.size()), context.config.clip.text.hiddenSize});
    const Shards shards(tower, context.shards());
    shards.run([&](std::size_t shard, const nn::TensorMap& tensors) {
        at::NoGradGuard guard;
        for (std::size_t from = shard * kBatch; from < phrases.size(); from += shards.count() * kBatch) {
            std::vector<std::string> part;
            std::vector<std::int64_t> rows;
            for (std::size_t i = from; i < std::min(from + kBatch, phrases.size()); ++i) {
                part.push_back(phrases[order[i]]);
                rows.push_back(static_cast<std::int64_t>(order[i]));
            }
            const auto [ids, ends] = idsOf(tokenizer, part, context.config.clip.text.positions);
            const at::Tensor y = clip::text(nn::Params(tensors)["clip"], context.config.clip.text,
                                            ids.to(context.device), ends.to(context.device))
                                     .to(at::kCPU);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                features[rows[i]].copy_(y[static_cast<std::int64_t>(i)]);
            }
        }
    });
    return features;
}

Vocabulary::Vocabulary(const Context& context, const data::DataSet& set, const nn::TensorMap& model,
                       const PhraseTable* table)
    : set_(set), rows_(set.categories.size()), near_(set.categories.size()) {
    std::map<std::string, std::vector<std::string>> foreign;  // by English name
    if (table != nullptr) {
        std::map<std::size_t, std::vector<std::string>> byRow;
        for (const Phrase& phrase : table->phrases) {
            if (phrase.language != "en") {
                byRow[phrase.row].push_back(phrase.text);
            }
        }
        for (const Phrase& phrase : table->phrases) {
            const auto found = phrase.language == "en" ? byRow.find(phrase.row) : byRow.end();
            if (found != byRow.end()) {
                foreign[phrase.text] = found->second;
            }
        }
    }
    const std::unique_ptr<text::Tokenizer> tokenizer = openTokenizer(context);
    for (std::size_t i = 0; i < set.categories.size(); ++i) {
        Random random(static_cast<std::uint64_t>(context.options.seed), 4, i);
        const auto add = [&](const std::string& phrase) {
            rows_[i].push_back(static_cast<std::int64_t>(phrases_.size()));
            phrases_.push_back(phrase);
        };
        const data::Category& category = set.categories[i];
        add(category.name);
        add(category.name);  // the plain name twice: it is asked for oftenest
        add(plural(category.name));
        add(withArticle(category.name));
        for (int k = 0; k < 2; ++k) {
            add(asPrompt(category.name, random));
        }
        for (std::size_t k = 1; k < category.names.size(); ++k) {
            add(category.names[k]);
        }
        if (const auto found = foreign.find(category.name); found != foreign.end()) {
            for (const std::string& phrase : found->second) {
                add(phrase);
            }
        }
    }
    Random random(static_cast<std::uint64_t>(context.options.seed), 13);
    for (std::size_t i = 0; i < kMadeUp && context.options.segment.unknown > 0; ++i) {
        madeUp_.push_back(static_cast<std::int64_t>(phrases_.size()));
        phrases_.push_back(madeUp(random));
    }
    features_ = textFeatures(context, model, *tokenizer, phrases_);

    std::vector<std::int64_t> closed, all;
    for (const std::size_t c : set.closed) {
        closed.push_back(nameRow(c));
    }
    for (std::size_t i = 0; i < set.categories.size(); ++i) {
        all.push_back(nameRow(i));
    }
    at::NoGradGuard guard;
    // By the tower's own features, which stay as they are: a resumed run must find the same neighbours.
    const auto unit = [&](const std::vector<std::int64_t>& rows) {
        const at::Tensor y = features_.index_select(0, at::tensor(rows, at::kLong));
        return y / y.norm(2, -1, true).clamp_min(1e-6);
    };
    const at::Tensor order = at::argsort(at::mm(unit(all), unit(closed).t()), -1, true).contiguous();
    for (std::size_t i = 0; i < set.categories.size(); ++i) {
        for (std::int64_t k = 0; k < order.size(1); ++k) {
            near_[i].push_back(set.closed[static_cast<std::size_t>(
                order.data_ptr<std::int64_t>()[static_cast<std::int64_t>(i) * order.size(1) + k])]);
        }
    }
}

std::int64_t Vocabulary::drawRow(std::size_t category, Random& random) const {
    return random.chance(0.45) ? rows_[category].front() : random.pick(rows_[category]);
}

bool unrelated(const data::DataSet& set, std::size_t a, std::size_t b) {
    if (set.covers(a, b) || set.covers(b, a)) {
        return false;
    }
    const auto& names = set.categories[b].names;
    for (const std::string& name : set.categories[a].names) {
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            return false;
        }
    }
    return true;
}

}  // namespace maskwright::train
